import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { chinaText } from '../../../src/domain/time.ts';
import { runLive } from '../../../src/engine/live.ts';
import { DEFAULT_LIMITS, type LiveOptions } from '../../../src/engine/live-options.ts';
import type { RunReport } from '../../../src/engine/report.ts';
import type { HookName } from '../../../src/engine/strategy/hooks.ts';
import type { RunnerOptions, StrategyRunner } from '../../../src/engine/strategy/runner.ts';
import type { Dispatch, DispatchResult, StrategyEnd } from '../../../src/engine/strategy/types.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { shortId } from '../../../src/platform/ids.ts';
import { aQuote, aRequest } from '../domain/order/builders.ts';
import { FakeTimers } from '../platform/fake-timers.ts';
import { calendarOf, dataOf } from './data-of.ts';
import { FakeBroker } from './orders/fake-broker.ts';
import { MemoryLog } from './strategy/fake-engine.ts';
import { Workspace } from './strategy/workspace.ts';
import { at } from './time/scheduling.ts';

const OK: DispatchResult = { kind: 'ok' };

/** A strategy whose hooks do what the test says. */
class ScriptedRunner implements StrategyRunner {
  hooks = new Set<HookName>(['initialize', 'handle_data']);
  readonly calls: string[] = [];
  readonly options: RunnerOptions;
  lose: (end: StrategyEnd) => void = () => undefined;
  readonly #script: Script;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: RunnerOptions, script: Script) {
    this.options = options;
    this.#script = script;
  }
  async dispatch(dispatch: Dispatch): Promise<DispatchResult> {
    const name = dispatch.kind === 'ticks' ? 'handle_tick' : dispatch.name;
    this.calls.push(name);
    const work = this.#script(name, this);
    this.#running = work;
    return (await work) ?? OK;
  }
  pids(): readonly number[] {
    return [];
  }
  bumpAccount(): void {}
  async stop(): Promise<void> {
    await this.#running;
  }
  onLost(listener: (end: StrategyEnd) => void): () => void {
    this.lose = listener;
    return () => undefined;
  }
  onFault(): () => void {
    return () => undefined;
  }
}
type Script = (name: string, runner: ScriptedRunner) => Promise<DispatchResult | void>;

interface Scene {
  readonly broker: FakeBroker;
  readonly clock: SteppedClock;
  script: Script;
  runner: ScriptedRunner | null;
  /** Released when the run has been told to end: a hook that was running returns. */
  readonly told: Promise<void>;
  pass(ms: number, done?: () => boolean): Promise<void>;
}

/** A state in which a run can be: how it comes about before the start, and after it (READY, if it comes to that). */
interface State {
  readonly before?: (scene: Scene) => void;
  readonly after?: (scene: Scene) => Promise<void>;
  /** A run that never began ends with an error and no report. */
  readonly never?: boolean;
  /** With its day it ends by itself. */
  readonly endsWithTheDay?: boolean;
  readonly start?: string;
}

const order = (runner: ScriptedRunner): Promise<unknown> =>
  runner.options.engine.placeOrder(aRequest({ quantity: 100 }), { logicalTime: 0 } as never);

