import { callsBy, isPosted, type CallName, type EngineCalls } from '../../../runtime/border/calls.ts';
import { BtError } from '../../domain/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { ReadingsTap } from '../strategy/border/readings.ts';
import { isHookName } from '../strategy/hooks.ts';
import type { StartRunner, StrategyRunner } from '../strategy/runner.ts';
import type { Dispatch, DispatchResult, StrategyBundle, StrategyError } from '../strategy/types.ts';
import { CallScript, type CallDifference } from './call-script.ts';
import { dispatchName, type RecordedDispatch, type RecordedRun } from './recording.ts';

/** A dispatch that came out otherwise than it was recorded. */
export interface ReplayDifference {
  /** Hook or task. */
  readonly name: string;
  /** Its logical time, epoch ms. */
  readonly time: number;
  readonly call: CallDifference | null;
  /** The author's line; null when no error of the strategy tells it. */
  readonly location: string | null;
  /** How it ended, recorded and replayed; null when only a call differs. */
  readonly ends: { readonly recorded: string; readonly replayed: string } | null;
}

export interface ReplayOutcome {
  readonly differences: readonly ReplayDifference[];
  /** Dispatches and calls that were played. */
  readonly dispatches: number;
  readonly calls: number;
  /** Logical times of the first and the last of them, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** The strategy's code is the recorded one. */
  readonly sameCode: boolean;
}

export interface ReplayOptions {
  readonly bundle: StrategyBundle;
  readonly start: StartRunner;
  readonly log: Log;
  readonly memoryLimitMb: number;
  readonly hookTimeoutMs: number;
  /** Nothing later than this (market time, epoch ms) is played; null = all. */
  readonly until: number | null;
  /** Only of this hook or task differences are told; null = of all. */
  readonly only: string | null;
  /** Goes on after a difference: each dispatch is then held to the record on its own. */
  readonly all: boolean;
  readonly inspect: boolean;
}

/** Plays one recorded run of a strategy again: the same dispatches, answers, clock and chance. Throws what loading it throws. */
export async function replay(run: RecordedRun, options: ReplayOptions): Promise<ReplayOutcome> {
  return new Replay(run, options).play();
}

class Replay {
  readonly #run: RecordedRun;
  readonly #options: ReplayOptions;
  readonly #sameCode: boolean;
  readonly #differences: ReplayDifference[] = [];
  #dispatch: RecordedDispatch | null = null;
  #script: CallScript;
  #dispatches = 0;
  #calls = 0;
  /** Logical time of the last one that was played. */
  #last: number;

  constructor(run: RecordedRun, options: ReplayOptions) {
    this.#run = run;
    this.#options = options;
    this.#sameCode = options.bundle.hash === run.start.hash;
    this.#script = new CallScript([], true);
    this.#last = run.start.loadContext.logicalTime;
  }

  async play(): Promise<ReplayOutcome> {
    const [load, ...rest] = this.#run.dispatches;
    if (load?.dispatch.kind !== 'load') throw unloaded();
    this.#checkOnly();
    this.#begin(load);
    const runner = await this.#start();
    try {
      this.#ended(load, { kind: 'ok' });
      for (const dispatch of rest) {
        if (this.#isOver(dispatch)) break;
        this.#begin(dispatch);
        this.#ended(dispatch, await runner.dispatch(this.#dispatchOf(dispatch)));
      }
    } finally {
      await runner.stop();
    }
    const { logicalTime: from } = this.#run.start.loadContext;
    return {
      differences: this.#differences,
      dispatches: this.#dispatches,
      calls: this.#calls,
      from,
      to: this.#last,
      sameCode: this.#sameCode,
    };
  }

  #checkOnly(): void {
    const { only } = this.#options;
    const names = new Set(this.#run.dispatches.map(({ dispatch }) => dispatchName(dispatch)));
    if (only === null || names.has(only)) return;
    throw new BtError('BAD_CONFIG', `Nothing recorded is called "${only}"; there are: ${[...names].join(', ')}.`, {
      fault: 'config',
    });
  }

  #start(): Promise<StrategyRunner> {
    const { bundle, start, log, memoryLimitMb, hookTimeoutMs, inspect } = this.#options;
    const { runParams, loadContext } = this.#run.start;
    const readings: ReadingsTap = { give: () => this.#dispatch, take: () => undefined };
    const engine = this.#engine();
    return start({ bundle, runParams, loadContext, engine, log, memoryLimitMb, hookTimeoutMs, readings, inspect });
  }

  #isOver({ context }: RecordedDispatch): boolean {
    const { until, all } = this.#options;
    return (until !== null && context.logicalTime > until) || (!all && this.#differences.length > 0);
  }

  #begin(dispatch: RecordedDispatch): void {
    this.#dispatch = dispatch;
    this.#last = dispatch.context.logicalTime;
    this.#script = new CallScript(dispatch.calls, this.#sameCode, this.#script.account);
    this.#dispatches += 1;
  }

