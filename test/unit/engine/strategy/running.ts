import { afterEach } from 'vitest';
import type { DispatchContext } from '../../../../runtime/host.ts';
import type { HookName } from '../../../../src/engine/strategy/hooks.ts';
import type { DispatchResult, StrategyError } from '../../../../src/engine/strategy/types.ts';
import type { RunnerOptions, StrategyRunner } from '../../../../src/engine/strategy/runner.ts';
import { ProcessRunner } from '../../../../src/engine/strategy/process-runner/process-runner.ts';
import type { ProcessAhead } from '../../../../src/engine/strategy/process-runner/waiting-process.ts';
import { FakeEngine, MemoryLog } from './fake-engine.ts';
import { Workspace } from './workspace.ts';

/** 2026-07-06 09:35 in China. */
export const AT_0935 = Date.UTC(2026, 6, 6, 1, 35);

export const CONTEXT: DispatchContext = {
  logicalTime: AT_0935,
  tradingDay: '2026-07-06',
  previousDate: '2026-07-03',
  phase: 'task',
};

/** A strategy in its process, with everything a test looks at. */
export class Running {
  readonly space: Workspace;
  readonly engine: FakeEngine;
  readonly log: MemoryLog;
  readonly runner: StrategyRunner;

  constructor(space: Workspace, engine: FakeEngine, log: MemoryLog, runner: StrategyRunner) {
    this.space = space;
    this.engine = engine;
    this.log = log;
    this.runner = runner;
  }

  hook(name: HookName, context: DispatchContext = CONTEXT): Promise<DispatchResult> {
    return this.runner.dispatch({ kind: 'hook', name, context });
  }

  task(name: string, module = 'main.ts', context: DispatchContext = CONTEXT): Promise<DispatchResult> {
    return this.runner.dispatch({ kind: 'task', module, name, context });
  }

  /** Runs a task that is expected to fail. */
  async failure(name: string, module = 'main.ts'): Promise<StrategyError> {
    const result = await this.task(name, module);
    if (result.kind !== 'error') throw new Error(`${name} ended with ${result.kind}`);
    return result.error;
  }

  async close(): Promise<void> {
    await this.runner.stop();
    await this.space.remove();
  }
}

const started: Running[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((running) => running.close()));
});

type Options = Partial<Omit<RunnerOptions, 'engine'>> & {
  readonly engine?: FakeEngine;
  readonly ahead?: Pick<ProcessAhead, 'take'>;
};

/** Starts a strategy of its own folder; it is ended after the test. */
export async function start(
  source: string | Readonly<Record<string, string>>,
  options: Options = {},
): Promise<Running> {
  const files = typeof source === 'string' ? { 'main.ts': source } : source;
  return startIn(await Workspace.make(files), 'main.ts', options);
}

/** Starts a strategy of that folder, which is removed after the test, or when loading fails. */
export async function startIn(space: Workspace, entry: string, options: Options = {}): Promise<Running> {
  const { engine = new FakeEngine(), ahead = null, ...rest } = options;
  const log = new MemoryLog();
  try {
    const runner = await ProcessRunner.start(
      {
        bundle: await space.build(entry),
        runParams: { type: 'live', frequency: 'minute', startDate: '2026-07-06' },
        engine,
        log,
        memoryLimitMb: 512,
        hookTimeoutMs: 30_000,
        loadContext: { ...CONTEXT, phase: 'load' },
        ...rest,
      },
      ahead,
    );
    const running = new Running(space, engine, log, runner);
    started.push(running);
    return running;
  } catch (error) {
    await space.remove();
    throw error;
  }
}
