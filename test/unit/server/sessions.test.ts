import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { MAX_UNAUTHENTICATED_PER_ADDRESS } from '../../../src/net/guess-limits.ts';
import { HANDSHAKE_DEADLINE_MS, MAX_HANDSHAKE_BYTES, WRITE_STALL_MS } from '../../../src/server/limits.ts';
import { encodeFrame, FrameDecoder } from '../../../src/protocol/frame.ts';
import type { SessionNews } from '../../../src/server/index.ts';
import { WireClient } from '../../wire/wire-client.ts';
import { flow, listeningLog, payloadOf, startWorld } from './world.ts';

const SLOW_ORDER = {
  security: '000001.XSHE',
  amount: 100,
  side: 'BUY',
  style: { type: 'limit', price: 10.1 },
  wait_timeout: 5,
};

describe('who comes and goes', () => {
  test('is told: a session that joins and leaves, and one that is refused; never what it said', async () => {
    const news: SessionNews[] = [];
    const world = await startWorld({ token: 'right-secret', onSession: (one) => news.push(one) });
    const client = await WireClient.connect(world.server.port);
    client.send({ type: 'handshake', token: 'right-secret', id: 0 });
    await vi.waitFor(() => expect(news).toHaveLength(1));
    await client.close();
    await vi.waitFor(() => expect(news).toHaveLength(2));
    const stranger = await WireClient.connect(world.server.port);
    stranger.send({ type: 'handshake', token: 'wrong-secret', id: 0 });
    await stranger.ended();
    await stranger.close();
    expect(news.map(({ kind }) => kind)).toEqual(['joined', 'left', 'refused']);
    expect(news[1]).toEqual({ ...news[0], kind: 'left' });
    expect(news[2]).toMatchObject({ reason: 'wrong token' });
    expect(JSON.stringify(news)).not.toContain('secret');
  });
});

describe('the handshake', () => {
  test('a wrong token is answered and closed, and never logged', async () => {
    const { log, lines } = listeningLog();
    const world = await startWorld({ token: 'right-secret' }, log);
    const client = await WireClient.connect(world.server.port);
    client.send({ type: 'handshake', token: 'wrong-secret', id: 0 });
    await client.ended();
    expect(client.messages).toEqual([{ type: 'error', code: 'AUTH_FAILED', message: 'token 不匹配', id: 0 }]);
    await client.close();
    expect(lines.join('\n')).not.toContain('secret');
    expect(lines.join('\n')).toContain('wrong token');
  });

  test.each([['rightx'], ['righ'], [''], [null], [5], [['right']]])('the token %j does not open', async (token) => {
    const world = await startWorld({ token: 'right' });
    const client = await WireClient.connect(world.server.port);
    client.send({ type: 'handshake', token });
    await client.ended();
    expect(client.messages[0]).toMatchObject({ code: 'AUTH_FAILED' });
    await client.close();
  });

  test('a stranger cannot make the server hold a large frame', async () => {
    const world = await startWorld();
    const client = await WireClient.connect(world.server.port);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(1_000_000);
    client.write(Buffer.concat([head, Buffer.alloc(MAX_HANDSHAKE_BYTES + 1, 0x20)]));
    await client.ended();
    expect(client.messages).toEqual([]);
    await client.close();
  });

  test('strangers of one address are limited, sessions keep their slots', async () => {
    const world = await startWorld();
    const session = await world.open();
    const strangers: WireClient[] = [];
    for (let n = 0; n < MAX_UNAUTHENTICATED_PER_ADDRESS; n += 1)
      strangers.push(await WireClient.connect(world.server.port));
    const refused = await WireClient.connect(world.server.port);
    await refused.ended();
    expect(payloadOf(await session.request('admin.health'))).toMatchObject({ value: { sessions: 1 } });
    for (const stranger of [...strangers, refused]) await stranger.close();
    expect(strangers.some(({ closed }) => !closed)).toBe(false);
    await expect(world.open()).resolves.toBeDefined();
  });
});

