import { describe, expect, it } from 'vitest';
import type { BtError } from '../../../src/domain/errors.ts';
import { Connection } from '../../../src/net/connection.ts';
import { RpcClient } from '../../../src/net/rpc-client.ts';
import type { LateAnswer, RequestOptions } from '../../../src/net/rpc-client.ts';
import { MAX_FRAME_BYTES } from '../../../src/protocol/frame.ts';
import { FakeTimers, settle } from '../platform/fake-timers.ts';
import { MemoryGateway } from './memory-gateway.ts';

const READ: RequestOptions = { timeoutMs: 60_000, retry: true };
const ONCE: RequestOptions = { timeoutMs: 60_000, retry: false };

function setUp(options: { readonly welcoming?: boolean } = {}) {
  const gateway = new MemoryGateway(options);
  const timers = new FakeTimers();
  const connection = new Connection({
    endpoint: { host: 'gateway.test', port: 58620, tlsCaFile: null },
    token: 'secret',
    dial: gateway.dial,
    timers,
    random: () => 0,
  });
  let ids = 0;
  const rpc = new RpcClient(connection, {
    timers,
    newId: () => {
      ids += 1;
      return `r${ids}`;
    },
  });
  connection.start();
  return { gateway, timers, connection, rpc };
}

async function ready() {
  const parts = setUp();
  await settle();
  expect(parts.connection.isReady).toBe(true);
  return parts;
}

/** The error a promise rejects with; fails the test when it resolves. */
async function failure(promise: Promise<unknown>): Promise<BtError> {
  try {
    const value = await promise;
    throw new Error(`resolved with ${JSON.stringify(value)}`);
  } catch (error) {
    return error as BtError;
  }
}

describe('answers', () => {
  it('writes the frame before the call returns, and resolves with the payload', async () => {
    const { gateway, rpc } = await ready();
    const answer = rpc.request('broker.account', { account_key: 'main' }, ONCE);
    expect(gateway.link.requests).toEqual([
      { type: 'request', id: 'r1', action: 'broker.account', payload: { account_key: 'main' } },
    ]);
    gateway.link.answer(0, { value: 1 });
    await expect(answer).resolves.toEqual({ value: 1 });
    expect(rpc.unanswered).toBe(0);
  });

  it('matches pipelined answers by id, in any order', async () => {
    const { gateway, rpc } = await ready();
    const all = ['a', 'b', 'c'].map((security) => rpc.request('data.snapshot', { security }, READ));
    gateway.link.answer(2, 'C');
    gateway.link.answer(0, 'A');
    gateway.link.answer(1, 'B');
    await expect(Promise.all(all)).resolves.toEqual(['A', 'B', 'C']);
  });

  it('turns an error frame into a BtError with the wire code', async () => {
    const { gateway, rpc } = await ready();
    const answer = rpc.request('broker.cancel_order', {}, ONCE);
    gateway.link.refuse(0, 'REQUEST_FAILED', '缺少 order_id');
    const error = await failure(answer);
    expect(error.code).toBe('REQUEST_FAILED');
    expect(error.fault).toBe('venue');
    expect(error.message).toContain('缺少 order_id');
    expect(error.details).toMatchObject({ answered: true, sent: true, wireMessage: '缺少 order_id' });
  });

  it('gives an error without id to the only request in flight', async () => {
    const { gateway, rpc } = await ready();
    const answer = rpc.request('broker.account', {}, READ);
    gateway.link.say({ type: 'error', code: 'REQUEST_FAILED', message: 'no id' });
    expect((await failure(answer)).details).toMatchObject({ answered: true, wireMessage: 'no id' });
  });

  it('gives an error without id to nobody when several are in flight', async () => {
    const { gateway, timers, rpc } = await ready();
    const answers = [rpc.request('a.a', {}, READ), rpc.request('b.b', {}, READ)];
    gateway.link.say({ type: 'error', code: 'REQUEST_FAILED', message: 'no id' });
    gateway.link.answer(0, 'A');
    await expect(answers[0]).resolves.toBe('A');
    const second = failure(answers[1] ?? Promise.resolve());
    await timers.advance(60_000);
    expect((await second).code).toBe('RPC_TIMEOUT');
  });

  it('drops answers with ids nobody waits for', async () => {
    const { gateway, rpc } = await ready();
    const answer = rpc.request('broker.account', {}, READ);
    gateway.link.say({ type: 'response', id: 'someone else', payload: 'wrong' });
    gateway.link.answer(0, 'right');
    gateway.link.answer(0, 'again');
    await expect(answer).resolves.toBe('right');
  });

  it('passes events on, also while a request waits', async () => {
    const { gateway, rpc } = await ready();
    const events: unknown[] = [];
    const leave = rpc.onEvent((event) => events.push(event));
    const answer = rpc.request('data.history', {}, READ);
    gateway.link.say({ type: 'event', event: 'tick', payload: { symbol: '000001.XSHE' } });
    gateway.link.answer(0, 'done');
    await answer;
    leave();
    gateway.link.say({ type: 'event', event: 'tick', payload: {} });
    expect(events).toEqual([{ event: 'tick', payload: { symbol: '000001.XSHE' } }]);
  });
});

