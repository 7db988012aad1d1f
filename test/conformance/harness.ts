import { readFile, rm, writeFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import type * as jqdata from '../../runtime/index.ts';
import { DataRouter } from '../../src/engine/data/data-router.ts';
import { QuoteBoard } from '../../src/engine/data/quote-board.ts';
import { dataCalls } from '../../src/engine/live-calls.ts';
import { ProcessRunner } from '../../src/engine/strategy/process-runner/process-runner.ts';
import type { StrategyRunner } from '../../src/engine/strategy/runner.ts';
import { exchangeCalendar } from '../../src/domain/market/calendar.ts';
import { BtError } from '../../src/domain/errors.ts';
import { chinaInstant, chinaText } from '../../src/domain/time.ts';
import { nullLog } from '../../src/platform/log.ts';
import { SteppedClock } from '../../src/platform/stepped-clock.ts';
import { systemTimers } from '../../src/platform/timers.ts';
import { startServer } from '../../src/server/index.ts';
import { createQmtRemote } from '../../src/venues/qmt-remote/index.ts';
import { FakeEngine } from '../unit/engine/strategy/fake-engine.ts';
import { Workspace } from '../unit/engine/strategy/workspace.ts';

/** What a strategy can import from `jqdata`. */
export type Jq = typeof jqdata;

export interface StageOptions {
  /** Market time of the gateway and of each call, `YYYY-MM-DD HH:MM[:SS]` in China; nothing later is ever shown. */
  readonly now?: string;
  readonly seed?: number;
}

/** Named when a body fails: a misuse is judged by its code and message. */
export class BodyError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

// Runs one body at each dispatch. The bodies come by a file, and their results go by one, because a dispatch carries neither.
const STRATEGY = `
import * as jq from 'jqdata';
import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { fileURLToPath } from 'node:url';

export function initialize() {}

export async function run(context) {
  const { body, args, answer } = deserialize(readFileSync(ASKED));
  const result = await (0, eval)('(' + body + ')')(jq, ...args, context);
  writeFileSync(answer, serialize(result));
}
`;

/**
 * A strategy in its own process whose questions go over border and wire to the product's gateway with its paper market, as in a live
 * run; nothing trades. One stage serves a test file: open it once, close it at the end.
 */
export class Stage {
  readonly #space: Workspace;
  readonly #runner: StrategyRunner;
  readonly #close: () => Promise<void>;
  readonly #now: string;
  readonly engine: FakeEngine;
  #calls = 0;

  private constructor(
    space: Workspace,
    runner: StrategyRunner,
    engine: FakeEngine,
    now: string,
    close: () => Promise<void>,
  ) {
    this.#space = space;
    this.#runner = runner;
    this.engine = engine;
    this.#now = now;
    this.#close = close;
  }

  static async open({ now = '2026-07-06 10:00', seed = 7 }: StageOptions = {}): Promise<Stage> {
    const clock = new SteppedClock(instant(now));
    const server = await startServer(
      { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', clock, seed, accessLog: false },
      nullLog,
    );
    const { provider } = createQmtRemote({
      env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(server.port), QMT_SERVER_TOKEN: 'stub' },
    });
    await provider.start();
    const data = new DataRouter([provider]);
    const quotes = new QuoteBoard(data, systemTimers, clock);
    const engine = Object.assign(new FakeEngine(), dataCalls({ quotes, data, calendar: exchangeCalendar(), clock }));
    const space = await Workspace.make();
    const asked = space.path('asked.bin');
    await space.write({ 'main.ts': `// @ts-nocheck\n${STRATEGY.replace('ASKED', JSON.stringify(asked))}` });
    const runner = await ProcessRunner.start({
      bundle: await space.build(),
      runParams: { type: 'live', frequency: 'minute', startDate: now.slice(0, 10) },
      engine,
      log: nullLog,
      memoryLimitMb: 1024,
      hookTimeoutMs: 60_000,
      loadContext: { ...contextAt(now), phase: 'load' },
    });
    return new Stage(space, runner, engine, now, async () => {
      await runner.stop();
      quotes.stop();
      await provider.stop();
      await server.stop();
      clock.stop();
      await space.remove();
    });
  }

  /**
   * What a body of a strategy returns (plain data, dates, typed arrays), run as a task at the stage's time. It sees nothing of the
   * test but `jq` and `args`: it is carried over as text. Throws BodyError with the code of what it threw.
   */
  run<R, A extends readonly unknown[] = []>(body: (jq: Jq, ...args: A) => R, ...args: A): Promise<Awaited<R>> {
    return this.runAt(this.#now, body, ...args);
  }

  /** As `run`, at another logical time, which must not be later than the stage's. */
  async runAt<R, A extends readonly unknown[] = []>(
    now: string,
    body: (jq: Jq, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>> {
    this.#calls += 1;
    const answer = this.#space.path(`answer-${this.#calls}.bin`);
    await writeFile(this.#space.path('asked.bin'), serialize({ body: body.toString(), args, answer }));
    const result = await this.#runner.dispatch({
      kind: 'task',
      module: 'main.ts',
      name: 'run',
      context: contextAt(now),
    });
    if (result.kind === 'error') throw new BodyError(result.error.code, result.error.message);
    if (result.kind !== 'ok') throw new Error(`the strategy's process is gone: ${JSON.stringify(result)}`);
    const value = deserialize(await readFile(answer)) as Awaited<R>; // of the body above
    await rm(answer);
    return value;
  }

  /** The account is another one: the strategy asks for it anew. */
  bumpAccount(version: number): void {
    this.#runner.bumpAccount(version);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

function instant(text: string): number {
  const [day = '', time = ''] = text.split(' ');
  return chinaInstant(day, time);
}

function contextAt(now: string): {
  logicalTime: number;
  tradingDay: string;
  previousDate: string;
  phase: 'task';
} {
  const logicalTime = instant(now);
  if (chinaText(logicalTime).slice(0, 16) !== now.slice(0, 16)) throw new BtError('BAD_TIME', now, { fault: 'bug' });
  const day = now.slice(0, 10);
  return { logicalTime, tradingDay: day, previousDate: exchangeCalendar().previous(day), phase: 'task' };
}
