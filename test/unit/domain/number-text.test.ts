import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  amountText,
  basisPointsText,
  groupedMoney,
  moneyText,
  percentText,
  priceText,
  signedMoney,
} from '../../../src/domain/number-text.ts';

test.each([
  [7.5600000000000005, '7.56'],
  [0.1 + 0.2, '0.3'],
  [9.9, '9.9'],
  [4.2375, '4.2375'],
  [100, '100'],
  [1e-7, '0'],
  [Number.NaN, 'NaN'],
])('the price %d is written %s', (price, text) => {
  expect(priceText(price)).toBe(text);
});

test('a price on the grid is written as it is, whatever floating point made of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000_000 }), fc.integer({ min: -3, max: 3 }), (units, noise) => {
      const price = units / 10_000;
      expect(Number(priceText(price + noise * Number.EPSILON * price))).toBe(price);
      expect(priceText(price)).toMatch(/^\d+(?:\.\d{1,4})?$/u);
    }),
  );
});

test('money has two decimals, amounts none that are not there', () => {
  expect([moneyText(8.456), moneyText(Number.POSITIVE_INFINITY), amountText(300)]).toEqual(['8.46', 'Infinity', '300']);
});

test('a figure that rounds to zero has no sign', () => {
  for (const tiny of [-0.004, -0, 0, 0.004])
    expect([percentText(tiny), groupedMoney(tiny), signedMoney(tiny), basisPointsText(tiny)]).toEqual([
      '0.00 %',
      '0.00',
      '0.00',
      '0.0 bp',
    ]);
  expect([percentText(-0.01), percentText(0.01), percentText(0.01, false)]).toEqual(['-0.01 %', '+0.01 %', '0.01 %']);
  expect([signedMoney(1_234.5), signedMoney(-0.01), groupedMoney(-1_234.5)]).toEqual([
    '+1,234.50',
    '-0.01',
    '-1,234.50',
  ]);
  expect([basisPointsText(-0.1), basisPointsText(12.34)]).toEqual(['-0.1 bp', '12.3 bp']);
});
