import { describe, expect, test } from 'vitest';
import { faulty, ordersSeenBy, place } from './faulty-world.ts';

const PLACE = 'broker.place_order';
const BOTH = [
  ['before', 0],
  ['after', 1],
] as const;

describe('error', () => {
  const codes = [
    'REQUEST_FAILED',
    'REQUEST_TIMEOUT',
    'QMT_UNAVAILABLE',
    'QMT_RECONNECTING',
    'UNSUPPORTED',
    'BIG_QMT_GATEWAY_UNAVAILABLE',
    'BIG_QMT_GATEWAY_TIMEOUT',
    'BIG_QMT_GATEWAY_ERROR',
    'TRADING_DISABLED',
    'NOT_FOUND',
    'HTTP_502',
  ];

  test.each(codes.flatMap((code) => BOTH.map(([when, count]) => [code, when, count] as const)))(
    '%s %s the execution: %i orders exist',
    async (code, when, count) => {
      const world = await faulty([{ kind: 'error', action: PLACE, nth: 1, code, when }]);
      const client = await world.open();
      const answer = await place(client);
      expect(answer).toMatchObject({ type: 'error', code, message: expect.stringMatching(/./u) });
      expect(await ordersSeenBy(client)).toHaveLength(count);
      expect(world.events).toMatchObject([
        {
          kind: 'error',
          variant: `${when} ${code}`,
          action: PLACE,
          states: [count === 0 ? 'none' : expect.any(String)],
        },
      ]);
    },
  );

  test('a message of its own, for one security only', async () => {
    const message = 'QMT 下单失败: 未知原因';
    const match = { security: '518880.XSHG' };
    const world = await faulty([{ kind: 'error', action: PLACE, match, code: 'REQUEST_FAILED', message }]);
    const client = await world.open();
    expect(await place(client)).toMatchObject({ code: 'REQUEST_FAILED', message });
    expect(await place(client, { security: '510050.XSHG' })).toMatchObject({ type: 'response' });
  });

  test('any other action', async () => {
    const world = await faulty([{ kind: 'error', action: ['broker.account', 'data.*'], code: 'QMT_UNAVAILABLE' }]);
    const client = await world.open();
    expect(await client.request('broker.account')).toMatchObject({ code: 'QMT_UNAVAILABLE' });
    expect(await client.request('data.trade_days')).toMatchObject({ code: 'QMT_UNAVAILABLE' });
    expect(await client.request('broker.orders')).toMatchObject({ type: 'response' });
  });
});

test.each(BOTH)('submit_unknown %s the execution', async (when, count) => {
  const world = await faulty([{ kind: 'submit_unknown', nth: 1, when }]);
  const client = await world.open();
  expect(await place(client)).toMatchObject({
    type: 'response',
    payload: { order_id: null, status: 'submit_unknown', submit_unknown: true, timed_out: true },
  });
  expect(await ordersSeenBy(client)).toHaveLength(count);
});

test.each(BOTH.flatMap(([when, count]) => ['', '-1', null].map((id) => [id, when, count] as const)))(
  'empty_id %j %s the execution',
  async (id, when, count) => {
    const world = await faulty([{ kind: 'empty_id', nth: 1, id, when }]);
    const client = await world.open();
    expect(await place(client)).toMatchObject({ type: 'response', payload: { order_id: id } });
    expect(await ordersSeenBy(client)).toHaveLength(count);
  },
);
