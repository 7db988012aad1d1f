import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start } from './cli-process.ts';
import type { Finished, Running } from './cli-process.ts';
import { startPlainGateway } from './plain-gateway.ts';

const MORNING = ['--at', '2026-07-06 09:34:30'];
const STUB = ['--broker', 'qmt-remote', '--with-stub'];
const TRADER = `
import { log, order, run_daily, LimitOrderStyle, get_current_data } from 'jqdata';
export function initialize(context) {
  run_daily(buy, '09:35');
  run_daily(slow, '09:36');
}
function buy(context) {
  const placed = order('000001.XSHE', 100, LimitOrderStyle(Number((get_current_data()['000001.XSHE'].last_price * 0.95).toFixed(2))));
  log.info('placed %s', placed.status);
}
function slow(context) {
  log.info('slow begins');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500); // real time: Date is the market's here
  log.info('slow ends');
}
`;

let home = '';
beforeEach(() => {
  home = temporaryFolder('live');
  put('trader.ts', TRADER);
  put(
    'quiet.ts',
    `import { log } from 'jqdata';\nexport function initialize() { log.info('hello'); }\nexport function after_trading_end() {}\n`,
  );
});

function put(name: string, text: string): void {
  writeFileSync(join(home, name), text);
}

function live(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  return start(BT, ['live', ...args], { cwd: home, env: { TMPDIR: home, ...env } });
}

function report(name: string): RunReport {
  return JSON.parse(readFileSync(join(home, name), 'utf8')) as RunReport;
}

const temporary = (): string[] => readdirSync(home).filter((name) => name.startsWith('bt-run-'));

describe('a simulated run', () => {
  test('ends at --until, writes its report, and leaves no state behind', async () => {
    const times = [...MORNING, '--speed', 'max', '--until', '09:35:30'];
    const { code, stdout, stderr } = await live(['quiet.ts', ...STUB, ...times, '--report', 'out/run.json']).finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /READY quiet on qmt-remote \(a paper market of its own\), simulated clock 2026-07-06 09:34:\d\d at max speed/u,
    );
    expect(stdout).toMatch(/2026-07-06 09:34:\d\d INFO {2}strategy hello/u);
    expect(stdout).toContain('Nothing of this instance is open at the broker.');
    expect(report('out/run.json')).toMatchObject({
      version: 1,
      strategy: 'quiet',
      exitCode: 0,
      orders: [],
      errors: [],
    });
    expect(temporary()).toEqual([]);
    expect(existsSync(join(home, '.bt'))).toBe(false);
  });

  test('what is due at --at, or while it starts, is late and not lost', async () => {
    put(
      'early.ts',
      `import { run_daily } from 'jqdata';
export function initialize() { run_daily(task, '09:00'); }
export function before_trading_start() {}
function task() {}
`,
    );
    const times = ['--at', '2026-07-06 09:00:00', '--speed', 'max', '--until', '09:01'];
    const { code } = await live(['early.ts', ...STUB, ...times, '--report', 'run.json']).finished;
    expect(code).toBe(0);
    const { triggers } = report('run.json');
    expect(triggers.map(({ task }) => task)).toEqual(['task (daily 09:00)', 'before_trading_start (hook)']);
    for (const { outcome } of triggers) expect(['ran', 'ran_late']).toContain(outcome);
  });

  test('on a day without trading it says when the market opens, and the first task', async () => {
    put(
      'daily.ts',
      `import { run_daily } from 'jqdata';
export function initialize() { run_daily(task, '9:36'); }
function task() {}
`,
    );
    const times = ['--at', '2026-07-04 10:00:00', '--speed', 'max', '--until', '10:05'];
    const { stdout } = await live(['daily.ts', ...STUB, ...times]).finished;
    expect(stdout).toContain(
      'The market is closed; orders can be sent from Monday 2026-07-06 09:15:00. Next: task (daily 9:36), Monday 2026-07-06 09:36:00.',
    );
  });

  test('with --state keeps ledger, log and report of one instance', async () => {
    const args = ['quiet.ts', ...STUB, ...MORNING, '--speed', 'max', '--until', '09:35:30', '--state', 'kept'];
    expect((await live(args).finished).code).toBe(0);
    expect(readdirSync(join(home, 'kept'))).toEqual(expect.arrayContaining(['bt.log', 'instance.json', 'ledger.db']));
    const other = await live([...args, '--name', 'other']).finished;
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(/^bt: The state folder .*kept is refused: it belongs to another/u);
  });
});

