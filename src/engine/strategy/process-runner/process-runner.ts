import { dirname } from 'node:path';
import type { DispatchContext } from '../../../../runtime/host.ts';
import { errorMessage } from '../../../domain/errors.ts';
import { systemTimers, whenAborted } from '../../../platform/timers.ts';
import type { FromStrategy, PythonStart } from '../border/messages.ts';
import type { HookName } from '../hooks.ts';
import { VERSION_FD } from '../python/python-process.ts';
import type { RunnerOptions, StrategyRunner } from '../runner.ts';
import type { Dispatch, DispatchResult, StrategyEnd, StrategyError } from '../types.ts';
import { Beginnings } from './beginnings.ts';
import { endedWhileLoading, loadError } from './load-errors.ts';
import { turnOf, type Turn } from './job-turn.ts';
import { Watchdog } from './watchdog.ts';
import { StrategyProcess } from './strategy-process.ts';
import { WaitingProcess, type ProcessAhead } from './waiting-process.ts';

const STOP_REASON = 'the strategy was stopped';
const LOAD_FAILED = 'it could not be loaded';
const STOPPED: StrategyEnd = { kind: 'lost', reason: STOP_REASON };
const OK: DispatchResult = { kind: 'ok' };

/** Gives a process that was started before, if it still runs. */
type Ahead = Pick<ProcessAhead, 'take'>;

interface Job {
  readonly dispatch: Dispatch;
  readonly settle: (result: DispatchResult) => void;
}

/** Runs a strategy in a process of its own: one dispatch at a time, and a watch on its time. */
export class ProcessRunner implements StrategyRunner {
  readonly #options: RunnerOptions;
  readonly #waiting: WaitingProcess;
  readonly #process: StrategyProcess;
  readonly #watchdog: Watchdog;
  readonly #beginnings: Beginnings;
  readonly #queue: Job[] = [];
  readonly #lostListeners = new Set<(end: StrategyEnd) => void>();
  readonly #faultListeners = new Set<(error: StrategyError) => void>();
  readonly #loaded = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<void>();
  readonly #unhear: () => void;
  #context: DispatchContext;
  #hooks: ReadonlySet<HookName> = new Set();
  #state: 'loading' | 'running' | 'stopping' | 'ended' = 'loading';
  #end: StrategyEnd = STOPPED;
  #current: Job | null = null;
  /** Name of what runs, or ran last. */
  #running = '';

  /** Starts the process, unless one that was started ahead still runs, and loads the strategy; see StartRunner. */
  static async start(this: void, options: RunnerOptions, ahead: Ahead | null = null): Promise<ProcessRunner> {
    const runner = new ProcessRunner(options, ahead?.take() ?? null);
    await runner.#loaded.promise;
    return runner;
  }

