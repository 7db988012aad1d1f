import { isFinal } from '../../../domain/order/state.ts';
import type { OrderBook } from '../book/order-book.ts';

/**
 * Orders of ours whose id at the broker may be another order's by now: it was named by a gateway that may have been started again
 * since, or the last list lacked it. A gateway that forgot its book gives its ids away again, and the next order of anybody may have it.
 */
export class DoubtedIds {
  readonly #book: Pick<OrderBook, 'intents'>;
  readonly #doubted = new Set<string>();

  constructor(book: Pick<OrderBook, 'intents'>) {
    this.#book = book;
  }

  has(clientId: string): boolean {
    return this.#doubted.has(clientId);
  }

  /** A connection was lost, or a run begins: who answers next need not be who named the ids. */
  lost(): void {
    for (const { clientId, state, brokerOrderId } of this.#book.intents())
      if (brokerOrderId !== null && !isFinal(state)) this.#doubted.add(clientId);
  }

  /** A list has come that shows all open orders of ours but these. */
  read(missing: readonly string[]): void {
    this.#doubted.clear();
    for (const clientId of missing) this.#doubted.add(clientId);
  }
}
