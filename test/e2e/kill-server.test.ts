import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BrokerOrder } from '../../src/domain/trading.ts';
import type { RunReport } from '../../src/engine/report.ts';
import { openVenue } from '../../src/venues/registry.ts';
import { nullLog } from '../../src/platform/log.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, start, type Running } from './cli-process.ts';
import { freePort } from './free-port.ts';

/** Ten market seconds a second: the morning takes 40 s, and an outage of two seconds is 20 s of it. */
const SPEED = '10';
/** What each task says first; the server dies one second later, whatever is under way then. */
const TASKS = [/\[账号\]/u, /\[限价单\].*买入/u, /\[市价单\].*买入/u, /\[订单查询\]/u, /\[黄金回合\]\[前\]/u];

let folder = '';
let running: Running[] = [];
beforeEach(() => {
  folder = temporaryFolder('kill');
  running = [];
});
afterEach(async () => {
  for (const each of running) each.child.kill('SIGKILL');
  await Promise.all(running.map((each) => each.finished));
});

function launch(args: readonly string[]): Running {
  const child = start(BT, args, { cwd: folder });
  running.push(child);
  return child;
}

async function server(port: number): Promise<Running> {
  const args = ['server', '--server-type', 'stub', '--listen', '127.0.0.1', '--port', String(port), '--token', 'stub'];
  const clock = [
    '--at',
    '2026-07-06 09:33:30',
    '--speed',
    SPEED,
    '--state',
    join(folder, 'book.json'),
    '--no-access-log',
  ];
  const child = launch([...args, ...clock]);
  await child.output(/^READY/mu);
  return child;
}

/** What the exchange holds, asked of the server itself. */
async function bookOf(port: number): Promise<readonly BrokerOrder[]> {
  const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'stub' };
  const venue = await openVenue('qmt-remote', { env, log: nullLog });
  await venue.broker.start();
  try {
    return await venue.broker.orders();
  } finally {
    await venue.broker.stop();
  }
}

test('the server is killed one second after each task: the morning completes and the book holds each intent once', async () => {
  const port = await freePort();
  let gateway = await server(port);
  const report = join(folder, 'run.json');
  const demo = join(import.meta.dirname, '../../strategies/demo.ts');
  const live = start(
    BT,
    [
      'live',
      demo,
      '--broker',
      'qmt-remote',
      '--clock',
      'gateway',
      '--until',
      '09:41',
      '--report',
      report,
      '--state',
      join(folder, 'state'),
    ],
    { cwd: folder, env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'stub' } },
  );
  running.push(live);
  for (const task of TASKS) {
    await live.output(task);
    // The moment of the fault, not a wait for something.
    await wait(1000);
    gateway.child.kill('SIGKILL');
    await gateway.finished;
    gateway = await server(port);
  }
  const ended = await live.finished;
  expect(ended.code, ended.stdout + ended.stderr).toBe(0);

  const run = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
  expect(
    run.triggers.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'ran' && outcome !== 'ran_late'),
  ).toEqual([]);
  expect(run.triggers).toHaveLength(TASKS.length);
  expect(run.orders.map(({ security, side, state }) => `${side} ${security} ${state}`)).toEqual([
    'buy 000001.XSHE canceled',
    'buy 000002.XSHE filled',
    'buy 518880.XSHG filled',
    'sell 518880.XSHG filled',
  ]);
  expect(run.open).toEqual([]);

  const book = await bookOf(port);
  const remarks = book.map(({ remark }) => remark);
  expect(remarks.toSorted()).toEqual(run.intents.map(({ remark }) => remark).toSorted());
  expect(new Set(remarks).size).toBe(remarks.length);
  expect(book.map(({ filled }) => filled)).toEqual(run.intents.map(({ filled }) => filled));
}, 180_000);