describe('time-outs', () => {
  it('reject with the fact that it was sent; the late answer goes to the hook and nowhere else', async () => {
    const { gateway, timers, rpc } = await ready();
    const late: LateAnswer[] = [];
    rpc.onLateAnswer((answer) => late.push(answer));
    const answer = failure(rpc.request('broker.place_order', {}, { timeoutMs: 3_000, retry: false, tag: 'c1' }));
    await timers.advance(3_000);
    const error = await answer;
    expect(error.code).toBe('RPC_TIMEOUT');
    expect(error.details).toMatchObject({ sent: true, answered: false });
    expect(rpc.unanswered).toBe(1);
    gateway.link.answer(0, { order_id: '7' });
    expect(late).toEqual([
      { action: 'broker.place_order', tag: 'c1', answer: { ok: true, payload: { order_id: '7' } } },
    ]);
    expect(rpc.unanswered).toBe(0);
  });

  it('report a late error too, also one without id', async () => {
    const { gateway, timers, rpc } = await ready();
    const late: LateAnswer[] = [];
    rpc.onLateAnswer((answer) => late.push(answer));
    const answer = failure(rpc.request('broker.place_order', {}, { timeoutMs: 3_000, retry: false }));
    await timers.advance(3_000);
    await answer;
    gateway.link.say({ type: 'error', code: 'REQUEST_TIMEOUT', message: '请求超时（>60s）' });
    expect(late).toMatchObject([{ tag: null, answer: { ok: false, error: { code: 'REQUEST_TIMEOUT' } } }]);
  });

  it('leave a stuck session to the idle watch: no pong behind the unanswered request ends it', async () => {
    const { gateway, timers, rpc, connection } = await ready();
    const answer = failure(rpc.request('broker.place_order', {}, { timeoutMs: 3_000, retry: false }));
    await timers.advance(3_000);
    await answer;
    await timers.advance(14_999);
    expect(connection.isReady).toBe(true);
    await timers.advance(1);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'NO_PONG' });
    expect(rpc.unanswered).toBe(0);
    expect(gateway.link.pings).toHaveLength(1);
  });

  it('count reconnects in: a read that finds no session ends at its deadline, as not sent', async () => {
    const { timers, rpc } = setUp({ welcoming: false });
    const answer = failure(rpc.request('broker.orders', {}, { timeoutMs: 25_000, retry: true }));
    await timers.advance(25_000);
    expect(await answer).toMatchObject({ code: 'RPC_TIMEOUT', details: { sent: false } });
  });

  it('send no ping while a request is in flight', async () => {
    const { gateway, timers, rpc, connection } = await ready();
    const answer = rpc.request('broker.cancel_order', {}, ONCE);
    await timers.advance(30_000);
    expect(gateway.link.pings).toHaveLength(0);
    gateway.link.answer(0, { value: true });
    await answer;
    await timers.advance(5_000);
    expect(gateway.link.pings).toHaveLength(1);
    expect(connection.isReady).toBe(true);
  });
});

