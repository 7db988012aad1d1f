import { describe, expect, onTestFinished, test } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { nextTurn } from '../../../src/platform/turn.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { AccountRouter } from '../../../src/server/accounts.ts';
import { NATIVE } from '../../../src/server/dialects/native.ts';
import { STOP_LIMIT_MS } from '../../../src/server/limits.ts';
import { OrderRecord } from '../../../src/server/record/order-record.ts';
import { ServerLife } from '../../../src/server/server-life.ts';
import { FakeTimers } from '../platform/fake-timers.ts';
import { FakeGateway } from './fake-gateway.ts';
import { PairClient, turns } from './pair-client.ts';
import { MemoryRecord } from './record/memory-record.ts';
import { MORNING } from './world.ts';

const ORDER = { security: '518880.XSHG', amount: 100, style: { price: 6 }, wait_timeout: 0, idempotency_key: 'k' };
const UNAVAILABLE = new BtError('QMT_UNAVAILABLE', 'QMT 暂不可用，请稍后重试', { fault: 'venue' });
const REFUSED = new BtError('REQUEST_FAILED', '518880.XSHG 无可卖数量', { fault: 'venue' });

interface Slow {
  readonly gateway: FakeGateway;
  readonly timers: FakeTimers;
  readonly clock: SteppedClock;
  readonly life: ServerLife;
  readonly client: PairClient;
}

/** A server before a gateway of another process. */
async function start(store = new MemoryRecord(), gateway = new FakeGateway()): Promise<Slow> {
  const clock = new SteppedClock(MORNING);
  const timers = new FakeTimers();
  const life = new ServerLife({
    options: { token: 'stub', clock, timers, accessLog: false, requestTimeoutMs: 5000 },
    log: nullLog,
    accounts: new AccountRouter([], []),
    market: { gateway, dialect: NATIVE, exchange: null, book: null, saved: [], keep: () => null },
    record: new OrderRecord(store),
    interceptor: null,
  });
  await life.begin();
  onTestFinished(() => life.kill());
  return { gateway, timers, clock, life, client: new PairClient(life) };
}

/** Sends a place request and does not wait for its answer. */
function send(client: PairClient, id: string, more: JsonObject = {}): void {
  client.send({ type: 'request', id, action: 'broker.place_order', payload: { ...ORDER, ...more } });
}

async function answered(client: PairClient, id: string): Promise<JsonObject> {
  await turns(() => client.messages.some((message) => message['id'] === id));
  return client.messages.find((message) => message['id'] === id) ?? {};
}

describe('a place request', () => {
  test('is on the disk before the gateway hears of it; a server that dies meanwhile never sends its key again', async () => {
    const store = new MemoryRecord();
    const { gateway, client, life } = await start(store);
    const durable: number[] = [];
    gateway.submit.mockImplementation(() => {
      durable.push(store.durable);
      return new Promise(() => {});
    });
    send(client, 'a');
    await turns(() => gateway.submit.mock.calls.length === 1);
    expect(durable).toEqual([1]);
    expect(store.states()).toEqual(['sent']);
    await life.kill();
    const next = await start(store);
    send(next.client, 'b');
    expect(await answered(next.client, 'b')).toMatchObject({ type: 'error', code: 'QMT_UNAVAILABLE' });
    expect(next.gateway.submit).not.toHaveBeenCalled();
  });

  test('that cannot be written down is not placed, and its key is free', async () => {
    const store = new MemoryRecord();
    const { gateway, client } = await start(store);
    store.isFull = true;
    send(client, 'a');
    expect(await answered(client, 'a')).toMatchObject({ type: 'error', code: 'STATE_WRITE_FAILED' });
    expect(gateway.submit).not.toHaveBeenCalled();
    store.isFull = false;
    send(client, 'b');
    expect(await answered(client, 'b')).toMatchObject({ type: 'response', payload: { order_id: '1' } });
  });

  test('that was placed is answered, although what became of it cannot be written down', async () => {
    const store = new MemoryRecord();
    const { gateway, client } = await start(store);
    gateway.submit.mockImplementationOnce((order, entered) => {
      store.isFull = true;
      return gateway.enter(order, entered);
    });
    send(client, 'a');
    expect(await answered(client, 'a')).toMatchObject({ type: 'response', payload: { order_id: '1' } });
  });

  test('that is never answered is a time-out, the session goes on, and its key waits instead of ordering again', async () => {
    const { gateway, client, timers } = await start();
    gateway.submit.mockReturnValue(new Promise(() => {}));
    for (const id of ['a', 'b']) {
      send(client, id);
      await turns(() => gateway.submit.mock.calls.length === 1);
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
      await timers.advance(5000);
      expect(await answered(client, id)).toMatchObject({ type: 'error', code: 'REQUEST_TIMEOUT' });
    }
    expect(await client.request('broker.orders')).toMatchObject({ payload: [] });
    expect(gateway.submit).toHaveBeenCalledTimes(1);
  });

  test('that was answered late is known to its key', async () => {
    const { gateway, client, timers } = await start();
    const late = Promise.withResolvers<void>();
    gateway.submit.mockImplementation(async (order, entered) => {
      await late.promise;
      return gateway.enter(order, entered);
    });
    send(client, 'a');
    await turns(() => gateway.submit.mock.calls.length === 1);
    await timers.advance(5000);
    expect(await answered(client, 'a')).toMatchObject({ code: 'REQUEST_TIMEOUT' });
    late.resolve();
    send(client, 'b');
    expect(await answered(client, 'b')).toMatchObject({ type: 'response', payload: { order_id: '1' } });
    expect(gateway.submitted).toHaveLength(1);
  });

  test('that failed without proof is not sent again: its key stays unknown', async () => {
    const { gateway, client } = await start();
    gateway.submit.mockRejectedValueOnce(UNAVAILABLE);
    for (const id of ['a', 'b', 'c']) {
      send(client, id);
      expect(await answered(client, id)).toMatchObject({ type: 'error', code: 'QMT_UNAVAILABLE' });
    }
    expect(gateway.submit).toHaveBeenCalledTimes(1);
  });

  test('that was provably refused leaves its key free', async () => {
    const { gateway, client } = await start();
    gateway.submit.mockRejectedValueOnce(REFUSED);
    send(client, 'a');
    expect(await answered(client, 'a')).toMatchObject({ type: 'error', message: REFUSED.message });
    send(client, 'b');
    expect(await answered(client, 'b')).toMatchObject({ type: 'response', payload: { order_id: '1' } });
  });

  test('whose order cannot be looked at afterwards is answered with what was entered', async () => {
    const { gateway, client, clock } = await start();
    gateway.order.mockRejectedValue(UNAVAILABLE);
    send(client, 'now');
    expect(await answered(client, 'now')).toMatchObject({ payload: { order_id: '1', status: 'open' } });
    send(client, 'later', { idempotency_key: 'other', wait_timeout: 2 });
    await turns(() => gateway.submit.mock.calls.length === 2);
    for (let half = 0; half < 5; half += 1) {
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
      await clock.walk(clock.now() + 500);
    }
    expect(await answered(client, 'later')).toMatchObject({ payload: { order_id: '2', timed_out: true, elapsed: 2 } });
  });
});

test('a request that hangs does not keep the server from stopping', async () => {
  const { gateway, client, timers, life } = await start();
  gateway.submit.mockReturnValue(new Promise(() => {}));
  send(client, 'a');
  await turns(() => gateway.submit.mock.calls.length === 1);
  const stop = life.stop();
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  expect(client.ended).toBe(false);
  await timers.advance(STOP_LIMIT_MS);
  await stop;
  await turns(() => client.ended);
});
