import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { describe, expect, test } from 'vitest';
import { API_ROOT } from '../../../../src/server/http/api/routes.ts';
import { startServer } from '../../../../src/server/index.ts';
import { nullLog } from '../../../../src/platform/log.ts';
import { listeningLog, MORNING, startWorld } from '../world.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { EventReader } from './event-stream.ts';
import { askHttp, OPEN, placed, startHttpWorld } from './http-world.ts';

async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(condition, { timeout: 30_000, interval: 5 }).toBe(true);
}

/** What comes back for bytes sent as they are. */
function raw(port: number, bytes: string): { readonly socket: Socket; text(): string; ended(): boolean } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const state = { text: '', ended: false };
  socket.on('data', (chunk: Buffer) => (state.text += chunk.toString('latin1')));
  socket.on('end', () => (state.ended = true));
  socket.on('close', () => (state.ended = true));
  socket.on('error', () => {});
  socket.write(bytes);
  onTestFinished(() => void socket.destroy());
  return { socket, text: () => state.text, ended: () => state.ended };
}

const GET = `GET ${API_ROOT}/account HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

describe('what is no request', () => {
  test.each([
    ['no HTTP at all', '\u0000\u0001\u0002\u0003\r\n\r\n', 400],
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['a chunk of no size', 'POST /docs HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
    ['a handshake of TLS', '\u0016\u0003\u0001\u0002\u0000', 400],
    ['a CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', null],
    ['a backslash in the path', 'GET /a\\b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 400],
  ])('%s is refused and the server goes on', async (_, bytes, status) => {
    const world = await startHttpWorld();
    const peer = raw(world.port, bytes);
    await eventually(() => peer.ended() || peer.text() !== '');
    if (status !== null) expect(peer.text()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'u'));
    expect((await world.ask(`${API_ROOT}/account`)).status).toBe(200);
  });
});

test('requests one behind another on a connection are answered in order', async () => {
  const world = await startHttpWorld();
  const peer = raw(world.port, GET.repeat(20));
  await eventually(() => peer.text().split('HTTP/1.1 200 ').length === 21);
});

test('500 connections, half of them silent, and everybody else is served', async () => {
  const world = await startHttpWorld();
  const silent = Array.from({ length: 250 }, (_, at) =>
    raw(
      world.port,
      at % 2 === 0
        ? 'GET /api'
        : `POST ${API_ROOT}/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 90\r\nIdempotency-Key: k\r\n\r\n{`,
    ),
  );
  const busy = await Promise.all(Array.from({ length: 250 }, () => world.ask(`${API_ROOT}/positions`)));
  expect(busy.every(({ status }) => status === 200)).toBe(true);
  expect(silent.filter((peer) => peer.ended())).toEqual([]);
  for (const { socket } of silent) socket.destroy();
  expect((await world.ask(`${API_ROOT}/orders`)).json()).toEqual({ orders: [] });
});

test('readers that do not read hold up nobody', async () => {
  const world = await startHttpWorld();
  const path = `${API_ROOT}/instruments?types=stock`;
  const stuck = Array.from({ length: 20 }, () => {
    const peer = raw(world.port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    peer.socket.pause();
    return peer;
  });
  expect((await world.ask(path)).status).toBe(200);
  expect((await world.ask(`${API_ROOT}/account`)).status).toBe(200);
  expect(stuck.some((peer) => peer.ended())).toBe(false);
});

describe('the stop', () => {
  test('lets a running request answer, and what it placed is there', async () => {
    const world = await startHttpWorld();
    const answer = placed(world, 'k', { wait_seconds: 60 });
    await eventually(() => (world.server.exchange?.orders('default').length ?? 0) > 0);
    await world.server.stop();
    expect((await answer).status).toBe(201);
  });

  test('closes idle connections and does not wait for half a request', async () => {
    const world = await startHttpWorld();
    const idle = raw(world.port, GET);
    const half = raw(world.port, 'GET /api');
    await eventually(() => idle.text() !== '');
    await world.server.stop();
    await eventually(() => idle.ended() && half.ended());
    await expect(askHttp(world.port, '/docs')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('of a killed server drops everything at once', async () => {
    const world = await startHttpWorld();
    const reader = new EventReader(world.port, `${API_ROOT}/events/orders`);
    await eventually(() => reader.told.length > 0);
    const answer = placed(world, 'k', { wait_seconds: 60 });
    await eventually(() => (world.server.exchange?.orders('default').length ?? 0) > 0);
    const lost = expect(answer).rejects.toThrow();
    await world.server.kill();
    await lost;
    await eventually(() => reader.ended);
  });
});

test('a port that is taken is told with its option, and nothing is left open', async () => {
  const world = await startHttpWorld();
  const clock = new SteppedClock(MORNING);
  const options = { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', seed: 1, clock } as const;
  const second = startServer({ ...options, http: { ...OPEN, port: world.port } }, nullLog);
  await expect(second).rejects.toMatchObject({
    code: 'LISTEN_FAILED',
    message: expect.stringContaining('--http') as string,
  });
  clock.stop();
});

test('the allow-list holds for this door too', async () => {
  const { log, lines } = listeningLog();
  const world = await startHttpWorld({}, { allowlist: ['10.0.0.0/8'] }, log);
  await expect(askHttp(world.port, '/docs')).rejects.toThrow();
  expect(lines.join('\n')).toContain('not on the allow-list');
});

test('a rehearsal says so in every answer: an order, lists, an error, a path that is none', async () => {
  const world = await startHttpWorld({}, { dryRun: true });
  const order = await placed(world, 'one');
  expect([order.status, order.json()]).toMatchObject([201, { order_id: 'dry-1', dry_run: true }]);
  const wrapper = await world.ask('/xtquant/trade/place_order?account_id=demo&stock_code=000001.SZ&price=10.1');
  expect(wrapper.json()).toEqual({ order_id: 'dry-2', dry_run: true });
  expect(JSON.parse((await world.ask('/xtquant/trade/query/order?account_id=demo')).text)).toMatchObject([
    { dry_run: true },
    { dry_run: true },
  ]);
  const missing = await world.ask('/nothing');
  expect([missing.status, missing.json()]).toMatchObject([404, { dry_run: true }]);
  for (const answer of [order, wrapper, missing]) expect(answer.headers['x-dry-run']).toBe('true');
  expect(world.server.exchange?.orders('default')).toEqual([]);
  const plain = await startHttpWorld();
  expect((await plain.ask('/api/v1/account')).headers).not.toHaveProperty('x-dry-run');
});

test('without --http there is none', async () => {
  expect((await startWorld()).server.httpPort).toBeNull();
});
