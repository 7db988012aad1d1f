import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { findInterpreter } from '../python/interpreters.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start } from './cli-process.ts';

const STUB = ['--broker', 'qmt-remote', '--with-stub', '--speed', 'max'];

function day(number: number): string[] {
  return [...STUB, '--at', `2026-07-0${number} 09:34:30`, '--until', '09:36', '--report', 'run.json'];
}

/** True while the process runs (a zombie does not). */
function runs(pid: number): boolean {
  try {
    return !/^State:\s*Z/mu.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}

/** The folder of a user who has a script and nothing else. */
function home(source: string): string {
  const cwd = temporaryFolder('python');
  writeFileSync(join(cwd, 'mine.py'), source);
  return cwd;
}

const COUNTING = `
import jqdata

count = 0

def initialize(context):
    g.seen = []
    run_daily(trade, time='9:35')

def trade(context):
    global count
    count += 1
    g.seen.append(str(context.current_dt.date()))
    order('600000.XSHG', 100)
    log.info('seen %s, %d times, held %d' % (g.seen, count, context.portfolio.positions['600000.XSHG'].total_amount))
`;

const python = findInterpreter();
const title = python === null ? 'bt live strategy.py: needs python3 of 3.8 or newer' : 'bt live strategy.py';

describe.skipIf(python === null)(title, () => {
  test('trades from a clean folder, goes on the next day, and is played again', async () => {
    const cwd = home(COUNTING);
    const first = await bt(['live', 'mine.py', ...day(6), '--state', 'state', '--record', 'one.rec'], { cwd });
    expect(first.code, first.stdout + first.stderr).toBe(0);
    expect(first.stdout).toContain("seen ['2026-07-06'], 1 times, held 100");
    const { orders } = JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8')) as RunReport;
    expect(orders).toMatchObject([{ security: '600000.XSHG', amount: 100, filled: 100 }]);
    const second = await bt(['live', 'mine.py', ...day(7), '--state', 'state', '--record', 'two.rec'], { cwd });
    expect(second.code, second.stdout + second.stderr).toBe(0);
    expect(second.stdout).toContain("seen ['2026-07-06', '2026-07-07'], 2 times, held 200");
    for (const recording of ['one.rec', 'two.rec']) {
      const again = await bt(['replay', recording], { cwd });
      expect(again.stdout + again.stderr).toMatch(/^Identical: /u);
    }
    const kept = await bt(['g', '--state', 'state'], { cwd });
    expect(kept.stdout).toContain("g.seen = ['2026-07-06', '2026-07-07']");
    expect(kept.stdout).toContain('count = 2');
  });

  test('is refused where another has begun the instance, also one in TypeScript', async () => {
    const cwd = home(COUNTING);
    await bt(['live', 'mine.py', ...day(6), '--state', 'state'], { cwd });
    writeFileSync(join(cwd, 'mine.ts'), 'export function initialize() {}\nexport function handle_data() {}\n');
    const { code, stderr } = await bt(['live', 'mine.ts', ...day(7), '--state', 'state'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('What a strategy in one language has kept means nothing in another.');
  });

  test("ends with 2 for an error of the author's, at his line, which the report has too", async () => {
    const cwd = home('def initialize(context):\n    x = {}\n    x["y"]\n\ndef handle_data(context, data):\n    pass\n');
    const { code, stdout, stderr } = await bt(['live', 'mine.py', ...day(6)], { cwd });
    expect(code).toBe(2);
    expect(stdout + stderr).toMatch(/KeyError: 'y'.*mine\.py:3|mine\.py:3.*KeyError: 'y'/su);
    const { errors } = JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8')) as RunReport;
    expect(errors).toMatchObject([{ stack: expect.stringContaining('mine.py", line 3') as string }]);
  });

  test('is not started with a package missing, which is named with its line', async () => {
    const cwd = home('import no_such_package_of_anyones\n\ndef handle_data(context, data):\n    pass\n');
    const { code, stderr } = await bt(['live', 'mine.py', ...day(6)], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/mine\.py:1:\d+ error PACKAGE_MISSING .*no_such_package_of_anyones: install it/u);
    const check = await bt(['check', 'mine.py'], { cwd });
    expect(check.code).toBe(1);
    expect(check.stdout).toContain('mine.py:1');
  });

  test('in Python 2 is told as that, and runs when it is asked for, dividing as there', async (context) => {
    const cwd = home(`
def initialize(context):
    g.n = 7
    run_daily(trade, time='9:35')

def trade(context):
    print 'half of it:', g.n / 2
    order('600000.XSHG', 100)
`);
    const check = await bt(['check', 'mine.py'], { cwd });
    expect(check.stdout).toMatch(/^mine\.py:7:\d+ error PYTHON2 .*--python2.*\nmine\.py: 1 error, 0 warnings\.\n$/u);
    if (python !== null && Number(python.version.split('.')[1]) > 12) context.skip('this Python has no lib2to3');
    const { code, stdout, stderr } = await bt(['live', 'mine.py', '--python2', ...day(6)], { cwd });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('half of it: 3');
    expect(stdout).toMatch(/mine\.py:7: 7 \/ 2 is 3, as in Python 2/u);
  });

  test('waits for a debugger where one is wanted, and says how to get one', async () => {
    const cwd = home(COUNTING);
    const none = await bt(['live', 'mine.py', ...day(6), '--debugpy', '5678'], { cwd });
    const has = none.code === 0;
    if (!has) expect(none.stdout + none.stderr).toContain('-m pip install debugpy');
    // A stand-in beside the script: what it is asked.
    writeFileSync(
      join(cwd, 'debugpy.py'),
      'def listen(place):\n    print("listens at", place)\n\ndef wait_for_client():\n    print("attached")\n',
    );
    const { code, stdout } = await bt(['live', 'mine.py', ...day(6), '--debugpy', '5678'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /listens at \('127\.0\.0\.1', 5678\).*waits for a debugger.*attached.*seen \['2026-07-06'\]/su,
    );
  });

  test('is not started without a Python that starts', async () => {
    const cwd = home(COUNTING);
    mkdirSync(join(cwd, 'no'));
    const { code, stderr } = await bt(['live', 'mine.py', ...day(6), '--python', './no/python3'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/no Python at '\.\/no\/python3'.*Install Python 3\.8/su);
  });

  test.skipIf(process.platform !== 'linux')(
    'kill -9 of the engine ends the Python of its strategy, and a restart goes on with what was kept',
    async () => {
      const cwd = home(`${COUNTING}
    run_daily(after, time='9:36')

def after(context):
    import os
    log.info('kept by now, pid %d ' % os.getpid())
`);
      const args = ['live', 'mine.py', '--broker', 'qmt-remote', '--with-stub', '--state', 'state'];
      const first = start(BT, [...args, '--at', '2026-07-06 09:34:50', '--speed', '10'], { cwd });
      const [, pid] = await first.output(/kept by now, pid (\d+) /u);
      const python = Number(pid);
      expect(runs(python)).toBe(true);
      first.child.kill('SIGKILL');
      await first.finished;
      await vi.waitFor(() => expect(runs(python)).toBe(false), { timeout: 20_000 });
      const second = await bt([...args, ...day(7).slice(STUB.length), '--speed', 'max'], { cwd });
      expect(second.code, second.stdout + second.stderr).toBe(0);
      expect(second.stdout).toContain("seen ['2026-07-06', '2026-07-07'], 2 times, held 200");
    },
  );
});
