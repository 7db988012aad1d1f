/**
 * The limits that a run keeps. Money in CNY, ratios in per cent; null = that limit is off. Buys are stopped by all of them; a sell
 * only by what counts orders and cancels, and by a loss that stops all: what reduces risk is never blocked by a limit of buying.
 */
export interface RiskLimits {
  /** Of one order, at its price. */
  readonly maxOrderValue: number | null;
  /** Shares of one order. */
  readonly maxOrderAmount: number | null;
  readonly minOrderValue: number | null;
  /** Of all that was sent in a day, both sides, at its price. */
  readonly maxDailyValue: number | null;
  /** Exchange orders a day, both sides. */
  readonly maxDailyOrders: number | null;
  readonly maxDailyCancels: number | null;
  readonly maxCancelsPerOrder: number | null;
  /** Seconds of market time between two cancels of the strategy's. */
  readonly minCancelInterval: number | null;
  /** Orders and cancels that leave within one second of market time: what is more waits for its turn. */
  readonly maxActionsPerSecond: number | null;
  /** Orders and cancels a day. */
  readonly maxDailyActions: number | null;
  /** Securities held, with those being bought. */
  readonly maxNames: number | null;
  /** Of one security, with what is being bought of it, of the account's whole value. */
  readonly maxWeight: number | null;
  /** Of all securities, with what is being bought, of the account's whole value. */
  readonly maxExposure: number | null;
  /** JoinQuant codes; null = all, and none. */
  readonly allowed: ReadonlySet<string> | null;
  readonly denied: ReadonlySet<string> | null;
  /** No buys of what is under special treatment. */
  readonly noSt: boolean;
  /** Calendar days since the listing. */
  readonly minListedDays: number | null;
  /** Of the last price. */
  readonly maxPriceDeviation: number | null;
  /** Market seconds in which the third order that is equal is refused; the second is told. */
  readonly duplicateSeconds: number | null;
  /** Of the first value of the day. */
  readonly maxDailyLoss: number | null;
  /** Of the best value of the instance's life. */
  readonly maxDrawdown: number | null;
  /** What a loss stops. */
  readonly lossStops: 'buying' | 'all';
  /** Rejections of one kind in a row that stop buying for the day. */
  readonly breakerRejections: number | null;
  /** Cancels within a minute of market time that stop buying for the day. */
  readonly breakerCancels: number | null;
}

/** What holds when nothing is set. */
export const DEFAULT_RISK_LIMITS: RiskLimits = {
  maxOrderValue: 1_000_000,
  maxOrderAmount: null,
  minOrderValue: null,
  maxDailyValue: 10_000_000,
  maxDailyOrders: 500,
  maxDailyCancels: 500,
  maxCancelsPerOrder: 3,
  minCancelInterval: null,
  maxActionsPerSecond: 20,
  maxDailyActions: 5_000,
  maxNames: null,
  maxWeight: null,
  maxExposure: null,
  allowed: null,
  denied: null,
  noSt: false,
  minListedDays: null,
  maxPriceDeviation: null,
  duplicateSeconds: 3,
  maxDailyLoss: null,
  maxDrawdown: null,
  lossStops: 'buying',
  breakerRejections: 3,
  breakerCancels: null,
};

/** Everything off: runs that have no person's money behind them, and whose limits nobody has set. */
export const NO_RISK_LIMITS: RiskLimits = {
  ...DEFAULT_RISK_LIMITS,
  maxOrderValue: null,
  maxDailyValue: null,
  maxDailyOrders: null,
  maxDailyCancels: null,
  maxCancelsPerOrder: null,
  maxActionsPerSecond: null,
  maxDailyActions: null,
  duplicateSeconds: null,
  breakerRejections: null,
};

/**
 * An account whose orders and cancels reach one of these trades at high frequency: extra reports, other fees. Rules of the three
 * exchanges of 2025-04-03, in force since 2025-07-07 (news of that day; not checked against the exchanges' own text).
 */
export const HIGH_FREQUENCY = { since: '2025-07-07', perSecond: 300, perDay: 20_000 } as const;

/** The share of a limit, or of a threshold, from which on it is told. */
export const TOLD_FROM = 0.5;
