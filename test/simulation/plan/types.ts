import type { FaultPlan } from '../../../src/server/faults/index.ts';
import type { OrderRequest, StopPrice } from '../../../src/domain/order/types.ts';
import type { Law } from './axes.ts';
import type { Outside } from './outside.ts';

/** What may become of any request or its answer. */
export const ANY_FRAME_KINDS = [
  'cut-request',
  'cut-answer',
  'silent-request',
  'silent-answer',
  'lost-request',
  'lost-answer',
  'late-request',
  'late-answer',
  'duplicate-answer',
  'wrong-id',
  'half-frame',
  'slow-reader',
  'error-before',
  'error-after',
] as const;

/** With what fits certain requests only. */
export const FRAME_KINDS = [
  ...ANY_FRAME_KINDS,
  'refusal',
  'submit-unknown',
  'empty-list',
  'partial-list',
  'stale-list',
] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

/** What may happen to everybody at an instant. */
export const TIMED_KINDS = ['block', 'reset-all', 'token-change', 'clock-jump'] as const;
/** `hang`: the gateway's process stands still, its links stay. */
export type TimedKind = (typeof TIMED_KINDS)[number] | 'hang';

const DEATHS = [
  'server-restart-all',
  'server-restart-book',
  'server-restart-none',
  'crash-commit',
  'crash-write',
  'crash-answer',
] as const;

/** Every way in which something goes wrong on purpose; with the stub's own, the rows of the coverage table. */
export const FAULT_KINDS = [...FRAME_KINDS, ...TIMED_KINDS, ...DEATHS] as const;
export type FaultKind = (typeof FAULT_KINDS)[number] | `stub ${string}` | Occasion;

/** What happens in worlds of the new axes; `kind` of the coverage table's second part. */
export type Occasion = (typeof OCCASIONS)[number];
export const OCCASIONS = [
  'restart same-day',
  'restart next-day',
  'restart days-later',
  'night',
  'weekend',
  'other buys',
  'other sells',
  'other cancels',
  'deposit',
  'withdrawal',
  'hang',
  'server-restart-ids',
  'odd trade-amount-0',
  'odd trade-price-0',
  'odd unpriced-holding',
  'odd unknown-code',
  'odd two-rows',
  'odd unknown-status',
  'odd lagging-cash',
  'odd no-freeze',
  'odd other-account',
  'order called',
  'stop triggered',
  'bridge killed',
  'bridge hung',
  'record crash',
  'keyed order',
  'push order',
  'push trade',
  'push again',
  'push stale',
  'push other-account',
  'kill',
  'pause',
  'resume',
] as const;

/** A fault that strikes one frame: the `nth` of `action` from `from` (virtual ms) on. */
export interface FrameFault {
  readonly kind: FrameKind;
  /** Wire action; empty = any request. */
  readonly action: string;
  readonly nth: number;
  readonly from: number;
  /** Where a frame is cut, as a share of its bytes; how long it is late, ms; which row is missing. */
  readonly share: number;
  readonly ms: number;
  /** Of an error. */
  readonly code: string;
}

/** A fault that strikes at an instant. */
export interface TimedFault {
  readonly kind: TimedKind;
  readonly at: number;
  readonly ms: number;
}

/** The engine dies at its `nth` I/O of this sort from `from` on. */
export interface CrashPoint {
  readonly point: 'commit' | 'write' | 'answer';
  readonly side: 'before' | 'after';
  /** Wire action of a write or answer; empty = any. */
  readonly action: string;
  readonly nth: number;
  readonly from: number;
  /** Until it is started again, ms. */
  readonly downMs: number;
}

/** The server dies around one request of `action`. */
export interface ServerCrash {
  /** `ids`: cash and shares stay; the day's lists are empty, and order ids begin anew. */
  readonly memory: 'all' | 'book' | 'none' | 'ids';
  readonly point: 'before' | 'executed' | 'answered';
  readonly action: string;
  readonly nth: number;
  readonly from: number;
  readonly downMs: number;
}

/** A strategy's call; prices follow the market of the moment. */
export type Call =
  | {
      readonly kind: 'order';
      readonly at: number;
      readonly request: Omit<OrderRequest, 'style'>;
      /** Null = market; else the limit's distance from the last price, as a share. */
      readonly limit: number | null;
      /** It waits for a price at that distance from the last one; absent = for none. */
      readonly stop?: { readonly mode: StopPrice['mode']; readonly distance: number };
    }
  /** Cancels one of the orders there are then; LATEST = the last one. */
  | { readonly kind: 'cancel'; readonly at: number; readonly pick: number };

