import type { IntentRow } from '../../domain/order/rows.ts';
import { isFinal } from '../../domain/order/state.ts';
import { chinaDay } from '../../domain/time.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { ReadingNews } from '../orders/reading/reading-news.ts';
import { isDayOver } from '../orders/reading/tracker.ts';

/** Key in the ledger of each day that was read to its end. */
const READ_TO_END = 'read_to_end';

/** Days whose lists were read when nothing more could be filled: what was done on them is known. */
export class DayEnds {
  readonly #ledger: Ledger;
  readonly #book: OrderBook;
  #last: string | null = null;

  constructor(ledger: Ledger, book: OrderBook) {
    this.#ledger = ledger;
    this.#book = book;
  }

  wasRead(day: string): boolean {
    return this.#ledger.setting(`${READ_TO_END} ${day}`) !== null;
  }

  /** A reading has come. Throws LEDGER_WRITE_FAILED. */
  read({ missing, contested }: ReadingNews, requestedAt: number): void {
    const day = chinaDay(requestedAt);
    if (!isDayOver(requestedAt) || this.#last === day) return;
    // A repo trades for longer than shares do.
    const isOpenQuestion = ({ day: sent, state, security }: IntentRow): boolean =>
      sent === day &&
      (state === 'unknown' || state === 'sending' || (!isFinal(state) && !isDayOver(requestedAt, security)));
    // A list that lacks an order of ours has not told its end.
    if (missing.length + contested.length > 0 || this.#book.intents().some(isOpenQuestion)) return;
    this.#ledger.choose(`${READ_TO_END} ${day}`, 'yes');
    this.#last = day;
  }
}
