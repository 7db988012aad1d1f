import { describe, expect, test } from 'vitest';
import { FINAL_INTENT_STATES } from '../../../../src/domain/order/types.ts';
import type { IntentState } from '../../../../src/domain/order/types.ts';
import { Order } from '../../../../runtime/objects/order.ts';
import { findStatus, OrderStatus } from '../../../../runtime/objects/order-status.ts';
import { orderView } from '../fake-host.ts';
import { codeOf } from '../helpers.ts';

describe('OrderStatus', () => {
  test.each<[IntentState, number, keyof typeof OrderStatus]>([
    ['planned', 0, 'new'],
    ['sending', 0, 'new'],
    ['unknown', 0, 'new'],
    ['accepted', 0, 'open'],
    ['accepted', 40, 'filled'],
    ['canceling', 0, 'open'],
    ['canceling', 40, 'open'],
    ['filled', 100, 'held'],
    ['canceled', 0, 'canceled'],
    ['canceled', 40, 'canceled'],
    ['not_placed', 0, 'canceled'],
    ['not_sent', 0, 'canceled'],
    ['rejected', 0, 'rejected'],
  ])('%s with %d of 100 filled is %s', (state, filled, name) => {
    const order = new Order(orderView({ state, filled }));
    expect(order.status).toBe(OrderStatus[name]);
    expect(String(order.status)).toBe(name);
    const ended = ['held', 'canceled', 'rejected'].includes(name);
    expect(ended).toBe(FINAL_INTENT_STATES.has(state));
  });

  test("JoinQuant's numbers and names find a status", () => {
    const numbers = Object.values(OrderStatus).map((status) => [status.name, status.value]);
    expect(numbers).toEqual([
      ['open', 0],
      ['filled', 1],
      ['canceled', 2],
      ['rejected', 3],
      ['held', 4],
      ['new', 8],
    ]);
    expect(findStatus('held')).toBe(OrderStatus.held);
    expect(findStatus(1)).toBe(OrderStatus.filled);
    expect(findStatus(OrderStatus.new)).toBe(OrderStatus.new);
    expect(findStatus('suspended')).toBeNull();
  });
});

describe('Order', () => {
  test("a buy has JoinQuant's fields", () => {
    const order = new Order(orderView({ state: 'filled', filled: 100, price: 10.52, commission: 5 }));
    expect(order.is_buy).toBe(true);
    expect(order.action).toBe('open');
    expect(order.side).toBe('long');
    expect(order.pindex).toBe(0);
    expect(order.price).toBe(10.52);
    expect(order.avg_cost).toBe(10.52);
    expect(order.commission).toBe(5);
    expect(order.add_time.toISO()).toBe('2026-07-06T09:35:00.000+08:00');
    expect(order.style.limit_price).toBeNull();
    expect(order.unknown).toBe(false);
  });

  test('price and commission are 0 before the first fill; what the venue hides afterwards is NaN', () => {
    const fresh = new Order(orderView());
    expect([fresh.price, fresh.commission, fresh.avg_cost]).toEqual([0, 0, 0]);
    const sold = new Order(orderView({ side: 'sell', filled: 100, price: 11, state: 'filled' }));
    expect([sold.action, sold.price]).toEqual(['close', 11]);
    expect(sold.commission).toBeNaN();
    expect(sold.avg_cost).toBeNaN();
    expect(new Order(orderView({ side: 'sell', avgCost: 9.8 })).avg_cost).toBe(9.8);
  });

  test('a stop style comes back as what was given', () => {
    const stop = { mode: 'stop_loss', price: 9.5 } as const;
    const { style } = new Order(orderView({ style: { kind: 'limit', limitPrice: 9.4, stop } }));
    expect(String(style)).toBe('StopLimitOrderStyle: mode=stop_loss, stop_price=9.5, limit_price=9.4');
    const market = new Order(orderView({ style: { kind: 'market', limitPrice: null, stop } })).style;
    expect([String(market), market.limit_price]).toEqual([
      'StopMarketOrderStyle: mode=stop_loss, stop_price=9.5',
      null,
    ]);
  });

  test('it prints what matters', () => {
    const text = String(
      new Order(orderView({ style: { kind: 'limit', limitPrice: 10.5 }, unknown: true, state: 'unknown' })),
    );
    expect(text).toBe(
      'StockOrder(order_id=101 security=000001.XSHE status=new style=LimitOrderStyle: _limit_price=10.5 side=long ' +
        'action=open amount=100 filled=0 price=0 add_time=2026-07-06 09:35:00 unknown=True)',
    );
  });

  test('it cannot be changed', () => {
    const order = new Order(orderView());
    const error = codeOf(() => Reflect.set(order, 'amount', 5));
    expect(error.code).toBe('READ_ONLY');
    expect(error.message).toContain('order.amount');
    expect(() => Object.assign(order, { mine: 1 })).toThrow(TypeError);
    expect(order.amount).toBe(100);
  });
});
