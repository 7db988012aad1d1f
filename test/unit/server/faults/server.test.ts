import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/protocol/json.ts';
import { addDays, chinaDay, chinaInstant } from '../../../../src/domain/time.ts';
import { WireClient } from '../../../wire/wire-client.ts';
import { readState } from '../../../../src/server/state-file.ts';
import { MORNING, scratchFolder } from '../world.ts';
import { faulty, order, ordersSeenBy, payloadOf, place, rowsOf } from './faulty-world.ts';
import type { FaultyWorld } from './faulty-world.ts';

const PLACE = 'broker.place_order';

/** Sends an order whose request ends with the connection. */
async function lost(world: FaultyWorld, more: JsonObject = {}): Promise<void> {
  const client = await world.open();
  client.send({ type: 'request', id: 'p', action: PLACE, payload: order(more) });
  await client.ended();
}

async function nowOf(client: WireClient): Promise<number> {
  const { value } = payloadOf(await client.request('admin.health')) as { value: { clock: { now_ms: number } } };
  return value.clock.now_ms;
}

describe('restart', () => {
  async function world(params: JsonObject): Promise<FaultyWorld> {
    return faulty([{ kind: 'restart', action: PLACE, nth: 1, down_ms: 2000, ...params }]);
  }

  /** Waits until the server that was down takes connections again. */
  async function comeBack(server: FaultyWorld): Promise<WireClient> {
    await server.timers.advance(2000);
    for (;;) {
      const client = await WireClient.connect(server.server.port);
      client.send({ type: 'handshake', token: 'stub' });
      const ready = await client.received(1).then(
        () => true,
        () => false,
      );
      await client.close();
      if (ready) return server.open();
    }
  }

  test.each([
    ['before', 'all', 0],
    ['after', 'all', 1],
    ['after', 'book', 1],
    ['after', 'none', 0],
  ])('%s the request, memory %s: %i orders', async (when, memory, count) => {
    const server = await world({ when, memory });
    const bystander = await server.open();
    await lost(server);
    await bystander.ended();
    const early = await WireClient.connect(server.server.port);
    await early.ended();
    const client = await comeBack(server);
    expect(await ordersSeenBy(client)).toHaveLength(count);
    expect(server.server.exchange?.orders('default')).toHaveLength(count);
  });

  test.each([
    ['all', 1],
    ['book', 2],
  ])('memory %s: the same key again makes %i orders', async (memory, count) => {
    const server = await world({ memory });
    await lost(server, { idempotency_key: 'k' });
    const client = await comeBack(server);
    await place(client, { idempotency_key: 'k' });
    expect(await ordersSeenBy(client)).toHaveLength(count);
  });

  test('from a state file', async () => {
    const statePath = join(scratchFolder(), 'book.json');
    const server = await faulty([{ kind: 'restart', action: PLACE, nth: 2, down_ms: 2000 }], { statePath });
    const bystander = await server.open();
    await place(bystander, { idempotency_key: 'k' });
    await lost(server);
    const client = await comeBack(server);
    expect(await ordersSeenBy(client)).toHaveLength(2);
    await place(client, { idempotency_key: 'k' });
    expect(await ordersSeenBy(client)).toHaveLength(3);
    expect(readState(statePath)?.idempotency).toHaveLength(1);
  });

  test('a server that is told to stop while it is down does not come back', async () => {
    const server = await world({});
    await lost(server);
    await server.server.stop();
    await server.timers.advance(10_000);
    expect(server.lines.some((line) => line.includes('started again'))).toBe(false);
  });
});

describe('late_execution', () => {
  test.each([
    ['drop', undefined],
    ['error', 'REQUEST_TIMEOUT'],
    ['none', undefined],
  ])('%s: nothing is there at first, and later it is', async (answer, code) => {
    const world = await faulty([{ kind: 'late_execution', nth: 1, ms: 2000, answer }]);
    const client = await world.open();
    const other = await world.open();
    client.send({ type: 'request', id: 'p', action: PLACE, payload: order({ order_remark: 'late' }) });
    while (world.events.length === 0) await other.request('admin.health');
    expect(await ordersSeenBy(other)).toHaveLength(0);
    await world.timers.advance(2000);
    expect(await ordersSeenBy(other)).toMatchObject([{ order_remark: 'late' }]);
    if (answer === 'drop') await client.ended();
    expect(client.messages[1]?.['code']).toBe(code);
  });
});

describe('clock_jump', () => {
  test.each([3600, -600])('by %i s', async (seconds) => {
    const world = await faulty([{ kind: 'clock_jump', action: PLACE, nth: 1, seconds }]);
    const client = await world.open();
    expect(await nowOf(client)).toBe(MORNING);
    await place(client);
    expect(await nowOf(client)).toBe(MORNING + seconds * 1000);
    await world.clock.walk(MORNING + 1000);
    expect(await nowOf(client)).toBe(MORNING + seconds * 1000 + 1000);
  });

  test('a wait that the jump passes ends', async () => {
    const world = await faulty([{ kind: 'clock_jump', action: 'broker.account', seconds: 20 }]);
    const client = await world.open();
    client.send({ type: 'request', id: 'w', action: PLACE, payload: order({ wait_timeout: 10 }) });
    const other = await world.open();
    while ((await ordersSeenBy(other)).length === 0);
    await other.request('broker.account');
    await world.clock.walk(MORNING + 1);
    await client.received(2);
    expect(client.messages[1]).toMatchObject({ id: 'w', payload: { timed_out: true } });
  });
});

