import { describe, expect, it } from 'vitest';

import { MAX_ROWS } from '../../../../src/protocol/decode/fields.ts';
import { decodeOrder, decodeOrders, decodeTrades, orderIfComplete } from '../../../../src/protocol/decode/orders.ts';

const ORDER = {
  order_id: '1073741902',
  security: '000002.XSHE',
  amount: 300,
  filled: 0,
  price: 0,
  order_price: 8.2,
  status: 'open',
  order_type: 23,
  is_buy: true,
  order_remark: 'bt:abcdefgh:demo',
  status_msg: '',
  order_time: 1795210488,
  raw_status: 50,
};

const BAD_ANSWER = expect.objectContaining({ code: 'BAD_ANSWER' }) as Error;

describe('decodeOrders', () => {
  it('refuses a list of more rows than an account can have', () => {
    expect(decodeOrders(Array.from({ length: MAX_ROWS }, () => ({})))).toHaveLength(MAX_ROWS);
    expect(() => decodeOrders(Array.from({ length: MAX_ROWS + 1 }, () => ({})))).toThrow(BAD_ANSWER);
  });

  it('reads a row of the qmt adapter', () => {
    expect(decodeOrders([ORDER])).toEqual([
      {
        orderId: '1073741902',
        security: '000002.XSHE',
        side: 'buy',
        amount: 300,
        filled: 0,
        limitPrice: 8.2,
        avgPrice: null,
        status: 'open',
        remark: 'bt:abcdefgh:demo',
        statusText: '',
        createdAt: 1795210488000,
      },
    ]);
  });

  it.each([
    [{ traded_price: 8.1, price: 8.2 }, 8.1],
    [{ traded_price: 0, avg_price: 8.15, price: 8.2 }, 8.15],
    [{ avg_cost: 8.11, price: 0 }, 8.11],
    [{ price: 8.12 }, 8.12],
    [{ price: 0 }, null],
  ])('average price of a filled part from %j: %j', (prices, expected) => {
    expect(decodeOrders([{ ...ORDER, filled: 100, ...prices }])[0]?.avgPrice).toBe(expected);
  });

  it('has no average price before a fill, also where `price` is the limit', () => {
    expect(decodeOrders([{ ...ORDER, price: 8.2, avg_price: 8.2 }])[0]?.avgPrice).toBeNull();
  });

  it.each([0, -1, Number.NaN, null, 1.7976931348623157e308])('a limit of %j is missing', (price) => {
    expect(decodeOrders([{ ...ORDER, order_price: price }])[0]?.limitPrice).toBeNull();
  });

  it('reads the aliases of other back ends', () => {
    const row = {
      entrust_id: 17,
      security: '600000.SH',
      order_volume: 200,
      traded_volume: 100,
      state: 'filling',
      side: 'SELL',
      remark: 'x',
      add_time: '20261120 09:31:00',
    };
    expect(decodeOrders([row])[0]).toMatchObject({
      orderId: '17',
      security: '600000.XSHG',
      amount: 200,
      filled: 100,
      status: 'partly_filled',
      side: 'sell',
      remark: 'x',
      createdAt: Date.parse('2026-11-20T01:31:00Z'),
    });
    expect(decodeOrders([{ ...row, order_volume: null, volume: 200 }])[0]?.amount).toBe(200);
  });

  it.each([
    [{ is_buy: false, order_type: 23, side: 'BUY' }, 'sell'],
    [{ is_buy: null, side: 'sell', order_type: 23 }, 'sell'],
    [{ is_buy: null, order_type: 24 }, 'sell'],
    [{ is_buy: null, order_type: 'stock_buy' }, 'buy'],
    [{ is_buy: null, order_type: 99 }, null],
  ])('side of %j: %j', (fields, expected) => {
    expect(decodeOrders([{ ...ORDER, ...fields }])[0]?.side).toBe(expected);
  });

  it('an order cancelled after a fill is partly cancelled, as the status says it is final', () => {
    expect(decodeOrders([{ ...ORDER, filled: 100, status: 'canceled', raw_status: 54 }])[0]?.status).toBe(
      'partly_canceled',
    );
  });

  it.each(['order_id', 'security', 'amount', 'filled'])(
    'reads no figure of a row without %s, and the others',
    (name) => {
      const [whole, odd] = decodeOrders([ORDER, { ...ORDER, [name]: undefined }]);
      expect(whole?.unreadable).toBeUndefined();
      expect(odd).toMatchObject({ amount: 0, filled: 0, unreadable: expect.stringContaining(name) as string });
    },
  );

  it.each(['', '0', 0, '-1', -1, null])('reads no figure of a row with the order id %j', (id) => {
    const odd = { orderId: '', amount: 0, unreadable: 'order_id is missing or not usable' };
    expect(decodeOrders([{ ...ORDER, order_id: id }])).toMatchObject([odd]);
  });

  it.each([-100, 0.5, 1e308, '9'.repeat(400)])('reads no figure of a row of %s shares, and whose it is', (amount) => {
    const odd = { orderId: ORDER.order_id, amount: 0, status: 'unknown', unreadable: expect.any(String) as string };
    expect(decodeOrders([{ ...ORDER, amount }])).toMatchObject([odd]);
  });

  it.each([null, {}, { dtype: 'list', values: [] }, [1]])('refuses %j instead of an empty list', (payload) => {
    expect(() => decodeOrders(payload)).toThrow(BAD_ANSWER);
  });
});

