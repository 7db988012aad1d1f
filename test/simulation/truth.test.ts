import { expect, it } from 'vitest';
import type { ExchangeOrder } from '../../src/exchange/types.ts';
import { Truth, type Book } from './oracle/truth.ts';

const DAY = '2026-07-06';

function anOrder(change: Partial<ExchangeOrder>): ExchangeOrder {
  return {
    orderId: '1',
    sysId: '1',
    security: '600000.XSHG',
    side: 'buy',
    style: 'limit',
    amount: 100,
    filled: 0,
    price: 10,
    avgPrice: null,
    status: 50,
    statusText: '',
    remark: '',
    strategyName: '',
    createdAt: 0,
    tradingDay: DAY,
    frozenCash: 0,
    frozenAmount: 0,
    commission: 0,
    tax: 0,
    ...change,
  };
}

function aBook(revision: number, cash: number, orders: readonly ExchangeOrder[]): Book {
  const held = orders.filter(({ filled }) => filled > 0);
  return {
    revision: () => revision,
    account: () => ({
      accountId: 'demo',
      availableCash: cash,
      frozenCash: 0,
      transferableCash: cash,
      marketValue: 0,
      totalValue: cash,
    }),
    positions: () =>
      held.map(({ security, filled }) => {
        const [name, price] = ['', 10];
        const shares = { amount: filled, closeableAmount: 0, frozenAmount: 0 };
        return { security, name, ...shares, avgCost: price, lastPrice: price, marketValue: filled * price };
      }),
    orders: () => orders,
    trades: () => [],
  };
}

it('an order that a book came back without is undone, and its id is a new order’s', () => {
  const truth = new Truth(() => null);
  truth.look(aBook(0, 10_000, []), 0, DAY, true);
  truth.look(aBook(1, 8_995, [anOrder({ frozenCash: 1_005 })]), 1_000, DAY, true);
  const ours = anOrder({ security: '000001.XSHE', amount: 300, createdAt: 2_000, remark: 'bt:k3v9x0aa' });
  truth.look(aBook(2, 10_000, [ours]), 2_000, DAY, true);
  const filled = { ...ours, filled: 300, avgPrice: 10, status: 56 } as const;
  truth.look(aBook(3, 7_000, [filled]), 3_000, DAY, true);
  expect(truth.amount('000001.XSHE', 3_000)).toEqual({ low: 0, high: 300 });
  expect(truth.amount('600000.XSHG', 3_000)).toEqual({ low: 0, high: 0 });
  // Once the lag is over only what the book holds now is true.
  expect(truth.amount('000001.XSHE', 90_000)).toEqual({ low: 300, high: 300 });
  expect(truth.cash(90_000)).toEqual({ low: 7_000, high: 7_000 });
});

it('an order of ours may be shown with the limit that was sent until the account is read: its price is lowered, or it is filled at once', () => {
  const truth = new Truth((tag) => (tag === 'k3v9x0aa' ? 10 : null));
  truth.look(aBook(0, 10_000, []), 0, DAY, true);
  const fill = { filled: 300, avgPrice: 9.75, status: 56 } as const;
  const ours = anOrder({ amount: 300, price: 9.8, remark: 'bt:k3v9x0aa', ...fill });
  truth.look(aBook(1, 7_075, [ours]), 1_000, DAY, true);
  const { low, high } = truth.cash(1_000) ?? { low: 0, high: 0 };
  expect([low, high]).toEqual([expect.closeTo(6_994.97, 2), 10_000]);
  expect(truth.cash(90_000)).toEqual({ low: 7_075, high: 7_075 });
});
