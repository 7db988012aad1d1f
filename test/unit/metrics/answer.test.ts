import { describe, expect, test } from 'vitest';
import { answerTo, type Answers } from '../../../src/metrics/answer.ts';
import { healthOf } from '../../../src/metrics/health.ts';
import { nullLog } from '../../../src/platform/log.ts';

const PARTS: Answers = {
  token: null,
  isLocal: true,
  health: () => healthOf([null, null]),
  metrics: () => Promise.resolve({ type: 'text/plain; version=0.0.4', text: 'bt_info 1\n' }),
  log: nullLog,
};

async function ask(path: string, parts: Partial<Answers> = {}, init: RequestInit & { host?: string } = {}) {
  const request = new Request(`http://${init.host ?? '127.0.0.1:9310'}${path}`, init);
  const answer = await answerTo(request, { ...PARTS, ...parts });
  return { status: answer.status, body: await answer.text(), headers: answer.headers };
}

describe('what is served', () => {
  test('are the metrics, and the health: 200 when an order could be sent, else 503 with the reason', async () => {
    const metrics = await ask('/metrics?x=1');
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4']);
    expect(await ask('/health')).toMatchObject({ status: 200, body: '{"status":"ready","reason":null}\n' });
    const health = (): ReturnType<typeof healthOf> => healthOf([null, 'the gate\nis closed', 'another']);
    expect(await ask('/health', { health })).toMatchObject({
      status: 503,
      body: '{"status":"not ready","reason":"the gate is closed"}\n',
    });
  });

  test('is nothing else, and only to be read', async () => {
    expect(await ask('/')).toMatchObject({ status: 404 });
    expect(await ask('/metrics/')).toMatchObject({ status: 404 });
    expect(await ask('/metrics', {}, { method: 'POST' })).toMatchObject({ status: 405 });
  });

  test('a reading that fails is told, and is no empty answer', async () => {
    const told: string[] = [];
    const metrics = (): Promise<never> => Promise.reject(new Error('no ledger'));
    const log = { warning: (text: string) => void told.push(text) };
    expect((await ask('/metrics', { metrics, log })).status).toBe(500);
    expect(told).toEqual(['/metrics could not be answered: no ledger']);
  });
});

describe('who is answered', () => {
  test('with a token: who says it', async () => {
    const token = 'a-long-token';
    const said = (authorization?: string) =>
      ask('/health', { token, isLocal: false }, { headers: authorization === undefined ? {} : { authorization } });
    expect((await said('Bearer a-long-token')).status).toBe(200);
    expect((await said('bearer a-long-token')).status).toBe(200);
    for (const wrong of [undefined, 'Bearer a-long-toke', 'Basic a-long-token', 'Bearer ']) {
      const { status, headers } = await said(wrong);
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
  });

  test.each([
    ['127.0.0.1:9310', 200],
    ['localhost', 200],
    ['LOCALHOST:1', 200],
    ['[::1]:9310', 200],
    ['127.0.0.1.evil.example', 403],
    ['evil.example:9310', 403],
  ])('on this machine without a token: who asks for the name %s gets %d', async (host, status) => {
    expect((await ask('/metrics', {}, { host })).status).toBe(status);
  });
});
