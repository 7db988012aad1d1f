import { describe, expect, test } from 'vitest';
import { cookieOf, startPageWorld, TOKEN } from './page-world.ts';
import type { PageWorld } from './page-world.ts';

const command = (world: PageWorld, headers: Readonly<Record<string, string>>) =>
  world.ask('/api/command', {
    method: 'POST',
    headers,
    body: { instance: 'demo-1a2b3c4d', command: 'pause', values: {} },
  });

describe('the way in', () => {
  test('a token begins a session whose cookie no script and no other site gets', async () => {
    const world = await startPageWorld();
    const answer = await world.ask('/api/login', { method: 'POST', body: { token: TOKEN } });
    expect(answer.status).toBe(200);
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^bt_page=[\w-]{24}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/u);
    expect((await world.ask('/api/welcome', { headers: { Cookie: cookieOf(answer) } })).status).toBe(200);
  });

  test.each<[string, unknown]>([
    ['a wrong one', { token: `${TOKEN}x` }],
    ['none', {}],
    ['one that is no text', { token: [TOKEN] }],
    ['no object', 7],
  ])('%s lets nobody in, and says nothing of the right one', async (_, body) => {
    const world = await startPageWorld();
    const answer = await world.ask('/api/login', { method: 'POST', body });
    expect([answer.status, answer.json()['code']]).toEqual([401, 'TOKEN_WRONG']);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.text).not.toContain(TOKEN);
  });

  test('who guesses is turned away after a while, before his guess is looked at', async () => {
    const world = await startPageWorld();
    const codes: unknown[] = [];
    for (let guess = 0; guess < 42; guess += 1) {
      codes.push((await world.ask('/api/login', { method: 'POST', body: { token: String(guess) } })).status);
    }
    expect(codes.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 401));
    expect(codes.slice(40)).toEqual([429, 429]);
    expect((await world.ask('/api/login', { method: 'POST', body: { token: TOKEN } })).status).toBe(429);
  });

  test('who logs out is out, and his cookie is worth nothing any more', async () => {
    const world = await startPageWorld();
    const session = await world.logIn();
    const out = await world.ask('/api/logout', { method: 'POST', headers: session });
    expect(out.headers['set-cookie']?.[0]).toContain('Max-Age=0');
    expect((await world.ask('/api/welcome', { headers: session })).status).toBe(401);
  });

  test.each(['/api/welcome', '/api/status?instance=demo-1a2b3c4d', '/api/stream?instance=demo-1a2b3c4d', '/api/x'])(
    '%s is nothing for a stranger',
    async (path) => {
      const world = await startPageWorld();
      expect((await world.ask(path)).status).toBe(401);
      expect((await world.ask(path, { headers: { Cookie: 'bt_page=AAAAAAAAAAAAAAAAAAAAAAAA' } })).status).toBe(401);
      expect(world.source.readings).toBe(0);
    },
  );
});

describe('a write', () => {
  test('needs a session', async () => {
    const world = await startPageWorld();
    expect((await command(world, {})).status).toBe(401);
    expect(world.source.commands).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['of another origin', { Origin: 'https://evil.example' }],
    ['of another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['of a page in a sandbox', { Origin: 'null' }],
    ['of another name for this machine', { Origin: 'http://127.0.0.1:80', Host: 'evil.example' }],
  ])('%s is refused, cookie or not', async (_, headers) => {
    const world = await startPageWorld();
    const session = await world.logIn();
    expect((await command(world, { ...session, ...headers })).status).toBe(403);
    expect(world.source.commands).toEqual([]);
  });

  test('without a word of where it comes from is refused; a browser that says so by Sec-Fetch-Site is enough', async () => {
    const world = await startPageWorld();
    const session = await world.logIn();
    const { askHttp } = await import('../../server/http/http-world.ts');
    const asked = (headers: Readonly<Record<string, string>>) =>
      askHttp(world.port, '/api/command', {
        method: 'POST',
        headers: { ...session, ...headers },
        body: { instance: 'demo-1a2b3c4d', command: 'pause', values: {} },
      });
    expect((await asked({})).json()['code']).toBe('ORIGIN_MISSING');
    expect((await asked({ 'Sec-Fetch-Site': 'cross-site' })).json()['code']).toBe('ORIGIN_NOT_ALLOWED');
    expect((await asked({ 'Sec-Fetch-Site': 'same-site' })).json()['code']).toBe('ORIGIN_NOT_ALLOWED');
    expect((await asked({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
    expect(world.source.commands).toHaveLength(1);
  });

  test('as a form sends it is refused', async () => {
    const world = await startPageWorld();
    const session = await world.logIn();
    const headers = { ...session, 'Content-Type': 'text/plain' };
    const body = JSON.stringify({ instance: 'demo-1a2b3c4d', command: 'kill', values: {} });
    expect((await world.ask('/api/command', { method: 'POST', headers, body })).status).toBe(415);
    expect(world.source.commands).toEqual([]);
  });

  test('behind something that serves the page under another origin comes from there, and its cookie needs TLS', async () => {
    const world = await startPageWorld(undefined, { origin: 'https://desk.example' });
    const headers = { Origin: 'https://desk.example', Host: 'desk.example' };
    const answer = await world.ask('/api/login', { method: 'POST', headers, body: { token: TOKEN } });
    expect(answer.headers['set-cookie']?.[0]).toMatch(/; Secure;/u);
    expect((await command(world, { ...headers, Cookie: cookieOf(answer) })).status).toBe(200);
    expect((await command(world, { Origin: 'https://other.example', Cookie: cookieOf(answer) })).status).toBe(403);
  });
});

describe('what every answer says', () => {
  const PATHS = ['/', '/page.js', '/page.css', '/icon.svg', '/api/welcome', '/api/nothing', '/nothing', '/api/command'];

  test.each(PATHS)('%s: nothing is loaded from elsewhere, framed, guessed at or told to others', async (path) => {
    const world = await startPageWorld();
    for (const headers of [{}, await world.logIn()]) {
      const answer = await world.ask(path, { headers });
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toMatch(/unsafe|https?:|data:|\*/u);
      expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('the page has no script and no style of its own', async () => {
    const world = await startPageWorld();
    const { text } = await world.ask('/');
    expect(text).not.toMatch(
      /<style|style=|<script(?! type="module" src="\/page\.js"><)|javascript:|https?:\/\/| on\w+=/iu,
    );
  });

  test('a name that leads here from outside is refused on this machine', async () => {
    const world = await startPageWorld();
    for (const path of ['/', '/page.js', '/api/welcome']) {
      expect((await world.ask(path, { headers: { Host: 'evil.example' } })).json()['code']).toBe('HOST_NOT_ALLOWED');
    }
  });

  test('who is served under a name of his own is answered under that name too, and under no other one', async () => {
    const world = await startPageWorld(undefined, { origin: 'https://desk.example' });
    const codeFor = async (host: string): Promise<number> => (await world.ask('/', { headers: { Host: host } })).status;
    expect(await codeFor('desk.example')).toBe(200);
    expect(await codeFor('evil.example')).toBe(403);
    expect(await codeFor(`127.0.0.1:${world.port}`)).toBe(200);
  });

  test('a link from another site shows the page, which asks for its token, and nothing else is shown to that site', async () => {
    const world = await startPageWorld();
    const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await world.ask('/', { headers: link })).status).toBe(200);
    expect((await world.ask('/page.js', { headers: { ...link, 'Sec-Fetch-Mode': 'no-cors' } })).status).toBe(403);
    expect((await world.ask('/api/welcome', { headers: link })).status).toBe(403);
  });
});
