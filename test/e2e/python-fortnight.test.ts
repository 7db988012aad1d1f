import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { Ledger } from '../../src/ledger/ledger.ts';
import { findInterpreter } from '../python/interpreters.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start } from './cli-process.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'strategies', 'python');
const FORTNIGHT = ['--at', '2026-06-29 09:00', '--until', '2026-07-10 15:31'];
/** Waits to be killed at the end of a day in the middle, once; nothing is open then. */
const WAITS = `

def after_trading_end(context):
    import os, time
    if str(context.current_dt.date()) == '2026-07-02' and os.path.exists('kill-me'):
        os.remove('kill-me')
        print('waiting to be killed')
        time.sleep(600)
`;

const python = findInterpreter({ pandas: true });
const why = python === null ? ': skipped, needs pandas (Debian: apt-get install python3-pandas)' : '';

describe.skipIf(python === null)(`two weeks of a script in Python${why}`, () => {
  test.each(['etf_momentum.py', 'small_cap.py', 'limit_up.py'])(
    '%s, killed with -9 and started again, ends with the orders of the run that was not',
    async (name) => {
      const [whole, killed] = [temporaryFolder('python-whole'), temporaryFolder('python-killed')];
      const source = readFileSync(join(EXAMPLES, name), 'utf8') + WAITS;
      for (const folder of [whole, killed]) writeFileSync(join(folder, name), source);
      const args = ['live', name, '--broker', 'qmt-remote', '--with-stub', '--speed', 'max', '--state', 'state'];
      const all = [...args, ...FORTNIGHT, '--python', python?.path ?? '', '--report', 'report.json'];
      const uninterrupted = bt(all, { cwd: whole });
      writeFileSync(join(killed, 'kill-me'), '');
      const first = start(BT, all, { cwd: killed });
      await first.output(/waiting to be killed/u);
      first.child.kill('SIGKILL');
      await first.finished;
      const again = await bt(all, { cwd: killed });
      expect(again.code, again.stdout + again.stderr).toBe(0);
      expect(again.stdout).toContain('goes on');
      expect((await uninterrupted).code).toBe(0);
      expectSame(ordersOf(killed), ordersOf(whole));
    },
    240_000,
  );
});

interface Ordered {
  /** Day, side and security. */
  readonly what: string;
  readonly filled: number;
}

/** Fewer shares are what a price some tenths of a second later makes of a value that is nearly reached. */
const LEAST = 1000;

/** Every order of the instance, from its ledger: the last report holds those of its own start alone. */
function ordersOf(folder: string): readonly Ordered[] {
  const { errors } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunReport;
  expect(errors).toEqual([]);
  const ledger = Ledger.read(join(folder, 'state'));
  try {
    const orders = ledger.ordersSince(0).map(({ orderId, day, side, security }) => ({
      what: `${day} ${side} ${security}`,
      filled: ledger.intentsOfOrder(orderId).reduce((sum, intent) => sum + intent.filled, 0),
    }));
    return orders.filter(({ filled }) => filled >= LEAST);
  } finally {
    ledger.close();
  }
}

/**
 * The same orders. Not the same prices: at `max` an order that waits for another's fill comes up some tenths of a second earlier or later, as
 * the machine has time; what is bought for a value may then differ by a lot or two.
 */
function expectSame(orders: readonly Ordered[], others: readonly Ordered[]): void {
  expect(orders.length).toBeGreaterThan(0);
  expect(orders.map(({ what }) => what)).toEqual(others.map(({ what }) => what));
  for (const [at, { what, filled }] of orders.entries()) {
    const difference = Math.abs(filled - (others[at]?.filled ?? Number.NaN));
    expect(difference, what).toBeLessThanOrEqual(Math.max(300, 0.02 * filled));
  }
}
