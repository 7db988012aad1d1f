import { decodeTrades } from '../../../protocol/decode/orders.ts';
import { randomWord } from '../../../platform/ids.ts';
import type { Timer, TimerSource } from '../../../platform/timers.ts';
import { callerOf, read } from '../asking.ts';
import type { Behind } from '../asking.ts';
import { orderRow, tradeRow } from '../api/rows.ts';
import { problemOf } from '../../../net/http/problem.ts';
import { seenOrders } from '../rows.ts';
import type { EventQueue, StreamEvent } from '../../../net/http/event-queue.ts';

/** Wall ms between two looks at an account's lists while somebody listens. */
const PACE_MS = 1_000;
/** Changes that a reader who comes back can still be told one by one. */
const MOST_KEPT = 1_000;

interface Lists {
  /** Rows as JSON, by order id. */
  readonly orders: ReadonlyMap<string, string>;
  /** As JSON: gateways repeat trade ids, so a fill is its whole row. */
  readonly trades: readonly string[];
}

/**
 * What happens to one account's orders: its lists are looked at each second, and what has changed in them is told. Each change has an
 * id; a reader who comes back with the last one gets those since, or the whole lists where that is too long ago.
 */
export class OrderFeed {
  readonly #behind: Behind;
  readonly #timers: TimerSource;
  readonly #accountKey: string;
  /** Ids of another life of the server mean nothing here. */
  readonly #name = randomWord().toString(36);
  readonly #queues = new Set<EventQueue>();
  #lists: Lists | null = null;
  #kept: StreamEvent[] = [];
  #count = 0;
  #failing = false;
  #looking = false;
  #again = false;
  #timer: Timer | null = null;

  constructor(behind: Behind, timers: TimerSource, accountKey: string) {
    this.#behind = behind;
    this.#timers = timers;
    this.#accountKey = accountKey;
  }

  /** Begins with what the reader lacks. Returns what ends it. */
  add(queue: EventQueue, lastId: string | null): () => void {
    const since = this.#since(lastId);
    // Lists of before the last reader left are brought up to date first, by changes.
    if (since !== null) for (const event of since) queue.push(event, null);
    else if (this.#queues.size > 0 && this.#lists !== null) queue.push(this.#snapshot(this.#lists), null);
    else this.#fresh.add(queue);
    this.#queues.add(queue);
    this.look();
    return () => {
      this.#queues.delete(queue);
      this.#fresh.delete(queue);
      if (this.#queues.size > 0) return;
      this.#timer?.cancel();
      this.#timer = null;
    };
  }

  /** Readers who wait for their first lists. */
  readonly #fresh = new Set<EventQueue>();

  /** Looks now: something was just asked of the counter. */
  look(): void {
    if (this.#queues.size === 0) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#timer?.cancel();
    this.#timer = null;
    void this.#look();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    this.#again = false;
    try {
      this.#take(await this.#read());
    } catch (error) {
      this.#fail(error);
    }
    this.#looking = false;
    if (this.#queues.size === 0) return;
    this.#timer = this.#timers.after(this.#again ? 0 : PACE_MS, () => {
      this.#timer = null;
      void this.#look();
    });
  }

  async #read(): Promise<Lists> {
    const caller = callerOf('events');
    const payload = { account_key: this.#accountKey };
    // Orders last: each fill's order is then in the list with at least that much filled.
    const trades = decodeTrades(await read(this.#behind, caller, 'broker.trades', payload));
    const orders = seenOrders(await read(this.#behind, caller, 'broker.orders', payload));
    return {
      orders: new Map(orders.map((order) => [order.orderId, JSON.stringify(orderRow(order))])),
      trades: trades.map((trade) => JSON.stringify(tradeRow(trade))),
    };
  }

  #take(lists: Lists): void {
    const before = this.#lists;
    this.#lists = lists;
    if (before !== null) for (const change of changes(before, lists)) this.#tell(change);
    const whole = this.#failing ? this.#queues : this.#fresh;
    this.#failing = false;
    for (const queue of whole) queue.push(this.#snapshot(lists), null);
    this.#fresh.clear();
  }

  #tell({ event, data }: StreamEvent): void {
    this.#count += 1;
    const kept = { event, data, id: this.#id() };
    this.#kept.push(kept);
    if (this.#kept.length > MOST_KEPT) this.#kept = this.#kept.slice(-MOST_KEPT / 2);
    for (const queue of this.#queues) if (!this.#fresh.has(queue)) queue.push(kept, null);
  }

  /** Said once; the next lists that come are told whole. */
  #fail(error: unknown): void {
    if (this.#failing) return;
    this.#failing = true;
    const data = JSON.stringify(problemOf(error));
    for (const queue of this.#queues) queue.push({ event: 'trouble', data }, null);
  }

  #snapshot({ orders, trades }: Lists): StreamEvent {
    const data = `{"account":${JSON.stringify(this.#accountKey)},"orders":[${[...orders.values()].join(',')}],"trades":[${trades.join(',')}]}`;
    return { event: 'snapshot', data, id: this.#id() };
  }

  #id(): string {
    return `${this.#name}-${this.#count}`;
  }

  /** The changes after an id; null where it is not one of ours, or too old. */
  #since(lastId: string | null): readonly StreamEvent[] | null {
    const [name, digits = ''] = (lastId ?? '').split('-');
    if (name !== this.#name || !/^\d{1,15}$/u.test(digits) || this.#failing) return null;
    const missed = this.#count - Number(digits);
    if (missed < 0 || missed > this.#kept.length) return null;
    return missed === 0 ? [] : this.#kept.slice(-missed);
  }
}

/** Orders that came or changed, then fills that came. */
function changes(before: Lists, after: Lists): StreamEvent[] {
  const told: StreamEvent[] = [];
  for (const [id, data] of after.orders) if (before.orders.get(id) !== data) told.push({ event: 'order', data });
  const known = new Map<string, number>();
  for (const row of before.trades) known.set(row, (known.get(row) ?? 0) + 1);
  for (const data of after.trades) {
    const count = known.get(data) ?? 0;
    if (count > 0) known.set(data, count - 1);
    else told.push({ event: 'trade', data });
  }
  return told;
}
