import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { nullLog } from '../../../../src/platform/log.ts';
import { mendRecording } from '../../../../src/engine/replay/mend-recording.ts';
import { readRecording } from '../../../../src/engine/replay/read-recording.ts';
import { RecordFile } from '../../../../src/engine/replay/record-file.ts';
import { recordedBy } from '../../../../src/engine/replay/recorder.ts';
import type { RecordedRun } from '../../../../src/engine/replay/recording.ts';
import { replay, type ReplayOptions, type ReplayOutcome } from '../../../../src/engine/replay/replayer.ts';
import { ProcessRunner } from '../../../../src/engine/strategy/process-runner/process-runner.ts';
import type { StrategyRunner } from '../../../../src/engine/strategy/runner.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { FakeEngine, MemoryLog } from '../strategy/fake-engine.ts';
import { CONTEXT } from '../strategy/running.ts';
import { Workspace } from '../strategy/workspace.ts';

/** A strategy that does what a strategy can: reads clock and chance, the account, tables, orders, meets errors, keeps things. */
const STRATEGY = `
export function initialize(context) { run_daily(rebalance, '09:40'); }
export function handle_data(context) {
  log.info('cash ' + context.portfolio.available_cash + ' at ' + Date.now());
  if (Math.random() < 2) order('000001.XSHE', 100 * Math.ceil(Math.random() * 50));
}
function rebalance(context) {
  try { get_orders(); } catch (error) { log.warning(error.code); }
  const closes = history(3, '1d', 'close', ['000001.XSHE']);
  log.info(String(closes));
}
export function handle_tick(context, tick) { log.info(tick.code + ' ' + tick.current); }
function waits() { const end = Date.now() + 20; while (Date.now() < end); log.info('waited'); }
function fails() { throw new RangeError('no'); }
`;

function folder(): string {
  const path = temporaryFolder('replay');
  return path;
}

async function workspace(source: string): Promise<Workspace> {
  const space = await Workspace.make({ 'main.ts': source });
  onTestFinished(() => space.remove());
  return space;
}

class Engine extends FakeEngine {
  override orders = (): Promise<never> =>
    Promise.reject(new BtError('QMT_RECONNECTING', 'not now', { fault: 'venue', details: { sent: false } }));
  override history: FakeEngine['history'] = (request) =>
    Promise.resolve(
      request.securities.map((security) => ({
        security,
        time: Float64Array.of(1, 2, 3),
        columns: { close: Float64Array.of(1.5, Number.NaN, -0) },
      })),
    );
}

/** Records what `work` lets the strategy do, appended to `file`. */
async function record(
  space: Workspace,
  file: string,
  work: (runner: StrategyRunner, engine: Engine) => Promise<void>,
): Promise<string[]> {
  const warnings: string[] = [];
  const sink = new RecordFile(file, (text) => warnings.push(text));
  const engine = new Engine();
  const runner = await recordedBy(
    sink,
    ProcessRunner.start,
  )({
    bundle: await space.build('main.ts'),
    runParams: { type: 'live', frequency: 'minute', startDate: '2026-07-06' },
    loadContext: { ...CONTEXT, phase: 'load' },
    engine,
    log: nullLog,
    memoryLimitMb: 512,
    hookTimeoutMs: 30_000,
  });
  await work(runner, engine);
  await runner.stop();
  await sink.close();
  return warnings;
}

async function aDay(runner: StrategyRunner, engine: Engine): Promise<void> {
  await runner.dispatch({ kind: 'hook', name: 'initialize', context: { ...CONTEXT, phase: 'initialize' } });
  for (let minute = 0; minute < 3; minute += 1) {
    const context = { ...CONTEXT, logicalTime: CONTEXT.logicalTime + minute * 60_000 };
    await runner.dispatch({ kind: 'hook', name: 'handle_data', context });
    engine.cash -= 1_000;
    if (minute === 1) runner.bumpAccount(minute);
  }
  for (const name of ['rebalance', 'waits', 'fails'])
    await runner.dispatch({ kind: 'task', module: 'main.ts', name, context: CONTEXT });
  const quotes = [aQuote({ security: '000001.XSHE', lastPrice: 9 }), aQuote({ security: '600000.XSHG', lastPrice: 8 })];
  await runner.dispatch({ kind: 'ticks', take: () => ({ quotes, context: CONTEXT }) });
  await runner.dispatch({ kind: 'ticks', take: () => ({ quotes: [], context: CONTEXT }) });
}

