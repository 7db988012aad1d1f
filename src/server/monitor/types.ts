import type { GatewayAccount, GatewayPosition } from '../../domain/gateway.ts';

/** An account at one moment, as its gateway told it. */
export interface AccountPicture {
  /** Alias. */
  readonly account: string;
  /** Market time, epoch ms. */
  readonly at: number;
  readonly totals: GatewayAccount;
  readonly positions: readonly GatewayPosition[];
}

/** A minute without a picture: missing is not zero. */
export interface Gap {
  readonly account: string;
  readonly at: number;
  readonly why: string;
}

/** What is asked of the history. */
export interface HistoryQuery {
  /** Alias. */
  readonly account: string;
  /** Market time, epoch ms, both included. */
  readonly from: number;
  readonly to: number;
  /** Each minute there is, or the last one of each day. */
  readonly every: 'minute' | 'day';
  /** Rows of the account at most, the latest ones. */
  readonly limit: number;
}

/** A row of the history; money in CNY. */
export interface AccountRow {
  readonly at: number;
  readonly availableCash: number;
  readonly frozenCash: number | null;
  readonly marketValue: number | null;
  readonly totalValue: number;
  readonly profit: number | null;
  /** Securities held. */
  readonly holdings: number;
}

export interface HoldingRow {
  readonly at: number;
  readonly security: string;
  readonly name: string | null;
  readonly amount: number;
  readonly closeableAmount: number;
  readonly avgCost: number | null;
  readonly lastPrice: number | null;
  readonly marketValue: number | null;
  readonly profit: number | null;
  readonly profitRate: number | null;
  readonly held: Held;
}

/** How long a security has been held without a break, in trading days: 0 = since today. `atLeast`: it was there before the record began. */
export interface Held {
  readonly days: number;
  readonly atLeast: boolean;
}

export interface HistoryAnswer {
  readonly accounts: readonly AccountRow[];
  /** The holdings at the moments of `accounts`. */
  readonly holdings: readonly HoldingRow[];
  /** Those of the time between the first and the last of `accounts`, or of the time asked for where there is none. */
  readonly gaps: readonly Gap[];
}
