import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { decodeValue } from '../../runtime/state/decode.ts';
import { chinaInstant } from '../../src/domain/time.ts';
import { Ledger } from '../../src/ledger/ledger.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt, BT, start } from './cli-process.ts';

const STRATEGY = `
import { get_current_data, get_price, log, order, run_daily } from 'jqdata';
const CODES = Array.from({ length: 300 }, (_, i) => String(600000 + i) + '.XSHG');
export function initialize() {
  run_daily(read, '09:35');
  run_daily(trade, '09:40');
}
function read() {
  const data = get_current_data();
  const prices = CODES.map((code) => data[code].last_price);
  const bars = get_price('000001.XSHE', { count: 5, frequency: '1m' });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300); // real time: Date is the market's here
  log.info('read %s prices, %s bars', prices.filter((price) => price > 0).length, bars.length);
}
function trade() {
  log.info('traded: %s', order('000001.XSHE', 100)?.filled);
}
`;

/** Each says where Date stands at its beginning and at its end. */
const WAITS = `
import { g, get_current_data, get_orders, run_daily } from 'jqdata';
const C = '000001.XSHE';
export function initialize() {
  g.read = [];
  run_daily(works, '09:35');
  run_daily(sleeps, '09:36');
  run_daily(polls, '09:37');
  run_daily(asks, '09:40');
}
function said(name) { g.read = [...g.read, [name, Date.now()]]; }
function works() {
  said('works');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  said('works');
}
function sleeps() {
  said('sleeps');
  const end = Date.now() + 2_000;
  while (Date.now() < end);
  said('sleeps');
}
function polls() {
  said('polls');
  const first = get_current_data()[C].last_price;
  for (let looks = 0; looks < 50_000 && get_current_data()[C].last_price === first; looks += 1);
  said('polls');
}
function asks() {
  said('asks');
  for (let looks = 0; looks < 1_500; looks += 1) get_orders();
  said('asks');
}
`;

let home = '';
beforeEach(() => {
  home = temporaryFolder('reading');
  writeFileSync(join(home, 'reader.ts'), STRATEGY);
  writeFileSync(join(home, 'waits.ts'), WAITS);
});

test('at max speed a task that reads takes no market time, one that waits for its order does', async () => {
  const args = ['live', 'reader.ts', '--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:34:30'];
  const run = start(BT, [...args, '--speed', 'max', '--until', '09:45:00', '--state', 'kept'], {
    cwd: home,
    env: { TMPDIR: home },
  });
  const { code, stdout } = await run.finished;
  expect(stdout).toContain('read 300 prices, 5 bars');
  expect(stdout).toContain('traded: 100');
  expect(code).toBe(0);
  const ledger = Ledger.open(join(home, 'kept'));
  try {
    const taken = ledger
      .triggersSince(0)
      .map(({ task, startedAt, endedAt }) => [task, (endedAt ?? 0) - (startedAt ?? 0)]);
    expect(taken[0]).toEqual(['read (daily 09:35)', 0]);
    expect(taken[1]?.[1]).toBeGreaterThan(0);
  } finally {
    ledger.close();
  }
});

test('at max speed Date in a hook is the market clock: it stands while code runs, moves where the strategy looks again and again, and never goes back', async () => {
  const args = ['live', 'waits.ts', '--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:34:30'];
  const kept = ['--state', 'kept', '--record', 'day.rec'];
  const run = start(BT, [...args, '--speed', 'max', '--until', '09:45', ...kept], { cwd: home, env: { TMPDIR: home } });
  const { code, stdout, stderr } = await run.finished;
  expect(code, stdout + stderr).toBe(0);
  const { read, ends } = noted(join(home, 'kept'));
  expect(read.map(([name]) => name)).toEqual(['works', 'sleeps', 'polls', 'asks'].flatMap((name) => [name, name]));
  const times = read.map(([, time]) => time);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.slice(0, 3)).toEqual([at('09:35'), at('09:35'), at('09:36')]);
  const took = [2, 4, 6].map((index) => (times[index + 1] ?? 0) - (times[index] ?? 0));
  expect(took[0]).toBeGreaterThanOrEqual(2_000);
  expect(took[1]).toBeGreaterThanOrEqual(1_000);
  expect(took[2]).toBeGreaterThanOrEqual(1_000);
  // The engine's clock stood where Date did.
  expect(ends).toEqual([1, 3, 5, 7].map((index) => times[index]));
  const replayed = await bt(['replay', 'day.rec'], { cwd: home });
  expect(replayed.stdout).toMatch(/^Identical: /mu);
});

function at(time: string): number {
  return chinaInstant('2026-07-06', time);
}

/** What the strategy has noted, and when the engine saw each task end. */
function noted(folder: string): {
  readonly read: readonly (readonly [string, number])[];
  readonly ends: readonly number[];
} {
  const ledger = Ledger.read(folder);
  try {
    const text = ledger.state.variables().find(({ name }) => name === 'read')?.text ?? '[]';
    return {
      read: decodeValue(text) as [string, number][],
      ends: ledger.triggersSince(0).flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt])),
    };
  } finally {
    ledger.close();
  }
}
