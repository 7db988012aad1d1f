import { BtError } from '../../../domain/errors.ts';
import { isFinal } from '../../../domain/order/state.ts';
import type { Working } from '../../../domain/order/projection.ts';
import type { IntentState, OrderView, TradeView } from '../../../domain/order/types.ts';
import type { IntentChange } from '../../../domain/order/intent.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { fillKey, type FillRow, type IntentRow, type OrderRow } from '../../../domain/order/rows.ts';
import { changeOf, differs, isSettled, restOf, type IntentNews } from '../../../domain/order/intent.ts';
import { isVisible, orderView, tradeView, type OrderRecord } from './order-view.ts';

/** Orders that a restart found half done. */
export interface Restored {
  readonly notSent: number;
  readonly unknown: number;
  readonly canceling: number;
}

/**
 * The orders of today and those still unsettled, in memory and in the ledger: every change is durable before it is seen.
 * One place decides what a piece of news does to an intent (`domain/order/state`); listeners hear of it afterwards.
 */
export class OrderBook {
  readonly #ledger: Ledger;
  readonly #orders = new Map<string, OrderRecord>();
  readonly #intents = new Map<string, IntentRow>();
  readonly #fills = new Map<string, FillRow[]>();
  readonly #fillKeys = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #stamp = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /**
   * Reads the ledger back. What was PLANNED was never sent; what was SENDING may have been: UNKNOWN; a cancel may not have been
   * asked for, so what was CANCELING is open again. Returns how many of each.
   */
  restore(day: string, now: number): Restored {
    const rows = this.#ledger.intentsOf(day);
    const orders = new Map(this.#ledger.ordersOf(day).map((row) => [row.orderId, row]));
    for (const intent of rows) {
      const known = orders.get(intent.orderId) ?? this.#ledger.order(intent.orderId);
      if (known !== null) orders.set(intent.orderId, known);
    }
    const byOrder = Map.groupBy(rows, (intent) => intent.orderId);
    for (const row of orders.values()) {
      const intents = byOrder.get(row.orderId) ?? [];
      for (const intent of intents) this.#intents.set(intent.clientId, intent);
      const lost = intents.length === 0 && row.denied === null;
      if (lost) this.#ledger.denyOrder(row.orderId, RESTARTED);
      this.#orders.set(row.orderId, { row: lost ? { ...row, denied: RESTARTED } : row, intents, parked: false });
    }
    for (const each of new Set([day, ...rows.map((intent) => intent.day)])) {
      const fills = this.#ledger.fillsOf(each).filter((fill) => this.#intents.has(fill.clientId));
      for (const fill of fills) this.#remember(fill);
    }
    const tell = (state: IntentState, news: Omit<IntentNews, 'clientId'>): number => {
      const found = rows.filter((intent) => intent.state === state);
      for (const intent of found) this.news({ clientId: intent.clientId, ...news }, now);
      return found.length;
    };
    return {
      notSent: tell('planned', { event: 'not_sent', reason: RESTARTED }),
      unknown: tell('sending', { event: 'outcome_unknown', reason: 'bt stopped while it was being sent' }),
      canceling: tell('canceling', { event: 'cancel_refused', reason: 'bt stopped while it was being cancelled' }),
    };
  }

  add(row: OrderRow, intents: readonly IntentRow[], parked: boolean): void {
    this.#ledger.addOrder(row, intents);
    for (const intent of intents) this.#intents.set(intent.clientId, intent);
    this.#orders.set(row.orderId, { row, intents, parked });
    this.#changed();
  }

  /** The sending window of a parked order opened: it gets its intents. A target may have changed sides meanwhile. */
  unpark(orderId: string, intents: readonly IntentRow[]): void {
    const record = this.#require(orderId);
    const side = intents[0]?.side ?? record.row.side;
    const amount = intents.reduce((sum, intent) => sum + intent.amount, 0);
    this.#ledger.addIntents(orderId, { side, amount }, intents);
    for (const intent of intents) this.#intents.set(intent.clientId, intent);
    this.#orders.set(orderId, { row: { ...record.row, side, amount }, intents, parked: false });
    this.#changed();
  }

  /** Ends an order of which nothing was sent. */
  deny(orderId: string, reason: string): void {
    const record = this.#require(orderId);
    this.#ledger.denyOrder(orderId, reason);
    this.#orders.set(orderId, { ...record, row: { ...record.row, denied: reason }, parked: false });
    this.#changed();
  }

  /** Applies one piece of news; durable when it returns. */
  news(news: IntentNews, now: number): IntentRow {
    const intent = this.intent(news.clientId);
    const change = changeOf(intent, news, now);
    this.#ledger.changeIntent(news.clientId, change);
    const updated = this.#apply(intent, change);
    this.#changed();
    return updated;
  }

  /** News and fills of one reading of the broker's lists, in one commit. Returns the fills that were new. */
  reading(news: readonly IntentNews[], fills: readonly FillRow[], now: number): readonly FillRow[] {
    const fresh = fills.filter((fill) => !this.#fillKeys.has(fillKey(fill)));
    const changes = news
      .map((item) => ({ intent: this.intent(item.clientId), item }))
      .map(({ intent, item }) => ({ intent, change: changeOf(intent, item, now) }))
      .filter(({ intent, change }) => differs(intent, change));
    if (fresh.length === 0 && changes.length === 0) return [];
    this.#ledger.addFills(fresh, new Map(changes.map(({ intent, change }) => [intent.clientId, change])));
    for (const { intent, change } of changes) this.#apply(intent, change);
    for (const fill of fresh) this.#remember(fill);
    this.#changed();
    return fresh;
  }

  intent(clientId: string): IntentRow {
    const intent = this.#intents.get(clientId);
    if (intent === undefined)
      throw new BtError('NO_INTENT', `Intent ${clientId} is not in the book. Please report this.`, { fault: 'bug' });
    return intent;
  }

  intents(): IntentRow[] {
    return [...this.#intents.values()];
  }

  record(orderId: string): OrderRecord | null {
    return this.#orders.get(orderId) ?? null;
  }

  records(): OrderRecord[] {
    return [...this.#orders.values()];
  }

  /** Order id of a broker's order id, ours as it is, else null. Terminals use their ids again: the latest order has it. */
  find(anyId: string): string | null {
    if (this.#orders.has(anyId)) return anyId;
    const owner = [...this.#intents.values()].findLast((intent) => intent.brokerOrderId === anyId);
    return owner?.orderId ?? null;
  }

  view(orderId: string): OrderView {
    const record = this.#require(orderId);
    return orderView(record, this.#fillsOf(record));
  }

  /** Every order the strategy knows of, oldest first. */
  views(): OrderView[] {
    return this.records()
      .filter(isVisible)
      .map((record) => orderView(record, this.#fillsOf(record)));
  }

  trades(): TradeView[] {
    return [...this.#fills.entries()].flatMap(([clientId, fills]) => {
      const row = this.#orders.get(this.intent(clientId).orderId)?.row;
      return row === undefined ? [] : fills.map((fill) => tradeView(fill, row));
    });
  }

  fillsOfIntent(clientId: string): readonly FillRow[] {
    return this.#fills.get(clientId) ?? [];
  }

  /**
   * What of ours may still change cash and holdings: rests that may be executed or are about to be sent, and shares of
   * today that are filled but not listed as trades yet. `certain`: only what the broker surely has.
   */
  working(today: string, which: 'all' | 'certain' = 'all'): Working[] {
    return (
      this.intents()
        // Of an earlier day nothing works any more, also where its end was not seen.
        .filter((intent) => intent.day === today || !(isFinal(intent.state) || intent.state === 'unknown'))
        .filter((intent) => which === 'all' || intent.brokerOrderId !== null)
        .map((intent) => ({
          security: intent.security,
          side: intent.side,
          rest: restOf(intent, this.fillsOfIntent(intent.clientId)),
          price: intent.price,
        }))
        .filter((order) => order.rest > 0)
    );
  }

  /** Final orders of today whose fills do not add up to what the broker says was filled. */
  unlisted(today: string): IntentRow[] {
    return this.intents().filter(
      (intent) =>
        intent.day === today && isFinal(intent.state) && !isSettled(intent, this.fillsOfIntent(intent.clientId)),
    );
  }

  /** Securities in which an order's fate is not known. */
  doubtful(): Set<string> {
    const unknown = this.intents().filter((intent) => intent.state === 'unknown');
    return new Set(unknown.map((intent) => intent.security));
  }

  /** Grows with every change: tells whether anything of ours happened between two moments. */
  stamp(): number {
    return this.#stamp;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #apply(intent: IntentRow, change: IntentChange): IntentRow {
    const updated: IntentRow = { ...intent, ...change };
    this.#intents.set(updated.clientId, updated);
    const record = this.#orders.get(updated.orderId);
    if (record !== undefined) {
      const intents = record.intents.map((other) => (other.clientId === updated.clientId ? updated : other));
      this.#orders.set(updated.orderId, { ...record, intents });
    }
    return updated;
  }

  #remember(fill: FillRow): void {
    this.#fillKeys.add(fillKey(fill));
    const list = this.#fills.get(fill.clientId);
    if (list === undefined) this.#fills.set(fill.clientId, [fill]);
    else list.push(fill);
  }

  #fillsOf(record: OrderRecord): FillRow[] {
    return record.intents.flatMap((intent) => this.#fills.get(intent.clientId) ?? []);
  }

  #require(orderId: string): OrderRecord {
    const record = this.#orders.get(orderId);
    if (record === undefined)
      throw new BtError('NO_ORDER', `Order ${orderId} is not in the book. Please report this.`, { fault: 'bug' });
    return record;
  }

  #changed(): void {
    this.#stamp += 1;
    for (const listener of this.#listeners) listener();
  }
}

const RESTARTED = 'not sent: bt stopped before its turn';
