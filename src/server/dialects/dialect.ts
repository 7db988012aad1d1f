import type { DepthQuote, GatewayOrder, GatewayPosition, GatewayTrade } from '../../domain/gateway.ts';
import type { Bars, BarsRequest, SecurityInfo } from '../../domain/trading.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { NewOrder } from '../adapters/gateway.ts';

/** A place request after the server's own steps, read as the gateway reads it. */
export interface OrderFields {
  /** As sent. */
  readonly security: unknown;
  /** Null = not a number at all. */
  readonly amount: number | null;
  /** Upper case. */
  readonly side: string;
  /** As sent; null = none. */
  readonly operation: string | null;
  readonly styleType: string;
  /** The limit or the protected price; null = none was given. */
  readonly price: number | null;
  readonly remark: string;
  readonly strategyName: string;
  /** `stub_scenario` as sent; null = none. */
  readonly scenario: unknown;
}

export interface OrderFilter {
  readonly orderId: string | null;
  readonly security: string | null;
  readonly status: string | null;
}

/** `data.history` as it was asked for, with how its answer is written: bars in the order of the requests. */
export interface HistoryQuery {
  readonly requests: readonly BarsRequest[];
  answer(bars: readonly Bars[]): JsonObject;
}

/** Days `YYYY-MM-DD`, both included; of them the last `count` where that is above 0. */
export interface DaysQuery {
  readonly start: string;
  readonly end: string;
  readonly count: number | null;
}

/**
 * How requests are read into the terms of the port, and the port's rows written onto the wire. There are two: the recorded stub's,
 * which reads anything, and ours. Readers throw BtError with the text the client gets.
 */
export interface Dialect {
  /** Whether an idempotency key is compared by what the request means; else by its fields as written. */
  readonly comparesMeaning: boolean;
  /** Whether the default account stands in for one that does not exist; else it is refused by name. */
  readonly guessesAccounts: boolean;
  /** Whether a place request and a cancel wait for the order's end. */
  readonly waits: boolean;
  /** Whether an order is made fit for the market (`fit-order.ts`) unless the request says `exact`. */
  readonly fits: boolean;

  /** A security that must be there. */
  security(value: unknown): string;
  /** Throws for a symbol that can never have a tick. */
  checkSymbol(symbol: string): void;
  order(fields: OrderFields): NewOrder;
  /** Which of an account's orders are meant. */
  orderFilter(filter: OrderFilter): (order: GatewayOrder) => boolean;
  tradeFilter(filter: OrderFilter): (trade: GatewayTrade) => boolean;
  /** `now`: market time, epoch ms. */
  history(payload: JsonObject, now: number): HistoryQuery;
  days(payload: JsonObject, now: number): DaysQuery;

  readonly orderRow: (order: GatewayOrder) => JsonObject;
  readonly tradeRow: (trade: GatewayTrade) => JsonObject;
  /** `more`: what the server knows beside the gateway. */
  readonly positionRow: (position: GatewayPosition, more: JsonObject) => JsonObject;
  /** What the account's text shows as sellable. */
  readonly shownCloseable: (position: GatewayPosition) => number;
  snapshot(quote: DepthQuote): JsonObject;
  liveCurrent(quote: DepthQuote): JsonObject;
  tick(symbol: string, quote: DepthQuote): JsonObject;
  securityInfo(info: SecurityInfo): JsonObject;
}
