import type { DispatchContext } from '../../../../runtime/host.ts';
import type { HookName } from '../../../../src/engine/strategy/hooks.ts';
import type { DispatchResult, StrategyError } from '../../../../src/engine/strategy/types.ts';
import { StrategyWorker } from '../../../../src/engine/strategy/worker-host.ts';
import type { WorkerOptions } from '../../../../src/engine/strategy/worker-options.ts';
import { FakeHost, MemoryLog } from './fake-host.ts';
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
  readonly host: FakeHost;
  readonly log: MemoryLog;
  readonly worker: StrategyWorker;

  private constructor(space: Workspace, host: FakeHost, log: MemoryLog, worker: StrategyWorker) {
    this.space = space;
    this.host = host;
    this.log = log;
    this.worker = worker;
  }

  /** Starts a strategy of its own folder. */
  static async start(
    source: string | Readonly<Record<string, string>>,
    options: Partial<Omit<WorkerOptions, 'host'>> & { readonly host?: FakeHost } = {},
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
    options: Partial<Omit<WorkerOptions, 'host'>> & { readonly host?: FakeHost } = {},
  ): Promise<Running> {
    const { host = new FakeHost(), ...rest } = options;
    const log = new MemoryLog();
    try {
      const worker = await StrategyWorker.start({
        bundle: await space.build(entry),
        runParams: { type: 'live', frequency: 'minute', startDate: '2026-07-06' },
        host,
        log,
        memoryLimitMb: 512,
        hookTimeoutMs: 30_000,
        ...rest,
      });
      return new Running(space, host, log, worker);
    } catch (error) {
      await space.remove();
      throw error;
    }
  }

  hook(name: HookName, context: DispatchContext = CONTEXT): Promise<DispatchResult> {
    return this.worker.dispatch({ kind: 'hook', name, context });
  }

  task(name: string, module = 'main.ts', context: DispatchContext = CONTEXT): Promise<DispatchResult> {
    return this.worker.dispatch({ kind: 'task', module, name, context });
  }

  /** Runs a task that is expected to fail. */
  async failure(name: string, module = 'main.ts'): Promise<StrategyError> {
    const result = await this.task(name, module);
    if (result.kind !== 'error') throw new Error(`${name} ended with ${result.kind}`);
    return result.error;
  }

  async close(): Promise<void> {
    await this.worker.stop();
    await this.space.remove();
  }
}
