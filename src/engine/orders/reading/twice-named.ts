import { couldBe } from '../../../domain/order/match.ts';
import type { IntentRow } from '../../../domain/order/rows.ts';
import { isFinal } from '../../../domain/order/state.ts';
import type { BrokerOrder } from '../../../domain/trading.ts';
import type { OrderBook } from '../book/order-book.ts';

/** How many orders of ours bore an id. */
type Counts = ReadonlyMap<string, number>;

/** Ids that the broker has named for more than one order of ours in a day: a gateway that forgot its book counts from the beginning again. */
export class TwiceNamed {
  readonly #book: OrderBook;
  /** Whose an id is by the last list that showed it, of so many that bore it when that list was asked for. */
  readonly #owners = new Map<string, { readonly clientId: string; readonly of: number }>();

  constructor(book: OrderBook) {
    this.#book = book;
  }

  /** True while another open order bears an intent's id, and no list that was asked for since shows it as this one. */
  isInDoubt(clientId: string): boolean {
    const intent = this.#book.intentOrNull(clientId);
    if (intent === null || intent.brokerOrderId === null) return false;
    const bearers = this.#bearers(intent.brokerOrderId, intent.day);
    // The end of what has ended is known: a cancel that reaches it does nothing.
    if (!bearers.some((other) => other.clientId !== clientId && !isFinal(other.state))) return false;
    const owner = this.#owners.get(keyOf(intent.brokerOrderId, intent.day));
    return owner?.clientId !== clientId || owner.of !== bearers.length;
  }

  /** To be asked for before a list is. */
  counts(day: string): Counts {
    const seen = new Set<string>();
    const counts = new Map<string, number>();
    for (const { brokerOrderId: id, day: sent } of this.#book.intents()) {
      if (id === null || sent !== day) continue;
      if (seen.has(id)) counts.set(id, (counts.get(id) ?? 1) + 1);
      else seen.add(id);
    }
    return counts;
  }

  /** Takes a list of that day; `counts` of before it was asked for. */
  read(orders: readonly BrokerOrder[], counts: Counts, day: string): void {
    for (const [id, of] of counts) {
      const row = orders.find(({ orderId }) => orderId === id);
      if (row === undefined) continue;
      const [owner, ...others] = this.#bearers(id, day).filter((intent) => couldBe(intent, row));
      if (owner === undefined || others.length > 0) this.#owners.delete(keyOf(id, day));
      else this.#owners.set(keyOf(id, day), { clientId: owner.clientId, of });
    }
  }

  roll(): void {
    this.#owners.clear();
  }

  #bearers(id: string, day: string): IntentRow[] {
    return this.#book.intents().filter((intent) => intent.brokerOrderId === id && intent.day === day);
  }
}

function keyOf(id: string, day: string): string {
  return `${day} ${id}`;
}
