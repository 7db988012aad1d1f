import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, start } from './cli-process.ts';
import type { Running } from './cli-process.ts';

/** Places an order that stays open when `orders` is set, then never comes back. */
const LOOPS = `
import { log, order, run_daily, LimitOrderStyle, get_current_data } from 'jqdata';
const orders = ORDERS;
export function initialize(context) {
  run_daily(stuck, '09:35');
}
function stuck(context) {
  const price = get_current_data()['000001.XSHE'].last_price * 0.95;
  if (orders) order('000001.XSHE', 100, LimitOrderStyle(Number(price.toFixed(2))));
  log.info('stuck in process %d', process.pid);
  for (;;);
}
`;

const SAME_PRESS_MS = 500;
let home = '';
beforeEach(() => {
  home = temporaryFolder('loops');
});

function live(orders: boolean): Running {
  writeFileSync(join(home, 'loops.ts'), LOOPS.replace('ORDERS', String(orders)));
  const market = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:34:30', '--speed', '30'];
  const args = ['live', 'loops.ts', ...market, '--report', 'run.json'];
  return start(BT, args, { cwd: home, env: { TMPDIR: home } });
}

async function stuckProcess(run: Running): Promise<number> {
  const [, pid] = await run.output(/stuck in process (\d+)/u);
  return Number(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a strategy that loops', () => {
  test.each([
    [false, 2, 'No orders.'],
    [true, 3, 'STILL OPEN at the broker'],
  ])('is ended by the second signal; table and report are written (order open: %s)', async (orders, code, text) => {
    const run = live(orders);
    const pid = await stuckProcess(run);
    run.child.kill('SIGTERM');
    await run.output(/Stopping/u);
    await delay(SAME_PRESS_MS); // two signals within 0.4 s are one press
    run.child.kill('SIGTERM');
    const finished = await run.finished;
    expect(finished.stdout).toContain('Ctrl-C was pressed twice while stuck ran');
    expect(finished.stdout).toContain(text);
    expect(finished.code).toBe(code);
    const report = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as RunReport;
    expect(report).toMatchObject({ exitCode: code, errors: [{ code: 'STRATEGY_LOST' }] });
    expect(isAlive(pid)).toBe(false);
  });

  test('does not outlive an engine that is killed', async () => {
    const run = live(false);
    const pid = await stuckProcess(run);
    expect(isAlive(pid)).toBe(true);
    run.child.kill('SIGKILL');
    await run.finished;
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});
