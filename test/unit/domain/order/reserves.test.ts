import { expect, it } from 'vitest';
import { foundHeld, holdOf, type Working } from '../../../../src/domain/order/reserves.ts';

const order = { day: '2026-07-06', rest: 500, filledMoney: 0 };
const none: ReadonlyMap<string, number> = new Map();

it.each<[string, Working]>([
  ['a buy', { ...order, security: '000001.XSHE', side: 'buy', price: 10 }],
  ['a lend', { ...order, security: '204001.XSHG', side: 'sell', price: 1.8 }],
])('%s was held by a reading that shows its money as held, and only by such a one', (_what, found) => {
  expect(foundHeld([], [found], { cash: holdOf([found]), shares: none })).toEqual([found]);
  expect(foundHeld([], [found], { cash: 0, shares: none })).toEqual([]);
  // What is known to have worked holds its own.
  const known: Working = { ...order, security: '600000.XSHG', side: 'buy', price: 12 };
  expect(foundHeld([known], [found], { cash: holdOf([known]), shares: none })).toEqual([]);
});

it('a sell was held by a reading that shows its shares as frozen', () => {
  const sell: Working = { ...order, security: '000001.XSHE', side: 'sell', price: 10 };
  expect(foundHeld([], [sell], { cash: 0, shares: new Map([['000001.XSHE', 500]]) })).toEqual([sell]);
  expect(foundHeld([], [sell], { cash: 1e6, shares: new Map([['000001.XSHE', 400]]) })).toEqual([]);
});
