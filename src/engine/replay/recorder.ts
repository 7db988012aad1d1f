import { callsBy, isPosted, type CallName, type EngineCalls } from '../../../runtime/border/calls.ts';
import type { DispatchContext } from '../../../runtime/host.ts';
import type { Stamp } from '../../platform/stamped-globals.ts';
import { toWire } from '../strategy/border/messages.ts';
import type { Readings, ReadingsTap } from '../strategy/border/readings.ts';
import type { StartRunner, StrategyRunner } from '../strategy/runner.ts';
import type { Dispatch, DispatchResult } from '../strategy/types.ts';
import type { RecordSink } from './record-file.ts';
import { FORMAT, VERSION, type DispatchKind } from './recording.ts';

const NOTHING: Readings = { clock: [], versions: [] };
const OK: DispatchResult = { kind: 'ok' };

/** A runner whose strategy's calls, dispatches and readings are written to `sink`; the strategy notices nothing. */
export function recordedBy(sink: RecordSink, start: StartRunner): StartRunner {
  return async (options) => {
    const { bundle, runParams, loadContext } = options;
    const { entry: strategy, hash, entryModule } = bundle;
    const begin = { format: FORMAT, version: VERSION, strategy, hash, entryModule } as const;
    sink.write({ kind: 'start', ...begin, runParams, loadContext });
    const tap = new Tap();
    const runner = await start({ ...options, engine: recordedCalls(options.engine, sink), readings: tap });
    tap.write(sink, { kind: 'load' }, loadContext, OK);
    return new RecordedRunner(runner, sink, tap);
  };
}

/** The stamp and the readings of the dispatch that ended last. */
class Tap implements ReadingsTap {
  #stamp: Stamp = { now: 0, speed: 1, seed: 0 };
  #readings: Readings = NOTHING;

  give(): null {
    return null;
  }

  take(stamp: Stamp, readings: Readings): void {
    this.#stamp = stamp;
    this.#readings = readings;
  }

  write(sink: RecordSink, dispatch: DispatchKind, context: DispatchContext, result: DispatchResult): void {
    sink.write({ kind: 'dispatch', dispatch, context, stamp: this.#stamp, readings: this.#readings, result });
    this.#readings = NOTHING;
  }
}

class RecordedRunner implements StrategyRunner {
  readonly #runner: StrategyRunner;
  readonly #sink: RecordSink;
  readonly #tap: Tap;

  constructor(runner: StrategyRunner, sink: RecordSink, tap: Tap) {
    this.#runner = runner;
    this.#sink = sink;
    this.#tap = tap;
  }

  get hooks(): StrategyRunner['hooks'] {
    return this.#runner.hooks;
  }

  async dispatch(dispatch: Dispatch): Promise<DispatchResult> {
    if (dispatch.kind === 'ticks') return this.#ticks(dispatch);
    const result = await this.#runner.dispatch(dispatch);
    const { context, ...call } = dispatch;
    this.#tap.write(this.#sink, call, context, result);
    return result;
  }

  bumpAccount(version: number): void {
    this.#runner.bumpAccount(version);
  }

  pids(): readonly number[] {
    return this.#runner.pids();
  }

  stop(): Promise<void> {
    return this.#runner.stop();
  }

  onLost: StrategyRunner['onLost'] = (listener) => this.#runner.onLost(listener);
  onFault: StrategyRunner['onFault'] = (listener) => this.#runner.onFault(listener);

  /** Which ticks they are is known when their turn has come. */
  async #ticks({ take }: Extract<Dispatch, { kind: 'ticks' }>): Promise<DispatchResult> {
    let taken: ReturnType<typeof take> | null = null;
    const noted = (): ReturnType<typeof take> => (taken = take());
    const result = await this.#runner.dispatch({ kind: 'ticks', take: noted });
    const { quotes, context } = (taken as ReturnType<typeof take> | null) ?? { quotes: [], context: null };
    if (context !== null && quotes.length > 0) this.#tap.write(this.#sink, { kind: 'ticks', quotes }, context, result);
    return result;
  }
}

type Method = (...args: readonly unknown[]) => unknown;

function recordedCalls(engine: EngineCalls, sink: RecordSink): EngineCalls {
  return callsBy((name) => recordedCall(name, engine, sink)) as EngineCalls;
}

/** The last argument is the context of the dispatch, which its end has. */
function recordedCall(name: CallName, engine: EngineCalls, sink: RecordSink): Method {
  const method = (engine[name] as Method).bind(engine);
  if (isPosted(name)) {
    return (...args) => {
      sink.write({ kind: 'call', name, args: args.slice(0, -1), reply: null });
      return method(...args);
    };
  }
  return async (...args) => {
    try {
      const value = await method(...args);
      sink.write({ kind: 'call', name, args: args.slice(0, -1), reply: { ok: true, value } });
      return value;
    } catch (error) {
      sink.write({ kind: 'call', name, args: args.slice(0, -1), reply: { ok: false, error: toWire(error) } });
      throw error;
    }
  };
}
