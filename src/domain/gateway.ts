import type { BrokerAccount, BrokerOrder, BrokerPosition, BrokerTrade, Quote, Side } from './trading.ts';

/**
 * What a gateway knows of its accounts and its market: a client's rows (`trading.ts`), and what only the counter's side has.
 * As there: missing is `null`, prices in CNY, amounts in shares, times in epoch ms.
 */
export type GatewayAccount = BrokerAccount;

export interface GatewayPosition extends BrokerPosition {
  /** Shares that open sells hold; null where the counter does not say. */
  readonly frozenAmount: number | null;
}

/** `security` is empty where an order names none. */
export interface GatewayOrder extends BrokerOrder {
  /** The exchange's number of it; empty until it was reported. */
  readonly systemId: string;
  /** `limit`, `market`, or a word of the gateway's own. */
  readonly style: string;
  /** What only a credit account does, by name (`margin_buy`); absent = a plain buy or sell. */
  readonly operation?: string;
  /** QMT's code: 48 … 57, or 255. */
  readonly rawStatus: number;
  /** The gateway's own word for a code that says nothing; else null. */
  readonly rawWord: string | null;
  readonly strategyName: string;
  readonly commission: number;
  readonly tax: number;
  readonly frozenCash: number;
  readonly frozenAmount: number;
  /** The sub-account it is kept under; null = none. */
  readonly subAccountId: string | null;
}

export interface GatewayTrade extends BrokerTrade {
  readonly price: number;
  readonly side: Side;
  readonly remark: string;
}

export interface BookLevel {
  readonly price: number;
  readonly volume: number;
}

/** A quote with its five levels; empty arrays outside the hours that have a book. */
export interface DepthQuote extends Quote {
  /** Highest and lowest price of the day so far, CNY; null before its first trade. */
  readonly dayHigh: number | null;
  readonly dayLow: number | null;
  /** CNY traded in the day so far. */
  readonly money: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** One payment of cash or shares to the holders of a security. */
export interface Dividend {
  readonly security: string;
  /** `YYYY-MM-DD` from which the price is without it. */
  readonly day: string;
  readonly type: string;
  /** Shares that one becomes. */
  readonly scale: number;
  /** CNY before tax for each `per` shares. */
  readonly cash: number;
  readonly per: number;
}

/** How a gateway is, and the market clock it keeps, if it keeps one. */
export interface GatewayHealth {
  /** `stub`, or the name of what trades behind it. */
  readonly backend: string;
  readonly market: string;
  /** Market time now (epoch ms) and market seconds per wall second. */
  readonly clock: { readonly now: number; readonly speed: number } | null;
  /** What it says of the terminal behind it, in the wire's own fields; absent where there is none. */
  readonly details?: Readonly<Record<string, unknown>>;
}
