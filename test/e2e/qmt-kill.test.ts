import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { FAKE_SDK, MAIN, needsPython, PYTHON } from '../fake-xtquant/qmt-world.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { WireClient } from '../wire/wire-client.ts';
import { askHttp } from '../unit/server/http/http-world.ts';
import type { Answer, Ask } from '../unit/server/http/http-world.ts';
import { ACCOUNT, killIfThere, openDesk, TOKEN } from './qmt-desk.ts';
import type { Desk } from './qmt-desk.ts';

const TASKS = [/\[账号\]/u, /\[限价单\].*买入/u, /\[市价单\].*买入/u, /\[订单查询\]/u, /\[黄金回合\]\[前\]/u];

let folder = '';
let desk: Desk | null = null;
beforeEach(() => {
  folder = temporaryFolder('qmt-kill');
});
afterEach(async () => {
  await desk?.close();
  desk = null;
});

/** Until the engine has its three sessions again: the next task must find what it would find on an idle machine. */
async function engineIsBack(port: number): Promise<void> {
  const client = await WireClient.open(port, { type: 'handshake', token: TOKEN });
  const health = async (): Promise<unknown> => client.request('admin.health');
  const withHis = { payload: { value: { sessions: expect.toSatisfy((count: number) => count >= 4) as number } } };
  await expect.poll(health, { timeout: 60_000 }).toMatchObject(withHis);
  await client.close();
}

describe.skipIf(PYTHON === null)(needsPython('bt server --server-type qmt that is killed'), () => {
  test('with its bridge one second after each task: the morning completes, the counter holds each intent once', async () => {
    const { exchange, terminal, serve, run, standingStill, env } = (desk = await openDesk(folder, {
      at: '09:33:30',
      speed: 10,
    }));
    const report = join(folder, 'run.json');
    const demo = join(import.meta.dirname, '../../strategies/demo.ts');
    const options = [
      '--broker',
      'qmt-remote',
      '--until',
      '09:41',
      '--report',
      report,
      '--state',
      join(folder, 'state'),
    ];
    // To the program this is real money and real time.
    let { server, live } = await standingStill(async () => {
      const first = await serve();
      const started = run(['live', demo, ...options, '--real']);
      await started.output(/\bREADY /u);
      return { ...first, live: started };
    });
    for (const task of TASKS) {
      await live.output(task);
      // The moment of the fault, not a wait for something.
      await wait(1000);
      await standingStill(async () => {
        for (const pid of terminal.pids) killIfThere(pid);
        server.child.kill('SIGKILL');
        await server.finished;
        ({ server } = await serve());
        await engineIsBack(Number(env['QMT_SERVER_PORT']));
      });
    }
    const ended = await live.finished;
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);

    const told = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
    const outcomes = told.triggers.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome !== 'ran' && outcome !== 'ran_late')).toEqual([]);
    expect(told.triggers).toHaveLength(TASKS.length);
    expect(told.open).toEqual([]);
    const remarks = exchange.orders(MAIN.id).map(({ remark }) => remark);
    expect(new Set(remarks).size).toBe(remarks.length);
    expect(told.intents.map(({ remark }) => remark)).toEqual(expect.arrayContaining(remarks));
    expect(told.orders.map(({ security, side }) => `${side} ${security}`)).toEqual([
      'buy 000001.XSHE',
      'buy 000002.XSHE',
      'buy 518880.XSHG',
      'sell 518880.XSHG',
    ]);
  }, 180_000);

  test('answers a key with the order it had placed, or that it finds, and counts on', async () => {
    const limits = { QMT_SERVER_ORDER_RISK_ENABLED: 'true', MAX_DAILY_TRADES: '2' };
    const { exchange, terminal, dataPath, serve, run } = (desk = await openDesk(folder, {
      at: '10:00:00',
      speed: 1,
      env: limits,
    }));
    const begin = async (): Promise<{
      ask: (path: string, ask?: Ask) => Promise<Answer>;
      end: () => Promise<void>;
    }> => {
      const { server, http } = await serve('--http', '127.0.0.1:0', '--history', join(folder, 'history.db'));
      const headers = { Authorization: `Bearer ${TOKEN}` };
      return {
        ask: (path, given = {}) => askHttp(http ?? 0, path, { ...given, headers: { ...headers, ...given.headers } }),
        end: async () => {
          server.child.kill('SIGKILL');
          await server.finished;
        },
      };
    };
    const body = { security: '000001.SZ', side: 'buy', amount: 100, price: 10.1 };
    const order = (key: string) => ({ method: 'POST', headers: { 'Idempotency-Key': key }, body }) as const;
    let server = await begin();
    const first = (await server.ask('/api/v1/orders', order('a'))).json();
    expect(first['order_id']).toMatch(/^\d+$/u);
    await server.end();

    server = await begin();
    expect((await server.ask('/api/v1/orders', order('a'))).json()['order_id']).toBe(first['order_id']);
    // Carried out by the counter, and nobody is told.
    terminal.rule({ call: 'order_stock', nth: 1, happens: 'lose' });
    const lost = server.ask('/api/v1/orders', order('b')).catch(() => null);
    await expect.poll(() => exchange.orders(MAIN.id).length, { timeout: 30_000 }).toBe(2);
    await server.end();
    await lost;

    server = await begin();
    const [, second] = exchange.orders(MAIN.id);
    const again = async (): Promise<unknown> => (await server.ask('/api/v1/orders', order('b'))).json()['order_id'];
    await expect.poll(again, { timeout: 30_000 }).toBe(second?.orderId);
    // Two of two a day, whichever life of the server they were in.
    const third = await server.ask('/api/v1/orders', order('c'));
    expect([third.status, third.json()['outcome']]).toEqual([422, 'rejected']);
    expect(third.text).toContain('当日交易次数超限');
    expect(exchange.orders(MAIN.id)).toHaveLength(2);
    expect((await server.ask('/api/v1/orders', { ...order('d'), body: { ...body, account: 'other' } })).status).toBe(
      404,
    );
    expect((await server.ask('/api/v1/history')).status).toBe(200);
    const seen = await run(['server', 'doctor', '--data-path', dataPath, '--xtquant', FAKE_SDK, ...ACCOUNT]).finished;
    for (const line of [
      /ok +xtquant/u,
      /ok +terminal/u,
      /ok +account main/u,
      /ok +quotes/u,
      /ok +port .*a server answers at \S+: ready$/mu,
    ])
      expect(seen.stdout).toMatch(line);
  }, 120_000);
});
