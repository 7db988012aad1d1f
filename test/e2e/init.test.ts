import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { parseEnvFile } from '../../src/platform/env-parse.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const WRITTEN = ['first.ts', '.env.local', 'tsconfig.json', '.gitignore'];

const PORTED = `function initialize(context: Context) {
  g.stocks = ['000001.XSHE'];
  g.n = 0;
  run_daily(trade, '9:35');
}
function trade(context: Context) {
  for (const s of g.stocks) order(s, 100);
  g.n += 1;
  const counts: Record<string, number> = {};
  counts[g.stocks[0]] = g.n;
  const df = attribute_history(g.stocks[0], 5, '1d', ['close']);
  const seen = [];
  try {
    seen.push(df.close.mean() > g.n, counts['000001.XSHE']);
  } catch (error) {
    log.error(error.message, context.portfolio.available_cash);
  }
}
`;

let home = '';
beforeEach(() => {
  home = temporaryFolder('init');
});

const read = (name: string): string => readFileSync(join(home, name), 'utf8');
const run = (...args: string[]): ReturnType<typeof bt> => bt(args, { cwd: home, env: { TMPDIR: home } });

/** What `tsc` says of the folder. */
async function types(): Promise<string> {
  const ended = promisify(execFile)(process.execPath, [TSC, '-p', home]);
  return (await ended.catch((error: unknown) => error as { stdout: string })).stdout;
}

describe('bt init in an empty folder', () => {
  test('writes a strategy that is checked, known to an editor, and trades the day that it says', async () => {
    const { code, stdout, stderr } = await run('init', 'first');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Written: ${WRITTEN.join(', ')}.`);
    for (const name of WRITTEN) expect([name, existsSync(join(home, name))]).toEqual([name, true]);
    const commands = [...stdout.matchAll(/^ {2}bt (.*)$/gmu)].map(([, line]) => line ?? '');
    expect(commands.map((line) => line.split(' ')[0])).toEqual(['check', 'live', 'live']);

    expect(await run(...(commands[0] ?? '').split(' '))).toMatchObject({
      code: 0,
      stdout: 'first.ts: nothing found.\n',
    });
    expect(await types()).toBe('');

    // What a script keeps in g and catches needs no types: complaints are of what is wrong.
    writeFileSync(join(home, 'ported.ts'), PORTED);
    expect(await types()).toBe('');
    writeFileSync(join(home, 'ported.ts'), `${PORTED}log.info(attribute_historry('000001.XSHE', 5));\n`);
    expect(await types()).toMatch(/^\S*ported\.ts\(\d+,10\): error TS2552: .*attribute_history.*\n$/u);

    const words = [...(commands[1] ?? '').matchAll(/'([^']*)'|(\S+)/gu)].map(
      ([, quoted, plain]) => quoted ?? plain ?? '',
    );
    const traded = await run(...words, '--report', 'run.json');
    expect(traded.code, traded.stdout + traded.stderr).toBe(0);
    const report = JSON.parse(read('run.json')) as RunReport;
    expect(report).toMatchObject({ errors: [], orders: [{ side: 'buy', state: 'filled' }] });
    expect(report.triggers.map(({ outcome }) => outcome)).toEqual(['ran', 'ran', 'ran']);
    // What the strategy says of itself is the same command.
    expect(read('first.ts')).toContain(commands[1] ?? '?');
  });

  test('what has to be filled in is empty, and the start names it', async () => {
    await run('init', 'first');
    const { values, badLines } = parseEnvFile(read('.env.local'));
    expect(badLines).toEqual([]);
    expect([values.get('QMT_SERVER_HOST')?.value, values.get('QMT_SERVER_TOKEN')?.value]).toEqual(['', '']);
    if (process.platform !== 'win32') expect(statSync(join(home, '.env.local')).mode & 0o077).toBe(0);
    expect(read('.gitignore').split('\n')).toEqual(expect.arrayContaining(['.env.local', '.bt/']));
    const { code, stderr } = await run('live', 'first.ts');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bt: .*QMT_SERVER_(HOST|TOKEN)/u);
  });
});

describe('bt init where something is', () => {
  test('does not write over a strategy, and then writes nothing at all', async () => {
    writeFileSync(join(home, 'first.ts'), 'mine');
    const { code, stderr } = await run('init', 'first');
    expect(code).toBe(1);
    expect(stderr).toBe(
      'bt: first.ts is here already and is not written over: choose another name, or move it away.\n',
    );
    expect([read('first.ts'), existsSync(join(home, '.env.local'))]).toEqual(['mine', false]);
  });

  test('keeps settings and the like as they are, and says what a .gitignore lacks', async () => {
    writeFileSync(join(home, '.env.local'), 'QMT_SERVER_TOKEN=mine\n');
    writeFileSync(join(home, '.gitignore'), '.bt/\nnode_modules/\n');
    const { code, stdout } = await run('init', 'second.ts');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Written: second.ts, tsconfig.json.\nHere already and left as it is: .env.local, .gitignore.\n',
    );
    expect(stdout).toContain('Add to .gitignore: .env.local');
    expect(read('.env.local')).toBe('QMT_SERVER_TOKEN=mine\n');
  });

  test.each(['', 'a/b', '../up', '.env', 'a b', '-x'])('refuses the name "%s"', async (name) => {
    const { code, stderr } = await run('init', '--', name);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bt: .* is no name for a strategy/u);
  });

  test('in which bt is installed, the editor is told by its name', async () => {
    mkdirSync(join(home, 'node_modules', 'bt-live'), { recursive: true });
    writeFileSync(join(home, 'node_modules', 'bt-live', 'package.json'), '{ "name": "bt-live" }');
    await run('init', 'first');
    expect(JSON.parse(read('tsconfig.json'))).toMatchObject({ compilerOptions: { types: ['bt-live/globals'] } });
  });
});
