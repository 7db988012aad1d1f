import { beforeEach, describe, expect, test } from 'vitest';
import { batch_cancel_orders, batch_submit_orders, LimitOrderStyle } from 'jqdata';
import { account, bindFake, orderView, position, quote } from '../fake-host.ts';
import type { FakeHost } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const [A, B] = ['000001.XSHE', '600000.XSHG'];
let host: FakeHost;

beforeEach(() => {
  host = bindFake();
  host.accountView = account([position({ security: A, amount: 1000, closeableAmount: 600 })], { availableCash: 5000 });
  host.quoteViews.set(A, quote(A, { lastPrice: 10, highLimit: 11 }));
  host.quoteViews.set(B, quote(B, { lastPrice: 20, highLimit: 22 }));
});

describe('batch_submit_orders', () => {
  test('asks for all of them in one call, and gives an order each', () => {
    const orders = batch_submit_orders([
      { security: A, amount: -600 },
      { security: B, amount: 200, style: LimitOrderStyle(19.5) },
    ]);
    expect(host.placed).toEqual([
      {
        kind: 'amount',
        security: A,
        quantity: -600,
        style: { kind: 'market', limitPrice: null },
        waitTimeout: null,
        remark: null,
        keep: null,
      },
      {
        kind: 'amount',
        security: B,
        quantity: 200,
        style: { kind: 'limit', limitPrice: 19.5 },
        waitTimeout: null,
        remark: null,
        keep: null,
      },
    ]);
    expect(orders.map((order) => order?.security)).toEqual([A, B]);
  });

  test('an order that the engine refuses after all is null beside the others', () => {
    host.answer = ({ security }) => (security === A ? null : orderView({ security }));
    expect(
      batch_submit_orders([
        { security: A, amount: -100 },
        { security: B, amount: 100 },
      ]).map((one) => one?.security),
    ).toEqual([undefined, B]);
  });

  test.each<[string, Parameters<typeof batch_submit_orders>[0], string]>([
    [
      'more bought than there is cash',
      [
        { security: B, amount: 100 },
        { security: B, amount: 200 },
      ],
      'not enough cash for 200 600000.XSHG',
    ],
    [
      'more sold than is closeable',
      [
        { security: A, amount: -400 },
        { security: A, amount: -300 },
      ],
      '300 000001.XSHE is more than the 100 that are closeable',
    ],
    ['less than a lot', [{ security: B, amount: 50 }], '50 600000.XSHG is less than a lot'],
    ['no price', [{ security: '000002.XSHE', amount: 100 }], '000002.XSHE has no price'],
  ])('%s: none is sent, and the reason is logged', (_what, orders, reason) => {
    expect(batch_submit_orders([{ security: A, amount: -100 }, ...orders])).toEqual([]);
    expect(host.placed).toEqual([]);
    expect(host.texts('warning').join()).toContain(reason);
  });

  test('a security that is suspended: none is sent', () => {
    host.quoteViews.set(B, quote(B, { paused: true }));
    expect(
      batch_submit_orders([
        { security: A, amount: -100 },
        { security: B, amount: 100 },
      ]),
    ).toEqual([]);
    expect(host.placed).toEqual([]);
  });

  test('an empty list asks nothing', () => {
    expect(batch_submit_orders([])).toEqual([]);
    expect(host.quoted).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['no list', { security: A, amount: 100 }],
    ['an order that is no object', [A]],
    ['an amount of 0', [{ security: A, amount: 0 }]],
    ['no amount', [{ security: A }]],
    ['a name that is none', [{ security: A, amount: 100, amonut: 1 }]],
    ['a short side', [{ security: A, amount: 100, side: 'short' }]],
  ])('%s is refused', (_what, orders) => {
    expect(['BAD_ARGUMENT', 'UNSUPPORTED']).toContain(codeOf(() => untyped(batch_submit_orders)(orders)).code);
    expect(host.placed).toEqual([]);
  });
});

test('batch_cancel_orders takes orders and ids', () => {
  host.orderViews = [orderView({ orderId: 'a' }), orderView({ orderId: 'b' })];
  const [first] = batch_submit_orders([{ security: A, amount: -100 }]);
  expect(
    batch_cancel_orders([...(first === null || first === undefined ? [] : [first]), 'b', 'none']).map(
      (one) => one?.order_id,
    ),
  ).toEqual([undefined, 'b', undefined]);
  expect(host.cancelled).toEqual([first?.order_id, 'b', 'none']);
  expect(codeOf(() => untyped(batch_cancel_orders)([{}])).code).toBe('BAD_ARGUMENT');
});
