import type { StrategyCalls } from './border/calls.ts';
import type { DispatchContext, RunParams } from './border/types.ts';

export type {
  DispatchContext,
  HistoryBlock,
  HistoryRequest,
  KeptSetting,
  KeptState,
  KeptVariable,
  LogLevel,
  LogLine,
  LogSource,
  MoveRequest,
  RunParams,
  SubConfig,
  TaskFrequency,
  TaskRegistration,
  VariablePart,
} from './border/types.ts';

/**
 * The one border between a strategy and the engine, as the strategy sees it: the calls of `border/calls.ts`, synchronous, and
 * what is known without a call. A failure throws BtError. Live, the calls go over a bridge and block the strategy's process
 * alone; tests answer them directly.
 */
export interface StrategyHost extends StrategyCalls {
  readonly runParams: RunParams;
  dispatch(): DispatchContext;
}

/** Resolves a function of the strategy to where it was declared; null for anonymous and nested ones. */
export type FunctionRegistry = (fn: unknown) => { readonly module: string; readonly name: string } | null;

interface Binding {
  readonly host: StrategyHost;
  readonly functions: FunctionRegistry;
}

/** Versioned, on globalThis: a strategy bundle and the runtime may be two module instances. */
const KEY = Symbol.for('bt-live.strategy-host.v1');
type Slot = { [KEY]?: Binding };

export function bindHost(host: StrategyHost, functions: FunctionRegistry): void {
  (globalThis as Slot)[KEY] = { host, functions };
}

export function currentBinding(): Binding {
  const binding = (globalThis as Slot)[KEY];
  if (binding === undefined) {
    throw new Error('No strategy is running: JoinQuant functions work inside a strategy started by `bt live`.');
  }
  return binding;
}

export function currentHost(): StrategyHost {
  return currentBinding().host;
}