describe('decodeOrder', () => {
  it('is null for an unknown id, also when the answer carries the sub-account', () => {
    expect(decodeOrder({})).toBeNull();
    expect(decodeOrder({ sub_account_id: 'demo' })).toBeNull();
  });

  it('reads a status row with the vendor code', () => {
    expect(decodeOrder({ ...ORDER, security: '000002.SZ', price: 8.2 })).toMatchObject({
      security: '000002.XSHE',
      avgPrice: null,
      status: 'open',
    });
  });

  it('refuses half a row', () => {
    expect(() => decodeOrder({ order_id: '1' })).toThrow(BAD_ANSWER);
  });
});

describe('orderIfComplete', () => {
  it('is null for what lacks too much', () => {
    for (const row of [null, {}, { order_id: '1' }, 'x']) expect(orderIfComplete(row)).toBeNull();
    expect(orderIfComplete(ORDER)?.orderId).toBe('1073741902');
  });
});

const TRADE = {
  trade_id: 'c1d1c5a75098643e',
  order_id: '1073741901',
  security: '000001.XSHE',
  amount: 100,
  price: 10,
  time: 1795210488,
  commission: 0,
  tax: 0,
};

describe('decodeTrades', () => {
  it('reads a row', () => {
    expect(decodeTrades([TRADE])).toEqual([
      {
        tradeId: 'c1d1c5a75098643e',
        orderId: '1073741901',
        security: '000001.XSHE',
        side: null,
        amount: 100,
        price: 10,
        time: 1795210488000,
        commission: 0,
        tax: 0,
      },
    ]);
  });

  it('keeps two equal rows as two', () => {
    expect(decodeTrades([TRADE, TRADE])).toHaveLength(2);
  });

  it('reads the aliases; fees that are not told are missing', () => {
    const row = {
      ...TRADE,
      price: 0,
      trade_price: 10.2,
      commission: null,
      commission_fee: 5,
      tax: undefined,
      time: null,
    };
    expect(decodeTrades([row])[0]).toMatchObject({ price: 10.2, commission: 5, tax: null, time: null });
  });

  it.each([undefined, null, 0, ''])('reads a row without a price as one (%j)', (price) => {
    expect(decodeTrades([TRADE, { ...TRADE, price }])).toMatchObject([{ price: 10 }, { price: null }]);
  });

  it.each(['trade_id', 'order_id', 'security', 'amount'])('reads no figure of a row without %s', (name) => {
    const odd = { amount: 0, price: null, unreadable: expect.stringContaining(name) as string };
    expect(decodeTrades([TRADE, { ...TRADE, [name]: undefined }])).toMatchObject([{ amount: 100 }, odd]);
  });

  it('reads the side where it is told', () => {
    const sides = [{ side: 'SELL' }, { is_buy: true }, { order_type: 23 }].map((told) => ({ ...TRADE, ...told }));
    expect(decodeTrades(sides).map(({ side }) => side)).toEqual(['sell', 'buy', null]);
  });
});
