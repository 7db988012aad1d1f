import type { JsonObject } from '../../protocol/json.ts';
import type { AccountConfig, MarketKind } from '../options.ts';

/** A place request after the server's own steps, read as the gateway reads it. */
export interface OrderFields {
  /** As sent; the reference market stores whatever it is, also null. */
  readonly security: unknown;
  /** Null = not a number at all. */
  readonly amount: number | null;
  /** Upper case. */
  readonly side: string;
  readonly styleType: string;
  /** The limit or the protected price; null = none was given. */
  readonly price: number | null;
  readonly remark: string;
  readonly strategyName: string;
  /** As sent. */
  readonly waitTimeout: unknown;
  /** `stub_scenario` as sent; null = none. */
  readonly scenario: unknown;
}

/** An order that exists from here on. */
export interface Placed {
  readonly orderId: string;
  readonly rejected: boolean;
  /** The answer, once the request's wait is over; `signal` ends the wait early. */
  answer(signal: AbortSignal): Promise<JsonObject>;
}

export interface OrderFilter {
  readonly orderId: string | null;
  readonly security: string | null;
  readonly status: string | null;
}

/** What the account text and the risk limits need of a holding. */
export interface Holding {
  readonly security: string;
  readonly name: string;
  readonly amount: number;
  readonly closeable: number;
  readonly avgCost: number;
  readonly lastPrice: number;
  readonly marketValue: number;
}

export interface AccountFacts {
  readonly availableCash: number;
  readonly totalValue: number;
  readonly marketValue: number;
  readonly holdings: readonly Holding[];
}

/**
 * The port behind the actions: one implementation per market. Payloads come as sent, answers are wire objects. What it refuses it
 * throws as BtError; a method that is absent is an action this market does not implement.
 */
export interface MarketAdapter {
  readonly market: MarketKind;
  /** Whether an idempotency key is compared after normalisation; the reference compares the fields as written. */
  readonly normalizesKeys: boolean;

  history(payload: JsonObject): JsonObject;
  snapshot(security: unknown): JsonObject;
  liveCurrent(security: unknown): JsonObject;
  tradeDays(payload: JsonObject): JsonObject;
  securityInfo(security: unknown): JsonObject;
  ensureCache(payload: JsonObject): JsonObject;
  allSecurities?(payload: JsonObject): JsonObject;
  splitDividend?(payload: JsonObject): JsonObject;

  /** Throws for a symbol that can never have a tick. */
  checkSymbol(symbol: string): void;
  /** Payload of a tick event. */
  tick(symbol: string): JsonObject;

  /** Null when there is none. */
  lastPrice(security: unknown): number | null;
  isPaused(security: unknown): boolean;
  /** The spelling an idempotency key compares. */
  canonical(security: unknown): string;

  account(account: AccountConfig): JsonObject;
  positions(account: AccountConfig): JsonObject[];
  orders(account: AccountConfig, filter: OrderFilter): JsonObject[];
  trades(account: AccountConfig, filter: OrderFilter): JsonObject[];
  order(account: AccountConfig, orderId: string): JsonObject | null;
  /** Enters the order before it returns. */
  submit(account: AccountConfig, fields: OrderFields): Placed;
  cancel(account: AccountConfig, orderId: string, signal: AbortSignal): Promise<JsonObject>;
  facts(account: AccountConfig): AccountFacts;

  /** Remembers the sub-account's label on stored orders, where the market does that. */
  label?(account: AccountConfig, orderIds: readonly string[], subAccountId: string): void;
  /** Extra fields of `admin.health`. */
  health(): JsonObject;
}
