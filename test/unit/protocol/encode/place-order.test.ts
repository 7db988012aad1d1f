import { describe, expect, it } from 'vitest';

import { placeOrderPayload } from '../../../../src/protocol/encode/place-order.ts';
import type { WireOrder } from '../../../../src/protocol/encode/place-order.ts';
import { stringifyWire } from '../../../../src/protocol/json.ts';

const ORDER: WireOrder = {
  security: '000001.XSHE',
  side: 'buy',
  amount: 100,
  price: 10.5,
  style: 'limit',
  remark: 'bt:1a2b3c4d:demo',
  clientId: '01JZ-1',
};
const SCOPE = { accountKey: 'main', subAccountId: null };

describe('placeOrderPayload', () => {
  it('of a limit buy, byte for byte', () => {
    expect(stringifyWire(placeOrderPayload(ORDER, SCOPE))).toBe(
      '{"account_key":"main","sub_account_id":null,"security":"000001.XSHE","side":"BUY","amount":100,' +
        '"style":{"type":"limit","price":10.5},"market":false,"wait_timeout":0,' +
        '"order_remark":"bt:1a2b3c4d:demo","idempotency_key":"01JZ-1","exact":true}',
    );
  });

  it('of a market-style sell: the price protects, the flag agrees, nothing stands at the top', () => {
    const payload = placeOrderPayload(
      { ...ORDER, side: 'sell', style: 'market' },
      { accountKey: null, subAccountId: 'demo@main' },
    );
    expect(payload).toEqual({
      account_key: null,
      sub_account_id: 'demo@main',
      security: '000001.XSHE',
      side: 'SELL',
      amount: 100,
      style: { type: 'market', protect_price: 10.5 },
      market: true,
      wait_timeout: 0,
      order_remark: 'bt:1a2b3c4d:demo',
      idempotency_key: '01JZ-1',
      exact: true,
    });
    expect(payload).not.toHaveProperty('price');
  });

  it('is the same text each time, which the idempotency of the server needs', () => {
    expect(stringifyWire(placeOrderPayload(ORDER, SCOPE))).toBe(
      stringifyWire(placeOrderPayload({ ...ORDER }, { ...SCOPE })),
    );
  });

  it.each([0, -100, 100.5, Number.NaN, Infinity])('refuses an amount of %j', (amount) => {
    expect(() => placeOrderPayload({ ...ORDER, amount }, SCOPE)).toThrow(
      expect.objectContaining({ code: 'BAD_WIRE_ORDER' }),
    );
  });

  it.each([0, -1, Number.NaN, Infinity])('refuses a price of %j, for both styles', (price) => {
    for (const style of ['limit', 'market'] as const) {
      expect(() => placeOrderPayload({ ...ORDER, price, style }, SCOPE)).toThrow(
        expect.objectContaining({ code: 'BAD_WIRE_ORDER' }),
      );
    }
  });

  it('refuses an empty client id', () => {
    expect(() => placeOrderPayload({ ...ORDER, clientId: ' ' }, SCOPE)).toThrow(
      expect.objectContaining({ code: 'BAD_WIRE_ORDER' }),
    );
  });

  it('refuses a lone surrogate anywhere, and takes a pair', () => {
    const refused = expect.objectContaining({ code: 'BAD_WIRE_ORDER', fault: 'bug' }) as Error;
    for (const field of ['security', 'remark', 'clientId'] as const) {
      expect(() => placeOrderPayload({ ...ORDER, [field]: 'a\ud800' }, SCOPE)).toThrow(refused);
    }
    expect(() => placeOrderPayload(ORDER, { accountKey: '\udc00', subAccountId: null })).toThrow(refused);
    expect(placeOrderPayload({ ...ORDER, remark: '📊' }, SCOPE)['order_remark']).toBe('📊');
  });
});
