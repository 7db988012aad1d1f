import type { DispatchContext } from '../../../runtime/host.ts';
import type { Quote } from '../../domain/trading.ts';
import { randomFraction } from '../../platform/ids.ts';
import { mix } from '../../platform/random.ts';
import type { Stamp } from '../../platform/stamped-globals.ts';
import type { FromWorker, ToWorker } from './bridge.ts';
import type { HookName } from './hooks.ts';
import { endedWhileLoading, loadError } from './load-errors.ts';
import { contextAtNewest, loadContext } from './worker-context.ts';
import { TickBuffer } from './tick-buffer.ts';
import type { Dispatch, DispatchResult, StrategyEnd, StrategyError } from './types.ts';
import { Watchdog } from './watchdog.ts';
import type { WorkerOptions } from './worker-options.ts';
import { WorkerThread } from './worker-thread.ts';

const STOP_REASON = 'the strategy was stopped';
const LOAD_FAILED = 'it could not be loaded';
const STOPPED: StrategyEnd = { kind: 'lost', reason: STOP_REASON };

interface Job {
  readonly name: string;
  readonly context: DispatchContext;
  readonly message: (stamp: Stamp) => ToWorker;
  readonly settle: (result: DispatchResult) => void;
}

/** The engine's handle on the strategy: one dispatch at a time, ticks when it is idle, and a watch on memory and time. */
export class StrategyWorker {
  readonly #options: WorkerOptions;
  readonly #thread: WorkerThread;
  readonly #watchdog: Watchdog;
  readonly #seed: number;
  readonly #ticks = new TickBuffer();
  readonly #queue: Job[] = [];
  readonly #lostListeners = new Set<(end: StrategyEnd) => void>();
  readonly #faultListeners = new Set<(error: StrategyError) => void>();
  readonly #loaded = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<void>();
  #context: DispatchContext;
  #tickContext: DispatchContext | null = null;
  #hooks: ReadonlySet<HookName> = new Set();
  #state: 'loading' | 'running' | 'stopping' | 'ended' = 'loading';
  #end: StrategyEnd = STOPPED;
  #current: Job | null = null;
  #failures = 0;
  #count = 0;

  /**
   * Starts the thread and loads the strategy. BtError STRATEGY_LOAD (or the code of what was thrown) at the author's line when
   * the module throws, ends the thread, or takes too long; STRATEGY_EMPTY when it turns out to have no hook.
   */
  static async start(options: WorkerOptions): Promise<StrategyWorker> {
    const worker = new StrategyWorker(options);
    await worker.#loaded.promise;
    return worker;
  }

