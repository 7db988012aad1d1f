import { describe, expect, onTestFinished, test } from 'vitest';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { LONGEST_WAIT_SECONDS } from '../../../src/server/limits.ts';
import { createStubServer, MemoryBook } from '../../../src/server/index.ts';
import type { BookStore, ServerState, StubOptions, GatewayServer } from '../../../src/server/index.ts';
import { CLOSE_GRACE_MS, HANDSHAKE_DEADLINE_MS } from '../../../src/server/limits.ts';
import { FakeTimers } from '../platform/fake-timers.ts';
import { PairClient, turns } from './pair-client.ts';
import { MORNING } from './world.ts';

const ORDER = {
  security: '518880.XSHG',
  side: 'BUY',
  amount: 100,
  style: { type: 'limit', price: 6.05 },
  wait_timeout: 0,
};

interface InProcess {
  readonly server: GatewayServer;
  readonly clock: SteppedClock;
  readonly timers: FakeTimers;
}

async function start(options: Partial<StubOptions> = {}): Promise<InProcess> {
  const clock = new SteppedClock(MORNING);
  const timers = new FakeTimers();
  const server = await createStubServer(
    { token: 'stub', market: 'simulated', seed: 1, clock, timers, accessLog: false, ...options },
    nullLog,
  );
  onTestFinished(() => server.kill());
  return { server, clock, timers };
}

async function idsOf(client: PairClient): Promise<unknown[]> {
  const { payload } = await client.request('broker.orders');
  return Array.isArray(payload) ? payload.map((row: JsonObject) => row['order_id']) : [];
}

describe('a server without a port', () => {
  test('speaks the whole protocol over a pair', async () => {
    const { server, timers } = await start({ newSessionId: () => 's0123456789ab' });
    const client = new PairClient(server);
    await turns(() => client.messages.length === 1);
    expect(client.messages[0]).toMatchObject({ type: 'handshake_ack', session_id: 's0123456789ab' });
    expect(server.sessions()).toBe(1);
    const placed = await client.request('broker.place_order', ORDER);
    expect(placed).toMatchObject({ type: 'response', payload: { amount: 100 } });
    expect(server.exchange?.orders('default')).toHaveLength(1);
    const stopped = server.stop();
    await turns(() => client.ended);
    // This client does not end its own side: the server's grace ends it.
    await timers.advance(CLOSE_GRACE_MS);
    await stopped;
    const late = new PairClient(server, null);
    await turns(() => late.ended);
  });

  test('lives on the timers it is given: deadline, ticks, time-out, uptime, memory of keys', async () => {
    const { server, timers } = await start({ requestTimeoutMs: 5000, placeMarginMs: 0, idempotencyTtlMs: 60_000 });
    const stranger = new PairClient(server, null);
    const client = new PairClient(server);
    await client.request('data.subscribe', { securities: ['518880.XSHG'] });
    await timers.advance(1000);
    await turns(() => client.messages.some((message) => message['event'] === 'tick'));
    await timers.advance(HANDSHAKE_DEADLINE_MS);
    await turns(() => stranger.ended);
    const first = await client.request('broker.place_order', { ...ORDER, idempotency_key: 'k' });
    const again = await client.request('broker.place_order', { ...ORDER, idempotency_key: 'k' });
    expect(again['payload']).toEqual(first['payload']);
    await timers.advance(60_001);
    await client.request('broker.place_order', { ...ORDER, idempotency_key: 'k' });
    expect(await idsOf(client)).toHaveLength(2);
    client.send({ type: 'request', id: 'w', action: 'broker.place_order', payload: { ...ORDER, wait_timeout: 1 } });
    await turns(() => server.exchange?.orders('default').length === 3);
    await timers.advance(5000);
    await turns(() => client.messages.some((message) => message['code'] === 'REQUEST_TIMEOUT'));
    const health = await client.request('admin.health');
    expect(health).toMatchObject({ payload: { value: { uptime_seconds: timers.monotonic() / 1000 } } });
  });
});

test('a key is one order for a day on a market in this process too', async () => {
  const { server, timers } = await start();
  const client = new PairClient(server);
  const first = await client.request('broker.place_order', { ...ORDER, idempotency_key: 'k' });
  await timers.advance(23 * 3_600_000);
  const again = await client.request('broker.place_order', { ...ORDER, idempotency_key: 'k' });
  expect(again['payload']).toEqual(first['payload']);
  expect(await idsOf(client)).toHaveLength(1);
});

