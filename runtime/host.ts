import type { AccountView, OrderRequest, OrderView, TradeView } from '../src/domain/order/types.ts';
import type { AdjustMode, Quote, SecurityInfo } from '../src/domain/trading.ts';

/** A bars request of the strategy; one table per security comes back, in the order asked. */
export interface HistoryRequest {
  readonly securities: readonly string[];
  /** JoinQuant's unit: `1d`, `Xd`, `1m`, `Xm`. */
  readonly unit: string;
  readonly count: number | null;
  /** Epoch ms, inclusive; null = bounded by count. */
  readonly start: number | null;
  /** Epoch ms, inclusive; null = the logical time of the running hook. */
  readonly end: number | null;
  /** Columns wanted (open, close, high, low, volume, money, factor, high_limit, low_limit, avg, pre_close, paused). */
  readonly fields: readonly string[];
  readonly skipPaused: boolean;
  readonly fillPaused: boolean;
  readonly adjust: AdjustMode;
  /** False (history, attribute_history): today's unfinished daily bar is never part of the answer. */
  readonly includeToday: boolean;
}

/** Columns crossing the border are copies; `time` in epoch ms, NaN = missing. */
export interface HistoryBlock {
  readonly security: string;
  readonly time: Float64Array;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

export type TaskFrequency = 'daily' | 'weekly' | 'monthly';

/** One run_* call. `module` and `name` identify the function across restarts (a path relative to the entry's folder). */
export interface TaskRegistration {
  readonly module: string;
  readonly name: string;
  readonly frequency: TaskFrequency;
  readonly time: string;
  /** N-th trading day of the week or month, negative from the end; null for daily. */
  readonly ordinal: number | null;
  readonly referenceSecurity: string | null;
  readonly force: boolean;
}

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';
export type LogSource = 'strategy' | 'order' | 'history' | 'system';

export interface LogLine {
  readonly level: LogLevel;
  readonly source: LogSource;
  readonly text: string;
  /** Logical time of the hook that logged, epoch ms. */
  readonly time: number;
}

/** What is true for the hook that runs now; the worker is given it with each dispatch. */
export interface DispatchContext {
  /** Logical time (JoinQuant's `context.current_dt`), epoch ms. */
  readonly logicalTime: number;
  /** Trading day of that time and the one before it, `YYYY-MM-DD`. */
  readonly tradingDay: string;
  readonly previousDate: string;
  /** `load` while the module or initialize runs; order functions are refused in `load`. */
  readonly phase: 'load' | 'initialize' | 'task' | 'hook';
}

export interface RunParams {
  readonly type: 'live' | 'sim_trade';
  readonly frequency: 'minute';
  /** `YYYY-MM-DD` */
  readonly startDate: string;
}

/**
 * The one border between a strategy and the engine. Every method is synchronous and every value cloneable; a failure
 * throws BtError. Live, a worker bridge implements it (the call blocks the strategy's thread alone); tests use a direct one.
 */
export interface StrategyHost {
  readonly runParams: RunParams;
  dispatch(): DispatchContext;
  /** Last projection, read without a call while its version in the shared buffer is unchanged. */
  account(): AccountView;
  /** Null = refused here with the reason logged, nothing sent. */
  placeOrder(request: OrderRequest): OrderView | null;
  /** Null when no such order of ours exists. */
  cancelOrder(orderId: string): OrderView | null;
  /** Orders of the current trading day, oldest first. */
  orders(): readonly OrderView[];
  trades(): readonly TradeView[];
  quotes(securities: readonly string[]): readonly (Quote | null)[];
  history(request: HistoryRequest): readonly HistoryBlock[];
  securityInfo(security: string): SecurityInfo | null;
  /** `YYYY-MM-DD`, ascending, inclusive; count counts back from end. Null end = the logical day. */
  tradeDays(start: string | null, end: string | null, count: number | null): readonly string[];
  register(task: TaskRegistration): void;
  unscheduleAll(): void;
  /** set_option, set_benchmark, set_order_cost …: recorded, and applied where live trading knows the setting. */
  setting(name: string, value: unknown): void;
  log(line: LogLine): void;
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
