import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineCalls } from '../runtime/border/calls.ts';
import type { DispatchContext } from '../runtime/host.ts';
import { buildStrategy } from '../src/engine/strategy/build/build.ts';
import type { Python } from '../src/engine/strategy/python/interpreter.ts';
import type { StartRunner, StrategyRunner } from '../src/engine/strategy/runner.ts';
import type { StrategyBundle } from '../src/engine/strategy/types.ts';
import { ProcessRunner } from '../src/engine/strategy/process-runner/process-runner.ts';
import { nullLog } from '../src/platform/log.ts';
import { temporaryFolder } from './processes.ts';

/** 2026-07-06 10:00 in China, a trading day. */
export const TEN_O_CLOCK = Date.UTC(2026, 6, 6, 2);

/** What holds for every task of a benchmark. */
export const CONTEXT: DispatchContext = {
  logicalTime: TEN_O_CLOCK,
  tradingDay: '2026-07-06',
  previousDate: '2026-07-03',
  phase: 'task',
};

const FILE = 'bench.ts';
/** The same of a script in Python. */
export const SCRIPT = 'bench.py';

/** Starts this source as a strategy in its own process, as `bt live` does. */
export async function startStrategy(
  source: string,
  engine: EngineCalls,
  start: StartRunner = ProcessRunner.start,
): Promise<StrategyRunner> {
  return startBundle(await bundleOf(source), engine, { start });
}

/** The same with one that is built. */
export function startBundle(
  bundle: StrategyBundle,
  engine: EngineCalls,
  {
    start = ProcessRunner.start,
    memoryLimitMb = 512,
  }: { readonly start?: StartRunner; readonly memoryLimitMb?: number },
): Promise<StrategyRunner> {
  return start({
    bundle,
    runParams: { type: 'live', frequency: 'minute', startDate: CONTEXT.tradingDay },
    engine,
    log: nullLog,
    memoryLimitMb,
    hookTimeoutMs: 60_000,
    loadContext: { ...CONTEXT, phase: 'load' },
  });
}

/** This source, built in a folder of its own; `python`: it is a script for that one. */
export async function bundleOf(source: string, python: Python | null = null): Promise<StrategyBundle> {
  const folder = temporaryFolder();
  const file = join(folder, python === null ? FILE : SCRIPT);
  writeFileSync(file, source);
  return buildStrategy({ file, outDir: join(folder, 'build'), python: { found: python } });
}

/** Runs one of its functions; throws what went wrong in it. */
export async function runTask(runner: StrategyRunner, name: string, module: string = FILE): Promise<void> {
  const result = await runner.dispatch({ kind: 'task', module, name, context: CONTEXT });
  if (result.kind === 'ok') return;
  throw new Error(`the strategy's ${name} ended with ${result.kind === 'error' ? result.error.message : result.kind}`);
}

/** Runs one of its functions that logs a single line of JSON, and gives that. The line and the end of the task come by different ports. */
export async function askTask(
  runner: StrategyRunner,
  said: Lines,
  name: string,
  module: string = FILE,
): Promise<number[]> {
  const [text] = await Promise.all([said.next(), runTask(runner, name, module)]);
  return JSON.parse(text) as number[]; // our own strategies write nothing else
}

/**
 * A function `measure` of a strategy that imports `get_orders` and `log`: it logs how long each of so many calls took, ms. `pauseMs`: for
 * so long it is busy between two. `performance` is the machine's own time: the strategy's `Date` shows the market's.
 */
export function measureCalls(calls: number, pauseMs: number | null = null): string {
  const pause = pauseMs === null ? '' : `for (const end = performance.now() + ${pauseMs}; performance.now() < end;);`;
  return `
function measure() {
  const spent = new Float64Array(${calls});
  for (let index = 0; index < ${calls}; index += 1) {
    const began = performance.now();
    get_orders();
    spent[index] = performance.now() - began;
    ${pause}
  }
  log.info(JSON.stringify([...spent]));
}`;
}

/** What a strategy logs, line by line. */
export class Lines {
  #line = Promise.withResolvers<string>();

  readonly take = ({ text }: { readonly text: string }): void => {
    this.#line.resolve(text);
  };

  /** The first line from now on. */
  next(): Promise<string> {
    this.#line = Promise.withResolvers<string>();
    return this.#line.promise;
  }
}

/** An engine that has nothing to tell, but answers at once. */
export function idleEngine(overrides: Partial<EngineCalls>): EngineCalls {
  const nothing = (): Promise<never[]> => Promise.resolve([]);
  const none = (): Promise<null> => Promise.resolve(null);
  const done = (): Promise<void> => Promise.resolve();
  return {
    account: () => Promise.reject(new Error('there is no account')),
    kept: none,
    keep: () => undefined,
    placeOrder: none,
    placeOrders: nothing,
    cancelOrder: none,
    setSubPortfolios: done,
    moveCash: done,
    orders: nothing,
    trades: nothing,
    quotes: nothing,
    history: nothing,
    securityInfo: none,
    tradeDays: nothing,
    data: () => Promise.resolve({ rows: 0, columns: new Map() }),
    readFile: () => Promise.reject(new Error('there are no files')),
    writeFile: done,
    register: done,
    unscheduleAll: done,
    subscribe: done,
    unsubscribe: done,
    unsubscribeAll: done,
    setting: done,
    message: () => Promise.resolve(false),
    passTime: done,
    dataFailed: () => undefined,
    log: () => {},
    ...overrides,
  };
}
