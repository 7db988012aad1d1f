import { expect, it } from 'vitest';
import { sharesOn } from '../../../../src/exchange/company/shares.ts';
import { factorNamed } from '../../../../src/exchange/factors/index.ts';
import { pricesOf } from '../../../../src/exchange/factors/prices.ts';
import { nonLinearSize } from '../../../../src/exchange/factors/size-curve.ts';
import { isListedOn } from '../../../../src/exchange/instrument.ts';
import { anchorIndex } from '../../../../src/exchange/instruments.ts';
import { Market } from '../../../../src/exchange/market.ts';

const market = new Market(1);
const day = anchorIndex(market.days);
const listed = market.stocks().filter((stock) => isListedOn(stock, day));
const sizes = listed.map((stock) => Math.log(stock.anchorPrice * sharesOn(stock, day).total));

it('the cube of a size says nothing that the size says: over the market they are not correlated, and its mean is 0', () => {
  const cubes = sizes.map((size) => nonLinearSize(market, size));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(sizes);
  expect(mean(cubes)).toBeCloseTo(0, 8);
  expect(mean(cubes.map((cube, i) => cube * ((sizes[i] ?? Number.NaN) - middle)))).toBeCloseTo(0, 8);
  // Yet it is a figure of its own: large for the largest, small for the smallest.
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)].map((size) => nonLinearSize(market, size));
  expect(least).toBeLessThan(Math.min(0, most ?? Number.NaN));
});

it('is a factor by the name that JoinQuant gives it', () => {
  const factor = factorNamed('non_linear_size');
  const [stock] = listed;
  expect(factor).toMatchObject({ category: 'style', intro: '非线性市值' });
  if (factor === null || stock === undefined) throw new Error('missing');
  const prices = pricesOf(market, stock, day, day);
  expect(factor.value(prices, 0)).toBeCloseTo(nonLinearSize(market, sizes[0] ?? Number.NaN), 6);
});
