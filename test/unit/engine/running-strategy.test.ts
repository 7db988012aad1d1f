import { beforeEach, describe, expect, test } from 'vitest';
import type { DispatchContext } from '../../../runtime/host.ts';
import type { Quote } from '../../../src/domain/trading.ts';
import { Events } from '../../../src/engine/events.ts';
import { RunningStrategy } from '../../../src/engine/running-strategy.ts';
import { StrategyCalls } from '../../../src/engine/strategy-calls.ts';
import type { HookName } from '../../../src/engine/strategy/hooks.ts';
import type { RunnerOptions, StrategyRunner } from '../../../src/engine/strategy/runner.ts';
import type { Dispatch, DispatchResult, StrategyEnd, StrategyError } from '../../../src/engine/strategy/types.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import type { DataRouter } from '../../../src/engine/data/data-router.ts';
import { aQuote } from '../domain/order/builders.ts';
import { FakeTimers } from '../platform/fake-timers.ts';
import { MemoryLog } from './strategy/fake-engine.ts';
import { CONTEXT } from './strategy/running.ts';
import { at, JULY } from './time/scheduling.ts';

const OK: DispatchResult = { kind: 'ok' };
const FAILED: DispatchResult = {
  kind: 'error',
  error: { code: 'STRATEGY_ERROR', message: 'boom', fault: null, stack: '', location: null },
};
const TASK: Dispatch = { kind: 'task', module: 'main.ts', name: 'buy', context: CONTEXT };

/** A strategy of another kind: it runs nothing, and answers what the test says. */
class FakeRunner implements StrategyRunner {
  readonly hooks = new Set<HookName>(['initialize', 'handle_tick']);
  readonly names: string[] = [];
  readonly versions: number[] = [];
  result: DispatchResult = OK;
  stopped = 0;
  /** What the strategy does under that context. */
  during: (context: DispatchContext) => void = () => undefined;
  lose: (end: StrategyEnd) => void = () => undefined;
  fail: (error: StrategyError) => void = () => undefined;

  dispatch(dispatch: Dispatch): Promise<DispatchResult> {
    if (dispatch.kind === 'ticks') {
      const { quotes, context } = dispatch.take();
      for (const { security } of quotes) this.names.push(`tick ${security}`);
      this.during(context);
    } else {
      this.names.push(dispatch.name);
      this.during(dispatch.context);
    }
    return Promise.resolve(this.result);
  }

  pids(): readonly number[] {
    return [7];
  }

  bumpAccount(version: number): void {
    this.versions.push(version);
  }

  stop(): Promise<void> {
    this.stopped += 1;
    return Promise.resolve();
  }

  onLost(listener: (end: StrategyEnd) => void): () => void {
    this.lose = listener;
    return () => undefined;
  }

  onFault(listener: (error: StrategyError) => void): () => void {
    this.fail = listener;
    return () => undefined;
  }
}

let runner: FakeRunner;
let clock: SteppedClock;
let push: (quote: Quote) => void;
let gate: string | null;
let over: DispatchResult[];
let strategy: RunningStrategy;
let calls: StrategyCalls;
let written: string[];
let ended: (string | null)[];

beforeEach(async () => {
  runner = new FakeRunner();
  clock = new SteppedClock(at('09:35'));
  gate = null;
  over = [];
  written = [];
  ended = [];
  calls = new StrategyCalls({ callBegins: ({ name }) => written.push(name) });
  const data: Pick<DataRouter, 'subscribe' | 'unsubscribe' | 'onTick'> = {
    subscribe: () => Promise.resolve(),
    unsubscribe: () => Promise.resolve(),
    onTick: (listener) => {
      push = listener;
      return () => undefined;
    },
  };
  strategy = new RunningStrategy({
    startRunner: () => Promise.resolve(runner),
    data,
    clock,
    calendar: JULY,
    log: new MemoryLog(),
    timers: new FakeTimers(),
    events: new Events(),
    gate: () => gate,
    paused: () => null,
    context: () => CONTEXT,
    state: { ended: (_result, id) => ended.push(id ?? null), flush: () => undefined, calls },
    beforeCall: () => undefined,
    onOver: (result) => over.push(result),
  });
  await strategy.start({} as RunnerOptions);
  await strategy.ticks.subscribe(['000001.XSHE']);
});

let price = 1;
async function tick(): Promise<void> {
  price += 1;
  push(aQuote({ security: '000001.XSHE', lastPrice: price }));
  await new Promise((resolve) => setImmediate(resolve));
}

