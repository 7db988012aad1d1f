import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { chinaInstant } from '../../src/domain/time.ts';
import type { RunReport } from '../../src/engine/report.ts';
import { nullLog } from '../../src/platform/log.ts';
import { SimulatedClock } from '../../src/platform/simulated-clock.ts';
import { WallClock } from '../../src/platform/wall-clock.ts';
import type { QmtGateway } from '../../src/server/adapters/qmt/gateway.ts';
import { qmtBackend } from '../../src/server/adapters/qmt/index.ts';
import { startGatewayServer } from '../../src/server/index.ts';
import type { OpenBackend } from '../../src/server/index.ts';
import { PaperCounter } from '../fake-xtquant/paper-counter.ts';
import { FAKE_SDK, fakeSettings, MAIN, needsPython, paperMarket, PYTHON } from '../fake-xtquant/qmt-world.ts';
import { FakeTerminal } from '../fake-xtquant/terminal.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { WireClient } from '../wire/wire-client.ts';
import { bt, BT, start } from './cli-process.ts';
import type { Running } from './cli-process.ts';
import { HeldTime } from './held-time.ts';
import { killIfThere } from './qmt-desk.ts';

/** Ten market seconds a second, as where the server is killed. */
const SPEED = 10;
const TASKS = [/\[账号\]/u, /\[限价单\].*买入/u, /\[市价单\].*买入/u, /\[订单查询\]/u, /\[黄金回合\]\[前\]/u];

let folder = '';
let running: Running[] = [];
beforeEach(() => {
  folder = temporaryFolder('qmt');
  running = [];
});
afterEach(async () => {
  for (const each of running) each.child.kill('SIGKILL');
  await Promise.all(running.map((each) => each.finished));
});

/** A rehearsal: no clock but the wall's is let near real money. */
function rehearsal(open: OpenBackend, opened: (gateway: QmtGateway) => void): OpenBackend {
  return async (accounts) => {
    const market = await open(accounts);
    const gateway = market.gateway as QmtGateway;
    const health = gateway.health.bind(gateway);
    gateway.health = async () => ({ ...(await health()), backend: 'stub' });
    opened(gateway);
    return market;
  };
}