const STATES: Readonly<Record<string, State>> = {
  'the gateway does not answer': {
    before: ({ broker }) => void (broker.start = () => new Promise(() => {})),
    never: true,
  },
  'its back end is not ready': { before: ({ broker }) => void (broker.backendReady = false), never: true },
  'the account cannot be read': { before: ({ broker }) => void (broker.readsFail = true), never: true },
  'initialize runs': { before: (scene) => void (scene.script = () => scene.told) },
  'nothing happens': {},
  'the exchanges are closed': { start: '2026-07-04 10:00:00' },
  'the night': { start: '2026-07-06 23:00:00' },
  'a hook runs': {
    before: (scene) => void (scene.script = (name) => (name === 'handle_data' ? scene.told : Promise.resolve())),
    after: (scene) => scene.pass(90_000, () => scene.runner?.calls.includes('handle_data') === true),
  },
  'a hook waits for its order': {
    before: (scene) =>
      void (scene.script = async (name, runner) => {
        if (name === 'handle_data' && scene.broker.placed.length === 0) await order(runner);
      }),
    after: (scene) => scene.pass(90_000, () => scene.broker.book.length > 0),
  },
  'the account cannot be read any more': {
    after: async (scene) => {
      scene.broker.readsFail = true;
      scene.broker.emit({ kind: 'disconnected', session: 'read', reason: 'it is gone.' });
      await scene.pass(1_000);
    },
  },
  'the gateway does not answer any more': {
    after: async (scene) => {
      scene.broker.hang();
      await scene.pass(1_000);
    },
  },
  'a hook waits for its order, and the gateway does not answer any more': {
    before: (scene) =>
      void (scene.script = async (name, runner) => {
        if (name !== 'handle_data' || scene.broker.placed.length > 0) return;
        scene.broker.onPlace = () => new Promise(() => undefined);
        void order(runner);
        await scene.told;
      }),
    after: async (scene) => {
      await scene.pass(90_000, () => scene.broker.placed.length > 0);
      scene.broker.hang();
    },
  },
  'a task waits for the account': {
    after: async (scene) => {
      scene.broker.readsFail = true;
      scene.broker.emit({ kind: 'disconnected', session: 'read', reason: 'it is gone.' });
      await scene.pass(70_000);
    },
  },
  'the strategy is lost and its order open': {
    endsWithTheDay: true,
    before: (scene) =>
      void (scene.script = async (name, runner) => {
        if (name !== 'handle_data' || scene.broker.placed.length > 0) return;
        await runner.options.engine.placeOrder(aRequest({ quantity: 100, style: { kind: 'limit', limitPrice: 9.5 } }), {
          logicalTime: 0,
        } as never);
      }),
    after: async (scene) => {
      await scene.pass(90_000, () => scene.broker.book.length > 0);
      scene.runner?.lose({ kind: 'lost', reason: 'it crashed' });
      await scene.pass(1_000);
    },
  },
};

/** How a run is told to end. `at`: market time, of the day of the start or of a later one. */
const WAYS: Readonly<Record<string, (start: number) => number | null>> = {
  'a signal': () => null,
  '--until': (start) => start + 150_000,
  '--until of a later day': (start) => start + 86_400_000,
};

let workspace: Workspace;
let log: MemoryLog;
beforeEach(async () => {
  workspace = await Workspace.make({ 'main.ts': 'export function initialize() {}\nexport function handle_data() {}' });
  log = new MemoryLog();
});
afterEach(() => workspace.remove());

async function end(
  state: State,
  way: (start: number) => number | null,
  withinMs = 20_000,
): Promise<RunReport | string> {
  const clock = new SteppedClock(at(state.start ?? '2026-07-06 09:35:00'));
  const start = clock.now();
  const timers = new FakeTimers(start);
  const broker = new FakeBroker();
  broker.now = () => clock.now();
  const stop = new AbortController();
  const told = Promise.withResolvers<void>();
  let ready = false;
  let result: RunReport | string | null = null;
  const scene: Scene = {
    broker,
    clock,
    script: () => Promise.resolve(),
    runner: null,
    told: told.promise,
    async pass(ms, done) {
      const until = clock.now() + ms;
      const isOver = (): boolean => clock.now() >= until || result !== null || done?.() === true;
      while (!isOver()) {
        const step = Math.min(ms > 600_000 ? 60_000 : 500, until - clock.now());
        await timers.advance(Math.min(step, 1_000));
        await clock.walk(clock.now() + step);
      }
    },
  };
  state.before?.(scene);
  const until = way(start);
  const options: LiveOptions = {
    strategyFile: workspace.path('main.ts'),
    name: 'main',
    broker,
    frequency: 'minute',
    providers: [dataOf(() => aQuote({ time: clock.now() }), { calendar: calendarOf(null) })],
    knownSources: [],
    clock,
    startedAt: start,
    timers,
    calendar: exchangeCalendar(),
    stateFolder: join(workspace.folder, shortId()),
    until,
    real: false,
    positions: null,
    limits: DEFAULT_LIMITS,
    log,
    stop: stop.signal,
    onReady: () => (ready = true),
  };
  const startRunner = (given: RunnerOptions): Promise<StrategyRunner> => {
    scene.runner = new ScriptedRunner(given, (name, runner) => scene.script(name, runner));
    return Promise.resolve(scene.runner);
  };
  // What is built before takes its time of the machine.
  const reached = Promise.withResolvers<void>();
  const connect = broker.start.bind(broker);
  broker.start = () => {
    reached.resolve();
    return connect();
  };
  void runLive(options, startRunner).then(
    (report) => (result = report),
    (error: unknown) => (result = String(error)),
  );
  await reached.promise;
  await scene.pass(5_000, () => ready);
  await state.after?.(scene);
  if (until === null) stop.abort();
  else {
    await scene.pass(until - clock.now() - 1);
    if (state.endsWithTheDay !== true) expect(result).toBeNull();
    await scene.pass(1);
  }
  told.resolve();
  await scene.pass(withinMs);
  if (result === null) throw new Error('it did not end');
  return result;
}

