import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bt } from './cli-process.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'bt-usage-'));
  writeFileSync(
    join(cwd, 'fine.ts'),
    `import { run_daily } from 'jqdata';\nexport function initialize() { run_daily(f, '09:35'); }\nfunction f() {}\n`,
  );
  writeFileSync(join(cwd, 'broken.ts'), 'export function initialize() {\n  const = 1;\n}\n');
  writeFileSync(
    join(cwd, 'throws.ts'),
    `export function handle_data() {}\nconst nothing: any = null;\nnothing.field;\n`,
  );
  writeFileSync(join(cwd, 'empty.ts'), 'export const x = 1;\n');
  writeFileSync(join(cwd, 'misspelt.ts'), `import { ordr } from 'jqdata';\nexport function initialize() { ordr(); }\n`);
});
afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

describe('help', () => {
  test.each([
    [['--help'], ['Usage: bt', 'live [options] <file>', 'server [options]', '--version', 'Examples:']],
    [
      ['live', '--help'],
      ['Usage: bt live [options] <file>', '--with-stub', '--until', 'Exit codes:', 'QMT_SERVER_TOKEN'],
    ],
    [
      ['server', '--help'],
      ['Usage: bt server', '--state <file>', '--no-access-log', 'Examples:'],
    ],
    [['help', 'live'], ['Usage: bt live']],
  ])('%j', async (args, texts) => {
    const { code, stdout, stderr } = await bt(args, { cwd });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const text of texts) expect(stdout).toContain(text);
  });

  test('every option says something, and no line is wider than a terminal', async () => {
    for (const command of ['live', 'server']) {
      const { stdout } = await bt([command, '--help'], { cwd });
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
      expect(stdout).not.toMatch(/^ {2}--?\S.*>$/mu);
    }
  });

  test('the version', async () => {
    expect((await bt(['--version'], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });
});

describe('what cannot be done ends with one line and exit 1', () => {
  const stub = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:34:30'];
  test.each<[string[], string]>([
    [['buy'], "bt: unknown command 'buy' (see bt --help)"],
    [['trade'], "bt: unknown command 'trade', did you mean trades? (see bt --help)"],
    [['sever'], "bt: unknown command 'sever', did you mean server? (see bt --help)"],
    [['server', '--prot', '1'], "bt: unknown option '--prot', did you mean --port? (see bt server --help)"],
    [['server', '--port'], "bt: option '--port <number>' argument missing (see bt server --help)"],
    [['server', '--port', 'x'], 'bt: --port is "x": write a whole number from 0 to 65535.'],
    [['server', '--env-file', 'no.env'], 'bt: --env-file no.env does not exist: write the path of an existing file.'],
    [['--env-file', 'no.env', 'server'], 'bt: --env-file no.env does not exist: write the path of an existing file.'],
    [
      ['server', 'history', '--history', 'no.db'],
      'bt: The history of accounts no.db cannot be used (there is no such file).',
    ],
    [['server', 'doctor', '--port', 'x'], 'bt: --port is "x": write a whole number from 1 to 65535.'],
    [['live'], "bt: missing required argument 'file' (see bt live --help)"],
    [['live', 'fine.ts'], 'bt: No gateway is named.'],
    [['live', 'fine.ts', '--i-know-what-i-do'], 'bt: --i-know-what-i-do is no option any more: write --real.'],
    [['live', 'fine.ts', '--with-stub', '--real'], 'bt: --real is for a gateway with real money'],
    [['live', 'fine.ts', '--broker', 'other'], 'bt: There is no broker "other". Choose one of: qmt-remote, qmt-http.'],
    [['live', 'no.ts', ...stub], 'bt: the strategy no.ts cannot be read: write the path of an existing file.'],
    [['live', 'fine.ts', ...stub, '--until', '09:30'], 'bt: --until 09:30 is past'],
    [['live', 'fine.ts', ...stub, '--until', '25:00'], 'bt: --until is "25:00": write a time of day'],
    [['live', 'fine.ts', ...stub, '--clock', 'wall'], 'bt: --at and --clock exclude each other'],
    [['live', 'fine.ts', ...stub, '--report', '.'], 'bt: --report . cannot be written'],
    [['live', 'fine.ts', ...stub, '--name', '../x'], 'bt: "../x" cannot name an instance'],
    [['live', 'fine.ts', '--broker', 'qmt-remote', '--speed', '3'], 'bt: --speed needs --at'],
  ])('bt %j', async (args, text) => {
    const { code, stdout, stderr } = await bt(args, { cwd });
    expect(stderr.startsWith(text), stderr).toBe(true);
    expect(stderr).not.toMatch(/^ {4}at /mu);
    expect(stdout).not.toMatch(/^ {4}at /mu);
    expect(code).toBe(1);
  });

  test('a missing or wrong setting is named with what to write', async () => {
    const { code, stderr } = await bt(['live', 'fine.ts', '--broker', 'qmt-remote'], {
      cwd,
      env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: 'seven' },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/QMT_SERVER_PORT .*port from 1 to 65535/u);
    expect(stderr).toMatch(/QMT_SERVER_TOKEN is not set/u);
  });

  test.each([
    ['broken.ts', /broken\.ts:2/u],
    ['throws.ts', /throws\.ts:3/u],
    ['misspelt.ts', /misspelt\.ts:1/u],
    ['empty.ts', /empty\.ts: nothing to run/u],
  ])('%s fails at its own line', async (file, place) => {
    const { code, stdout, stderr } = await bt(['live', file, ...stub, '--speed', 'max', '--until', '09:36'], { cwd });
    expect(stderr).toMatch(place);
    expect(stdout + stderr).not.toMatch(/src\/(?:engine|cli)|dist\//u);
    expect(code).toBe(1);
  });
});
