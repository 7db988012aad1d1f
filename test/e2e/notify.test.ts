import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { receiver } from '../unit/notify/receiver.ts';
import { bt, BT, start } from './cli-process.ts';
import { freePort } from './free-port.ts';

const STRATEGY = `import { order, run_daily, send_message } from 'jqdata';
export function initialize() { run_daily(buy, '09:35'); }
function buy() { order('518880.XSHG', 100); send_message('bought: ' + send_message('once')); }
`;

describe('bt notify test', () => {
  test('shows each service’s own answer, and fails where one fails', async () => {
    const service = await receiver(({ path }) =>
      path.startsWith('/cgi-bin')
        ? { body: { errcode: 93_000, errmsg: 'invalid webhook url' } }
        : { body: { taken: true } },
    );
    const env = {
      NOTIFY_WEBHOOK_URL: `${service.url}/hook/secret-path-1`,
      NOTIFY_WECOM_KEY: 'wecom-key-12345',
      NOTIFY_WECOM_URL: service.url,
    };
    const cwd = temporaryFolder('notify');
    const both = await bt(['notify', 'test'], { cwd, env });
    expect(both.code).toBe(1);
    expect(both.stdout.split('\n').toSorted()).toEqual([
      '',
      'webhook    ok     HTTP 200 {"taken":true}',
      'wecom      FAILED HTTP 200 {"errcode":93000,"errmsg":"invalid webhook url"}',
    ]);
    expect(both.stdout + both.stderr).not.toMatch(/secret-path|wecom-key/u);
    const one = await bt(['notify', 'test', 'webhook'], { cwd, env });
    expect(one.code).toBe(0);
    const other = await bt(['notify', 'test', 'bark'], { cwd, env });
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('bark is not configured') as string });
    const none = await bt(['notify', 'test'], { cwd });
    expect(none.stderr).toContain('No channel is configured');
  });
});

describe('bt live', () => {
  const args = [
    'live',
    'day.ts',
    '--broker',
    'qmt-remote',
    '--with-stub',
    '--at',
    '2026-07-06 09:34:30',
    '--speed',
    'max',
  ];

  test('tells of start, orders, messages, the day and the end, headed as paper, and only when asked', async () => {
    const cwd = temporaryFolder('notify');
    writeFileSync(join(cwd, 'day.ts'), STRATEGY);
    const service = await receiver(() => ({ status: 204, body: '' }));
    const env = { NOTIFY_WEBHOOK_URL: service.url };
    const silent = await bt([...args, '--until', '15:06'], { cwd, env });
    expect(silent.code).toBe(0);
    expect(service.received).toEqual([]);
    expect(silent.stdout).toContain('send_message: once');
    expect(silent.stdout.match(/send_message is not sent/gu)).toHaveLength(1);
    const told = await bt([...args, '--until', '15:06'], { cwd, env: { ...env, NOTIFY_PAPER: '1' } });
    expect(told).toMatchObject({ code: 0, stderr: '' });
    const bodies = service.received.map(({ body }) => body);
    for (const { title } of bodies) expect(title).toMatch(/^PAPER bt day: /u);
    const all = bodies.map(({ title, text }) => `${String(title)}\n${String(text)}`).join('\n');
    expect(all).toContain('Started: day runs on qmt-remote');
    expect(all).toMatch(/Order filled: buy 100 518880\.XSHG at [\d.]+: 100 of 100 filled/u);
    expect(all).toContain('Message: bought: true');
    expect(all).toContain('Orders: 1 (1 filled)');
    expect(all).toContain('Exit code 0; 1 order, 1 fill, 0 errors.');
    expect(bodies.filter(({ event }) => event === 'digest')).toHaveLength(1);
    expect(told.stdout).not.toContain('send_message is not sent');
  });

  test('a half configuration is refused before anything is opened', async () => {
    const cwd = temporaryFolder('notify');
    writeFileSync(join(cwd, 'day.ts'), STRATEGY);
    const refused = await bt(args, { cwd, env: { NOTIFY_FEISHU_SECRET: 'abcdefgh' } });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('NOTIFY_FEISHU_KEY is missing, which NOTIFY_FEISHU_SECRET needs');
    expect(readdirSync(cwd)).toEqual(['day.ts']);
  });

  test('a run that cannot start says so', async () => {
    const cwd = temporaryFolder('notify');
    writeFileSync(join(cwd, 'day.ts'), 'export function initialize() { nonsense(); }\n');
    const service = await receiver(() => ({ status: 204, body: '' }));
    const failed = await bt(args, { cwd, env: { NOTIFY_WEBHOOK_URL: service.url, NOTIFY_PAPER: 'yes' } });
    expect(failed.code).not.toBe(0);
    expect(service.received.at(-1)?.body).toMatchObject({ title: 'PAPER bt day: NOT RUNNING', severity: 'critical' });
  });
});

describe('bt server', () => {
  test('tells of start, refused clients and end', async () => {
    const service = await receiver(() => ({ status: 204, body: '' }));
    const port = await freePort();
    const env = { NOTIFY_WEBHOOK_URL: service.url, NOTIFY_PAPER: '1' };
    const cwd = temporaryFolder('notify');
    const server = start(BT, ['server', '--port', String(port), '--token', 'right-token'], { cwd, env });
    await server.output(/READY/u);
    writeFileSync(join(cwd, 'day.ts'), STRATEGY);
    const wrong = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'wrong-token' };
    await bt(['live', 'day.ts', '--broker', 'qmt-remote'], { cwd, env: wrong });
    server.child.kill('SIGINT');
    await server.finished;
    const all = service.received.map(({ body }) => `${String(body['title'])}\n${String(body['text'])}`).join('\n');
    expect(all).toContain('PAPER bt server');
    expect(all).toMatch(/was refused: wrong token/u);
    expect(all).toContain('The server was stopped.');
  });
});
