import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { judgeDemo } from '../../scripts/judge-demo.ts';
import { findInterpreter } from '../python/interpreters.ts';
import { ROOT, start } from './cli-process.ts';

const run = promisify(execFile);

/** A folder of a user who installed the tarball, far from the sources. */
let home = '';
let bt = '';
let packed: readonly string[] = [];

function npm(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  const windows = process.platform === 'win32';
  return run('npm', [...args], { cwd, shell: windows, maxBuffer: 16 * 1024 * 1024 });
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'bt-package-'));
  const { stdout } = await npm(['pack', '--json', '--pack-destination', home], ROOT);
  // The build of prepack may print before it.
  const [info] = JSON.parse(stdout.slice(stdout.indexOf('['))) as { filename: string; files: { path: string }[] }[];
  packed = info?.files.map(({ path }) => path) ?? [];
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }\n');
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  await npm(['install', ...quiet, join(home, info?.filename ?? '')], home);
  const installed = join(home, 'node_modules', 'bt-live');
  bt = join(installed, 'src', 'bin', 'bt.js');
  cpSync(join(installed, 'strategies'), join(home, 'strategies'), { recursive: true });
}, 180_000);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('the tarball', () => {
  test('holds what is needed and nothing else', () => {
    const wanted = [
      'package.json',
      'LICENSE',
      'CHANGELOG.md',
      'src/bin/bt.js',
      'src/bin/entry.js',
      'strategies/demo.ts',
      'strategies/python/demo.py',
      'helpers/joinquant/bt_remote.py',
      'helpers/joinquant/bt_signal.py',
      'docs/joinquant.md',
      'docs/joinquant.zh-CN.md',
      'helpers/qmt-bridge/bt_qmt_bridge.py',
      'helpers/qmt-bridge/bt_qmt_doctor.py',
      'docs/gateway.md',
      'docs/gateway.zh-CN.md',
      'dist/python/bt_python/main.py',
      'dist/python/bt_python/check.py',
      'dist/page-thread.js',
      'dist/page/client.js',
      'dist/page/client.css',
      'dist/page/LICENSES.txt',
    ];
    expect(packed).toEqual(
      expect.arrayContaining([...wanted, 'dist/main.js', 'dist/strategy-main.js', 'dist/types/globals.d.ts']),
    );
    const strange = packed.filter(
      (path) =>
        !/^(?:dist\/|src\/bin\/|strategies\/(?:[\w-]+\.ts|python\/\w+\.py)$|helpers\/(?:joinquant|qmt-bridge)\/\w+\.py$|docs\/(?:[\w.-]+\.md|monitoring\/[\w.-]+\.(?:json|ya?ml))$|(?:README|LICENSE|CHANGELOG)|package\.json$)/u.test(
          path,
        ),
    );
    expect(strange).toEqual([]);
    expect(packed.filter((path) => /__pycache__|\.pyc$|(?:^|\/)\.env|\.test\.|tsbuildinfo/u.test(path))).toEqual([]);
  });

  test('holds no source that Node would have to strip of types', () => {
    expect(
      packed.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.startsWith('strategies/')),
    ).toEqual([]);
    const main = readFileSync(join(home, 'node_modules', 'bt-live', 'dist', 'main.js'), 'utf8');
    expect(main).not.toMatch(/from "\.[^"]*\.ts"/u);
  });
});

