import { settlementDays } from '../../../src/domain/market/settlement.ts';
import { holdOf } from '../../../src/domain/order/reserves.ts';
import type { ExchangeOrder, PaperExchange } from '../../../src/exchange/types.ts';
import { tagOf } from './exchange-orders.ts';
import { Series, type Range } from './series.ts';

/** For how long (virtual ms) a figure that was true may still be shown: after changes of our own, of others, and for prices. */
export const OWN_LAG_MS = 30_000;
export const OTHER_LAG_MS = 65_000;
export const PRICE_LAG_MS = 45_000;

const CENT = 0.011;
/** Virtual ms between two looks at prices alone. */
const PRICES_MS = 900;

/** What is looked at of an exchange. */
export type Book = Pick<PaperExchange, 'revision' | 'account' | 'positions' | 'orders' | 'trades'>;

/** What one order does to the account, each part as a series. */
interface Effect {
  readonly order: ExchangeOrder;
  filled: number;
  readonly cash: Series;
  readonly amount: Series;
  readonly closeable: Series;
}

/** What nobody's order of the day explains: the morning's figures, and cash from the bank. */
interface Held {
  readonly amount: Series;
  readonly closeable: Series;
  readonly price: Series;
}

/**
 * The exchange's account over the last minute, order by order: the strategy may know of one order's fills before it knows of
 * another's, so each may be shown as of a moment of its own.
 */
export class Truth {
  #day = '';
  #since = 0;
  #cash = new Series(OTHER_LAG_MS);
  readonly #others = new Series(OTHER_LAG_MS);
  #effects = new Map<string, Effect>();
  #held = new Map<string, Held>();
  #seenTrades = 0;
  #revision = -1;
  #lookedAt = 0;
  /** The limit with which the engine sent an order, by its tag; null = it sent none. */
  readonly #sentPrice: (tag: string | null) => number | null;
  /** Fees that buys of ours hold or have paid today, CNY. */
  fees = 0;

  constructor(sentPrice: (tag: string | null) => number | null) {
    this.#sentPrice = sentPrice;
  }

