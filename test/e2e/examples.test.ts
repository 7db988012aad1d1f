import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MONTH = ['2026-06-01 09:00', '2026-06-30 15:30'] as const;
const DAYS = ['2026-06-01 09:00', '2026-06-03 15:30'] as const;

/** How long each example runs on the paper market: what trades each minute a few days, all others a month. */
const RUNS: Readonly<Record<string, readonly [from: string, until: string]>> = {
  'bollinger.ts': MONTH,
  'dividend.ts': MONTH,
  'etf-momentum.ts': MONTH,
  'grid.ts': DAYS,
  'industry-leader.ts': MONTH,
  'limit-up.ts': MONTH,
  'low-correlation.ts': MONTH,
  'minute-average.ts': ['2026-06-01 09:00', '2026-06-12 15:30'],
  'multi-factor.ts': MONTH,
  'pair.ts': MONTH,
  'rsrs.ts': MONTH,
  'small-cap.ts': MONTH,
  'two-accounts.ts': MONTH,
};

interface Report {
  readonly trades: readonly unknown[];
  readonly errors: readonly unknown[];
}

describe('the examples in strategies/', () => {
  test('are all run here, or by the demo', () => {
    const examples = readdirSync(join(ROOT, 'strategies')).filter((name) => name.endsWith('.ts'));
    expect(examples.filter((name) => name !== 'demo.ts').toSorted()).toEqual(Object.keys(RUNS).toSorted());
  });

  test.each(Object.entries(RUNS))('%s trades on the paper market without an error', async (name, [from, until]) => {
    const cwd = temporaryFolder('example');
    const report = join(cwd, 'report.json');
    const args = ['--broker', 'qmt-remote', '--with-stub', '--speed', 'max', '--at', from, '--until', until];
    const { code, stdout, stderr } = await bt(['live', join(ROOT, 'strategies', name), ...args, '--report', report], {
      cwd,
    });
    expect(code, `${stdout.slice(-4000)}${stderr}`).toBe(0);
    const { trades, errors } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    expect(errors).toEqual([]);
    expect(trades.length).toBeGreaterThan(0);
  });
});