test('the paper market of a kept state goes on, moves on to a later --at, and refuses an earlier one', async () => {
  const run = (at: string, until: string): Promise<Finished> =>
    live(['quiet.ts', ...STUB, '--at', `2026-07-06 ${at}`, '--speed', 'max', '--until', until, '--state', 'kept'])
      .finished;
  expect((await run('09:34:30', '09:35:30')).code).toBe(0);
  expect((await run('09:34:30', '09:36:30')).stdout).toMatch(/stub-book\.json goes on at 2026-07-06 09:35:3/u);
  expect((await run('09:40:00', '09:41:00')).stdout).toMatch(/moves on from 2026-07-06 09:36:3\d to .*09:40:00/u);
  const earlier = await run('09:35:00', '09:42:00');
  expect(earlier.code).toBe(1);
  expect(earlier.stderr).toMatch(/^bt: --at 2026-07-06 09:35:00 is before 2026-07-06 09:41:0/u);
});

test('a report that cannot be written costs neither the closing table nor a true exit code', async () => {
  put(
    'quiet.ts',
    `import { rmSync, writeFileSync } from 'node:fs';
export function initialize() { rmSync('out', { recursive: true }); writeFileSync('out', ''); }
export function after_trading_end() {}
`,
  );
  const times = [...MORNING, '--speed', 'max', '--until', '09:35:30', '--report', 'out/run.json'];
  const { code, stdout, stderr } = await live(['quiet.ts', ...STUB, ...times]).finished;
  expect(stdout).toContain('Nothing of this instance is open at the broker.');
  expect(stderr).toMatch(/^bt: --report out\/run\.json cannot be written/u);
  expect(code).toBe(1);
});

describe('Ctrl-C', () => {
  test('once finishes the running hook, says what is open and keeps the state', async () => {
    const run = live(['trader.ts', ...STUB, ...MORNING, '--speed', '30', '--report', 'run.json']);
    await run.output(/slow begins/u);
    run.child.kill('SIGINT');
    const { code, stdout } = await run.finished;
    expect(stdout).toContain('slow ends');
    expect(stdout).toMatch(
      /STILL OPEN at the broker, nobody watches it now:\n {2}buy 100 of 100 000001\.XSHE: accepted \(broker \d+\)/u,
    );
    expect(code).toBe(3);
    expect(report('run.json')).toMatchObject({ exitCode: 3, open: [{ security: '000001.XSHE', state: 'accepted' }] });
    expect(stdout).toContain('The state of this run is kept in ');
    expect(temporary()).toHaveLength(1);
  });
});