export const LATEST = -1;

/** Somebody else trades on the account. */
export interface ForeignOrder {
  readonly at: number;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  readonly remark: string;
  readonly limit: number;
}

/** Somebody else cancels one of his orders. */
export interface ForeignCancel {
  readonly at: number;
  readonly pick: number;
}

/** Cash moves between bank and account; CNY, below 0 = out of the account. */
export interface Transfer {
  readonly at: number;
  readonly cny: number;
}

/** Rows and figures that gateways show now and then. */
export const ODD_KINDS = [
  'trade-amount-0',
  'trade-price-0',
  'unpriced-holding',
  'unknown-code',
  'two-rows',
  'unknown-status',
  'lagging-cash',
  'no-freeze',
  'other-account',
] as const;
export type OddKind = (typeof ODD_KINDS)[number];

/** Between two instants (virtual ms); `until` null = to the end. */
export interface Odd {
  readonly kind: OddKind;
  readonly from: number;
  readonly until: number | null;
}

/** Market time moves on to this `YYYY-MM-DD HH:MM:SS` at `at` (virtual ms): a lunch, a night. */
export interface Skip {
  readonly at: number;
  readonly to: string;
  /** All that is due in between happens at its own time, as in a real night; else the clock is set. */
  readonly through: boolean;
}

/** The engine is killed, and started again so much later, by the clock. */
export interface Restart {
  readonly at: number;
  readonly downMs: number;
}

/** What a person tells the engine. `by`: over the control socket, or by the file KILL in its folder. */
export type OperatorAct =
  | {
      readonly kind: 'kill';
      readonly at: number;
      readonly by: 'socket' | 'file';
      readonly cancel: boolean;
      readonly flatten: boolean;
    }
  | { readonly kind: 'pause' | 'resume'; readonly at: number };

/** A signal of a source that is followed, and when it is handed over: by its sender, who may repeat it, and by whoever plays it again. */
export interface PlannedSignal {
  readonly id: string;
  /** Virtual ms at which its sender stamps it. */
  readonly at: number;
  /** Virtual ms of each delivery; the first one may be long after the stamp. */
  readonly deliveries: readonly number[];
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  /** Distance of its price from the last one; null = it names none. */
  readonly limit: number | null;
  readonly isClosing: boolean | null;
}

/** Orders and fills are told as they happen; the lists stay the truth. */
export interface Stream {
  /** Each up to so many virtual ms after it happened. */
  readonly latest: number;
  /** Share that is told twice. */
  readonly twice: number;
  /** Share beside which one of another account is told. */
  readonly others: number;
}

/** What this gateway is like, from beginning to end. */
export interface Traits {
  readonly remark: 'echo' | 'cut' | 'prefix' | 'none';
  readonly tradeIds: 'own' | 'equal';
  readonly keys: 'kept' | 'ignored';
  readonly marketValue: boolean;
}

/** All that happens in one world; follows from the seed. */
export interface Plan {
  readonly seed: number;
  /** What sort of world it is; for the report. */
  readonly kind: 'moment' | 'days' | 'hours' | 'busy' | 'months';
  /** Demanded while it runs. */
  readonly laws: ReadonlySet<Law>;
  /** `YYYY-MM-DD` and `HH:MM:SS` at which it begins. */
  readonly day: string;
  readonly start: string;
  readonly traits: Traits;
  readonly rpcTimeoutSeconds: number;
  /** What of the account the strategy trades. */
  readonly positions: 'all' | 'own';
  readonly calls: readonly Call[];
  readonly foreign: readonly ForeignOrder[];
  readonly foreignCancels: readonly ForeignCancel[];
  readonly transfers: readonly Transfer[];
  readonly odd: readonly Odd[];
  readonly frameFaults: readonly FrameFault[];
  readonly timedFaults: readonly TimedFault[];
  readonly crashes: readonly CrashPoint[];
  /** The exchange lies behind a bridge; null = in the gateway's process. */
  readonly outside: Outside | null;
  /** The stub's own faults; null = it has none. */
  readonly stub: FaultPlan | null;
  readonly serverCrashes: readonly ServerCrash[];
  readonly skips: readonly Skip[];
  readonly restarts: readonly Restart[];
  readonly operator: readonly OperatorAct[];
  /** Signals that are followed beside the strategy's calls. */
  readonly signals: readonly PlannedSignal[];
  /** Null = nothing is told. */
  readonly stream: Stream | null;
  /** The limit of exchange orders a day; null = there is none. */
  readonly maxDailyOrders: number | null;
  /** From here on nothing more goes wrong, virtual ms. */
  readonly quietAt: number;
}
