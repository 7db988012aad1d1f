import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findInterpreter } from './interpreters.ts';

/** Python's own tests; those of `test_pandas_*.py` need pandas. */
const FOLDER = new URL('.', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => /^test_.*\.py$/u.test(name));

/** Each file starts dozens of processes: on a machine with other work that takes its time. */
const MOST_MS = 300_000;

const plain = FILES.filter((name) => !name.startsWith('test_pandas_'));
const onPandas = FILES.filter((name) => name.startsWith('test_pandas_'));

run('Python', plain, findInterpreter(), 'needs python3 of 3.8 or newer');
run(
  'Python with pandas',
  onPandas,
  findInterpreter({ pandas: true }),
  'needs pandas (Debian: apt-get install python3-pandas)',
);

function run(title: string, files: readonly string[], python: ReturnType<typeof findInterpreter>, needs: string): void {
  if (files.length === 0) return;
  describe.skipIf(python === null)(python === null ? `${title}: ${needs}` : title, () => {
    it.each(files)(
      'passes %s',
      (name) => {
        const done = spawnSync(python?.path ?? '', ['-B', fileURLToPath(new URL(name, FOLDER))], { encoding: 'utf8' });
        expect(done.stderr).toMatch(/^OK( \(skipped=\d+\))?$/mu);
        expect(done.status).toBe(0);
      },
      MOST_MS,
    );
  });
}
