import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findInterpreter } from '../python/interpreters.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'strategies', 'python');
const WEEK = ['2026-06-29 09:00', '2026-07-03 15:30'] as const;
const EXAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.py'));

interface Report {
  readonly trades: readonly unknown[];
  readonly errors: readonly unknown[];
  readonly dataErrors: readonly unknown[];
}

const python = findInterpreter({ pandas: true });
const why = python === null ? ': skipped, needs pandas (Debian: apt-get install python3-pandas)' : '';

describe.skipIf(python === null)(`the examples in strategies/python/${why}`, () => {
  test.each(EXAMPLES)(
    '%s trades a week on the paper market without an error, and does the same when it is played again',
    async (name) => {
      const cwd = temporaryFolder('python-example');
      const report = join(cwd, 'report.json');
      const [from, until] = WEEK;
      const when = ['--with-stub', '--speed', 'max', '--at', from, '--until', until];
      const interpreter = ['--python', python?.path ?? ''];
      const how = [...interpreter, '--report', report, '--record', 'week.rec'];
      const { code, stdout, stderr } = await bt(
        ['live', join(FOLDER, name), '--broker', 'qmt-remote', ...when, ...how],
        {
          cwd,
        },
      );
      expect(code, `${stdout.slice(-4000)}${stderr}`).toBe(0);
      const { trades, errors, dataErrors } = JSON.parse(readFileSync(report, 'utf8')) as Report;
      expect([errors, dataErrors]).toEqual([[], []]);
      expect(trades.length).toBeGreaterThan(0);
      const again = await bt(['replay', 'week.rec', ...interpreter], { cwd });
      expect(again.stdout + again.stderr).toMatch(/^Identical: /u);
    },
  );
});