describe.skipIf(PYTHON === null)(needsPython('bt over QMT'), () => {
  test('the bridge is killed one second after each task: the morning completes, the counter holds each intent once', async () => {
    const held = new HeldTime(join(folder, 'held-time'));
    const begin = chinaInstant('2026-07-06', '09:33:30');
    const clock = new SimulatedClock({ start: begin, speed: SPEED, timers: held.timers });
    const exchange = paperMarket(clock, [MAIN], 1);
    const terminal = await FakeTerminal.start(new PaperCounter(exchange, () => clock.now()));
    let gateway: QmtGateway | null = null;
    const open = qmtBackend(fakeSettings(terminal), { clock, log: nullLog, random: () => 0, firstRetryMs: 200 });
    const server = await held.during(() =>
      startGatewayServer(
        { host: '127.0.0.1', port: 0, token: 'stub', clock, accounts: [MAIN], accessLog: false },
        rehearsal(open, (opened) => {
          gateway = opened;
        }),
        nullLog,
      ),
    );
    onTestFinished(async () => {
      await server.stop();
      await terminal.close();
      clock.stop();
      held.close();
    });
    const report = join(folder, 'run.json');
    const demo = join(import.meta.dirname, '../../strategies/demo.ts');
    const options = ['--broker', 'qmt-remote', '--clock', 'gateway', '--until', '09:41', '--report', report];
    const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(server.port), QMT_SERVER_TOKEN: 'stub' };
    const live = start(BT, ['live', demo, ...options, '--state', join(folder, 'state')], { cwd: folder, env });
    running.push(live);
    for (const task of TASKS) {
      await live.output(task);
      // The moment of the fault, not a wait for something.
      await wait(1000);
      const pid = (gateway as QmtGateway | null)?.trading[0]?.bridge.pid ?? null;
      if (pid !== null) killIfThere(pid);
    }
    const ended = await live.finished;
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);

    const run = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
    const outcomes = run.triggers.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome !== 'ran' && outcome !== 'ran_late')).toEqual([]);
    expect(run.triggers).toHaveLength(TASKS.length);
    expect(run.open).toEqual([]);
    const book = exchange.orders(MAIN.id);
    const remarks = book.map(({ remark }) => remark);
    expect(new Set(remarks).size).toBe(remarks.length);
    expect(run.intents.map(({ remark }) => remark)).toEqual(expect.arrayContaining(remarks));
    expect(run.orders.map(({ security, side }) => `${side} ${security}`)).toEqual([
      'buy 000001.XSHE',
      'buy 000002.XSHE',
      'buy 518880.XSHG',
      'sell 518880.XSHG',
    ]);
  }, 180_000);

  test('bt server --server-type qmt starts over the SDK, says so, answers, and ends cleanly', async () => {
    const clock = new WallClock();
    const exchange = paperMarket(clock, [MAIN], 1);
    const terminal = await FakeTerminal.start(new PaperCounter(exchange, () => clock.now()));
    onTestFinished(async () => {
      await terminal.close();
      clock.stop();
    });
    const path = join(folder, '国金QMT交易端 1', 'userdata_mini');
    mkdirSync(path, { recursive: true });
    const args = ['--data-path', path, '--xtquant', FAKE_SDK, '--accounts', 'main=123456:stock', '--port', '0'];
    const server = start(BT, ['server', '--server-type', 'qmt', ...args, '--token', 'a token of mine'], {
      cwd: folder,
      env: { FAKE_XTQUANT: terminal.address, BT_PYTHON: PYTHON ?? '', PYTHONDONTWRITEBYTECODE: '1' },
    });
    running.push(server);
    const [, port = ''] = await server.output(/^READY 127\.0\.0\.1:(\d+) qmt .*userdata_mini/mu);
    const client = await WireClient.open(Number(port), { type: 'handshake', token: 'a token of mine' });
    const health = await client.request('admin.health');
    expect(health).toMatchObject({ payload: { value: { backend: 'qmt', qmt: { ready: true } } } });
    expect(await client.request('broker.account')).toMatchObject({ payload: { account_id: '123456' } });
    await client.close();
    server.child.kill('SIGINT');
    expect((await server.finished).code).toBe(0);
    await expect.poll(() => terminal.connections, { timeout: 30_000 }).toBe(0);
  }, 60_000);

  test('without the SDK it does not start, and says what to install; with --simulate it runs on the paper market and says so', async () => {
    const account = ['--accounts', 'main=123456:stock', '--port', '0'];
    const args = ['server', '--server-type', 'qmt', '--data-path', folder, '--token', 'a token of mine', ...account];
    const refused = await bt(args, { cwd: folder, env: { BT_PYTHON: PYTHON ?? '' } });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/pip install xtquant/);
    const simulate = ['server', '--server-type', 'qmt', '--simulate', ...account];
    const server = start(BT, simulate, { cwd: folder });
    running.push(server);
    const [, port = ''] = await server.output(/^READY 127\.0\.0\.1:(\d+) SIMULATED/mu);
    const client = await WireClient.open(Number(port));
    expect(await client.request('broker.account')).toMatchObject({ payload: { account_id: 'SIMULATED-123456' } });
    expect(await client.request('admin.health')).toMatchObject({
      payload: { value: { backend: 'stub', market: 'simulated' } },
    });
    await client.close();
    server.child.kill('SIGINT');
    const { stdout } = await server.finished;
    const lines = stdout.split('\n').filter((line) => / INFO | WARNING /u.test(line));
    expect(lines.filter((line) => !line.includes('[SIMULATED]'))).toEqual([]);
  }, 60_000);
});

describe('what only the person at the desk knows is asked for, in one line', () => {
  const accounts = ['--accounts', 'main=123456:stock'];
  const token = ['--token', 'a token of mine'];
  const here = ['--data-path', '.'];
  test.each([
    ['no token', [...here, ...accounts], /give --token/u],
    ['no accounts', [...here, ...token], /give --accounts main=123456:stock/u],
    ['a kind of account', [...here, ...token, '--accounts', 'main=1:future'], /main=<id>:stock/u],
    ['no folder', [...accounts, ...token], /--data-path 'C:/u],
    [
      'a folder that is not there',
      ['--data-path', 'no', ...accounts, ...token],
      /folder no is not there: write the whole/u,
    ],
    [
      'no Python',
      [...here, ...accounts, ...token, '--python', '/no/python'],
      /Name a Python that starts with --python/u,
    ],
  ])('%s', async (_, args, line) => {
    const { code, stderr } = await bt(['server', '--server-type', 'qmt', '--port', '0', ...args], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
