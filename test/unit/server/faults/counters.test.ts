import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/protocol/json.ts';
import { addDays, chinaDay, chinaInstant } from '../../../../src/domain/time.ts';
import type { WireClient } from '../../../wire/wire-client.ts';
import { flow, MORNING } from '../world.ts';
import { faulty, ordersSeenBy, payloadOf, place, rowsOf } from './faulty-world.ts';
import type { FaultyWorld } from './faulty-world.ts';

const START = 1_000_000;
/** What 100 at 6.05 hold, with the least commission. */
const HELD = 610;

async function asset(client: WireClient, account: JsonObject = {}): Promise<JsonObject> {
  const answer = payloadOf(await client.request('broker.account', account));
  const { positions: _, ...value } = answer['value'] as JsonObject;
  // It says everything twice, and the same.
  expect(answer).toMatchObject(value);
  return value;
}

/** Drops the connection by a request that is befallen, and comes back. */
async function reconnected(world: FaultyWorld, client: WireClient, action = 'broker.positions'): Promise<WireClient> {
  client.send({ type: 'request', id: 'last', action });
  await client.ended();
  return world.open();
}

describe('asset_lag', () => {
  test('shows the figures of some seconds ago, while the lists are of now', async () => {
    const world = await faulty([{ kind: 'asset_lag' }]);
    const client = await world.open();
    expect(await asset(client)).toMatchObject({ available_cash: START, frozen_cash: 0 });
    await world.clock.walk(MORNING + 1000);
    await place(client);
    expect(await ordersSeenBy(client)).toHaveLength(1);
    expect(world.server.exchange?.account('default')).toMatchObject({ frozenCash: HELD });
    for (const seconds of [1, 4, 6.9]) {
      await world.clock.walk(MORNING + seconds * 1000);
      expect(await asset(client)).toMatchObject({ available_cash: START, frozen_cash: 0 });
    }
    // Six seconds after the first request that followed the order.
    await world.clock.walk(MORNING + 7000);
    expect(await asset(client)).toMatchObject({ available_cash: START - HELD, frozen_cash: HELD, total_value: START });
    expect(world.server.faults()?.counts).toEqual({ asset_lag: 3 });
  });

  test('holds to its seconds, and keeps accounts apart', async () => {
    const accounts = ['one', 'two'].map((key) => ({ key, id: key, type: 'stock' }));
    const world = await faulty([{ kind: 'asset_lag', seconds: 2 }], { accounts });
    const client = await world.open();
    const [one, two] = [{ account_key: 'one' }, { account_key: 'two' }];
    for (const account of [one, two]) await asset(client, account);
    await place(client, one);
    await asset(client, one);
    await world.clock.walk(MORNING + 2000);
    expect(await asset(client, one)).toMatchObject({ frozen_cash: HELD, account_id: 'one' });
    expect(await asset(client, two)).toMatchObject({ frozen_cash: 0, account_id: 'two' });
  });
});

describe('asset_unfrozen', () => {
  test('leaves in the available what open buys hold, and the counter refuses all the same what cannot be paid', async () => {
    const world = await faulty([{ kind: 'asset_unfrozen' }]);
    const client = await world.open();
    await place(client, { amount: 160_000 });
    expect(await asset(client)).toMatchObject({ available_cash: START, transferable_cash: START, frozen_cash: 0 });
    const second = payloadOf(await place(client, { amount: 160_000 }));
    expect(second).toMatchObject({ status: 'rejected', status_msg: expect.stringContaining('资金不足') });
    const bought = payloadOf(await place(client, { amount: 100, style: { type: 'limit', price: 6.25 } }));
    await world.clock.walk(MORNING + 30_000);
    const [row] = rowsOf(await client.request('broker.orders', { order_id: bought['order_id'] }));
    expect(row).toMatchObject({ status: 'filled' });
    // What was paid is gone from both.
    const { available_cash: available, frozen_cash: frozen } = await asset(client);
    expect(frozen).toBe(0);
    expect(available).toBeLessThan(START - 600);
  });

  test('knows nothing of the freeze in an old picture either', async () => {
    const world = await faulty([{ kind: 'asset_lag', seconds: 1 }, { kind: 'asset_unfrozen' }]);
    const client = await world.open();
    await place(client);
    await asset(client);
    await world.clock.walk(MORNING + 1000);
    expect(await asset(client)).toMatchObject({ available_cash: START, frozen_cash: 0 });
  });
});

describe('account_id', () => {
  test('is another one from the reconnect on, also in the next answers', async () => {
    const world = await faulty([{ kind: 'account_id', action: 'broker.positions', nth: 1 }]);
    const before = await world.open();
    expect(await asset(before)).toMatchObject({ account_id: 'demo' });
    const client = await reconnected(world, before);
    for (let n = 0; n < 2; n += 1) expect(await asset(client)).toMatchObject({ account_id: '99999999' });
    expect(world.server.faults()?.counts).toEqual({ account_id: 1 });
  });
});

