import type { DispatchContext } from '../../../../runtime/host.ts';
import type { HookName } from '../../../../src/engine/strategy/hooks.ts';
import type { DispatchResult, StrategyError } from '../../../../src/engine/strategy/types.ts';
import type { RunnerOptions, StrategyRunner } from '../../../../src/engine/strategy/runner.ts';
import { ThreadRunner } from '../../../../src/engine/strategy/thread-runner/thread-runner.ts';
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

/** A strategy in its thread, with everything a test looks at. */
export class Running {
  readonly space: Workspace;
  readonly engine: FakeEngine;
  readonly log: MemoryLog;
  readonly runner: StrategyRunner;

  private constructor(space: Workspace, engine: FakeEngine, log: MemoryLog, runner: StrategyRunner) {
    this.space = space;
    this.engine = engine;
    this.log = log;
    this.runner = runner;
  }

  /** Starts a strategy of its own folder. */
  static async start(
    source: string | Readonly<Record<string, string>>,
    options: Partial<Omit<RunnerOptions, 'engine'>> & { readonly engine?: FakeEngine } = {},
  ): Promise<Running> {
    return Running.startIn(
      await Workspace.make(typeof source === 'string' ? { 'main.ts': source } : source),
      'main.ts',
      options,
    );
  }

  /** Starts a strategy of that folder, which is removed again when loading fails. */
  static async startIn(
    space: Workspace,
    entry: string,
    options: Partial<Omit<RunnerOptions, 'engine'>> & { readonly engine?: FakeEngine } = {},
  ): Promise<Running> {
    const { engine = new FakeEngine(), ...rest } = options;
    const log = new MemoryLog();
    try {
      const runner = await ThreadRunner.start({
        bundle: await space.build(entry),
        runParams: { type: 'live', frequency: 'minute', startDate: '2026-07-06' },
        engine: engine,
        log,
        memoryLimitMb: 512,
        hookTimeoutMs: 30_000,
        loadContext: { ...CONTEXT, phase: 'load' },
        ...rest,
      });
      return new Running(space, engine, log, runner);
    } catch (error) {
      await space.remove();
      throw error;
    }
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
