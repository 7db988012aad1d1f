import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { HttpWay, SenderKey } from '../../../../src/follow/config/index.ts';
import { answerProof } from '../../../../src/follow/formats/envelope.ts';
import { envelopeKeys } from '../../../../src/follow/formats/envelope-keys.ts';
import type { EnvelopeKeys } from '../../../../src/follow/formats/envelope-keys.ts';
import { legacyKey, sealLegacyPacket } from '../../../../src/follow/formats/legacy-packet.ts';
import { HttpSource } from '../../../../src/follow/http/index.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { Log } from '../../../../src/platform/log.ts';
import { nullLog } from '../../../../src/platform/log.ts';
import { systemTimers } from '../../../../src/platform/timers.ts';
import { FakeSink, OLDER_ORDER, orderBody, sealed } from '../senders.ts';
import type { Sealing } from '../senders.ts';

const NOW = chinaInstant('2026-03-02', '09:31:00');
const PASSPHRASE = 'a passphrase of chance 1';
const SENDERS: readonly SenderKey[] = [
  { strategy: 'a', passphrase: PASSPHRASE, legacy: false },
  { strategy: '旧', passphrase: 'older', legacy: true },
];
const WAY: HttpWay = { host: '127.0.0.1', port: 0, path: '/api/order', tls: null, rateLimitPerKey: 600 };

