import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { ExchangeOrder, PaperExchange } from '../../exchange/types.ts';
import { chinaText } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { AccountConfig } from '../options.ts';
import { isTruthy, requestFailed, toFloatOrNull, toText } from '../python.ts';
import type { AccountFacts, MarketAdapter, OrderFields, OrderFilter, Placed } from './adapter.ts';
import { lookUntil } from './market-wait.ts';
import { simulatedHistory } from './simulated-history.ts';
import { liveCurrent, snapshot, tickPayload } from './simulated-quotes.ts';
import { simulatedAllSecurities, simulatedSecurityInfo, simulatedTradeDays } from './simulated-reference-data.ts';
import { accountRow, orderRow, positionRow, tradeRow } from './simulated-rows.ts';
import { readExchangeOrder } from './simulated-order.ts';
import { isFinalStatus, statusWord } from './simulated-status.ts';

/** Market seconds a request waits for a final state when it does not say, and a cancel always (`TRADE_MAX_WAIT_TIME`). */
const DEFAULT_WAIT_SECONDS = 16;

/** The paper exchange behind the wire: real rules, market time, waits like the deployed back end's. */
export class SimulatedMarket implements MarketAdapter {
  readonly market = 'simulated';
  readonly normalizesKeys = true;
  readonly #exchange: PaperExchange;
  readonly #clock: Clock;
  readonly #codes: readonly string[];

