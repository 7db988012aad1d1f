import type { EngineCalls } from '../../../runtime/border/calls.ts';
import type { DispatchContext, RunParams } from '../../../runtime/host.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { HookName } from './hooks.ts';
import type { ReadingsTap } from './border/readings.ts';
import type { Dispatch, DispatchResult, StrategyBundle, StrategyEnd, StrategyError } from './types.ts';

/**
 * The engine's handle on a running strategy, whatever runs it: a process of Node (`process-runner/`), or one of any language that
 * answers the same calls.
 */
export interface StrategyRunner {
  /** The hooks the strategy has. */
  readonly hooks: ReadonlySet<HookName>;
  /** Runs one hook, task or batch of ticks after all that were dispatched before. Never rejects. */
  dispatch(dispatch: Dispatch): Promise<DispatchResult>;
  /** Tells the strategy that the account has a new version. */
  bumpAccount(version: number): void;
  /** Process ids of what runs it; empty where it has no process of its own. */
  pids(): readonly number[];
  /** Lets the running hook finish, drops what waits, and ends the strategy. Listeners of `onLost` are not told. */
  stop(): Promise<void>;
  /** Told once when the strategy ends by itself or is killed; returns the unsubscriber. */
  onLost(listener: (end: StrategyEnd) => void): () => void;
  /** Told of errors outside any dispatch (a timer's callback, a forgotten promise); returns the unsubscriber. */
  onFault(listener: (error: StrategyError) => void): () => void;
}

/** What a strategy is started with. */
export interface RunnerOptions {
  readonly bundle: StrategyBundle;
  readonly runParams: RunParams;
  readonly engine: EngineCalls;
  readonly log: Log;
  /** What the strategy's process may hold in all, in MB: about 70 of them are Node's. */
  readonly memoryLimitMb: number;
  /** Wall ms for one hook. */
  readonly hookTimeoutMs: number;
  /** Wall ms for loading the module; as for a hook when left out. */
  readonly loadTimeoutMs?: number;
  /** What holds while the module loads. */
  readonly loadContext: DispatchContext;
  /** Sets the strategy's `Date`; without one each dispatch starts at its logical time. */
  readonly clock?: Clock;
  /** Of the strategy's `Math.random`, a whole number; a new one at each start when left out. */
  readonly seed?: number;
  /** Wall time of the watch on hooks; the machine's when left out. */
  readonly timers?: TimerSource;
  /** Aborted, it ends the strategy whatever it is doing; the reason is a text that says why. */
  readonly endNow?: AbortSignal;
  /** Records what each dispatch reads of the outside, or gives it again; without one it reads what there is. */
  readonly readings?: ReadingsTap;
  /** Waits for a debugger before the module is loaded; its address is written to the log. */
  readonly inspect?: boolean;
}

/**
 * Starts and loads a strategy. BtError STRATEGY_LOAD (or the code of what was thrown) at the author's line when the module
 * throws, ends itself, or takes too long.
 */
export type StartRunner = (options: RunnerOptions) => Promise<StrategyRunner>;
