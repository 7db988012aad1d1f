import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GatewayOrder } from '../../../../src/domain/gateway.ts';
import { foundOrder } from '../../../../src/server/record/found-order.ts';
import type { KeptRequest } from '../../../../src/server/record/types.ts';
import { openOrder } from '../fake-gateway.ts';

const REMARK = 'bt:abcd1234:trend';
const ASKED: KeptRequest = {
  seq: 1,
  day: '2026-07-06',
  at: 0,
  fingerprint: '',
  state: 'sent',
  orderId: null,
  answer: null,
  accountKey: 'main',
  subAccountId: null,
  security: '518880.XSHG',
  side: 'buy',
  amount: 100,
  style: 'limit',
  price: 6,
  remark: REMARK,
  peer: '-',
};

const { operation: _, ...PLAIN } = ASKED;

function order(orderId: string, more: Partial<GatewayOrder> = {}): GatewayOrder {
  return {
    ...openOrder(orderId, { ...PLAIN, strategyName: '', scenario: null, style: 'limit' }),
    remark: REMARK,
    ...more,
  };
}

describe('the order of a request whose call was cut off', () => {
  test('is the only one of its security, side and amount that bears its remark, or what a counter leaves of it', () => {
    const others = [
      order('1', { remark: 'other' }),
      order('2', { side: 'sell' }),
      order('3', { security: '000001.XSHE' }),
      order('6', { amount: 200 }),
    ];
    expect(foundOrder(ASKED, others, [ASKED])).toBeNull();
    expect(foundOrder(ASKED, [...others, order('4')], [ASKED])?.orderId).toBe('4');
    expect(foundOrder(ASKED, [order('4', { remark: 'bt:abcd1234:' })], [ASKED])?.orderId).toBe('4');
    expect(foundOrder(ASKED, [order('4', { remark: 'bt:abcd' })], [ASKED])).toBeNull();
    expect(foundOrder(ASKED, [order('4', { remark: '' })], [ASKED])).toBeNull();
  });

  test('D2: is nobody’s when two may be it, and never the one of another request with the same remark', () => {
    expect(foundOrder(ASKED, [order('4'), order('5')], [ASKED])).toBeNull();
    const placed: KeptRequest = { ...ASKED, seq: 2, state: 'placed', orderId: '4' };
    expect(foundOrder(ASKED, [order('4')], [ASKED, placed])).toBeNull();
    expect(foundOrder(ASKED, [order('4'), order('5')], [ASKED, placed])?.orderId).toBe('5');
    const twin: KeptRequest = { ...ASKED, seq: 2, state: 'unknown' };
    expect(foundOrder(ASKED, [order('4')], [ASKED, twin])).toBeNull();
    expect(foundOrder(ASKED, [order('4')], [ASKED, { ...twin, state: 'refused' }])?.orderId).toBe('4');
  });

  test('is in the list, unspent, and bears no other remark, whatever the list is', () => {
    const remarks = fc.constantFrom(REMARK, 'bt:abcd1234', 'other', '');
    const rows = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 9 }), remark: remarks }), {
      selector: ({ id }) => id,
    });
    const spent = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 });
    fc.assert(
      fc.property(rows, spent, (list, ids) => {
        const orders = list.map(({ id, remark }) => order(String(id), { remark }));
        const alike = ids.map((id, index): KeptRequest => ({
          ...ASKED,
          seq: index + 2,
          state: 'placed',
          orderId: String(id),
        }));
        const found = foundOrder(ASKED, orders, [ASKED, ...alike]);
        const may = orders.filter(({ orderId, remark }) => remark.startsWith('bt:') && !ids.includes(Number(orderId)));
        expect(found).toBe(may.length === 1 ? may[0] : null);
      }),
    );
  });

  test('of a credit account is one of its operation, or of its side where the counter shows none', () => {
    const returned: KeptRequest = { ...ASKED, side: 'sell', operation: 'return_securities' };
    const shown = order('1', { side: null, operation: 'return_securities' });
    expect(foundOrder(returned, [shown], [])?.orderId).toBe('1');
    expect(foundOrder(returned, [order('2', { side: 'sell' })], [])?.orderId).toBe('2');
    expect(foundOrder(returned, [order('3', { side: 'sell', operation: 'short_sell' })], [])).toBeNull();
    expect(foundOrder(ASKED, [order('4', { operation: 'margin_buy' })], [])).toBeNull();
  });
});