  private constructor(options: RunnerOptions, waiting: WaitingProcess | null) {
    this.#options = options;
    this.#beginnings = new Beginnings(options);
    this.#context = options.loadContext;
    const { bundle, inspect = false } = options;
    this.#waiting = waiting ?? new WaitingProcess({ ...options, folder: dirname(bundle.path), inspect });
    this.#process = this.#startProcess(this.#waiting);
    const { hookTimeoutMs, timers = systemTimers, endNow } = options;
    this.#watchdog = new Watchdog({
      timers,
      hookTimeoutMs,
      slow: (name, seconds) => this.#slow(name, seconds),
      alarm: (reason) => this.#process.kill(reason),
    });
    this.#watchdog.hookBegan('loading', options.loadTimeoutMs);
    this.#unhear = whenAborted(endNow, () => this.#endNow());
  }

  get hooks(): ReadonlySet<HookName> {
    return this.#hooks;
  }

  dispatch(dispatch: Dispatch): Promise<DispatchResult> {
    if (this.#state === 'ended') return Promise.resolve(this.#end);
    if (this.#state === 'stopping') return Promise.resolve(STOPPED);
    return new Promise((settle) => {
      this.#queue.push({ dispatch, settle });
      this.#next();
    });
  }

  bumpAccount(version: number): void {
    this.#process.bumpAccount(version);
  }

  pids(): readonly number[] {
    return this.#state === 'ended' ? [] : this.#waiting.pids();
  }

  async stop(): Promise<void> {
    if (this.#state !== 'ended') {
      this.#state = 'stopping';
      for (const job of this.#queue.splice(0)) job.settle(STOPPED);
      if (this.#current === null) this.#process.kill(STOP_REASON);
    }
    await this.#gone.promise;
  }

  onLost(listener: (end: StrategyEnd) => void): () => void {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  onFault(listener: (error: StrategyError) => void): () => void {
    this.#faultListeners.add(listener);
    return () => this.#faultListeners.delete(listener);
  }

  #startProcess(waiting: WaitingProcess): StrategyProcess {
    const { bundle, runParams, engine, log, memoryLimitMb, clock } = this.#options;
    const python = this.#startPython(waiting);
    return new StrategyProcess({
      waiting,
      start: {
        python,
        bundle: bundle.path,
        entryModule: bundle.entryModule,
        inputs: bundle.inputs,
        runParams,
        load: this.#context,
        ...this.#beginnings.next(this.#context),
        keepsReadings: this.#options.readings !== undefined,
      },
      memoryLimitMb,
      engine,
      log,
      context: () => this.#context,
      marketTime: () => (clock?.pace === 0 ? clock.now() : null),
      onMessage: (message) => this.#take(message),
      onEnd: (end) => this.#finish(end),
    });
  }

  /** Beside the process that is there, if its script needs one; it may have been started ahead. */
  #startPython(waiting: WaitingProcess): PythonStart | null {
    const { entry, python } = this.#options.bundle;
    if (python === null) return null;
    const { toPython, fromPython } = waiting.startPython(python.interpreter, python.package);
    const { libraries, manner } = python;
    return { toPython, fromPython, script: entry, versionFile: VERSION_FD, manner, libraries };
  }

  #endNow(): void {
    const running = this.#current === null ? '' : ` while ${this.#running} ran`;
    this.#process.kill(`${String(this.#options.endNow?.reason)}${running}`);
  }

  #slow(name: string, seconds: number): void {
    const { waiting } = this.#process;
    const where = waiting === null ? 'in its own code' : `in ${waiting}`;
    const limit = this.#options.hookTimeoutMs / 1000;
    this.#options.log.warning(
      `${name} has been running for ${seconds} s, now ${where}. Nothing else of the strategy runs meanwhile. It is ended after ${limit} s (HOOK_TIME_OUT); press Ctrl-C twice to end it now.`,
    );
  }

  #take(message: Exclude<FromStrategy, { kind: 'crashed' | 'python_read' }>): void {
    switch (message.kind) {
      case 'ready':
        this.#ready(message);
        return;
      case 'load_failed':
        this.#loaded.reject(loadError(message.error));
        this.#process.kill(LOAD_FAILED);
        return;
      case 'fault':
        this.#fault(message.error);
        return;
      case 'done':
        this.#done(message);
    }
  }

  #ready({ hooks, readings }: Extract<FromStrategy, { kind: 'ready' }>): void {
    if (this.#state !== 'loading') return;
    this.#watchdog.hookEnded();
    this.#beginnings.ended(readings);
    this.#hooks = new Set(hooks);
    this.#state = 'running';
    this.#loaded.resolve();
    this.#next();
  }

  #done({ error, readings }: Extract<FromStrategy, { kind: 'done' }>): void {
    const job = this.#current;
    if (job === null) return;
    this.#watchdog.hookEnded();
    this.#beginnings.ended(readings);
    this.#current = null;
    job.settle(error === null ? OK : { kind: 'error', error });
    if (this.#state === 'stopping') this.#process.kill(STOP_REASON);
    else this.#next();
  }

  /** Sends the next job if the strategy is idle. */
  #next(): void {
    if (this.#state !== 'running' || this.#current !== null) return;
    for (let job = this.#queue.shift(); job !== undefined; job = this.#queue.shift()) {
      const turn = turnOf(job.dispatch);
      if (turn !== null) {
        this.#begin(job, turn);
        return;
      }
      job.settle(OK);
    }
  }

  #begin(job: Job, { name, context, message }: Turn): void {
    this.#current = job;
    this.#running = name;
    this.#context = context;
    this.#watchdog.hookBegan(name);
    try {
      this.#process.post(message(this.#beginnings.next(context)));
    } catch (error) {
      this.#process.kill(`it could not be called: ${errorMessage(error)}`);
    }
  }

  #fault(error: StrategyError): void {
    if (this.#state === 'loading') {
      this.#loaded.reject(loadError(error));
      this.#process.kill(LOAD_FAILED);
      return;
    }
    for (const listener of this.#faultListeners) listener(error);
  }

  #finish(end: StrategyEnd): void {
    const asked = this.#state === 'stopping';
    this.#state = 'ended';
    this.#end = end;
    this.#watchdog.hookEnded();
    this.#unhear();
    this.#loaded.reject(endedWhileLoading(this.#options.bundle.entry, end));
    this.#current?.settle(end);
    this.#current = null;
    for (const job of this.#queue.splice(0)) job.settle(end);
    if (!asked) for (const listener of this.#lostListeners) listener(end);
    this.#gone.resolve();
  }
}
