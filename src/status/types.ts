import type { RiskRule } from '../domain/order/risk/rule.ts';
import type { Actor, IntentState, OrderStyle, TradeView } from '../domain/order/types.ts';
import type { EngineStatus, ForeignOrder } from '../domain/status/engine-status.ts';
import type { SeenPosition } from '../domain/status/seen-account.ts';
import type { RiskLimitStatus } from '../domain/status/risk-status.ts';
import type { EquityPoint as KeptPoint, KillWish, RiskEntry } from '../ledger/risk-rows.ts';
import type { DeviationStatus, SignalStatus } from './signal-types.ts';

export type { DeviationStatus, SignalStatus } from './signal-types.ts';
export type { EngineStatus, ForeignOrder, LinkStatus, StrategyStatus } from '../domain/status/engine-status.ts';
export type { LimitUnit, RiskLimitStatus } from '../domain/status/risk-status.ts';

/**
 * What a person sees of an instance: from its ledger, and from its engine while one runs. Every member is JSON. Times are market time,
 * epoch ms; money in CNY; null = not known.
 */
export interface InstanceStatus {
  readonly version: 1;
  /** Name of its folder. */
  readonly instance: string;
  readonly name: string;
  readonly broker: string;
  /** `host:port`, or `stub` for a paper market of its own. */
  readonly endpoint: string;
  /** Number of the account, all but its last digits hidden; its alias at the gateway where no run has read it. */
  readonly account: string | null;
  /** `wall`, `simulated` or `gateway`. */
  readonly clock: string;
  readonly running: boolean;
  readonly pid: number | null;
  /** Market time of this document. */
  readonly now: number;
  /** The trading day that orders, trades, triggers, signals and equity are of, `YYYY-MM-DD`. */
  readonly day: string;
  /** Why the engine that runs says nothing of itself; null = it does, or none runs. */
  readonly problem: string | null;
  /** What the engine says of itself; null = none runs, or it does not answer: everything is of the ledger. */
  readonly engine: EngineStatus | null;
  readonly portfolio: PortfolioStatus | null;
  readonly positions: readonly PositionStatus[];
  readonly orders: readonly OrderStatus[];
  readonly trades: readonly TradeStatus[];
  readonly triggers: readonly TriggerStatus[];
  /** It is a follower: signals are carried out, and no tasks run. */
  readonly follows: boolean;
  /** Of a follower: signals that came on that day, were open or ended on it, in the order in which they came. */
  readonly signals: readonly SignalStatus[];
  /** Of a follower: what each strategy was last found to hold, against what its source says. */
  readonly deviations: readonly DeviationStatus[];
  /** Of whatever day. */
  readonly unknowns: readonly UnknownStatus[];
  /** Open orders of others in the account; empty while no engine runs. */
  readonly foreign: readonly ForeignOrder[];
  readonly risk: RiskStatus;
  /** A point a minute of the session of that day. */
  readonly equity: readonly EquityPoint[];
  /** The last point of each day since the instance's first one. */
  readonly equityDays: readonly EquityPoint[];
}

/** The account as the instance sees it. */
export interface PortfolioStatus {
  /** When it was read. */
  readonly asOf: number;
  /** `engine`: as of now; `ledger`: as a run has seen it last. */
  readonly source: 'engine' | 'ledger';
  readonly totalValue: number;
  readonly availableCash: number;
  readonly lockedCash: number;
  readonly startingCash: number;
  /** Against the last value of the day before, else the first one of this day. */
  readonly dayProfit: number | null;
  /** Per cent. */
  readonly dayProfitPercent: number | null;
  /** Against the account's value on the instance's first day. */
  readonly totalProfit: number | null;
  readonly totalProfitPercent: number | null;
}

export interface PositionStatus extends SeenPosition {
  /** Worth less cost; null where one of them is not known. */
  readonly profit: number | null;
  readonly profitPercent: number | null;
  /** Per cent of the account. */
  readonly weight: number | null;
}

