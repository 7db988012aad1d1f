import { expect, test } from 'vitest';
import { cancel_order, get_open_orders, get_orders, get_trades, OrderStatus } from 'jqdata';
import { Order } from '../../../../runtime/objects/order.ts';
import { bindFake, orderView, tradeView } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const VIEWS = [
  orderView({ orderId: '20', state: 'filled', filled: 100 }),
  orderView({ orderId: '3', security: '600000.XSHG' }),
  orderView({ orderId: '11', state: 'accepted', filled: 40 }),
  orderView({ orderId: '5', state: 'unknown', unknown: true }),
  orderView({ orderId: '6', state: 'not_sent' }),
];

function bound() {
  const host = bindFake();
  host.orderViews = VIEWS;
  return host;
}

test('get_open_orders gives what is not final, keyed by id, in the order of the calls', () => {
  bound();
  const open = get_open_orders();
  expect(open.keys()).toEqual(['3', '11', '5']);
  expect([...open]).toEqual(['3', '11', '5']);
  expect(open.length).toBe(3);
  expect(open['11']?.status).toBe(OrderStatus.filled);
  expect('3' in open).toBe(true);
  expect('20' in open).toBe(false);
  expect(open['20']).toBeUndefined();
  expect(Object.values(open).map((o) => o.order_id)).toEqual(['3', '11', '5']);
});

test('get_orders narrows by each argument, by position and by name', () => {
  bound();
  expect(get_orders().keys()).toEqual(['20', '3', '11', '5', '6']);
  expect(get_orders(11).keys()).toEqual(['11']);
  expect(get_orders(null, '600000.SH').keys()).toEqual(['3']);
  expect(get_orders(null, null, OrderStatus.held).keys()).toEqual(['20']);
  expect(get_orders({ status: OrderStatus.new, security: '000001.XSHE' }).keys()).toEqual(['5']);
  expect(get_orders({ order_id: '999' }).length).toBe(0);
  expect(codeOf(() => untyped(get_orders)({ status: 'done' })).code).toBe('BAD_ARGUMENT');
});

test('cancel_order takes an order, its id as text or as number; null for an unknown id', () => {
  const host = bound();
  expect(cancel_order(new Order(orderView({ orderId: '3' })))?.status).toBe(OrderStatus.canceled);
  expect(cancel_order('11')?.order_id).toBe('11');
  expect(cancel_order(5)?.order_id).toBe('5');
  expect(cancel_order('no such order')).toBeNull();
  expect(host.cancelled).toEqual(['3', '11', '5', 'no such order']);
  expect(codeOf(() => untyped(cancel_order)(null)).message).toContain('Check the order for null first');
});

test('get_trades keeps fills apart that a venue gave the same id', () => {
  const host = bound();
  host.tradeViews = [tradeView({ amount: 100 }), tradeView({ amount: 300 }), tradeView({ tradeId: 't2' })];
  const trades = get_trades();
  expect(trades.keys()).toEqual(['t1', 't1#2', 't2']);
  expect(trades.values().reduce((sum, trade) => sum + trade.amount, 0)).toBe(500);
  expect(trades['t1']?.time.strftime('%H:%M:%S')).toBe('09:35:02');
  expect(trades['t1']?.toString()).toBe(
    'Trade(trade_id=t1 order_id=101 security=000001.XSHE time=2026-07-06 09:35:02 amount=100 price=10.5)',
  );
});

test('none of them works while the module loads', () => {
  const host = bound();
  host.context = { ...host.context, phase: 'load' };
  for (const fn of [get_open_orders, get_orders, get_trades]) expect(codeOf(() => fn()).code).toBe('WRONG_PHASE');
  expect(codeOf(() => cancel_order('3')).code).toBe('WRONG_PHASE');
});