let keys: EnvelopeKeys;
beforeAll(async () => {
  keys = await envelopeKeys(PASSPHRASE, 'a');
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function ask(port: number, method: string, path: string, body: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        resolve({
          status: answer.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
          headers: answer.headers,
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

class World {
  readonly sink = new FakeSink();
  readonly warnings: string[] = [];
  now = NOW;
  wall = 0;
  readonly source: HttpSource;

  constructor(way: Partial<HttpWay> = {}, isSimulated = false) {
    const log: Log = { ...nullLog, warning: (text) => void this.warnings.push(text) };
    const timers = { ...systemTimers, monotonic: () => this.wall };
    const parts = { senders: SENDERS, now: () => this.now, isSimulated, log, timers };
    this.source = new HttpSource({ way: { ...WAY, ...way }, ...parts });
  }

  post(body: object | string | Buffer, path = '/api/order'): Promise<Answer> {
    const sent = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    return ask(this.source.port ?? 0, 'POST', path, sent);
  }

  own(body: object | string, sealing: Partial<Sealing> = {}): Promise<Answer> {
    return this.post({ bt_signal: sealed(body, keys, { at: this.now, ...sealing }) });
  }

  older(more: Readonly<Record<string, unknown>> = {}, password = 'older'): Promise<Answer> {
    const plain = Buffer.from(JSON.stringify({ ...OLDER_ORDER, ...more }));
    return this.post({ encrypted_order: sealLegacyPacket(plain, legacyKey(password)), timestamp: 'whatever' });
  }
}

async function started(way: Partial<HttpWay> = {}, isSimulated = false): Promise<World> {
  const world = new World(way, isSimulated);
  await world.source.start(world.sink);
  onTestFinished(() => world.source.stop());
  return world;
}

function proven(answer: Answer, nonce = 0): Record<string, string> {
  const { proof, ...words } = JSON.parse(answer.text) as Record<string, string>;
  const { result = '', id = '', code = '', reason = '' } = words;
  expect(proof).toBe(answerProof({ result, id, code, reason }, Buffer.alloc(16, nonce), keys));
  return words;
}

describe('our own sender', () => {
  test('is told that its signal is accepted, and that it has proof of it', async () => {
    const world = await started();
    const answer = await world.own(orderBody());
    expect(answer.status).toBe(200);
    expect(proven(answer)).toEqual({ result: 'accepted', id: '2026-03-02:1001', code: '', reason: '' });
    expect(world.sink.signals).toMatchObject([{ strategy: 'a', amount: 300, receivedAt: NOW }]);
  });

  test('is told of a duplicate when it sends the same bytes again, and nothing is done twice', async () => {
    const world = await started();
    await world.own(orderBody());
    expect(proven(await world.own(orderBody()))).toMatchObject({ result: 'duplicate', reason: 'ordered' });
    expect(world.sink.signals).toHaveLength(1);
  });

  test('is told why it is refused', async () => {
    const world = await started();
    world.sink.refuses.set('2026-03-02:1001', 'too dear');
    expect(proven(await world.own(orderBody()))).toMatchObject({ result: 'refused', code: 'RULE', reason: 'too dear' });
    expect(proven(await world.own(orderBody({ side: 'hold' })))).toMatchObject({
      result: 'refused',
      code: 'BAD_SIGNAL',
    });
  });

  test('that is recorded and played again later is refused', async () => {
    const world = await started();
    const body = { bt_signal: sealed(orderBody(), keys, { at: NOW, seconds: 86_400 }) };
    world.now = NOW + 60_001;
    expect(proven(await world.post(body))).toMatchObject({ result: 'refused', code: 'STALE' });
    expect(world.sink.signals).toEqual([]);
  });

  test('that is of another time than a simulated clock is told that the clock is one', async () => {
    const world = await started({}, true);
    const body = { bt_signal: sealed(orderBody(), keys, { at: NOW + 86_400_000 }) };
    expect(proven(await world.post(body))).toMatchObject({
      code: 'AHEAD',
      reason: expect.stringContaining('runs on a simulated clock (--at)') as string,
    });
  });

  test('may tell what it holds, and try its passphrase', async () => {
    const world = await started();
    const picture = { at: NOW, total_value: 1, available_cash: 1, positions: [] };
    expect(proven(await world.own({ kind: 'picture', picture }))).toMatchObject({ result: 'accepted' });
    expect(proven(await world.own({ kind: 'hello' }))).toMatchObject({ result: 'accepted' });
    expect(world.sink.pictures).toHaveLength(1);
    expect(world.sink.signals).toEqual([]);
  });

  test('whose packets did not all come is told by their numbers', async () => {
    const world = await started();
    for (const number of [3, 4, 7, 5]) await world.own(orderBody({ id: `2026-03-02:${number}` }), { number });
    expect(world.warnings).toEqual([expect.stringMatching(/^2 packets of a before number 7 did not come\./u)]);
  });
});

describe('the older sender, unchanged', () => {
  test('gets the answer that it knows', async () => {
    const world = await started();
    const answer = await world.older();
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { status: 'success', message: '信号已接收' }]);
    expect(world.sink.signals).toMatchObject([{ strategy: '旧', id: '2026-03-02:1001', side: 'buy' }]);
  });

  test('whose packet is played again is refused, at once and later', async () => {
    const world = await started();
    await world.older();
    const again = await world.older();
    expect(again.status).toBe(403);
    expect(again.text).toContain('REPLAYED');
    world.now = NOW + 61_000;
    const later = await world.older();
    expect(later.status).toBe(403);
    expect(later.text).toContain('STALE');
    expect(world.sink.signals).toHaveLength(1);
  });

  test('with the same order in another packet is a duplicate', async () => {
    const world = await started();
    await world.older();
    const answer = await world.older({ 状态: 'held', 已经成交: '300' });
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([200, { status: 'success', result: 'duplicate' }]);
    expect(world.sink.signals).toHaveLength(1);
  });

  test('is told by name what is odd', async () => {
    const world = await started();
    const answer = await world.older({ 买卖: 'maybe' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('买卖 cannot be');
    expect(world.sink.signals).toEqual([]);
  });

  test('is told why a rule refused it', async () => {
    const world = await started();
    world.sink.refuses.set('2026-03-02:1001', 'too dear');
    const answer = await world.older();
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { status: 'error', message: 'RULE: too dear' }]);
  });

  test.each([
    ['another key', (world: World) => world.older({}, 'other'), 403, { status: 'error', message: '解密失败' }],
    ['no packet', (world: World) => world.post({ timestamp: 'x' }), 400, { status: 'error', message: '缺少加密数据' }],
    ['no JSON', (world: World) => world.post('no'), 400, null],
    ['a list', (world: World) => world.post('[]'), 400, null],
    ['no UTF-8', (world: World) => world.post(Buffer.from([0xff])), 400, null],
  ])('%s is refused as it was', async (_, send, status, body) => {
    const world = await started();
    const answer = await send(world);
    expect(answer.status).toBe(status);
    expect(answer.text === '' ? null : JSON.parse(answer.text)).toEqual(body);
  });

  test('does not get in where its strategy is sent for by our own', async () => {
    const world = await started();
    expect((await world.older({}, PASSPHRASE)).status).toBe(403);
  });
});

describe('strangers', () => {
  test('hear nothing but no, and use up nothing', async () => {
    const world = await started({ rateLimitPerKey: 1 });
    const stranger = await envelopeKeys('another passphrase 1', 'a');
    for (let i = 0; i < 20; i += 1) {
      const answer = await world.post({ bt_signal: sealed(orderBody(), stranger, { at: NOW }) });
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([403, { code: 'NOT_AUTHENTIC' }]);
    }
    expect((await world.own(orderBody())).status).toBe(200);
    expect(world.warnings).toHaveLength(1);
    world.wall = 60_000;
    await world.post({ bt_signal: 'AAAA' });
    expect(world.warnings[1]).toMatch(/\(19 more since the last of these lines\)$/u);
  });

  test.each([
    ['GET', '/api/order'],
    ['GET', '/'],
    ['GET', '/health'],
    ['PUT', '/api/order'],
    ['POST', '/api/orders'],
  ])('%s %s finds nothing there', async (method, path) => {
    const world = await started();
    const answer = await ask(world.source.port ?? 0, method, path, '');
    expect([answer.status, answer.text]).toEqual([404, '']);
  });

  test('send no more than a body may hold', async () => {
    const world = await started();
    expect((await world.post('x'.repeat(300_000))).status).toBe(413);
  });
});

test('the limit counts by key, and passes', async () => {
  const world = await started({ rateLimitPerKey: 2 });
  for (const [number, status] of [200, 200, 429, 429].entries())
    expect((await world.own(orderBody({ id: `2026-03-02:${number}` }), { nonce: number })).status).toBe(status);
  expect((await world.older()).status).toBe(200);
  world.wall = 59_999;
  const answer = await world.own(orderBody({ id: '2026-03-02:9' }), { nonce: 9 });
  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '1']);
  world.wall = 60_000;
  expect((await world.own(orderBody({ id: '2026-03-02:9' }), { nonce: 9 })).status).toBe(200);
});

test('who plays recorded packets again uses up nothing, and fills no log', async () => {
  const world = await started({ rateLimitPerKey: 3 });
  const old = { bt_signal: sealed(orderBody(), keys, { at: NOW - 61_000 }) };
  for (let i = 0; i < 10; i += 1) expect(proven(await world.post(old))).toMatchObject({ code: 'STALE' });
  const fresh = { bt_signal: sealed(orderBody(), keys, { at: NOW }) };
  for (let i = 0; i < 10; i += 1) expect((await world.post(fresh)).status).toBe(200);
  await world.older();
  for (let i = 0; i < 10; i += 1) expect((await world.older()).status).toBe(403);
  expect(world.warnings).toHaveLength(1);
  expect((await world.own(orderBody({ id: '2026-03-02:2' }), { nonce: 2 })).status).toBe(200);
  expect((await world.own(orderBody({ id: '2026-03-02:3' }), { nonce: 3 })).status).toBe(200);
  expect((await world.older({ 订单ID: '2' })).status).toBe(200);
  expect(world.sink.signals).toHaveLength(5);
});

test('a follower that takes nothing says so, and what was not taken may come again', async () => {
  const world = await started();
  world.sink.isClosed = true;
  expect((await world.own(orderBody())).status).toBe(503);
  expect((await world.older()).status).toBe(503);
  world.sink.isClosed = false;
  expect(proven(await world.own(orderBody()))).toMatchObject({ result: 'accepted' });
  expect((await world.older()).status).toBe(200);
});

test('what the sink throws at is not acknowledged', async () => {
  const world = await started();
  world.sink.take = () => Promise.reject(new Error('a fault'));
  expect((await world.own(orderBody())).status).toBe(503);
});

test('behind TLS the same is answered, and nothing to who speaks plainly', async () => {
  const file = (name: string): string => fileURLToPath(new URL(`../../../fixtures/tls/${name}`, import.meta.url));
  const world = await started({ tls: { cert: file('server.pem'), key: file('server-key.pem') } });
  const status = await new Promise((resolve, reject) => {
    const where = { host: 'localhost', port: world.source.port, method: 'POST', path: '/api/order', agent: false };
    const asked = secureRequest({ ...where, ca: readFileSync(file('ca.pem')) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end(JSON.stringify({ bt_signal: sealed(orderBody(), keys, { at: NOW }) }));
  });
  expect(status).toBe(200);
  expect(world.sink.signals).toHaveLength(1);
  await expect(world.older()).rejects.toThrow();
});

test('its path is the configured one, and its port is free after the stop', async () => {
  const world = await started({ path: '/in/here' });
  expect((await world.post({ encrypted_order: '' }, '/in/here')).status).toBe(403);
  const port = world.source.port ?? 0;
  await world.source.stop();
  await expect(ask(port, 'POST', '/in/here', '')).rejects.toThrow('ECONNREFUSED');
});