async function replayed(
  run: RecordedRun,
  space: Workspace,
  options: Partial<ReplayOptions> = {},
): Promise<ReplayOutcome> {
  return replay(run, {
    bundle: await space.build('main.ts'),
    start: ProcessRunner.start,
    log: nullLog,
    memoryLimitMb: 512,
    hookTimeoutMs: 30_000,
    until: null,
    only: null,
    all: false,
    inspect: false,
    ...options,
  });
}

async function only(file: string): Promise<RecordedRun> {
  const [run, ...more] = await readRecording(file);
  if (run === undefined || more.length > 0) throw new Error('not one run');
  return run;
}

/** A recorded day and a workspace in which its strategy is changed. */
async function changed(
  change: (source: string) => string,
  options: Partial<ReplayOptions> = {},
): Promise<ReplayOutcome> {
  const file = join(folder(), 'day.rec');
  await record(await workspace(STRATEGY), file, aDay);
  return replayed(await only(file), await workspace(change(STRATEGY)), options);
}

describe('a recorded day', () => {
  test('played again by the same code is identical: clock, chance, account, tables, errors, ticks', async () => {
    const [space, file] = [await workspace(STRATEGY), join(folder(), 'day.rec')];
    expect(await record(space, file, aDay)).toEqual([]);
    const run = await only(file);
    expect(run.dispatches.map(({ dispatch: { kind } }) => kind)).toEqual(
      'load hook hook hook hook task task task ticks'.split(' '),
    );
    const outcome = await replayed(run, space);
    expect(outcome).toMatchObject({ differences: [], sameCode: true, dispatches: 9, from: CONTEXT.logicalTime });
    expect(outcome.calls).toBe(run.dispatches.reduce((sum, { calls }) => sum + calls.length, 0));
    expect(outcome.calls).toBeGreaterThan(10);
  });

  test('holds what the strategy saw: NaN and -0 in a table, an error with its code, the account asked for once a version', async () => {
    const [space, file] = [await workspace(STRATEGY), join(folder(), 'day.rec')];
    await record(space, file, aDay);
    const calls = (await only(file)).dispatches.flatMap((dispatch) => dispatch.calls);
    const replies = (name: string): unknown[] => calls.filter((call) => call.name === name).map(({ reply }) => reply);
    expect(replies('history')).toMatchObject([
      { ok: true, value: [{ columns: { close: Float64Array.of(1.5, Number.NaN, -0) } }] },
    ]);
    expect(replies('orders')).toMatchObject([{ ok: false, error: { code: 'QMT_RECONNECTING', fault: 'venue' } }]);
    expect(replies('account')).toMatchObject([
      { value: { availableCash: 100_000 } },
      { value: { availableCash: 98_000 } },
    ]);
  });

  test('goes on in the same file after a restart: two runs, each played on its own', async () => {
    const [space, file] = [await workspace(STRATEGY), join(folder(), 'day.rec')];
    await record(space, file, aDay);
    await record(space, file, aDay);
    const runs = await readRecording(file);
    expect(runs.length).toBe(2);
    for (const run of runs) expect((await replayed(run, space)).differences).toEqual([]);
  });

  test('of a process that was killed is read as far as it goes', async () => {
    const [space, file] = [await workspace(STRATEGY), join(folder(), 'day.rec')];
    await record(space, file, aDay);
    const whole = (await only(file)).dispatches.length;
    truncateSync(file, statSync(file).size - 60);
    const run = await only(file);
    expect(run.dispatches.length).toBeGreaterThan(0);
    expect(run.dispatches.length).toBeLessThan(whole);
    expect((await replayed(run, space)).differences).toEqual([]);
    // The next run goes on behind it.
    expect(await mendRecording(file, () => expect.unreachable())).toBe(true);
    await record(space, file, aDay);
    const [first, second] = await readRecording(file);
    expect(first?.dispatches).toEqual(run.dispatches);
    expect(second?.dispatches.length).toBe(whole);
  });

  test('is played up to a time, or told of one hook only', async () => {
    const late = (source: string): string => source.replace("'waited'", "'slept'").replace("'no'", "'yes'");
    const until = CONTEXT.logicalTime + 60_000;
    expect((await changed((source) => source, { until })).dispatches).toBe(4);
    expect((await changed((source) => source, { until: CONTEXT.logicalTime - 1 })).dispatches).toBe(1);
    expect((await changed(late, { all: true })).differences.map(({ name }) => name)).toEqual(['fails']);
    expect((await changed(late, { only: 'handle_data', all: true })).differences).toEqual([]);
    await expect(changed(late, { only: 'handle_dat' })).rejects.toThrow(
      /Nothing recorded is called "handle_dat"; there are: .*handle_data/u,
    );
  });
});