describe.each(Object.entries(STATES))('%s', (_name, state) => {
  test.each(Object.entries(WAYS))('ends by %s', async (_way, way) => {
    const result = await end(state, way);
    if (state.never === true) expect(result).toMatch(/before .*; nothing was traded\./u);
    else expect(result).toMatchObject({ version: 1 });
  });
});

test('that finds the gateway silent ends in 15 s, and says of when the account is', async () => {
  const silent: State = {
    after: async (scene) => {
      await scene.pass(5_000);
      scene.broker.hang();
    },
  };
  const report = await end(silent, () => null, 15_000);
  if (typeof report === 'string') throw new Error(report);
  expect(report).toMatchObject({ exitCode: 0, accountRead: false });
  expect(report.accountAtEnd.asOf).toBeLessThan(report.endedAt - 5_000);
  expect(log.texts('warning').join('\n')).toContain(
    `read at the end: what is shown is of ${chinaText(report.accountAtEnd.asOf)}`,
  );
  expect(await end({}, () => null, 15_000)).toMatchObject({ accountRead: true });
});

test('says how it ends, and of a running hook only when one runs', async () => {
  const stopping = (): string[] => log.texts('info').filter((text) => /^(?:Stopping|Ending)/u.test(text));
  await end({}, () => null);
  await end({}, (start) => start + 150_000);
  await end(STATES['a hook runs'] ?? {}, () => null);
  expect(stopping()).toEqual([
    'Stopping.',
    'Ending: --until has come.',
    'Stopping: the running hook is finished first. Press Ctrl-C again to end it now.',
  ]);
});

test('what is due just when --until comes has run, with its order, before that is told; what is due later has not', async () => {
  const ended: string[] = [];
  const scene: State = {
    before: (it) =>
      void (it.script = async (name, runner) => {
        if (name !== 'handle_data') return;
        if (chinaText(it.clock.now()).endsWith('09:37:00')) await order(runner);
        ended.push(
          `${chinaText(it.clock.now()).slice(11, 17)} ${log.texts('info').some((text) => text.startsWith('Ending'))}`,
        );
      }),
  };
  const report = await end(scene, (start) => start + 120_000, 40_000);
  expect(ended).toEqual(['09:35: false', '09:36: false', '09:37: false']);
  if (typeof report === 'string') throw new Error(report);
  expect(report.triggers.map(({ due, outcome }) => `${chinaText(due).slice(11)} ${outcome}`).slice(1)).toEqual([
    '09:36:00 ran',
    '09:37:00 ran',
  ]);
  expect(log.texts('info').filter((text) => text.startsWith('Ending'))).toEqual(['Ending: --until has come.']);
});