test('a wait of half a million years ends with the day: until then the session is its own request’s', async () => {
  const { server, timers } = await start();
  const client = new PairClient(server);
  client.send({
    type: 'request',
    id: 'w',
    action: 'broker.place_order',
    payload: { ...ORDER, style: { type: 'limit', price: 5.9 }, wait_timeout: 16_455_968_121_563.39 },
  });
  client.send({ type: 'ping', id: 'p' });
  await turns(() => server.exchange?.orders('default').length === 1);
  await timers.advance((LONGEST_WAIT_SECONDS + 60) * 1000);
  await turns(() => client.messages.some(({ id }) => id === 'p'));
  expect(client.messages.find(({ id }) => id === 'w')).toMatchObject({ type: 'error', code: 'REQUEST_TIMEOUT' });
});

test('a stop after a kill is over at once, and so is a second kill', async () => {
  const { server } = await start();
  const client = new PairClient(server);
  await client.request('admin.health');
  await server.kill();
  await server.stop();
  await server.kill();
  await turns(() => client.ended);
});

describe('a crash', () => {
  test('drops every connection in the same turn, and another server goes on with what was durable', async () => {
    const book = new MemoryBook();
    const { server, clock } = await start({ store: book });
    const clients = [new PairClient(server), new PairClient(server)] as const;
    const placed = await clients[0].request('broker.place_order', { ...ORDER, idempotency_key: 'k' });
    clients[1].send({ type: 'request', id: 'w', action: 'broker.place_order', payload: { ...ORDER, wait_timeout: 9 } });
    await turns(() => server.exchange?.orders('default').length === 2);
    const gone = server.kill();
    const copy = book.copy();
    await gone;
    await clock.walk(clock.now() + 20_000);
    await turns(() => clients.every(({ ended }) => ended));
    expect(clients[1].messages.some(({ id }) => id === 'w')).toBe(false);
    expect(copy.read()).toBe(book.read());
    const again = await start({ store: copy, clock });
    const client = new PairClient(again.server);
    expect(await idsOf(client)).toHaveLength(2);
    const same = await client.request('broker.place_order', { ...ORDER, idempotency_key: 'k' });
    expect(same['payload']).toMatchObject({ order_id: (placed['payload'] as JsonObject)['order_id'] });
  });

  test('loses what its store had not, and the request was not answered', async () => {
    const writes: ServerState[] = [];
    let held: (() => void)[] = [];
    let slow = false;
    const store: BookStore = {
      name: 'slow',
      read: () => writes.at(-1) ?? null,
      write: async (state) => {
        if (slow) await new Promise<void>((resolve) => held.push(resolve));
        writes.push(state);
      },
      release: () => {},
    };
    const { server, clock } = await start({ store });
    const client = new PairClient(server);
    await client.request('broker.account');
    slow = true;
    client.send({ type: 'request', id: 'p', action: 'broker.place_order', payload: ORDER });
    await turns(() => held.length === 1);
    expect(server.exchange?.orders('default')).toHaveLength(1);
    const durable = new MemoryBook(store.read());
    const gone = server.kill();
    for (const release of held) release();
    held = [];
    await gone;
    await turns(() => client.ended);
    expect(client.messages.some(({ id }) => id === 'p')).toBe(false);
    const again = await start({ store: durable, clock });
    expect(await idsOf(new PairClient(again.server))).toEqual([]);
  });

  test('begins no write any more', async () => {
    const book = new MemoryBook();
    const { server, clock } = await start({ store: book });
    const client = new PairClient(server);
    await client.request('broker.place_order', { ...ORDER, wait_timeout: 0 });
    client.send({ type: 'request', id: 'w', action: 'broker.cancel_order', payload: { order_id: '1' } });
    await server.kill();
    const before = book.read();
    await clock.walk(clock.now() + 60_000);
    expect(book.read()).toBe(before);
  });
});

test('the reference market takes no store', async () => {
  await expect(start({ market: 'reference', store: new MemoryBook() })).rejects.toMatchObject({
    code: 'STATE_UNSUPPORTED',
  });
});