describe('order_ids', () => {
  test('shift: every order gets a new id, by which it is found and cancelled; the old one is gone', async () => {
    const world = await faulty([{ kind: 'order_ids', action: 'broker.account', nth: 1 }]);
    const before = await world.open();
    const first = payloadOf(await place(before))['order_id'];
    before.send({ type: 'request', id: 'a', action: 'broker.account' });
    await before.ended();
    const client = await world.open();
    const [row] = await ordersSeenBy(client);
    expect(row?.['order_id']).toBe(String(Number(first) + 1_000_000));
    expect(payloadOf(await client.request('broker.order_status', { order_id: first }))).toEqual({});
    const found = await client.request('broker.order_status', { order_id: row?.['order_id'] });
    expect(payloadOf(found)).toMatchObject({ order_id: row?.['order_id'], amount: 100 });
    const second = payloadOf(await place(client))['order_id'];
    expect(Number(second)).toBe(Number(row?.['order_id']) + 1);
    const filtered = await client.request('broker.orders', { filters: { order_id: second } });
    expect(rowsOf(filtered)).toHaveLength(1);
  });

  test('night: it waits until the market is closed', async () => {
    const world = await faulty([{ kind: 'order_ids', action: 'broker.account', night: true, nth: 1 }]);
    const client = await world.open();
    await client.request('broker.account');
    const first = payloadOf(await place(client))['order_id'];
    expect((await ordersSeenBy(client))[0]?.['order_id']).toBe(first);
    await world.clock.walk(chinaInstant(chinaDay(MORNING), '15:31'));
    client.send({ type: 'request', id: 'a', action: 'broker.orders' });
    await client.ended();
    const [row] = await ordersSeenBy(await world.open());
    expect(row?.['order_id']).toBe(String(Number(first) + 1_000_000));
    expect(world.server.faults()?.counts).toEqual({ order_ids: 1 });
  });

  test('daily: each day begins with the same id', async () => {
    const world = await faulty([{ kind: 'order_ids', action: 'broker.account', mode: 'daily', drop: false, nth: 1 }]);
    const client = await world.open();
    await client.request('broker.account');
    const first = payloadOf(await place(client))['order_id'];
    await place(client);
    await world.clock.walk(chinaInstant(addDays(chinaDay(MORNING), 1), '09:40'));
    const next = payloadOf(await place(client))['order_id'];
    expect(next).toBe(first);
    const rows = await ordersSeenBy(client);
    expect(rows.map((row) => row['order_id'])).toEqual([first]);
    expect(payloadOf(await client.request('broker.order_status', { order_id: first }))).toMatchObject({
      order_id: first,
    });
  });
});

describe('handshake_refused', () => {
  test.each([
    ['AUTH_FAILED', 'token 不匹配'],
    ['SERVER_BUSY', '连接数达到上限'],
  ])('%s: every connection drops, and the next handshakes are refused', async (code, message) => {
    const world = await faulty([{ kind: 'handshake_refused', action: PLACE, nth: 1, code, handshakes: 2 }]);
    const bystander = await world.open();
    await lost(world);
    await bystander.ended();
    for (let n = 0; n < 2; n += 1) {
      const refused = await WireClient.connect(world.server.port);
      refused.send({ type: 'handshake', token: 'stub', id: 1 });
      await refused.ended();
      expect(refused.messages).toEqual([{ type: 'error', code, message, id: 1 }]);
      await refused.close();
    }
    expect(await ordersSeenBy(await world.open())).toHaveLength(0);
  });
});

test('idempotency_ignored: the same key twice makes two orders', async () => {
  const world = await faulty([{ kind: 'idempotency_ignored' }]);
  const client = await world.open();
  for (let n = 0; n < 2; n += 1) await place(client, { idempotency_key: 'k' });
  expect(await ordersSeenBy(client)).toHaveLength(2);
  expect(world.server.faults()?.counts).toEqual({ idempotency_ignored: 2 });
});

test('each fault is logged, counted, and told with the states of the orders concerned', async () => {
  const world = await faulty([
    { kind: 'delay', action: 'broker.account', ms: 0, nth: [1, 2] },
    { kind: 'duplicate', action: 'broker.order_status' },
  ]);
  const client = await world.open();
  await client.request('broker.account');
  const placed = payloadOf(await place(client));
  await world.clock.walk(MORNING + 5000);
  await client.request('broker.account');
  await client.request('broker.order_status', { order_id: placed['order_id'] }, 's');
  const [row] = await ordersSeenBy(client);
  expect(world.events.map(({ states }) => states)).toEqual([['none'], [row?.['status']], [row?.['status']]]);
  expect(world.server.faults()).toMatchObject({
    counts: { delay: 2, duplicate: 1 },
    variants: { 'delay/after': 2, duplicate: 1 },
    last: [{ number: 1 }, { number: 2, time: MORNING + 5000 }, { number: 3, kind: 'duplicate', id: 's' }],
  });
  expect(world.lines.filter((line) => line.includes('delay/after on broker.account'))).toHaveLength(2);
});

test('a fault that befalls every request does not fill the log', async () => {
  const world = await faulty([{ kind: 'delay', action: 'broker.account', ms: 0 }]);
  const client = await world.open();
  for (let n = 0; n < 8; n += 1) await client.request('broker.account', {}, `${n}`);
  const said = world.lines.filter((line) => line.includes('delay/after'));
  expect(said.map((line) => line.split(' ', 1)[0])).toEqual([
    ...Array.from({ length: 5 }, () => 'info'),
    ...Array.from({ length: 3 }, () => 'debug'),
  ]);
  expect(world.server.faults()?.counts).toEqual({ delay: 8 });
});