export interface OrderStatus {
  readonly orderId: string;
  readonly day: string;
  /** Market time of the call. */
  readonly at: number;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  readonly filled: number;
  /** Average price of its fills. */
  readonly price: number | null;
  readonly commission: number | null;
  /** What its call saw: the last price it was first planned on. */
  readonly callPrice: number | null;
  /** The price that came which it had waited for. */
  readonly triggerPrice: number | null;
  /** Average cost of the holding that it sells from, CNY a share. */
  readonly costBefore: number | null;
  readonly style: OrderStyle;
  readonly state: IntentState;
  /** `new`, `parked` (it waits for its window or its price), `working` or `done`. */
  readonly phase: 'new' | 'parked' | 'working' | 'done';
  readonly reason: string | null;
  readonly unknown: boolean;
  /** The task that placed it, in words; null = none, or a hook. */
  readonly task: string | null;
  readonly owner: string;
  readonly pindex: number;
  /** The orders at the exchange that it became. */
  readonly parts: readonly OrderPartStatus[];
  /** Each state with its time; empty of orders of before there was a history. */
  readonly history: readonly OrderChangeStatus[];
}

export interface OrderPartStatus {
  /** The 8 characters in its remark: what `bt resolve` takes. */
  readonly id: string;
  readonly clientId: string;
  readonly remark: string;
  readonly brokerOrderId: string | null;
  readonly state: IntentState;
  readonly reason: string | null;
  readonly amount: number;
  readonly filled: number;
  /** Its limit. */
  readonly price: number;
  readonly sentAt: number | null;
  readonly updatedAt: number;
  readonly cancels: number;
}

export interface OrderChangeStatus {
  readonly at: number;
  readonly state: IntentState;
  readonly reason: string | null;
  /** Who is behind it; null = nobody in particular. */
  readonly by: Actor | null;
  /** Client id of the part that changed; null = the order as a whole. */
  readonly part: string | null;
}

export interface TradeStatus extends TradeView {
  /** Of the lists of that day. */
  readonly day: string;
  readonly value: number;
}

export interface TriggerStatus {
  readonly task: string;
  readonly due: number;
  readonly outcome: string;
  readonly reason: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** An order whose fate is not known: its security is not traded until that has ended. */
export interface UnknownStatus {
  /** What `bt resolve` takes. */
  readonly id: string;
  readonly orderId: string;
  readonly remark: string;
  readonly day: string;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  readonly filled: number;
  readonly price: number;
  readonly brokerOrderId: string | null;
  readonly reason: string | null;
  readonly since: number;
  /** Which words of `bt resolve` settle it. */
  readonly settledBy: readonly ('as' | 'notPlaced' | 'filled')[];
}

export interface RiskStatus {
  /** Empty where no run has left any. */
  readonly limits: readonly RiskLimitStatus[];
  /** What stops orders now. */
  readonly stops: readonly RiskStopStatus[];
  /** What limits did on that day, oldest first. */
  readonly log: readonly RiskEntry[];
  /** The file KILL is in its folder. */
  readonly killFile: boolean;
  /** What the kill switch is to do, or has done; null = it was never pulled, or let go on. */
  readonly kill: KillWish | null;
}

export interface RiskStopStatus {
  readonly rule: RiskRule;
  readonly stops: 'buying' | 'all';
  readonly at: number;
  /** The day with which it ends; null = a person ends it. */
  readonly day: string | null;
  readonly text: string;
}

/** An instance as a list shows it. */
export interface InstanceSummary {
  readonly instance: string;
  readonly name: string;
  readonly broker: string;
  readonly endpoint: string;
  readonly clock: string;
  readonly running: boolean;
  /** Why nothing can be told of it; null = it can. */
  readonly problem: string | null;
}

/** What the account was worth in a minute. */
export interface EquityPoint extends KeptPoint {
  /** From this point on another part of the account is counted (`--positions` was changed): so much came in sight, CNY, which is no profit. */
  readonly shift?: number | undefined;
}

/** What of a document is wanted beside what is cheap; a list that is not wanted is empty. */
export type StatusPart = 'orders' | 'history' | 'trades' | 'triggers' | 'signals' | 'equity' | 'equityDays';

export interface StatusQuery {
  /** `YYYY-MM-DD`; absent = the instance's today. */
  readonly day?: string;
  /** Absent = all. */
  readonly parts?: readonly StatusPart[];
}
