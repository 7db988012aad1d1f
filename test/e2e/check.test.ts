import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

let cwd: string;
const WRONG = `import { run_daily } from 'jqdata';
export function initialize() { run_daily(f, '9:35'); }
function f() { const list = [1, 2]; log.info(list[-1], lost); g.d['a'][0] = 1; }
`;

beforeEach(() => {
  cwd = temporaryFolder('check');
  writeFileSync(join(cwd, 'wrong.ts'), WRONG);
  writeFileSync(join(cwd, 'idle.ts'), 'export function initialize() {}\n');
  writeFileSync(join(cwd, 'right.ts'), WRONG.replace(/function f.*\n/u, 'function f() {}\n'));
});

const live = (file: string, ...more: string[]): ReturnType<typeof bt> =>
  bt(
    [
      'live',
      file,
      '--broker',
      'qmt-remote',
      '--with-stub',
      '--at',
      '2026-07-06 09:34',
      '--speed',
      'max',
      '--until',
      '09:36',
      ...more,
    ],
    { cwd },
  );

describe('bt check', () => {
  test('lists everything at once, and its exit code says whether there are errors', async () => {
    const { code, stdout } = await bt(['check', 'wrong.ts'], { cwd });
    expect(stdout.split('\n')).toEqual([
      'wrong.ts:3:46 error NEGATIVE_INDEX x[-1] is undefined in JavaScript: write x.at(-1).',
      'wrong.ts:3:56 error UNDEFINED_NAME lost is not defined: did you mean list?',
      expect.stringMatching(/^wrong\.ts:3:63 warning WRITE_INTO_COPY /u),
      'wrong.ts: 2 errors, 1 warning.',
      '',
    ]);
    expect(code).toBe(1);
  });

  test('finds nothing in what is right, and a strategy that is never called', async () => {
    expect(await bt(['check', 'right.ts'], { cwd })).toMatchObject({ code: 0, stdout: 'right.ts: nothing found.\n' });
    const { code, stdout } = await bt(['check', 'idle.ts'], { cwd });
    expect([code, stdout]).toEqual([1, expect.stringContaining('error NOTHING_SCHEDULED nothing is ever called')]);
  });

  test('--json prints the list for a program', async () => {
    const { stdout } = await bt(['check', 'wrong.ts', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject([
      { code: 'NEGATIVE_INDEX', line: 3 },
      { code: 'UNDEFINED_NAME' },
      { code: 'WRITE_INTO_COPY' },
    ]);
  });
});

describe('bt live', () => {
  test('refuses errors before anything connects, all in one list', async () => {
    const { code, stdout, stderr } = await live('wrong.ts');
    expect(code).toBe(1);
    expect(stderr).toContain('wrong.ts:3:46 error NEGATIVE_INDEX');
    expect(stderr).toContain('wrong.ts:3:56 error UNDEFINED_NAME');
    expect(stderr).toContain('--force');
    expect(stdout).not.toContain('READY');
  });

  test('--force starts all the same and says what is wrong', async () => {
    const { stdout, stderr } = await live('wrong.ts', '--force');
    expect(stderr).not.toContain('STRATEGY_CHECK');
    expect(stdout).toContain('NEGATIVE_INDEX');
    expect(stdout).toContain('READY');
  });
});
