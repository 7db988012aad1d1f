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
