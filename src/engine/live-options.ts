import type { TradingCalendar } from '../domain/market/calendar.ts';
import type { BarFrequency } from '../domain/market/session.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Meter } from '../platform/meter.ts';
import type { TimerSource } from '../platform/timers.ts';
import type { Broker } from '../venues/broker.ts';
import type { Provider } from '../venues/provider.ts';
import type { KnownSource } from './data/data-router.ts';
import type { PythonChoice } from './strategy/build/build.ts';
import type { RealMoneyOptions } from './gate/venue-trust.ts';
import type { DeskRules } from './orders/desk.ts';
import type { RiskOptions } from './risk/trading-risk.ts';
import type { RunListener, RunView } from './run-view.ts';

/** Limits of a run, each with JoinQuant's or the design's default. */
export interface LiveLimits extends DeskRules {
  /** A task later than this (market ms) is skipped with its reason. */
  readonly eventTimeoutMs: number;
  /** A hook that runs longer (wall ms) is ended. */
  readonly hookTimeoutMs: number;
  /** What the strategy's process may hold in all, MB; an empty one holds about 70. */
  readonly memoryLimitMb: number;
}

export const DEFAULT_LIMITS: LiveLimits = {
  maxWaitSeconds: 16,
  buyPercent: 0.015,
  sellPercent: -0.015,
  quoteMaxAgeMs: 30_000,
  eventTimeoutMs: 60_000,
  hookTimeoutMs: 1_800_000,
  memoryLimitMb: 512,
};

/** All that a run needs, wired by the command line: the engine itself reads no environment and knows no venue. */
export interface LiveOptions extends Pick<RiskOptions, 'risk'>, RealMoneyOptions {
  /** The strategy's file, absolute. */
  readonly strategyFile: string;
  readonly name: string;
  /** Of bt, for those who ask a running engine; absent = not told. */
  readonly version?: string;
  readonly broker: Broker;
  /** Sources of data, the first one that serves a call is asked. */
  readonly providers: readonly Provider[];
  /** Sources there are, for the advice of a call that none of these serves. */
  readonly knownSources: readonly KnownSource[];
  readonly clock: Clock;
  /**
   * Market time at which the process began, epoch ms. What comes up from then on is late or skipped, never lost: connecting,
   * reading the account and loading take their time.
   */
  readonly startedAt: number;
  readonly timers: TimerSource;
  readonly calendar: TradingCalendar;
  /** The instance's folder: ledger, lock, built strategy. */
  readonly stateFolder: string;
  /** Market time at which the run ends by itself, epoch ms; null = when it is told to stop. */
  readonly until: number | null;
  /** What has its turn when `until` comes, before `stop` tells of it: set by the run; null (the answer, too) = nothing. */
  readonly lastTurn?: { take: (() => Promise<void> | null) | null };
  /** What of an account with holdings the strategy sees and sells; null = as it was chosen at the first start. */
  readonly positions: 'all' | 'own' | null;
  /** When handle_data and every_bar run: each minute, or once a day at 9:30. */
  readonly frequency: BarFrequency;
  /** Begins a new life of the instance (`--fresh`): initialize runs again, g is empty. */
  readonly fresh?: boolean;
  /** Starts also a strategy that asks for data which no source serves (`--force`). */
  readonly force?: boolean;
  /** Which Python runs a script (`--python`, BT_PYTHON), and how. */
  readonly python?: Pick<PythonChoice, 'asked' | 'manner'>;
  readonly limits: LiveLimits;
  /** Where the strategy's day is recorded (`bt replay` plays it again); null = nowhere. */
  readonly recordFile?: string | null;
  readonly log: Log;
  /** Hears of the run from its beginning. */
  readonly listen?: (run: RunView) => RunListener;
  /** Tells a person what the strategy says (`send_message`); false or absent = nobody can be told. Must not throw. */
  readonly message?: ((text: string) => boolean) | null;
  /** Hears how long things take; null or absent = nobody measures. */
  readonly meter?: Meter | null;
  /** First Ctrl-C. */
  readonly stop: AbortSignal;
  /** Second Ctrl-C: a hook that runs is ended, and what a gateway does not answer is waited for no more. */
  readonly endNow?: AbortSignal;
  /** Called once when hooks and tasks are armed. `dryRun`: the venue sends no orders. */
  readonly onReady: (venue: { readonly dryRun: boolean }) => void;
}

/** What the order path takes of them. */
export type TradingNeeds = Pick<
  LiveOptions,
  | 'broker'
  | 'clock'
  | 'timers'
  | 'calendar'
  | 'log'
  | 'limits'
  | 'stop'
  | 'real'
  | 'endpoint'
  | 'positions'
  | 'name'
  | 'meter'
>;
