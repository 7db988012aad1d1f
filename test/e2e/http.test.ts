import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { askHttp } from '../unit/server/http/http-world.ts';
import type { Answer, Ask } from '../unit/server/http/http-world.ts';
import { bt, BT, start, type Running } from './cli-process.ts';

let folder = '';
let running: Running[] = [];
beforeEach(() => {
  folder = temporaryFolder('http');
  running = [];
});
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ finished }) => finished));
});

interface Server {
  readonly running: Running;
  readonly ask: (path: string, ask?: Ask) => Promise<Answer>;
}

/** `bt server` with a door for HTTP, its book in a file. */
async function server(...more: string[]): Promise<Server> {
  const state = ['--state', join(folder, 'book.json'), '--at', '2026-07-06 10:00:00'];
  const args = ['server', '--server-type', 'stub', '--port', '0', '--http', '127.0.0.1:0', ...state, ...more];
  const child = start(BT, args, { cwd: folder });
  running.push(child);
  const [, port = ''] = await child.output(/^READY .*HTTP 127\.0\.0\.1:(\d+)$/mu);
  return { running: child, ask: (path, ask) => askHttp(Number(port), path, ask) };
}

describe('a server told to serve HTTP', () => {
  test('places, lists and cancels by both doors, one order for one key', async () => {
    const { ask, running: child } = await server();
    const order = { security: '000001.SZ', side: 'buy', amount: 100, price: 10.1 };
    const headers = { 'Idempotency-Key': 'one' };
    const place = (): Promise<Answer> => ask('/api/v1/orders', { method: 'POST', headers, body: order });
    const first = (await place()).json();
    expect((await place()).json()['order_id']).toBe(first['order_id']);
    expect((await ask('/xtquant/trade/login?account_id=demo')).json()).toEqual({ status: 0, simulated: true });
    const other = (await ask('/xtquant/trade/place_order?stock_code=000001.SZ&volumn=200&price=10.1')).json();
    const listed = JSON.parse((await ask('/xtquant/trade/query/order')).text) as Record<string, unknown>[];
    expect(listed.map((row) => String(row['订单编号']))).toEqual([first['order_id'], String(other['order_id'])]);
    const open = async (): Promise<unknown[]> => {
      const { orders } = (await ask('/api/v1/orders')).json() as { orders: Record<string, unknown>[] };
      return orders.map(({ status }) => status);
    };
    await expect.poll(open, { timeout: 30_000 }).toEqual(['open', 'open']);
    expect((await ask(`/api/v1/orders/${String(first['order_id'])}/cancel`, { method: 'POST' })).status).toBe(202);
    const cancel = `/xtquant/trade/cancel_order?order_id=${String(other['order_id'])}`;
    expect((await ask(cancel)).json()).toEqual({ cancel_order_result: 0 });
    await expect.poll(open, { timeout: 30_000 }).toEqual(['canceled', 'canceled']);
    child.child.kill('SIGINT');
    expect(await child.finished).toMatchObject({ code: 0, stderr: '' });
  });

  test('that is killed answers a key with the order it had placed', async () => {
    const headers = { 'Idempotency-Key': 'kept' };
    const body = { security: '000001.SZ', side: 'buy', amount: 100, price: 10.1 };
    const before = await server();
    const placed = (await before.ask('/api/v1/orders', { method: 'POST', headers, body })).json();
    before.running.child.kill('SIGKILL');
    await before.running.finished;
    const after = await server();
    const again = await after.ask('/api/v1/orders', { method: 'POST', headers, body });
    expect(again.json()['order_id']).toBe(placed['order_id']);
    expect((await after.ask('/api/v1/orders')).json()['orders']).toHaveLength(1);
  });

  test('with a token tells nobody anything without it, and never shows it', async () => {
    const token = createHash('sha256').update(folder).digest('hex');
    const { ask, running: child } = await server('--token', token, '--access-log');
    expect((await ask('/api/v1/account')).status).toBe(401);
    expect((await ask(`/xtquant/trade/login?account_id=demo&token=${token}`)).status).toBe(200);
    expect((await ask('/api/v1/account', { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200);
    child.child.kill('SIGINT');
    const { stdout, stderr } = await child.finished;
    expect(stdout + stderr).not.toContain(token);
  });
});

test('an address that others reach needs a token', async () => {
  const { code, stderr } = await bt(['server', '--http', '0.0.0.0:7800'], { cwd: folder });
  expect([code, stderr]).toEqual([
    1,
    'bt: --http 0.0.0.0:7800 needs --token (or QMT_SERVER_TOKEN): others can reach it.\n',
  ]);
});

test('the demo trades its morning over HTTP', async () => {
  const demo = join(import.meta.dirname, '../../strategies/demo.ts');
  const venue = ['--broker', 'qmt-http', '--data', 'qmt-remote', '--with-stub'];
  const clock = ['--at', '2026-07-06 09:34:30', '--speed', 'max', '--until', '09:41'];
  const { code, stdout, stderr } = await bt(['live', demo, ...venue, ...clock], { cwd: folder });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/518880\.XSHG │ sell │ market .*│ filled/u);
  expect(stdout).toContain('Nothing of this instance is open at the broker.');
  expect(stdout).not.toMatch(/ERROR|ALARM/u);
});