describe('the strategy of a run', () => {
  test('runs what it is given, the start-up hooks only if it has them', async () => {
    expect(await strategy.startUp('initialize')).toBe(true);
    expect(await strategy.startUp('process_initialize')).toBe(true);
    expect(await strategy.run('buy', TASK)).toEqual(OK);
    expect(runner.names).toEqual(['initialize', 'buy']);
    strategy.bumpAccount(7);
    expect(runner.versions).toEqual([7]);
  });

  test('a start-up hook that fails ends it before it began', async () => {
    runner.result = FAILED;
    expect(await strategy.startUp('initialize')).toBe(false);
    expect(strategy.errors.errors).toMatchObject([{ task: 'initialize', message: 'boom' }]);
  });

  test('three failures in a row halt it: no tick comes any more, and it is not over', async () => {
    strategy.arm();
    expect(strategy.halted()).toBeNull();
    runner.result = FAILED;
    for (let i = 0; i < 3; i += 1) await strategy.run('buy', TASK);
    expect(strategy.halted()).toContain('bt resume');
    await tick();
    expect(runner.names).toEqual(['buy', 'buy', 'buy']);
    expect(over).toEqual([]);
    expect(runner.stopped).toBe(0);
  });

  test('resumed, it is called again; three more failures halt it again', async () => {
    strategy.arm();
    runner.result = FAILED;
    for (let i = 0; i < 3; i += 1) await strategy.run('buy', TASK);
    expect(strategy.errors.resume()).toBe(true);
    expect(strategy.halted()).toBeNull();
    await tick();
    expect(runner.names).toEqual(['buy', 'buy', 'buy', 'tick 000001.XSHE']);
    for (let i = 0; i < 2; i += 1) await strategy.run('buy', TASK);
    expect(strategy.halted()).toBeNull();
    await strategy.run('buy', TASK);
    expect(strategy.halted()).not.toBeNull();
  });

  test('its end outside any call is told', () => {
    runner.lose({ kind: 'lost', reason: 'gone' });
    expect(over).toEqual([{ kind: 'lost', reason: 'gone' }]);
    expect(strategy.errors.errors).toMatchObject([{ code: 'STRATEGY_LOST', task: 'the strategy' }]);
  });

  test('its end within a call is told once, although the call and the runner both tell of it', async () => {
    runner.result = { kind: 'lost', reason: 'gone' };
    const call = strategy.run('buy', TASK);
    runner.lose({ kind: 'lost', reason: 'gone' });
    await call;
    expect(over).toEqual([{ kind: 'lost', reason: 'gone' }]);
    expect(strategy.errors.errors).toHaveLength(1);
  });

  test('after stop nothing reaches it', async () => {
    strategy.arm();
    await strategy.stop();
    await strategy.stop();
    expect(await strategy.run('buy', TASK)).toMatchObject({ kind: 'lost' });
    await tick();
    expect([runner.stopped, runner.names, strategy.errors.errors]).toEqual([1, [], []]);
  });
});

describe('ticks', () => {
  test('come once armed, while the gate is open', async () => {
    await tick();
    strategy.arm();
    await tick();
    gate = 'reconciling';
    await tick();
    gate = null;
    await tick();
    expect(runner.names).toEqual(['tick 000001.XSHE', 'tick 000001.XSHE']);
  });

  test.each([
    ['2026-07-06 09:14:59', 0],
    ['2026-07-06 09:15:00', 1],
    ['2026-07-06 11:29:59', 1],
    ['2026-07-06 11:30:00', 0],
    ['2026-07-06 13:00:00', 1],
    ['2026-07-06 14:59:59', 1],
    ['2026-07-06 15:00:00', 0],
    ['2026-07-06 20:00:00', 0],
    ['2026-07-08 10:00:00', 0],
    ['2026-07-11 10:00:00', 0],
    ['2026-08-03 10:00:00', 0],
  ])('at %s: %i', async (time, calls) => {
    clock.jump(at(time));
    strategy.arm();
    await tick();
    expect(runner.names).toHaveLength(calls);
  });
});

describe('a call that orders', () => {
  test('is written down once, before its first order, and its end is told; one that does not costs nothing', async () => {
    await strategy.run('quiet', TASK, 'a');
    expect([written, ended]).toEqual([[], [null]]);
    let ids: (string | null)[] = [];
    runner.during = (context) => (ids = [calls.ordering(context), calls.ordering(context)]);
    await strategy.run('buy (daily 09:36)', TASK, 'key');
    expect([written, ids, ended.at(-1)]).toEqual([['buy (daily 09:36)'], ['key', 'key'], 'key']);
    expect(calls.ordering(TASK.context)).toBeNull(); // a promise that outlived its call
    strategy.arm();
    await strategy.ticks.subscribe(['000001.XSHE']);
    push(aQuote({ time: clock.now() }));
    await Promise.resolve();
    expect(written.at(-1)).toBe('handle_tick');
    expect([typeof ids[0], ids[0] === ids[1], ids[0] === 'key']).toEqual(['string', true, false]);
    await strategy.startUp('initialize');
    expect(written.at(-1)).toBe('initialize');
  });
});
