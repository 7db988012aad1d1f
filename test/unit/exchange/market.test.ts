import { expect, test } from 'vitest';
import { Market } from '../../../src/exchange/market.ts';

test('days that are over for two weeks are not kept, and are the same again when they are asked for', () => {
  const market = new Market(1);
  const fund = market.instrument('510300.XSHG');
  const today = market.days.indexAt(Date.UTC(2026, 6, 6, 2));
  const first = market.session(fund, today);
  const { shape, path } = first;
  for (let index = today + 1; index <= today + 10; index += 1) market.session(fund, index);
  expect(market.session(fund, today)).toBe(first);
  market.session(fund, today + 11);
  const again = market.session(fund, today);
  expect(again).not.toBe(first);
  expect([again.shape, again.path]).toEqual([shape, path]);
  expect(market.session(fund, today)).toBe(again);
});

test('a whole market keeps its day: what was drawn of one security is there when all others were asked for', () => {
  const market = new Market(1);
  const stocks = market.stocks().slice(0, 700);
  const today = market.days.indexAt(Date.UTC(2026, 6, 6, 2));
  const drawn = stocks.map((stock) => market.session(stock, today));
  expect(stocks.every((stock, i) => market.session(stock, today) === drawn[i])).toBe(true);
});

test('a price alone is the one that the whole tick has', () => {
  const [stock] = new Market(1).stocks();
  if (stock === undefined) throw new Error('no stock');
  const today = new Market(1).days.indexAt(Date.UTC(2026, 6, 6, 2));
  const [alone, whole] = [new Market(1).session(stock, today), new Market(1).session(stock, today)];
  const ticks = Array.from({ length: 400 }, (_, i) => 12 * i + 1);
  expect(ticks.map((tick) => alone.price(tick))).toEqual(ticks.map((tick) => whole.running(tick).last));
});
