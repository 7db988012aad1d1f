import { describe, expect, test } from 'vitest';
import { INTENT_STATES } from '../../../../src/domain/order/types.ts';
import { accountView, orderRequest, orderView as shape } from '../../../../runtime/border/values.ts';
import { aRequest } from '../../domain/order/builders.ts';
import { account, orderView, position } from '../fake-host.ts';

describe('an order crosses the border', () => {
  test.each(INTENT_STATES)('when it is %s', (state) => {
    expect(shape.problem(orderView({ state }), 'order')).toBeNull();
  });

  test('with a stop, and with none', () => {
    const stop = { mode: 'take_profit', price: 11 } as const;
    expect(orderRequest.problem(aRequest({ style: { kind: 'market', limitPrice: null, stop } }), 'it')).toBeNull();
    expect(orderRequest.problem(aRequest({ style: { kind: 'limit', limitPrice: 9 } }), 'it')).toBeNull();
    const bad = { mode: 'take_profit', price: Number.NaN } as const;
    expect(orderRequest.problem(aRequest({ style: { kind: 'limit', limitPrice: 9, stop: bad } }), 'it')).toBe(
      'it.style.stop.price must be a finite number, was NaN',
    );
  });
});

test('sub-portfolios cross with the account, and what is none of them does not', () => {
  const { availableCash, lockedCash, transferableCash, totalValue, startingCash, positions } = account([position()]);
  const sub = {
    type: 'stock' as const,
    availableCash,
    lockedCash,
    transferableCash,
    totalValue,
    startingCash,
    positions,
  };
  expect(accountView.problem(account([], { subs: [sub, sub], aside: 5 }), '')).toBeNull();
  expect(accountView.problem({ ...account([]), subs: [{ ...sub, type: 'futures' }] }, 'account')).toMatch(
    /^account\.subs\[0\]\.type must be one of stock/u,
  );
});