describe('a lost link', () => {
  it('A4-1: ends a request that must not be repeated, as sent, and never writes it again', async () => {
    const { gateway, timers, rpc } = await ready();
    const answer = failure(rpc.request('broker.place_order', { amount: 100 }, ONCE));
    gateway.link.close();
    expect(await answer).toMatchObject({ code: 'LINK_LOST', fault: 'network', details: { sent: true } });
    await timers.advance(60_000);
    expect(gateway.links.length).toBeGreaterThan(1);
    expect(gateway.links.flatMap((link) => link.requests)).toHaveLength(1);
  });

  it('repeats a read with a new id, within its own deadline', async () => {
    const { gateway, timers, rpc } = await ready();
    const answer = rpc.request('broker.orders', {}, READ);
    gateway.link.close();
    await timers.advance(1_000);
    expect(gateway.links).toHaveLength(2);
    expect(gateway.link.requests).toMatchObject([{ id: 'r2', action: 'broker.orders' }]);
    // The old id means nothing in the new session.
    gateway.link.say({ type: 'response', id: 'r1', payload: 'stale' });
    gateway.link.answer(0, ['fresh']);
    await expect(answer).resolves.toEqual(['fresh']);
  });

  it('D25: refuses at once, as never sent, what must not wait for a session', async () => {
    const { gateway, timers, rpc } = await ready();
    gateway.link.close();
    const error = await failure(rpc.request('broker.place_order', {}, ONCE));
    expect(error).toMatchObject({ code: 'NOT_CONNECTED', details: { sent: false, answered: false } });
    await timers.advance(60_000);
    expect(gateway.links.flatMap((link) => link.requests)).toHaveLength(0);
  });

  it('writes reads that waited for a session in the order they were asked', async () => {
    const { gateway, timers, rpc } = await ready();
    gateway.link.close();
    const answers = ['a', 'b'].map((security) => rpc.request('data.snapshot', { security }, READ));
    await timers.advance(1_000);
    expect(gateway.link.requests.map((request) => request['payload'])).toEqual([{ security: 'a' }, { security: 'b' }]);
    gateway.link.answer(0, 'A');
    gateway.link.answer(1, 'B');
    await expect(Promise.all(answers)).resolves.toEqual(['A', 'B']);
  });

  it('gives up a read that has cost four sessions: it may be what kills them', async () => {
    const { gateway, timers, rpc } = await ready();
    gateway.onMessage = (link, message) => {
      if (message['type'] === 'request') queueMicrotask(() => link.close());
    };
    const answer = failure(rpc.request('broker.orders', {}, READ));
    await timers.advance(30_000);
    expect((await answer).code).toBe('LINK_LOST');
    expect(gateway.links.flatMap((link) => link.requests)).toHaveLength(4);
  });

  it('forgets the unanswered requests of the old session', async () => {
    const { gateway, timers, rpc } = await ready();
    const late: LateAnswer[] = [];
    rpc.onLateAnswer((answer) => late.push(answer));
    const answer = failure(rpc.request('broker.place_order', {}, { timeoutMs: 2_000, retry: false }));
    await timers.advance(2_000);
    await answer;
    gateway.link.close();
    await timers.advance(1_000);
    gateway.link.say({ type: 'response', id: 'r1', payload: { order_id: '1' } });
    expect(late).toEqual([]);
    expect(rpc.unanswered).toBe(0);
  });
});

describe('the end', () => {
  it('of a connection that failed rejects all who wait, with its code', async () => {
    const { gateway, timers, rpc } = setUp({ welcoming: false });
    const waiting = failure(rpc.request('broker.account', {}, READ));
    gateway.link.open();
    gateway.link.say({ type: 'error', code: 'AUTH_FAILED', message: 'token 不匹配' });
    const error = await waiting;
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.fault).toBe('config');
    expect(error.message).toContain('QMT_SERVER_TOKEN');
    expect((await failure(rpc.request('broker.account', {}, READ))).code).toBe('AUTH_FAILED');
    expect((await failure(rpc.request('broker.place_order', {}, ONCE))).details['sent']).toBe(false);
    expect(timers.armed).toBe(0);
  });

  it('by stop rejects what is in flight and what waits', async () => {
    const { connection, rpc, timers } = await ready();
    const inFlight = failure(rpc.request('broker.place_order', {}, ONCE));
    connection.stop();
    expect(await inFlight).toMatchObject({ code: 'SESSION_CLOSED', details: { sent: true } });
    expect(timers.armed).toBe(0);
  });

  it('lets a listener of the lost link ask again without being forgotten', async () => {
    const { gateway, timers, rpc } = await ready();
    const first = failure(rpc.request('broker.cancel_order', {}, ONCE));
    const second = first.then(() => rpc.request('broker.orders', {}, READ));
    gateway.link.close();
    await timers.advance(1_000);
    gateway.link.answer(0, 'orders');
    await expect(second).resolves.toBe('orders');
  });
});

it('refuses a request larger than a frame without writing it, and the session goes on', async () => {
  const { gateway, rpc, connection } = await ready();
  const huge = { text: 'x'.repeat(MAX_FRAME_BYTES) };
  const error = await failure(rpc.request('broker.place_order', huge, ONCE));
  expect(error).toMatchObject({ code: 'BAD_REQUEST', details: { sent: false } });
  expect(gateway.link.requests).toHaveLength(0);
  expect(rpc.unanswered).toBe(0);
  const answer = rpc.request('broker.account', {}, READ);
  gateway.link.answer(0, 'fine');
  await expect(answer).resolves.toBe('fine');
  expect(connection.isReady).toBe(true);
});

it('rejects a request that JSON cannot hold without writing it', async () => {
  const { gateway, rpc } = await ready();
  const error = await failure(rpc.request('broker.orders', { id: 1n }, ONCE));
  expect(error).toMatchObject({ code: 'BAD_REQUEST', fault: 'bug', details: { sent: false } });
  expect(gateway.link.requests).toHaveLength(0);
});
