import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../../src/server/audit.ts';
import type { SessionNews } from '../../../../src/server/index.ts';
import { API_ROOT } from '../../../../src/server/http/api/routes.ts';
import { placed, RESTING, startHttpWorld } from './http-world.ts';
import type { HttpWorld } from './http-world.ts';

const TOKEN = 'correct horse battery';
const account = `${API_ROOT}/account`;

async function code(world: HttpWorld, path: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const answer = await world.ask(path, { headers });
  return answer.status === 200 ? 200 : answer.json()['code'];
}

describe('the token', () => {
  test('by Bearer everywhere, in the address for the wrapper’s paths only', async () => {
    const world = await startHttpWorld({ token: TOKEN });
    expect(await code(world, account)).toBe('TOKEN_WRONG');
    expect(await code(world, account, { Authorization: `Bearer ${TOKEN.slice(1)}` })).toBe('TOKEN_WRONG');
    expect(await code(world, account, { Authorization: 'Basic YTpi' })).toBe('TOKEN_WRONG');
    const bearer = { Authorization: `bearer ${TOKEN.replaceAll(' ', '')}` };
    expect(await code(world, account, bearer)).toBe('TOKEN_WRONG');
    const login = '/xtquant/trade/login?account_id=demo';
    expect(await code(world, login)).toBe('TOKEN_WRONG');
    expect(await code(world, `${login}&token=${encodeURIComponent(TOKEN)}`)).toBe(200);
    expect(await code(world, `${account}?token=${encodeURIComponent(TOKEN)}`)).toBe('TOKEN_WRONG');
  });

  test('the right one is let in', async () => {
    const world = await startHttpWorld({ token: 'abcdefghijkl' });
    expect(await code(world, account, { Authorization: 'Bearer abcdefghijkl' })).toBe(200);
    const refused = await world.ask(account);
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(refused.text).not.toContain('abcdefghijkl');
  });

  test('a wrong one is in the audit and told as a refusal, and never which it was', async () => {
    const events: AuditEvent[] = [];
    const news: SessionNews[] = [];
    const options = {
      audit: (event: AuditEvent) => void events.push(event),
      onSession: (told: SessionNews) => void news.push(told),
    };
    const world = await startHttpWorld({ token: 'abcdefghijkl' }, options);
    await code(world, account, { Authorization: 'Bearer guessed-token' });
    await code(world, account, { Authorization: 'Bearer abcdefghijkl' });
    const peer = expect.stringMatching(/^127\.0\.0\.1:\d+$/u) as string;
    expect(events).toEqual([{ event: 'refused', peer, outcome: 'wrong token over HTTP' }]);
    expect(news).toEqual([{ kind: 'refused', peer, reason: 'wrong token over HTTP' }]);
  });

  test('who guesses is turned away after a while, before his guess is looked at', async () => {
    const events: AuditEvent[] = [];
    const audit = (event: AuditEvent): void => void events.push(event);
    const world = await startHttpWorld({ token: 'abcdefghijkl' }, { audit });
    const codes: unknown[] = [];
    for (let guess = 0; guess < 45; guess += 1)
      codes.push(await code(world, account, { Authorization: `Bearer ${guess}` }));
    expect(codes.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 'TOKEN_WRONG'));
    // Who is kept waiting writes no line: an audit cannot be filled by asking.
    expect(events).toHaveLength(40);
    expect(codes.slice(40)).toEqual(Array.from({ length: 5 }, () => 'TOO_MANY_WRONG_TOKENS'));
    expect(await code(world, account, { Authorization: 'Bearer abcdefghijkl' })).toBe('TOO_MANY_WRONG_TOKENS');
  });
});

describe('pages in a browser', () => {
  const page = 'https://desk.example';

  test.each<[string, Readonly<Record<string, string>>]>([
    ['of another origin', { Origin: 'https://evil.example' }],
    ['without an origin (a picture)', { 'Sec-Fetch-Site': 'cross-site' }],
    ['of a neighbour', { 'Sec-Fetch-Site': 'same-site' }],
    ['in a sandbox', { Origin: 'null' }],
  ])('%s can place nothing by either door', async (_, headers) => {
    const world = await startHttpWorld();
    expect(await code(world, '/xtquant/trade/login?account_id=demo')).toBe(200);
    expect(await code(world, '/xtquant/trade/place_order', headers)).toBe('ORIGIN_NOT_ALLOWED');
    const post = { method: 'POST', headers: { ...headers, 'Idempotency-Key': 'k' }, body: RESTING };
    expect((await world.ask(`${API_ROOT}/orders`, post)).status).toBe(403);
    expect((await world.ask(`${API_ROOT}/orders`)).json()).toEqual({ orders: [] });
  });

  test('a preflight is answered for a named origin only', async () => {
    const ask = { method: 'OPTIONS', headers: { Origin: page, 'Access-Control-Request-Method': 'POST' } };
    const closed = await startHttpWorld();
    expect((await closed.ask(`${API_ROOT}/orders`, ask)).headers['access-control-allow-origin']).toBeUndefined();
    const world = await startHttpWorld({ origins: [page] });
    const allowed = await world.ask(`${API_ROOT}/orders`, ask);
    expect([allowed.status, allowed.headers['access-control-allow-origin']]).toEqual([204, page]);
    expect(await code(world, account, { Origin: page })).toBe(200);
    expect((await world.ask(account, { headers: { Origin: page } })).headers['access-control-allow-origin']).toBe(page);
    expect(await code(world, account, { Origin: 'https://evil.example' })).toBe('ORIGIN_NOT_ALLOWED');
  });

  test('our own page and what a person types are answered', async () => {
    const world = await startHttpWorld();
    expect(await code(world, account, { Origin: `http://127.0.0.1:${world.port}` })).toBe(200);
    expect(await code(world, account, { 'Sec-Fetch-Site': 'none' })).toBe(200);
  });
});

test('without a token a foreign name that leads here is refused, with one it is not', async () => {
  const open = await startHttpWorld();
  expect(await code(open, account, { Host: 'evil.example' })).toBe('HOST_NOT_ALLOWED');
  expect(await code(open, account, { Host: 'localhost:7800' })).toBe(200);
  expect(await code(open, account, { Host: '127.0.0.1.evil.example' })).toBe('HOST_NOT_ALLOWED');
  const closed = await startHttpWorld({ token: 'abcdefghijkl' });
  expect(await code(closed, account, { Host: 'desk.example', Authorization: 'Bearer abcdefghijkl' })).toBe(200);
});

test('HEAD carries nothing out', async () => {
  const world = await startHttpWorld();
  expect((await world.ask(account, { method: 'HEAD' })).status).toBe(405);
  expect((await placed(world, 'k')).status).toBe(201);
});