describe('deadlines', () => {
  /** Wall time stands still; sockets work on. */
  function stopWallTime(): void {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
  }

  test('a stranger who says nothing is disconnected after 5 s, a session never', async () => {
    stopWallTime();
    const world = await startWorld();
    const session = await world.open();
    const stranger = await WireClient.connect(world.server.port);
    const half = await WireClient.connect(world.server.port);
    half.write(Buffer.from([0, 0]));
    await session.request('admin.health');
    vi.advanceTimersByTime(HANDSHAKE_DEADLINE_MS - 1);
    expect(payloadOf(await session.request('admin.health'))).toHaveProperty('value');
    expect([stranger.closed, half.closed]).toEqual([false, false]);
    vi.advanceTimersByTime(1);
    await Promise.all([stranger.ended(), half.ended()]);
    vi.advanceTimersByTime(3_600_000);
    expect(await session.request('admin.health')).toMatchObject({ type: 'response' });
    await Promise.all([stranger.close(), half.close()]);
  });

  test('a peer that does not read its answers for a minute is disconnected', async () => {
    stopWallTime();
    const world = await startWorld({ market: 'reference' });
    const client = await world.open();
    for (let n = 0; n < 3; n += 1) await client.request('broker.place_order', { order_remark: 'x'.repeat(9_000_000) });
    client.socket.pause();
    client.send({ type: 'request', id: 'big', action: 'broker.orders' });
    const other = await world.open();
    const sessions = async (): Promise<unknown> => payloadOf(await other.request('admin.health'))['value'];
    expect(await sessions()).toMatchObject({ sessions: 2 });
    vi.advanceTimersByTime(WRITE_STALL_MS);
    while (world.server.sessions() > 1) await sessions();
    expect(await sessions()).toMatchObject({ sessions: 1 });
  });
});

describe('TLS', () => {
  test('A4-6: carries the whole protocol when certificate and key are given', async () => {
    const file = (name: string): string => fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));
    const world = await startWorld({ tls: { cert: file('server.pem'), key: file('server-key.pem') } });
    const socket = tls.connect({ host: '127.0.0.1', port: world.server.port, ca: readFileSync(file('ca.pem')) });
    const decoder = new FrameDecoder();
    const messages: unknown[] = [];
    socket.write(encodeFrame({ type: 'handshake', token: 'stub' }));
    socket.end(encodeFrame({ type: 'request', id: 1, action: 'broker.positions' }));
    for await (const chunk of socket) messages.push(...decoder.push(chunk as Buffer));
    expect(messages).toEqual([
      expect.objectContaining({ type: 'handshake_ack' }),
      { type: 'response', id: 1, payload: [] },
    ]);
  });
});

describe('requests', () => {
  test('a ping is answered while a request waits; requests keep their order', async () => {
    const world = await startWorld();
    const client = await world.open();
    client.send({ type: 'request', id: 'slow', action: 'broker.place_order', payload: SLOW_ORDER });
    client.send({ type: 'request', id: 'next', action: 'data.snapshot', payload: { security: '000001.XSHE' } });
    client.send({ type: 'ping', id: 'p' });
    await client.received(2);
    expect(client.messages[1]).toEqual({ type: 'pong', id: 'p' });
    await flow(world.clock, client.received(4));
    expect(client.messages.slice(2).map(({ id }) => id)).toEqual(['slow', 'next']);
  });

  test('another session does not wait behind it', async () => {
    const world = await startWorld();
    const slow = await world.open();
    slow.send({ type: 'request', id: 'slow', action: 'broker.place_order', payload: SLOW_ORDER });
    const other = await world.open();
    expect(await other.request('broker.account')).toMatchObject({ type: 'response' });
    expect(slow.messages).toHaveLength(1);
  });

  test('a client that leaves while its order waits does not take the order with it', async () => {
    const world = await startWorld();
    const leaving = await world.open();
    leaving.send({ type: 'request', id: 'slow', action: 'broker.place_order', payload: SLOW_ORDER });
    const other = await world.open();
    const orders = async (): Promise<unknown[]> => {
      const answer = await other.request('broker.orders');
      return Array.isArray(answer['payload']) ? answer['payload'] : [];
    };
    while ((await orders()).length === 0);
    await leaving.close();
    await world.clock.walk(world.clock.now() + 10_000);
    expect(await orders()).toHaveLength(1);
  });

  test('one that takes too long is answered with REQUEST_TIMEOUT, and the session goes on', async () => {
    const world = await startWorld({ requestTimeoutMs: 50, placeMarginMs: 50 });
    const client = await world.open();
    const answer = await client.request('broker.place_order', { ...SLOW_ORDER, wait_timeout: 0.01 });
    expect(answer).toMatchObject({ type: 'error', code: 'REQUEST_TIMEOUT', message: '请求超时（>0.06s）' });
    const orders = await client.request('broker.orders');
    expect(orders['payload']).toHaveLength(1);
  });

  test('an answer that fits in no frame is an error, not a closed connection', async () => {
    const world = await startWorld({ market: 'reference' });
    const client = await world.open();
    const remark = 'x'.repeat(12_000_000);
    for (let n = 0; n < 3; n += 1) await client.request('broker.place_order', { amount: 1, order_remark: remark });
    const answer = await client.request('broker.orders');
    expect(answer).toMatchObject({ type: 'error', code: 'REQUEST_FAILED' });
    expect(String(answer['message'])).toContain('32 MiB');
    expect(await client.request('admin.health')).toMatchObject({ type: 'response' });
  });

  test('whole requests before a broken frame are still answered', async () => {
    const client = await (await startWorld()).open();
    const whole = encodeFrame({ type: 'request', id: 'a', action: 'admin.health' });
    client.write(Buffer.concat([whole, Buffer.from([0, 0, 0, 0])]));
    await client.ended();
    expect(client.messages.at(-1)).toMatchObject({ type: 'response', id: 'a' });
  });

  test('many pipelined requests come back in order, in as many frames', async () => {
    const client = await (await startWorld()).open();
    const ids = Array.from({ length: 2000 }, (_, index) => index);
    client.write(Buffer.concat(ids.map((id) => encodeFrame({ type: 'request', id, action: 'admin.health' }))));
    await client.received(2001);
    expect(client.messages.slice(1).map(({ id }) => id)).toEqual(ids);
  });

  test('a fault of ours is an error answer and a line in the log, and the session goes on', async () => {
    const { log, lines } = listeningLog();
    const world = await startWorld({}, log);
    const client = await world.open();
    const { exchange } = world.server;
    if (exchange === null) throw new Error('no exchange');
    exchange.account = () => {
      throw new TypeError('broken on purpose');
    };
    expect(await client.request('broker.account')).toMatchObject({
      code: 'REQUEST_FAILED',
      message: /broken on purpose/,
    });
    expect(lines.some((line) => line.startsWith('error broker.account failed by a fault of the server'))).toBe(true);
    expect(await client.request('broker.positions')).toMatchObject({ type: 'response' });
  });
});