describe('installed elsewhere', () => {
  test('bt answers', async () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const version = await start(bt, ['--version'], { cwd: home }).finished;
    expect(version).toMatchObject({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
    const help = await start(bt, ['--help'], { cwd: home }).finished;
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('server [options]') as string });
  });

  test('bt live trades the demo morning', async () => {
    const report = join(home, 'run.json');
    const where = ['--broker', 'qmt-remote', '--with-stub', '--report', report];
    const when = ['--at', '2026-07-06 09:34:30', '--speed', '20', '--until', '09:41'];
    const ended = await start(bt, ['live', 'strategies/demo.ts', ...where, ...when], { cwd: home }).finished;
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    const findings = judgeDemo(JSON.parse(readFileSync(report, 'utf8')) as RunReport);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(ended.stderr).toBe('');
  });

  test.skipIf(findInterpreter() === null)('bt live trades a strategy in Python, when there is a python3', async () => {
    const source = 'def initialize(context):\n    run_daily(trade, time="9:35")\n\ndef trade(context):\n';
    writeFileSync(join(home, 'mine.py'), `${source}    order("600000.XSHG", 100)\n    print(len(get_orders()))\n`);
    const report = join(home, 'python.json');
    const where = ['--broker', 'qmt-remote', '--with-stub', '--report', report];
    const when = ['--at', '2026-07-06 09:34:30', '--speed', 'max', '--until', '09:36'];
    const ended = await start(bt, ['live', 'mine.py', ...where, ...when], { cwd: home }).finished;
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    const { orders } = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
    expect(orders).toMatchObject([{ security: '600000.XSHG', filled: 100 }]);
  });

  test('bt page serves the page that was built', async () => {
    const page = start(bt, ['page', '127.0.0.1:0'], { cwd: home });
    const [, url = ''] = await page.output(/^PAGE (\S+) log in/mu);
    const [script, style] = await Promise.all(
      ['page.js', 'page.css'].map(async (name) => (await fetch(url + name)).text()),
    );
    expect([script?.length, style?.length].every((length) => (length ?? 0) > 5_000)).toBe(true);
    page.child.kill('SIGINT');
    expect(await page.finished).toMatchObject({ code: 0, stderr: '' });
  });

  test('an error of a strategy is shown at its own line', async () => {
    writeFileSync(join(home, 'throws.ts'), 'export function handle_data() {}\n\nthrow new Error("on purpose");\n');
    const args = ['live', 'throws.ts', '--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:30:00'];
    const { code, stderr } = await start(bt, args, { cwd: home }).finished;
    expect(stderr).toMatch(/throws\.ts:3/u);
    expect(stderr).not.toContain('bt-live');
    expect(code).toBe(1);
  });

  test('bt server serves and stops', async () => {
    const server = start(bt, ['server', '--server-type', 'stub', '--port', '0', '--token', 'stub'], { cwd: home });
    const [, port] = await server.output(/^READY 127\.0\.0\.1:(\d+) /mu);
    expect(Number(port)).toBeGreaterThan(0);
    server.child.kill('SIGINT');
    const { code, stdout, stderr } = await server.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/stopped\n$/u);
  });

  test('bt init writes what an editor knows, also where nothing is installed', async () => {
    const begun = join(home, '..', `${basename(home)}-begun`);
    mkdirSync(begun);
    expect(await start(bt, ['init', 'first'], { cwd: begun }).finished).toMatchObject({ code: 0, stderr: '' });
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const said = await run(process.execPath, [tsc, '-p', begun]).catch((error: unknown) => error as { stdout: string });
    expect(said.stdout).toBe('');
    rmSync(begun, { recursive: true });
  });

  test('an editor knows jqdata and the global names', async () => {
    const settings = {
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: 'nodenext',
        target: 'es2024',
        lib: ['es2024'],
        types: ['bt-live/globals'],
      },
      include: ['typed'],
    };
    mkdirSync(join(home, 'typed'));
    writeFileSync(join(home, 'tsconfig.json'), JSON.stringify(settings));
    writeFileSync(
      join(home, 'typed', 'imports.ts'),
      `import { order, run_daily } from 'jqdata';
       import type { Context } from 'jqdata';
       export function initialize(context: Context): void {
         const cash: number = context.portfolio.available_cash;
         const year: number = context.current_dt.year;
         run_daily(initialize, '09:35');
         order('000001.XSHE', cash > year ? 100 : 0);
       }\n`,
    );
    writeFileSync(
      join(home, 'typed', 'globals.ts'),
      `export const made = order('000001.XSHE', 100);\nlog.info('%s', g);\n`,
    );
    writeFileSync(
      join(home, 'typed', 'wrong.ts'),
      `// @ts-expect-error no such name\nimport { ordr } from 'jqdata';\nordr();\n`,
    );
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = await run(process.execPath, [tsc, '-p', home]).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe('');
  });
});
