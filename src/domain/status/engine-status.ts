import type { RiskLimitStatus } from './risk-status.ts';
import type { SeenAccount } from './seen-account.ts';

/** A connection with the gateway. `since`: market time of its last change, epoch ms; null = it has not changed since the start. */
export interface LinkStatus {
  /** `place`, `read`, `data`, or what the venue calls it. */
  readonly session: string;
  readonly up: boolean;
  /** Why it is down; null while it is up. */
  readonly reason: string | null;
  readonly since: number | null;
}

/** What a run's strategy is doing. `lost`: nothing of it is called any more, its orders are followed. */
export interface StrategyStatus {
  readonly state: 'starting' | 'idle' | 'running' | 'halted' | 'lost';
  /** The hook or task that runs; null = none does. */
  readonly inTask: string | null;
  /** Market time from which that holds, epoch ms. */
  readonly since: number;
}

/** What a running engine says of itself. Times are market time, epoch ms; null = not known (yet). */
export interface EngineStatus {
  readonly pid: number;
  /** Version of bt that runs it. */
  readonly version: string;
  readonly startedAt: number;
  /** Hooks and tasks are armed: it trades when its gate is open. */
  readonly ready: boolean;
  /** Why trading waits; null = it does not. */
  readonly gate: string | null;
  readonly links: readonly LinkStatus[];
  /** Whether the gateway declares itself a stub; null = it has not been reached. */
  readonly stub: boolean | null;
  /** `alive`: something has moved lately; null while nothing has to (the market is closed), or nobody has looked. */
  readonly quotes: { readonly alive: boolean | null; readonly lastAt: number | null };
  /** Null = this run has no strategy of its own. */
  readonly strategy: StrategyStatus | null;
  /** Why a person, or a limit, wants nothing of it to be called; null = nobody does. */
  readonly paused: string | null;
  /** Of the engine's own process, MB. */
  readonly memoryMb: number;
  /** Ledger and its log, bytes. */
  readonly ledgerBytes: number;
}

/** An order at the broker that is not this instance's: `bt adopt` takes it. */
export interface ForeignOrder {
  readonly brokerOrderId: string;
  readonly security: string;
  readonly side: 'buy' | 'sell' | null;
  readonly amount: number;
  readonly filled: number | null;
  readonly price: number | null;
  readonly remark: string;
}

/** What a running engine answers when it is asked for its status. */
export interface EngineAnswer {
  readonly version: 1;
  /** Market time, epoch ms. */
  readonly now: number;
  readonly engine: EngineStatus;
  /** Null before it was first read. */
  readonly account: SeenAccount | null;
  readonly limits: readonly RiskLimitStatus[];
  readonly foreign: readonly ForeignOrder[];
}
