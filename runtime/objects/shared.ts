import type { StrategyHost } from '../host.ts';
import type { LogLevel, LogSource } from '../host.ts';

/** Versioned, on globalThis: a strategy bundle and what runs it may hold two copies of this module. */
const KEY = Symbol.for('bt-live.strategy-state.v1');
type Slot = { [KEY]?: Map<string, unknown> };

/** One value per process, made at its first use. */
export function shared<T>(name: string, make: () => T): T {
  const slot = globalThis as Slot;
  const values = (slot[KEY] ??= new Map<string, unknown>());
  if (!values.has(name)) values.set(name, make());
  return values.get(name) as T; // only `make` of the same name ever wrote it
}

/** What the runtime itself remembers of one run; a new host starts afresh. */
export interface RunState {
  /** From set_universe, canonical codes. */
  universe: readonly string[];
  /** From log.set_level; lines below are dropped before they cross the border. */
  readonly levels: Map<LogSource, LogLevel>;
  /** From set_option('avoid_future_data'): asking for what has not come yet is an error. */
  avoidFutureData: boolean;
  /** Keys of what was said once already. */
  readonly said: Set<string>;
}

const runs = shared('runs', () => new WeakMap<StrategyHost, RunState>());

/** The state of the run behind `host`. */
export function runState(host: StrategyHost): RunState {
  const known = runs.get(host);
  if (known !== undefined) return known;
  const fresh: RunState = { universe: [], levels: new Map(), avoidFutureData: false, said: new Set() };
  runs.set(host, fresh);
  return fresh;
}