describe('the access log', () => {
  test('has one line per request, without line breaks of the peer', async () => {
    const { log, lines } = listeningLog();
    const client = await (await startWorld({ accessLog: true }, log)).open();
    await client.request('data.nope\nstatus=ok', { account_key: 'a b' }, 'x1');
    const line = lines.find((text) => text.includes('[ACCESS]')) ?? '';
    expect(line).toMatch(
      /^info \[ACCESS\] peer=127\.0\.0\.1:\d+ session=s[0-9a-f]{12} id=x1 action=data\.nope status=ok account=a b sub=- status=error cost=[\d.]+ms error=数据接口 nope status=ok 未实现$/,
    );
  });

  test('has by itself the lines of orders and cancels only: what looks is not logged', async () => {
    const { log, lines } = listeningLog();
    const client = await (await startWorld({}, log)).open();
    await client.request('admin.health');
    await client.request('broker.orders');
    await client.request('broker.place_order', {
      security: '000001.XSHE',
      side: 'BUY',
      amount: 100,
      style: { type: 'limit', price: 9 },
      wait_timeout: 0,
    });
    await client.request('broker.cancel_order', { order_id: '7' });
    const actions = lines.flatMap((line) => /\[ACCESS\].* action=(\S+)/u.exec(line)?.[1] ?? []);
    expect(actions).toEqual(['broker.place_order', 'broker.cancel_order']);
  });

  test('can be switched off', async () => {
    const { log, lines } = listeningLog();
    const client = await (await startWorld({ accessLog: false }, log)).open();
    await client.request('broker.cancel_order', { order_id: '7' });
    expect(lines.some((line) => line.includes('[ACCESS]'))).toBe(false);
  });
});

describe('stopping', () => {
  test('lets a waiting request answer with what is known, closes every session, frees the port', async () => {
    const world = await startWorld();
    const waiting = await world.open();
    const idle = await world.open();
    waiting.send({ type: 'request', id: 'slow', action: 'broker.place_order', payload: SLOW_ORDER });
    waiting.send({ type: 'request', id: 'never', action: 'broker.place_order', payload: SLOW_ORDER });
    waiting.send({ type: 'ping', id: 'p' });
    await waiting.received(2);
    await Promise.all([world.server.stop(), waiting.ended(), idle.ended()]);
    expect(waiting.messages.slice(2)).toEqual([
      expect.objectContaining({ type: 'response', id: 'slow', payload: expect.objectContaining({ timed_out: true }) }),
    ]);
    expect(world.server.exchange?.orders('default')).toHaveLength(1);
    const late = await WireClient.connect(world.server.port);
    expect(late.closed).toBe(true);
  });

  test('does not wait for a client that reads nothing', async () => {
    const world = await startWorld({ market: 'reference' });
    const client = await world.open();
    for (let n = 0; n < 3; n += 1) await client.request('broker.place_order', { order_remark: 'x'.repeat(9_000_000) });
    client.socket.pause();
    client.send({ type: 'request', id: 'big', action: 'broker.orders' });
    const other = await world.open();
    await other.request('admin.health');
    await world.server.stop();
    expect(world.server.sessions()).toBe(0);
  });
});
