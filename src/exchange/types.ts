import type { DataRequest, DatasetName } from '../domain/data/datasets.ts';
import type { DataTable } from '../domain/data/table.ts';
import type { BookLevel, DepthQuote } from '../domain/gateway.ts';
import type { FeeSchedule } from '../domain/market/fees.ts';
import type { Clock } from '../platform/clock.ts';
import type { Bars, BarsRequest, Quote, SecurityInfo, Side } from '../domain/trading.ts';
import type { Steps } from '../domain/steps.ts';

/** QMT's order status codes, the exchange's own vocabulary (48 … 57). */
export type QmtStatus = 48 | 49 | 50 | 51 | 52 | 53 | 54 | 55 | 56 | 57;

export interface ExchangeOrderRequest {
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  /** Limit, or the protected price of a market order; null = market without protection. */
  readonly price: number | null;
  readonly style: 'limit' | 'market';
  readonly remark: string;
  readonly strategyName: string;
}

export interface ExchangeOrder {
  /** Unique within the account and day, digits as text (as QMT's). */
  readonly orderId: string;
  readonly sysId: string;
  readonly security: string;
  readonly side: Side;
  readonly style: 'limit' | 'market';
  readonly amount: number;
  readonly filled: number;
  readonly price: number;
  readonly avgPrice: number | null;
  readonly status: QmtStatus;
  /** The counter's text for 57 and 54, else empty. */
  readonly statusText: string;
  readonly remark: string;
  readonly strategyName: string;
  /** Market time, epoch ms. */
  readonly createdAt: number;
  readonly tradingDay: string;
  readonly frozenCash: number;
  readonly frozenAmount: number;
  readonly commission: number;
  readonly tax: number;
}

export interface ExchangeTrade {
  readonly tradeId: string;
  readonly orderId: string;
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly price: number;
  readonly time: number;
  readonly commission: number;
  readonly tax: number;
  readonly remark: string;
}

export interface ExchangePosition {
  readonly security: string;
  readonly name: string;
  readonly amount: number;
  readonly closeableAmount: number;
  readonly frozenAmount: number;
  readonly avgCost: number;
  readonly lastPrice: number;
  readonly marketValue: number;
}

export interface ExchangeAccount {
  readonly accountId: string;
  readonly availableCash: number;
  readonly frozenCash: number;
  readonly transferableCash: number;
  readonly marketValue: number;
  readonly totalValue: number;
}

export type { BookLevel };

/** A quote with what the day and the book hold beside it. */
export interface ExchangeTick extends Omit<DepthQuote, keyof Quote> {
  readonly quote: Quote;
}

/** Whole state as plain JSON data: `restore(JSON.parse(JSON.stringify(save())))` continues exactly. */
export interface ExchangeState {
  readonly version: 1;
  readonly seed: number;
  readonly data: unknown;
}

/** A request that changed the market, and how it was judged: on the state before it and at its time it is judged so again. */
export type ExchangeCommand =
  | {
      readonly kind: 'place';
      /** Market time, epoch ms. */
      readonly at: number;
      readonly key: string;
      readonly request: ExchangeOrderRequest;
      readonly orderId: string;
      readonly status: QmtStatus;
    }
  | { readonly kind: 'cancel'; readonly at: number; readonly key: string; readonly orderId: string };

/** An account that the exchange opens when no saved state knows it. */
export interface ExchangeAccountOptions {
  readonly key: string;
  readonly accountId: string;
  /** Starting cash, CNY. */
  readonly cash: number;
}

export interface ExchangeOptions {
  /** Only `now()` is read: the exchange is brought up to date by its callers, never by timers. */
  readonly clock: Pick<Clock, 'now'>;
  /** Integer; the same seed is the same market. */
  readonly seed: number;
  readonly accounts: readonly ExchangeAccountOptions[];
  /** What the broker charges; JoinQuant's defaults when absent. */
  readonly fees?: FeeSchedule;
  /** What `save()` gave. BtError BAD_EXCHANGE_STATE when it is damaged or of another seed. */
  readonly state?: ExchangeState;
  /** What happened after that state, as it was told: played again. BtError BAD_EXCHANGE_STATE when it comes out otherwise. */
  readonly commands?: readonly unknown[];
  /** Told of each request that changes the market, in its turn. */
  readonly onCommand?: (command: ExchangeCommand) => void;
}

/**
 * The paper market. Deterministic for a seed and a clock: every method first brings the book up to `clock.now()`.
 * Unknown account keys throw; a malformed security throws BtError BAD_SECURITY; a well-formed unknown one gets a plausible
 * instrument. Orders are answered at once: an order that breaks a rule comes back with status 57 and the counter's text.
 */
export interface PaperExchange {
  accountKeys(): readonly string[];
  account(key: string): ExchangeAccount;
  positions(key: string): readonly ExchangePosition[];
  /** Orders of the current trading day, oldest first. */
  orders(key: string): readonly ExchangeOrder[];
  trades(key: string): readonly ExchangeTrade[];
  order(key: string, orderId: string): ExchangeOrder | null;
  place(key: string, request: ExchangeOrderRequest): ExchangeOrder;
  /** `requested`: accepted by the counter; `refused`: unknown id, final, or not cancellable now. */
  cancel(key: string, orderId: string): { readonly kind: 'requested' | 'refused'; readonly text: string };
  /** Moves CNY from the bank into the account, or out of it when below 0; false when so much cannot be withdrawn. */
  transfer(key: string, cny: number): boolean;
  tick(security: string): ExchangeTick;
  bars(request: BarsRequest): Bars;
  securityInfo(security: string): SecurityInfo;
  tradeDays(start: string, end: string): readonly string[];
  readonly datasets: ReadonlySet<DatasetName>;
  /** Only what was known at `asOf`, epoch ms; in steps, between which the market may go on. */
  table(request: DataRequest, asOf: number): Steps<DataTable>;
  /**
   * Makes what the market makes but once, in steps of a few ms at most: the first questions for its lists and companies are then as fast
   * as later ones. It may be left off after any step, and nothing it makes changes an answer.
   */
  prepare(): Steps<void>;
  /** Grows with each change that must survive a crash (orders, fills, cancels, day roll). */
  revision(): number;
  save(): ExchangeState;
}