  private constructor(options: WorkerOptions) {
    this.#options = options;
    this.#seed = options.seed ?? Math.floor(randomFraction() * 2 ** 32);
    this.#context = options.loadContext ?? loadContext(options.runParams);
    const { bundle, memoryLimitMb, hookTimeoutMs } = options;
    this.#watchdog = new Watchdog({
      memoryLimitMb,
      hookTimeoutMs,
      alarm: (reason) => {
        this.#thread.kill(reason);
      },
    });
    this.#thread = new WorkerThread({
      start: {
        bundle: bundle.path,
        entryModule: bundle.entryModule,
        inputs: bundle.inputs,
        runParams: options.runParams,
        load: this.#context,
        stamp: this.#stamp(),
      },
      host: options.host,
      log: options.log,
      context: () => this.#context,
      onMessage: (message) => {
        this.#take(message);
      },
      onEnd: (end) => {
        this.#finish(end);
      },
    });
    this.#watchdog.hookBegan('loading', options.loadTimeoutMs);
  }

  /** The hooks the strategy has. */
  get hooks(): ReadonlySet<HookName> {
    return this.#hooks;
  }

  /** Dispatches that failed one after another; 0 after one that went well. */
  get failuresInARow(): number {
    return this.#failures;
  }

  /** Runs one hook or task after all that were dispatched before. Never rejects. */
  dispatch(dispatch: Dispatch): Promise<DispatchResult> {
    if (this.#state === 'ended') return Promise.resolve(this.#end);
    if (this.#state === 'stopping') return Promise.resolve(STOPPED);
    return new Promise((settle) => {
      const { name, context } = dispatch;
      this.#queue.push({ name, context, settle, message: (stamp) => ({ kind: 'dispatch', dispatch, stamp }) });
      this.#next();
    });
  }

  /**
   * Hands quotes to handle_tick, if there is one, as soon as nothing else runs. While the strategy is busy only the latest of each
   * security is kept. Without a context the last one holds, at the newest quote's time.
   */
  pushTicks(quotes: readonly Quote[], context?: DispatchContext): void {
    if (!this.#hooks.has('handle_tick')) return;
    this.#ticks.push(quotes);
    this.#tickContext = context ?? null;
    this.#next();
  }

  /** Tells the strategy that the account has a new version. */
  bumpAccount(version: number): void {
    this.#thread.bumpAccount(version);
  }

  /** Lets the running hook finish, drops what waits, and ends the thread. Listeners of `onLost` are not told. */
  async stop(): Promise<void> {
    if (this.#state !== 'ended') {
      this.#state = 'stopping';
      for (const job of this.#queue.splice(0)) job.settle(STOPPED);
      if (this.#current === null) this.#thread.kill(STOP_REASON);
    }
    await this.#gone.promise;
  }

  /** Told once when the strategy ends by itself or is killed; returns the unsubscriber. */
  onLost(listener: (end: StrategyEnd) => void): () => void {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  /** Told of errors outside any dispatch (a timer's callback, a forgotten promise) and in handle_tick; they are logged anyway. Returns the unsubscriber. */
  onFault(listener: (error: StrategyError) => void): () => void {
    this.#faultListeners.add(listener);
    return () => this.#faultListeners.delete(listener);
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#ready(message.hooks);
        return;
      case 'load_failed':
        this.#loaded.reject(loadError(message.error));
        this.#thread.kill(LOAD_FAILED);
        return;
      case 'fault':
        this.#fault(message.error);
        return;
      case 'done':
        this.#done(message.error);
    }
  }

  #ready(hooks: readonly HookName[]): void {
    this.#watchdog.hookEnded();
    this.#hooks = new Set(hooks);
    if (this.#state === 'loading') this.#state = 'running';
    this.#loaded.resolve();
    this.#next();
  }

  #done(error: StrategyError | null): void {
    this.#watchdog.hookEnded();
    const job = this.#current;
    this.#current = null;
    this.#failures = error === null ? 0 : this.#failures + 1;
    job?.settle(error === null ? { kind: 'ok' } : { kind: 'error', error });
    if (this.#state === 'stopping') this.#thread.kill(STOP_REASON);
    else this.#next();
  }

  /** Sends the next job if the strategy is idle: dispatches first, then the ticks that came meanwhile. */
  #next(): void {
    if (this.#state !== 'running' || this.#current !== null) return;
    const job = this.#queue.shift() ?? this.#tickJob();
    if (job === null) return;
    this.#current = job;
    this.#context = job.context;
    this.#watchdog.hookBegan(job.name);
    try {
      this.#thread.post(job.message(this.#stamp()));
    } catch (error) {
      this.#thread.kill(`it could not be called: ${String(error)}`);
    }
  }

  #tickJob(): Job | null {
    if (this.#ticks.size === 0) return null;
    const quotes = this.#ticks.take();
    return {
      name: 'handle_tick',
      context: this.#tickContext ?? contextAtNewest(this.#context, quotes),
      message: (stamp) => ({ kind: 'ticks', quotes, context: this.#context, stamp }),
      settle: (result) => {
        if (result.kind === 'error') this.#fault(result.error);
      },
    };
  }

  #stamp(): Stamp {
    const { clock } = this.#options;
    this.#count += 1;
    const seed = mix(this.#seed, this.#count);
    return { now: clock?.now() ?? this.#context.logicalTime, speed: clock?.speed ?? 1, seed };
  }

  #fault(error: StrategyError): void {
    if (this.#state === 'loading') {
      this.#loaded.reject(loadError(error));
      this.#thread.kill(LOAD_FAILED);
      return;
    }
    this.#options.log.error(`${error.location ?? 'strategy'}: ${error.message}`);
    for (const listener of this.#faultListeners) listener(error);
  }

  #finish(end: StrategyEnd): void {
    const asked = this.#state === 'stopping';
    this.#state = 'ended';
    this.#end = end;
    this.#watchdog.stop();
    this.#loaded.reject(endedWhileLoading(this.#options.bundle.entry, end));
    this.#current?.settle(end);
    this.#current = null;
    for (const job of this.#queue.splice(0)) job.settle(end);
    if (!asked) for (const listener of this.#lostListeners) listener(end);
    this.#gone.resolve();
  }
}