describe('order_ids_again', () => {
  const again = (params: JsonObject): Promise<FaultyWorld> =>
    faulty([{ kind: 'order_ids_again', action: 'broker.positions', ...params }]);
  const idOf = async (client: WireClient, remark: string): Promise<unknown> =>
    payloadOf(await place(client, { order_remark: remark }))['order_id'];
  const remarks = (rows: readonly JsonObject[]): unknown[] =>
    rows.map((row) => `${String(row['order_remark'])} ${String(row['order_id'])}`);

  test('kept: two orders of one id are in the list, and the id means the later one', async () => {
    const world = await again({ nth: 1 });
    const before = await world.open();
    const first = await idOf(before, 'a');
    const second = await idOf(before, 'b');
    const client = await reconnected(world, before);
    expect(await idOf(client, 'c')).toBe(first);
    expect(remarks(await ordersSeenBy(client))).toEqual([
      `a ${String(first)}`,
      `b ${String(second)}`,
      `c ${String(first)}`,
    ]);
    const meant = payloadOf(await client.request('broker.order_status', { order_id: first }));
    expect(meant).toMatchObject({ order_remark: 'c', order_id: first });
    // An id that only an earlier order has still means that one.
    expect(payloadOf(await client.request('broker.order_status', { order_id: second }))).toMatchObject({
      order_remark: 'b',
    });
    await world.clock.walk(MORNING + 5000);
    const cancelled = await flow(world.clock, client.request('broker.cancel_order', { order_id: first }));
    expect(payloadOf(cancelled)).toMatchObject({ value: true, last_snapshot: { order_id: first, order_remark: 'c' } });
    const states = (await ordersSeenBy(client)).map((row) => `${String(row['order_remark'])} ${String(row['status'])}`);
    expect(states).toEqual(['a open', 'b open', 'c canceled']);
  });

  test('gone: the earlier rows and their trades are no longer listed nor found, what they bought is', async () => {
    const world = await again({ nth: 1, earlier: 'gone' });
    const before = await world.open();
    const first = payloadOf(await place(before, { style: { type: 'limit', price: 6.25 } }))['order_id'];
    await world.clock.walk(MORNING + 30_000);
    const client = await reconnected(world, before);
    expect(await ordersSeenBy(client)).toEqual([]);
    expect(rowsOf(await client.request('broker.trades'))).toEqual([]);
    expect(payloadOf(await client.request('broker.order_status', { order_id: first }))).toEqual({});
    expect(rowsOf(await client.request('broker.get_positions'))).toMatchObject([{ amount: 100 }]);
    expect(await idOf(client, 'c')).toBe(first);
    expect(remarks(await ordersSeenBy(client))).toEqual([`c ${String(first)}`]);
  });

  test('again and again, and each day by itself', async () => {
    const world = await again({ drop: false });
    const client = await world.open();
    const first = await idOf(client, 'a');
    for (const remark of ['b', 'c']) {
      await client.request('broker.positions', {}, remark);
      expect(await idOf(client, remark)).toBe(first);
    }
    expect(new Set((await ordersSeenBy(client)).map((row) => row['order_id']))).toEqual(new Set([first]));
    await world.clock.walk(chinaInstant(addDays(chinaDay(MORNING), 1), '09:40'));
    expect(await idOf(client, 'd')).toBe(first);
    expect(remarks(await ordersSeenBy(client))).toEqual([`d ${String(first)}`]);
  });
});

describe('foreign_rows', () => {
  test.each([
    ['trade_amount_0', 'broker.trades', { amount: 0, price: 10 }],
    ['trade_price_0', 'broker.list_trades', { amount: 100, price: 0 }],
    ['position_unpriced', 'broker.positions', { amount: 1000, last_price: null }],
    ['position_unknown_code', 'broker.get_positions', { security: 'SW9901.OF', amount: 1000 }],
  ])('%s stands in front of the list', async (row, action, shown) => {
    const world = await faulty([{ kind: 'foreign_rows', row }]);
    const client = await world.open();
    expect(rowsOf(await client.request(action))).toMatchObject([shown]);
    const { positions, value } = payloadOf(await client.request('broker.account')) as {
      positions: JsonObject[];
      value: { positions: JsonObject[] };
    };
    expect(positions).toMatchObject(row.startsWith('position') ? [shown] : []);
    expect(value.positions).toEqual(positions);
    expect(await ordersSeenBy(client)).toEqual([]);
  });
});
