import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start, type Running } from './cli-process.ts';

let folder = '';
let running: Running[] = [];
beforeEach(() => {
  folder = temporaryFolder('resolve');
  running = [];
});
afterEach(async () => {
  for (const each of running) each.child.kill('SIGKILL');
  await Promise.all(running.map((each) => each.finished));
});

/** A gateway that loses the first order before it reaches the market, and a strategy that sends one. */
async function doubtfulRun(): Promise<{ live: Running; tag: string; state: string; report: string }> {
  const faults = join(folder, 'faults.json');
  writeFileSync(
    faults,
    JSON.stringify({ seed: 1, faults: [{ kind: 'drop', action: 'broker.place_order', nth: 1, when: 'before' }] }),
  );
  const server = start(BT, [
    'server',
    '--server-type',
    'stub',
    '--listen',
    '127.0.0.1',
    '--port',
    '0',
    '--token',
    'stub',
    '--at',
    '2026-07-06 09:35:20',
    '--speed',
    '10',
    '--faults',
    faults,
  ]);
  running.push(server);
  const [, port] = await server.output(/READY 127\.0\.0\.1:(\d+)/u);
  const strategy = join(folder, 'one-order.ts');
  writeFileSync(
    strategy,
    "export function initialize(context) { run_daily(buy, 'every_bar'); }\nfunction buy(context) { if ('done' in g) return; g.done = true; order('000001.XSHE', 100, { wait_timeout: 1 }); log.info('sent'); }\n",
  );
  const state = join(folder, 'state');
  const report = join(folder, 'run.json');
  const live = start(
    BT,
    ['live', strategy, '--broker', 'qmt-remote', '--clock', 'gateway', '--state', state, '--report', report],
    {
      cwd: folder,
      env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: port ?? '', QMT_SERVER_TOKEN: 'stub' },
    },
  );
  running.push(live);
  const [, tag] = await live.output(/Order bt:([0-9a-z]{8}).* is of UNKNOWN fate/u);
  await live.output(/ sent\s/u);
  return { live, tag: tag ?? '', state, report };
}

test('a person settles an order of unknown fate while bt live runs; the run then ends cleanly', async () => {
  const { live, tag, state, report } = await doubtfulRun();
  const wrong = await bt(['resolve', 'nonsense', '--not-placed', '--state', state], { cwd: folder });
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.stderr).toContain(tag);
  const done = await bt(['resolve', tag, '--not-placed', '--state', state], { cwd: folder });
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.stdout).toContain('settled as not placed');
  live.child.kill('SIGINT');
  expect(await live.finished).toMatchObject({ code: 0 });
  const run = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
  expect(run.intents.map((intent) => intent.state)).toEqual(['not_placed']);
}, 120_000);

test('left unsettled the run ends with 3; then the ledger itself is written, and the next start knows', async () => {
  const { live, tag, state } = await doubtfulRun();
  live.child.kill('SIGINT');
  expect(await live.finished).toMatchObject({ code: 3 });
  const usage = await bt(['resolve', tag, '--state', state], { cwd: folder });
  expect(usage.stderr).toContain('--not-placed');
  const done = await bt(['resolve', tag, '--not-placed', '--state', state], { cwd: folder });
  expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('settled as not placed') });
  const again = await bt(['resolve', tag, '--not-placed', '--state', state], { cwd: folder });
  expect(again.stderr).toContain('there is none');
  expect(await bt(['adopt', '1073741825', '--state', state], { cwd: folder })).toMatchObject({ code: 1 });
}, 120_000);
