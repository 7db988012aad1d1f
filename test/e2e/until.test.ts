import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

const STRATEGY = `import { run_daily } from 'jqdata';\nexport function initialize() { run_daily(f, '09:35'); }\nfunction f() {}\n`;

test('a refused --until moves no market: the kept one stands where it stood', async () => {
  const cwd = temporaryFolder('until');
  writeFileSync(join(cwd, 'day.ts'), STRATEGY);
  const live = (...args: string[]): ReturnType<typeof bt> =>
    bt(['live', 'day.ts', '--broker', 'qmt-remote', '--with-stub', '--state', 'kept', '--speed', 'max', ...args], {
      cwd,
    });
  expect((await live('--at', '2026-07-06 09:00', '--until', '09:40')).code).toBe(0);
  const book = readFileSync(join(cwd, 'kept', 'stub-book.json'), 'utf8');
  const past = await live('--at', '2026-07-22 09:00', '--until', '08:30');
  expect(past).toMatchObject({ code: 1, stderr: expect.stringContaining('--until 08:30 is past') as string });
  expect(past.stdout).not.toContain('moves on');
  const beyond = await live('--at', '2026-12-28 09:00', '--until', '2027-01-08 15:30');
  expect(beyond.stderr).toContain('--until 2027-01-08 15:30:00 is after 2026-12-31, where the trading calendar ends');
  expect(readFileSync(join(cwd, 'kept', 'stub-book.json'), 'utf8')).toBe(book);
});