  /** Takes the book as it is now; `at` virtual ms. `exact`: somebody is told these very prices. */
  look(exchange: Book, at: number, day: string, exact: boolean): void {
    const revision = exchange.revision();
    const same = day === this.#day && revision === this.#revision;
    // Between two changes of the book only prices move, once in three seconds.
    if (same && !exact && at - this.#lookedAt < PRICES_MS) return;
    if (day !== this.#day) this.#begin(day, at);
    this.#revision = revision;
    this.#lookedAt = at;
    const orders = exchange.orders('default');
    this.#forget(orders, at);
    let fees = 0;
    let others = 0;
    if (orders.some((order) => order.filled !== this.#effects.get(order.orderId)?.filled)) this.#trades(exchange, at);
    for (const order of orders) {
      this.#effect(order, at);
      if (tagOf(order) === null) others += order.frozenCash;
      else if (order.side === 'buy') fees += feesHeld(order) + order.commission;
    }
    this.fees = fees;
    this.#others.add(at, others);
    this.#cash.add(at, exchange.account('default').availableCash - sum(orders.map(cashOf)));
    this.#positions(exchange, orders, at);
  }

  /** Cash that open buys of others have held lately: a counter that freezes nothing shows it as free. */
  heldByOthers(at: number): number {
    return this.#others.since(at - OTHER_LAG_MS)?.high ?? 0;
  }

  cash(at: number): Range | null {
    return this.#add(this.#cash, (effect) => effect.cash, at, null);
  }

  amount(security: string, at: number): Range {
    return this.#shares(security, (part) => part.amount, at);
  }

  closeable(security: string, at: number): Range {
    return this.#shares(security, (part) => part.closeable, at);
  }

  /** Null when it was not held lately. */
  price(security: string, at: number): Range | null {
    return this.#held.get(security)?.price.since(at - PRICE_LAG_MS) ?? null;
  }

  securities(): string[] {
    return [...this.#held.keys()];
  }

  #begin(day: string, at: number): void {
    this.#day = day;
    this.#since = at;
    this.#cash = new Series(OTHER_LAG_MS);
    this.#effects = new Map();
    // A price is one of the market's, whatever the day.
    this.#held = new Map([...this.#held].map(([security, { price }]) => [security, { ...freshHeld(), price }]));
    this.#seenTrades = 0;
  }

  /**
   * A book that came back without its last orders, which nobody had been told of, gives their ids away again: what they did to the
   * account is undone, and the id is a new order's.
   */
  #forget(orders: readonly ExchangeOrder[], at: number): void {
    const listed = new Map(orders.map((order) => [order.orderId, order]));
    for (const [key, effect] of this.#effects) {
      const { orderId } = effect.order;
      const order = listed.get(orderId);
      if (key !== orderId || (order !== undefined && isSame(order, effect.order))) continue;
      for (const part of [effect.cash, effect.amount, effect.closeable]) part.add(at, 0);
      this.#effects.delete(key);
      this.#effects.set(`${orderId} until ${at}`, effect);
      this.#seenTrades = 0;
    }
  }

  #effect(order: ExchangeOrder, at: number): void {
    const known = this.#effects.get(order.orderId);
    const fresh = (): Series => {
      const series = new Series(OTHER_LAG_MS);
      series.add(this.#since, 0);
      return series;
    };
    const effect = known ?? { order, filled: 0, cash: fresh(), amount: fresh(), closeable: fresh() };
    effect.filled = order.filled;
    if (known === undefined) {
      this.#effects.set(order.orderId, effect);
      effect.cash.add(at, heldFirst(order, this.#sentPrice(tagOf(order))));
    }
    effect.cash.add(at, cashOf(order));
    effect.amount.add(at, amountOf(order));
    effect.closeable.add(at, closeableOf(order));
  }

  /** What was traded at is a price too, and what somebody may learn only now. */
  #trades(exchange: Book, at: number): void {
    const trades = exchange.trades('default');
    for (const { security, price } of trades.slice(this.#seenTrades)) this.#heldOf(security).price.add(at, price);
    this.#seenTrades = trades.length;
  }

  #heldOf(security: string): Held {
    const known = this.#held.get(security);
    if (known !== undefined) return known;
    const held = freshHeld();
    this.#held.set(security, held);
    return held;
  }

  #positions(exchange: Book, orders: readonly ExchangeOrder[], at: number): void {
    const rows = new Map(exchange.positions('default').map((row) => [row.security, row]));
    const bySecurity = Map.groupBy(orders, ({ security }) => security);
    for (const security of new Set([...rows.keys(), ...this.#held.keys(), ...bySecurity.keys()])) {
      const row = rows.get(security);
      const own = bySecurity.get(security) ?? [];
      const held = this.#heldOf(security);
      held.amount.add(at, (row?.amount ?? 0) - sum(own.map(amountOf)));
      held.closeable.add(at, (row?.closeableAmount ?? 0) - sum(own.map(closeableOf)));
      if (row !== undefined) held.price.add(at, row.lastPrice);
    }
  }

  #shares(security: string, part: (of: Effect | Held) => Series, at: number): Range {
    const held = this.#held.get(security);
    if (held === undefined) return { low: 0, high: 0 };
    return this.#add(part(held), part, at, security) ?? { low: 0, high: 0 };
  }

  #add(base: Series, part: (effect: Effect) => Series, at: number, security: string | null): Range | null {
    let range = base.since(at - OTHER_LAG_MS);
    if (range === null) return null;
    for (const effect of this.#effects.values()) {
      if (security !== null && effect.order.security !== security) continue;
      const lag = tagOf(effect.order) === null ? OTHER_LAG_MS : OWN_LAG_MS;
      const own = part(effect).since(at - lag);
      if (own !== null) range = { low: range.low + own.low, high: range.high + own.high };
    }
    return range;
  }
}

/** Whether two rows are one order at two moments. */
function isSame(a: ExchangeOrder, b: ExchangeOrder): boolean {
  return (
    a.security === b.security &&
    a.side === b.side &&
    a.amount === b.amount &&
    a.price === b.price &&
    a.remark === b.remark &&
    a.createdAt === b.createdAt
  );
}

function freshHeld(): Held {
  const fresh = (): Series => new Series(OTHER_LAG_MS);
  return { amount: fresh(), closeable: fresh(), price: fresh() };
}

/** True when `value` is within the range, to the cent. */
export function within(value: number, { low, high }: Range, below = 0, above = 0): boolean {
  return value >= low - below - CENT && value <= high + above + CENT;
}

function moneyOf({ filled, avgPrice }: ExchangeOrder): number {
  return filled * (avgPrice ?? 0);
}

/** Available cash that an order has taken (below 0) or brought. */
function cashOf(order: ExchangeOrder): number {
  const sign = order.side === 'buy' ? -1 : 1;
  return sign * moneyOf(order) - order.commission - order.tax - order.frozenCash;
}

/**
 * Available cash that the engine may take an order of ours to hold from the moment it is entered: its limit as it was sent. A gateway
 * may lower the price of a market order, and an order may be filled at a better one in that very moment; its answer says that it is
 * taken, and what is held for it is known when the account, or its trades, have been read since.
 */
function heldFirst(order: ExchangeOrder, sentPrice: number | null): number {
  const { security, side, amount, tradingDay: day } = order;
  if (sentPrice === null || order.status === 57) return cashOf(order);
  return -holdOf([{ security, side, rest: amount, price: sentPrice, day, filledMoney: 0 }]);
}

function amountOf({ side, filled }: ExchangeOrder): number {
  return side === 'buy' ? filled : -filled;
}

function closeableOf({ side, filled, frozenAmount, security, tradingDay }: ExchangeOrder): number {
  if (side === 'sell') return -filled - frozenAmount;
  return settlementDays(security, tradingDay) === 0 ? filled : 0;
}

function feesHeld(order: ExchangeOrder): number {
  return Math.max(0, order.frozenCash - (order.frozenCash > 0 ? (order.amount - order.filled) * order.price : 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