describe('changed code', () => {
  test('that acts otherwise is shown at its hook, call and line, with what was recorded', async () => {
    const { differences, sameCode } = await changed((source) =>
      source.replace("order('000001.XSHE'", "order('600000.XSHG'"),
    );
    expect(sameCode).toBe(false);
    expect(differences).toMatchObject([
      { name: 'handle_data', time: CONTEXT.logicalTime, ends: null, call: { recorded: { name: 'placeOrder' } } },
    ]);
    expect(differences[0]?.location).toMatch(/main\.ts:5:\d+$/u);
    expect(differences[0]?.call?.replayed?.args).toContain('600000.XSHG');
    expect(differences[0]?.call?.recorded?.args).toContain('000001.XSHE');
  });

  test('that acts no more where it did is shown too', async () => {
    const { differences } = await changed((source) => source.replace('Math.random() < 2', 'Math.random() > 2'), {
      all: true,
    });
    expect(differences.map(({ name, call }) => [name, call?.recorded?.name, call?.replayed])).toEqual(
      Array.from({ length: 3 }, () => ['handle_data', 'placeOrder', null]),
    );
  });

  test('that says otherwise, asks in another order or asks less does nothing else', async () => {
    const quiet = (source: string): string =>
      source
        .replace("log.info('waited');", '')
        .replace(/try \{ get_orders.*/u, '')
        .replace(
          'log.info(String(closes));',
          "log.info('closes'); log.info(String(context.portfolio.available_cash > 0));",
        );
    expect((await changed(quiet, { all: true })).differences).toEqual([]);
  });

  test('that asks what was never asked cannot be answered, and says so', async () => {
    const { differences } = await changed((source) => source.replace("['000001.XSHE']", "['300750.XSHE']"));
    expect(differences).toMatchObject([{ name: 'rebalance', call: { replayed: { name: 'history' } } }]);
  });
});

describe('what cannot be played or recorded', () => {
  const start = { kind: 'start', format: 'bt-recording', version: 1 };

  test.each([
    ['nothing', '', /is empty/u],
    ['another file', 'hello', /incorrect header check/u],
    ['another format', gzipSync(`${JSON.stringify({ ...start, format: 'x' })}\n`), /not written by bt live --record/u],
    [
      'another version',
      gzipSync(`${JSON.stringify({ ...start, version: 9 })}\n`),
      /version 9, this bt reads version 1/u,
    ],
    ['no start', gzipSync(`${JSON.stringify({ kind: 'call' })}\n`), /does not begin with a start/u],
    ['no JSON', gzipSync('{"kind"\n'), /a line cannot be read/u],
  ])('%s is refused by name', async (_what, content, text) => {
    const file = join(folder(), 'odd.rec');
    writeFileSync(file, content);
    await expect(readRecording(file)).rejects.toThrow(text);
    await expect(readRecording(file)).rejects.toMatchObject({ code: 'BAD_RECORDING' });
  });

  test.skipIf(!existsSync('/dev/full'))(
    'a full disk ends the recording with one warning, and the strategy goes on',
    async () => {
      const space = await workspace(STRATEGY);
      const warnings = await record(space, '/dev/full', aDay);
      expect(warnings.length).toBe(1);
      expect(warnings[0]).toContain('The recording ends here (ENOSPC');
    },
  );

  test('a recording is its owner’s alone', async () => {
    const file = join(folder(), 'day.rec');
    await record(await workspace(STRATEGY), file, aDay);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    appendFileSync(file, '');
    expect(readFileSync(file).length).toBeLessThan(3_000);
  });

  test('what the debugger needs is said in the log', async () => {
    const [space, file, log] = [await workspace(STRATEGY), join(folder(), 'day.rec'), new MemoryLog()];
    await record(space, file, aDay);
    const listening = replayed(await only(file), space, { inspect: true, log, hookTimeoutMs: 1_500 });
    await expect(listening).rejects.toThrow(/loading/u);
    expect(log.texts('warning').join('\n')).toMatch(/Debugger listening on ws:\/\/127\.0\.0\.1/u);
  });
});
