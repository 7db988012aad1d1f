import type { BarFrequency } from '../../src/domain/market/session.ts';
import type { SubType } from '../../src/domain/order/types.ts';
import type { AdjustMode } from '../../src/domain/trading.ts';

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
  /** True (get_bars): windows of several minutes are counted from the open of the day, not back from the last minute. */
  readonly aligned: boolean;
  /** True: the window of minutes, the week or the month that still runs is part of the answer. */
  readonly running: boolean;
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
  /** What becomes of one that came up, or was cut off, while the engine was down for less than the event time-out. */
  readonly late: 'skip' | 'run';
}

/** A sub-portfolio as set_subportfolios asks for it, CNY. */
export interface SubConfig {
  readonly type: SubType;
  readonly cash: number;
}

/** Money to be moved, CNY, from one sub-portfolio (by pindex) to another; null = what is put aside of the account. */
export interface MoveRequest {
  readonly from: number | null;
  readonly to: number | null;
  readonly cash: number;
}

/** Whose attributes: those of `g`, those the strategy has added to `context`, or the globals of a module of Python's. */
export type VariablePart = 'g' | 'context' | 'module';

/** One attribute as it outlives the process; null = it is not there any more. */
export interface KeptVariable {
  readonly part: VariablePart;
  readonly name: string;
  readonly text: string | null;
}

/** One call of set_option, set_universe …, with its arguments by name. */
export interface KeptSetting {
  readonly name: string;
  readonly value: unknown;
}

/** What an earlier run left to this one. */
export interface KeptState {
  readonly variables: readonly KeptVariable[];
  readonly settings: readonly KeptSetting[];
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

/** What is true for the hook that runs now; the strategy is given it with each dispatch. */
export interface DispatchContext {
  /** Logical time (JoinQuant's `context.current_dt`), epoch ms. */
  readonly logicalTime: number;
  /** Trading day of that time and the one before it, `YYYY-MM-DD`. */
  readonly tradingDay: string;
  readonly previousDate: string;
  /** `load` while the module loads; order functions are refused in `load`. */
  readonly phase: 'load' | 'initialize' | 'task' | 'hook';
}

export interface RunParams {
  readonly type: 'live' | 'sim_trade';
  /** How often handle_data and every_bar run. */
  readonly frequency: BarFrequency;
  /** `YYYY-MM-DD` */
  readonly startDate: string;
  /** The day on which the run was told to end; absent = none was given. */
  readonly endDate?: string;
}