  #ended(dispatch: RecordedDispatch, result: DispatchResult): void {
    this.#script.finish();
    const { only } = this.#options;
    const name = dispatchName(dispatch.dispatch);
    if (only !== null && only !== name) return;
    const call = this.#script.difference;
    const [recorded, replayed] = [endOf(dispatch.result), endOf(result)];
    // What a difference breaks off ends otherwise by itself.
    const ends = call === null && recorded !== replayed ? { recorded, replayed } : null;
    if (call === null && ends === null) return;
    const location = result.kind === 'error' ? result.error.location : null;
    this.#differences.push({ name, time: dispatch.context.logicalTime, call, location, ends });
  }

  /** A changed strategy may lie in a file of another name. */
  #dispatchOf({ dispatch, context }: RecordedDispatch): Dispatch {
    if (dispatch.kind === 'ticks') return { kind: 'ticks', take: () => ({ quotes: dispatch.quotes, context }) };
    if (dispatch.kind === 'task') {
      const { entryModule } = this.#run.start;
      const module = dispatch.module === entryModule ? this.#options.bundle.entryModule : dispatch.module;
      return { ...dispatch, module, context };
    }
    if (dispatch.kind !== 'hook' || !isHookName(dispatch.name)) throw unloaded();
    return { kind: 'hook', name: dispatch.name, context };
  }

  #asRecorded(name: CallName, args: readonly unknown[]): readonly unknown[] {
    const [task] = args as Parameters<EngineCalls['register']>;
    if (name !== 'register' || task.module !== this.#options.bundle.entryModule) return args;
    return [{ ...task, module: this.#run.start.entryModule }];
  }

  #engine(): EngineCalls {
    const answer = (name: CallName, args: readonly unknown[]): unknown => {
      this.#calls += 1;
      return this.#script.answer(name, this.#asRecorded(name, args.slice(0, -1)));
    };
    return callsBy((name) => methodOf(name, answer)) as EngineCalls;
  }
}

function methodOf(
  name: CallName,
  answer: (name: CallName, args: readonly unknown[]) => unknown,
): (...args: readonly unknown[]) => unknown {
  if (!isPosted(name)) return async (...args) => answer(name, args);
  return (...args) => {
    try {
      answer(name, args);
    } catch {
      // Nobody waits for it; the script has noted that it differs.
    }
  };
}

function endOf(result: DispatchResult): string {
  if (result.kind === 'ok') return 'ended well';
  if (result.kind === 'error') return errorOf(result.error);
  return result.kind === 'exit' ? `ended itself with exit code ${result.code}` : `lost the strategy: ${result.reason}`;
}

function errorOf({ code, message }: StrategyError): string {
  return `failed: ${code === 'STRATEGY_ERROR' ? '' : `${code} `}${message}`;
}

function unloaded(): BtError {
  return new BtError(
    'BAD_RECORDING',
    'The recorded run never loaded its strategy: there is nothing to replay. Record it again.',
    {
      fault: 'config',
    },
  );
}