describe('a gateway of its own', () => {
  let server: Running | null = null;
  afterEach(async () => {
    server?.child.kill('SIGKILL');
    await server?.finished;
    server = null;
  });

  async function serve(args: readonly string[]): Promise<string> {
    server = start(BT, ['server', '--port', '0', '--token', 'stub', '--no-access-log', ...args], { cwd: home });
    const [, port = ''] = await server.output(/^READY 127\.0\.0\.1:(\d+) /mu);
    return port;
  }

  function gateway(port: string, changes: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: port, QMT_SERVER_TOKEN: 'stub', ...changes };
  }

  test('lends its clock', async () => {
    const port = await serve(['--at', '2026-07-06 09:34:55', '--speed', '10']);
    const args = [
      'quiet.ts',
      '--broker',
      'qmt-remote',
      '--clock',
      'gateway',
      '--until',
      '09:36',
      '--report',
      'run.json',
    ];
    const { code, stdout, stderr } = await live(args, gateway(port)).finished;
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`READY quiet on qmt-remote (127.0.0.1:${port}), gateway clock 2026-07-06 09:`);
    expect(report('run.json').endedAt).toBeGreaterThanOrEqual(Date.parse('2026-07-06T09:36:00+08:00'));
    const [instance = ''] = readdirSync(join(home, '.bt')).filter((name) => name !== '.gitignore');
    expect(instance).toMatch(/^quiet-[0-9a-f]{8}$/u);
  });

  test('without a clock cannot lend one', async () => {
    const port = await serve(['--market', 'reference']);
    const args = ['quiet.ts', '--broker', 'qmt-remote', '--clock', 'gateway'];
    const { code, stderr } = await live(args, gateway(port)).finished;
    expect(stderr).toMatch(/^bt: This gateway tells no market clock of its own\. .*--clock gateway/u);
    expect(code).toBe(1);
  });

  test('that does not say it is a stub refuses simulated time, and sees no order', async () => {
    const real = await startPlainGateway();
    try {
      const args = ['trader.ts', '--broker', 'qmt-remote', ...MORNING, '--speed', '30'];
      const { code, stderr } = await live(args, gateway(String(real.port))).finished;
      expect(stderr).toMatch(/^bt: A simulated clock is for a stub only/u);
      expect(code).toBe(1);
      expect(real.asked).toContain('admin.health');
      expect(real.asked).not.toContain('broker.place_order');
    } finally {
      real.close();
    }
  });

  test('that wants another token says so at once, and the token stays secret', async () => {
    const port = await serve([]);
    const token = 'wr0ng-t0ken-9f8e7d6c';
    put('.env.local', `QMT_SERVER_TOKEN=${token}\n`);
    const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: port };
    const { code, stdout, stderr } = await live(['quiet.ts', '--broker', 'qmt-remote'], env).finished;
    expect(stderr).toMatch(/^bt: .*QMT_SERVER_TOKEN/u);
    expect(stdout + stderr).not.toContain(token);
    expect(code).toBe(1);
  });

  test('goes on where its book was after kill -9', async () => {
    const book = ['--at', '2026-07-06 09:30:00', '--speed', '20', '--state', 'book.json'];
    await serve(book);
    const first = server;
    first?.child.kill('SIGKILL');
    await first?.finished;
    await serve(book);
    const again = /clock (2026-07-06 \d\d:\d\d:\d\d) x20/u;
    const match = await server?.output(again);
    expect(Date.parse(`${match?.[1] ?? ''}+08:00`)).toBeGreaterThanOrEqual(Date.parse('2026-07-06 09:30:00+08:00'));
  });

  test('moves its book on to a later --at, and refuses an earlier one', async () => {
    const book = ['--state', 'book.json', '--at'];
    await serve([...book, '2026-07-06 09:30:00']);
    server?.child.kill('SIGKILL');
    await server?.finished;
    await serve([...book, '2026-07-08 09:20:00']);
    await server?.output(/moves on from 2026-07-06 09:3\d:\d\d to --at 2026-07-08 09:20:00/u);
    server?.child.kill('SIGKILL');
    await server?.finished;
    const refused = await bt(['server', '--port', '0', ...book, '2026-07-07 09:30:00'], { cwd: home });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^bt: --at 2026-07-07 09:30:00 is before 2026-07-08 09:2.*--at '2026-07-08 09:20:00'.*another --state/u,
    );
  });
});

test('strategies that fail at load or in a task have their own exit codes', async () => {
  put(
    'fails.ts',
    `import { run_daily } from 'jqdata';\nexport function initialize() { run_daily(f, '09:35'); }\nfunction f() {\n  throw new Error('on purpose');\n}\n`,
  );
  const times = [...MORNING, '--speed', 'max', '--until', '09:36'];
  const ended: Finished = await bt(['live', 'fails.ts', ...STUB, ...times], { cwd: home, env: { TMPDIR: home } });
  expect(ended.code).toBe(2);
  expect(ended.stdout).toMatch(/on purpose.*fails\.ts:4/u);
  expect(ended.stdout).toMatch(/Errors \(1\)/u);
});
