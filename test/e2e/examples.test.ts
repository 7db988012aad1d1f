import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EXAMPLES = readdirSync(join(ROOT, 'strategies')).filter((name) => name.endsWith('.ts'));
const FROM = '2026-06-01 09:00';
const UNTIL = '2026-06-30 15:30';
/** Of a month and its replay, on a machine that does other work. */
const MOST_MS = 240_000;

/** Those that trade each minute, or have done all they do sooner than in a month. */
const SHORTER: Readonly<Record<string, string>> = {
  'demo.ts': '2026-06-02 15:30',
  'grid.ts': '2026-06-03 15:30',
  'minute-average.ts': '2026-06-12 15:30',
};

interface Report {
  readonly trades: readonly unknown[];
  readonly errors: readonly unknown[];
}

describe('the examples in strategies/', () => {
  test.each(EXAMPLES)(
    '%s trades on the paper market without an error, and its record replays identically',
    async (name) => {
      const cwd = temporaryFolder('example');
      const report = join(cwd, 'report.json');
      const market = ['--broker', 'qmt-remote', '--with-stub', '--speed', 'max'];
      const days = ['--at', FROM, '--until', SHORTER[name] ?? UNTIL];
      const kept = ['--report', report, '--record', 'days.rec'];
      const live = ['live', join(ROOT, 'strategies', name), ...market, ...days, ...kept];
      const { code, stdout, stderr } = await bt(live, { cwd });
      expect(code, `${stdout.slice(-4000)}${stderr}`).toBe(0);
      const { trades, errors } = JSON.parse(readFileSync(report, 'utf8')) as Report;
      expect(errors).toEqual([]);
      expect(trades.length).toBeGreaterThan(0);
      const again = await bt(['replay', 'days.rec'], { cwd });
      expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Identical: /mu) as string, stderr: '' });
    },
    MOST_MS,
  );
});