  /** `codes`: what `get_all_securities` lists. */
  constructor(exchange: PaperExchange, clock: Clock, codes: readonly string[]) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#codes = codes;
  }

  history(payload: JsonObject): JsonObject {
    return simulatedHistory(this.#exchange, payload, this.#clock.now());
  }

  snapshot(security: unknown): JsonObject {
    return snapshot(this.#exchange.tick(codeOf(security)), this.#clock.now());
  }

  liveCurrent(security: unknown): JsonObject {
    return liveCurrent(this.#exchange.tick(codeOf(security)), this.#clock.now());
  }

  tradeDays(payload: JsonObject): JsonObject {
    return simulatedTradeDays(this.#exchange, payload, this.#clock.now());
  }

  securityInfo(security: unknown): JsonObject {
    return simulatedSecurityInfo(this.#exchange.securityInfo(codeOf(security)));
  }

  /** Nothing to download: the bars are made when they are asked for. */
  ensureCache(): JsonObject {
    return { ok: true };
  }

  allSecurities(payload: JsonObject): JsonObject {
    return simulatedAllSecurities(this.#exchange, this.#codes, payload);
  }

  /** The paper market has no splits and no dividends. */
  splitDividend(payload: JsonObject): JsonObject {
    codeOf(payload['security']);
    return { events: [] };
  }

  checkSymbol(symbol: string): void {
    canonicalSecurity(symbol);
  }

  tick(symbol: string): JsonObject {
    return tickPayload(symbol, this.#exchange.tick(symbol), this.#clock.now());
  }

  lastPrice(security: unknown): number | null {
    return this.#exchange.tick(codeOf(security)).quote.lastPrice;
  }

  isPaused(security: unknown): boolean {
    return this.#exchange.tick(codeOf(security)).quote.paused === true;
  }

  canonical(security: unknown): string {
    return codeOf(security);
  }

  account(account: AccountConfig): JsonObject {
    return accountRow(account, this.#exchange.account(account.key), this.#exchange.positions(account.key));
  }

  positions(account: AccountConfig): JsonObject[] {
    return this.#exchange.positions(account.key).map(positionRow);
  }

  orders(account: AccountConfig, filter: OrderFilter): JsonObject[] {
    const { orderId, security, status } = exactFilter(filter);
    return this.#exchange
      .orders(account.key)
      .filter((order) => orderId === null || order.orderId === orderId)
      .filter((order) => security === null || order.security === security)
      .filter((order) => status === null || statusWord(order.status) === status)
      .map(orderRow);
  }

  trades(account: AccountConfig, filter: OrderFilter): JsonObject[] {
    const { orderId, security } = exactFilter(filter);
    return this.#exchange
      .trades(account.key)
      .filter((trade) => orderId === null || trade.orderId === orderId)
      .filter((trade) => security === null || trade.security === security)
      .map(tradeRow);
  }

  order(account: AccountConfig, orderId: string): JsonObject | null {
    const order = this.#exchange.order(account.key, orderId);
    return order === null ? null : orderRow(order);
  }

  submit(account: AccountConfig, fields: OrderFields): Placed {
    const order = this.#exchange.place(account.key, readExchangeOrder(fields));
    const wait = waitSeconds(fields.waitTimeout);
    return {
      orderId: order.orderId,
      rejected: order.status === 57,
      answer: (signal) => this.#placeAnswer(account, order, wait, signal),
    };
  }

  async cancel(account: AccountConfig, orderId: string, signal: AbortSignal): Promise<JsonObject> {
    const result = this.#exchange.cancel(account.key, orderId);
    if (result.kind === 'refused') return { dtype: 'dict', value: false, timed_out: false, message: result.text };
    const final = await this.#awaitFinal(account, orderId, DEFAULT_WAIT_SECONDS, signal);
    const row = final ?? this.#exchange.order(account.key, orderId);
    return {
      dtype: 'dict',
      value: true,
      ...(row === null ? {} : { status: statusWord(row.status), raw_status: row.status, last_snapshot: orderRow(row) }),
      timed_out: final === null,
    };
  }

  facts(account: AccountConfig): AccountFacts {
    const { availableCash, totalValue, marketValue } = this.#exchange.account(account.key);
    const holdings = this.#exchange.positions(account.key).map((position) => ({
      security: position.security,
      name: position.name,
      amount: position.amount,
      closeable: position.closeableAmount,
      avgCost: position.avgCost,
      lastPrice: position.lastPrice,
      marketValue: position.marketValue,
    }));
    return { availableCash, totalValue, marketValue, holdings };
  }

  health(): JsonObject {
    const now = this.#clock.now();
    return {
      backend: 'stub',
      market: this.market,
      clock: { now_ms: now, now: chinaText(now), speed: this.#clock.speed },
    };
  }

  async #placeAnswer(
    account: AccountConfig,
    placed: ExchangeOrder,
    wait: number,
    signal: AbortSignal,
  ): Promise<JsonObject> {
    const begun = this.#clock.now();
    const final = await this.#awaitFinal(account, placed.orderId, wait, signal);
    const order = final ?? this.#exchange.order(account.key, placed.orderId) ?? placed;
    const row = orderRow(order);
    return {
      ...row,
      timed_out: wait > 0 && final === null,
      async_tracking: final === null,
      wait_timeout: wait,
      elapsed: (this.#clock.now() - begun) / 1000,
      last_snapshot: row,
    };
  }

  #awaitFinal(
    account: AccountConfig,
    orderId: string,
    seconds: number,
    signal: AbortSignal,
  ): Promise<ExchangeOrder | null> {
    return lookUntil(this.#clock, seconds, signal, () => {
      const order = this.#exchange.order(account.key, orderId);
      return order !== null && isFinalStatus(order.status) ? order : null;
    });
  }
}

/** Missing: the default; 0, negative or no number: no wait. */
function waitSeconds(value: unknown): number {
  if (value === undefined || value === null) return DEFAULT_WAIT_SECONDS;
  const seconds = toFloatOrNull(value);
  return seconds !== null && seconds > 0 && Number.isFinite(seconds) ? seconds : 0;
}

/** A filter may be spelled in any known way; one that is no security at all matches nothing. */
function exactFilter(filter: OrderFilter): OrderFilter {
  if (filter.security === null) return filter;
  try {
    return { ...filter, security: canonicalSecurity(filter.security) };
  } catch {
    return filter;
  }
}

function codeOf(security: unknown): string {
  if (!isTruthy(security)) throw requestFailed('缺少 security');
  return canonicalSecurity(toText(security));
}
