import type { FaultPlan } from '../../../src/server/faults/index.ts';
import type { OrderRequest } from '../../../src/domain/order/types.ts';

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
export type TimedKind = (typeof TIMED_KINDS)[number];

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
export type FaultKind = (typeof FAULT_KINDS)[number] | `stub ${string}`;

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
  readonly memory: 'all' | 'book' | 'none';
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
    }
  /** Cancels one of the orders there are then. */
  | { readonly kind: 'cancel'; readonly at: number; readonly pick: number };

/** Somebody else trades on the account. */
export interface ForeignOrder {
  readonly at: number;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  readonly remark: string;
  readonly limit: number;
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
  /** `HH:MM:SS` of 2026-07-06. */
  readonly start: string;
  readonly traits: Traits;
  readonly rpcTimeoutSeconds: number;
  /** What of the account the strategy trades. */
  readonly positions: 'all' | 'own';
  readonly calls: readonly Call[];
  readonly foreign: readonly ForeignOrder[];
  readonly frameFaults: readonly FrameFault[];
  readonly timedFaults: readonly TimedFault[];
  readonly crashes: readonly CrashPoint[];
  /** The stub's own faults; null = it has none. */
  readonly stub: FaultPlan | null;
  readonly serverCrashes: readonly ServerCrash[];
  /** Market time moves on to this `YYYY-MM-DD HH:MM:SS` at `at` (virtual ms): a lunch, a night. */
  readonly skips: readonly { readonly at: number; readonly to: string }[];
  /** From here on nothing more goes wrong, virtual ms. */
  readonly quietAt: number;
}
