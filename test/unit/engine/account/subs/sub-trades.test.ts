import { expect, it } from 'vitest';
import { neverListed, tradesOf } from '../../../../../src/engine/account/subs/sub-trades.ts';
import { aRequest } from '../../../domain/order/builders.ts';
import { aFill, anIntent, anOrderRow, DAY } from '../../orders/rows.ts';

const order = anOrderRow({ request: aRequest({ pindex: 2 }) });

it('the trades of an order are those of its sub-portfolio, with what each adds to the fees', () => {
  const fills = [aFill(), aFill({ tradeId: 't2', price: 11, commission: 0, time: 9 })];
  const trades = tradesOf(
    [{ order, intents: [anIntent()] }],
    () => fills,
    () => 0,
  );
  expect(trades.map(({ pindex, day, amount, price, time }) => [pindex, day, amount, price, time])).toEqual([
    [2, DAY, 100, 10, fills[0]?.time],
    [2, DAY, 100, 11, 9],
  ]);
  // The first one's fees are told; the second's are an estimate, and the order's minimum was charged with the first.
  expect(trades[0]?.fees).toBe(5);
  expect(trades[1]?.fees).toBeLessThan(0.5);
});

it('what no list has shown counts at the price of its order', () => {
  const intent = anIntent({ amount: 500, filled: 400, price: 10.2, state: 'filled', updatedAt: 77 });
  const trades = tradesOf([{ order, intents: [intent] }], () => [aFill()], neverListed);
  expect(trades).toMatchObject([
    { amount: 100, price: 10 },
    { amount: 300, price: 10.2, time: 77 },
  ]);
  expect(neverListed(anIntent({ filled: 100 }), [aFill({ amount: 300 })])).toBe(0);
});
