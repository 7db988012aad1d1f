/**
 * What a venue reports, in our own terms. Missing is `null`, never 0.
 * Prices in CNY, amounts in shares (units for funds, 张 for convertible bonds), times in epoch milliseconds.
 * `security` is always JoinQuant's spelling: `600000.XSHG`, `000001.XSHE`, `830799.BJ`.
 */
export type Side = 'buy' | 'sell';

/** Vendor-neutral status of an order at the broker; the QMT code is in brackets. */
export type BrokerOrderStatus =
  | 'pending' // not reported to the exchange yet (48, 49)
  | 'open' // reported, queueing (50)
  | 'partly_filled' // live, partly filled (55)
  | 'canceling' // cancel pending (51)
  | 'partly_canceling' // partly filled, cancel pending (52)
  | 'filled' // final (56)
  | 'canceled' // final, nothing filled (54)
  | 'partly_canceled' // final, partly filled, rest cancelled (53)
  | 'rejected' // final (57)
  | 'unknown'; // 255, or a word we do not know: never read as final

export const FINAL_BROKER_STATUSES: ReadonlySet<BrokerOrderStatus> = new Set<BrokerOrderStatus>([
  'filled',
  'canceled',
  'partly_canceled',
  'rejected',
]);

export interface BrokerAccount {
  readonly accountId: string | null;
  readonly availableCash: number;
  readonly totalValue: number;
  readonly frozenCash: number | null;
  readonly transferableCash: number | null;
  readonly marketValue: number | null;
}

export interface BrokerPosition {
  readonly security: string;
  readonly name: string | null;
  readonly amount: number;
  readonly closeableAmount: number;
  readonly avgCost: number | null;
  readonly lastPrice: number | null;
  readonly marketValue: number | null;
  /** What of the row cannot be read, in words: its amounts are 0 then, its worth may be told. Absent = all of it can. */
  readonly unreadable?: string;
}

export interface BrokerOrder {
  /** Empty in a row that cannot be read. */
  readonly orderId: string;
  readonly security: string;
  readonly side: Side | null;
  readonly amount: number;
  readonly filled: number;
  /** The limit the exchange holds. */
  readonly limitPrice: number | null;
  /** Average price of the fills; null until there is one. */
  readonly avgPrice: number | null;
  readonly status: BrokerOrderStatus;
  readonly remark: string;
  readonly statusText: string;
  readonly createdAt: number | null;
  /** What of the row cannot be read, in words: its figures say nothing then. Absent = all of it can. */
  readonly unreadable?: string;
}

export interface BrokerTrade {
  readonly tradeId: string;
  readonly orderId: string;
  readonly security: string;
  /** Null when the venue does not say. */
  readonly side: Side | null;
  readonly amount: number;
  /** Null when the venue does not say: such a row is no fill yet. */
  readonly price: number | null;
  readonly time: number | null;
  readonly commission: number | null;
  readonly tax: number | null;
  /** As in an order. */
  readonly unreadable?: string;
}

/** One market-data reading. Every number may be missing; a vendor's 0 price has become null at the wire. */
export interface Quote {
  readonly security: string;
  readonly time: number | null;
  readonly lastPrice: number | null;
  readonly preClose: number | null;
  readonly dayOpen: number | null;
  readonly highLimit: number | null;
  readonly lowLimit: number | null;
  readonly bid1: number | null;
  readonly ask1: number | null;
  /** Shares traded today. */
  readonly volume: number | null;
  readonly paused: boolean | null;
  readonly isSt: boolean | null;
  readonly name: string | null;
}

export type BarUnit = '1m' | '5m' | '15m' | '30m' | '60m' | '1d';
export type AdjustMode = 'pre' | 'post' | 'none';

export interface BarsRequest {
  readonly security: string;
  readonly unit: BarUnit;
  /** Number of bars ending at `end`; null when `start` bounds the request. */
  readonly count: number | null;
  /** Epoch ms, inclusive; null when `count` bounds the request. */
  readonly start: number | null;
  /** Epoch ms, inclusive, compared with the bar's label (a bar is labelled by its END). */
  readonly end: number;
  readonly adjust: AdjustMode;
  /** Columns that are wanted; absent = the standard ones. More may come, and for one that a source lacks those it is made of. */
  readonly columns?: readonly string[];
}

/**
 * Bars of one security, column by column, oldest first; all columns have the length of `time`.
 * `time`: label of the bar, epoch ms: the bar's END for minute bars (09:31 covers 09:30-09:31), midnight China for daily ones.
 * `columns`: those asked for; open, close, high, low (CNY), volume (shares), money (CNY) when none was named. NaN = missing.
 */
export interface Bars {
  readonly security: string;
  readonly time: Float64Array;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

export interface SecurityInfo {
  readonly security: string;
  readonly displayName: string;
  readonly name: string;
  /** JoinQuant's type: stock, etf, lof, index, conbond, … */
  readonly type: string;
  /** `YYYY-MM-DD`; null when the venue does not say. */
  readonly startDate: string | null;
  readonly endDate: string | null;
}
