import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Ledger } from '../../src/ledger/ledger.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, start } from './cli-process.ts';

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

let home = '';
beforeEach(() => {
  home = temporaryFolder('reading');
  writeFileSync(join(home, 'reader.ts'), STRATEGY);
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
