import { isFinal } from '../../domain/order/state.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { OrderBook } from '../orders/book/order-book.ts';

/** A cancel that stays unconfirmed for so long (wall ms) no longer keeps the account from being read. */
const CANCEL_PATIENCE_MS = 5_000;

/** Whether something of ours moves while the account is read: then nobody can say what the answer holds of it. */
export class OwnMovement {
  readonly #book: OrderBook;
  readonly #timers: TimerSource;
  #cancelingSince: number | null = null;

  constructor(book: OrderBook, timers: TimerSource) {
    this.#book = book;
    this.#timers = timers;
  }

  /** Begins to look; the function tells whether nothing has moved since. */
  watch(): () => boolean {
    const stamp = this.#book.stamp();
    return () => !this.#isUncertain() && this.#book.stamp() === stamp;
  }

  /** Securities with an order of ours that is not final. */
  open(): Set<string> {
    const open = this.#book.intents().filter((intent) => !isFinal(intent.state));
    return new Set(open.map(({ security }) => security));
  }

  /**
   * True while it is not certain what of ours the broker had frozen when it answered. An order of unknown fate does not
   * freeze the account for the day: its security is blocked, and a fill of it shows as a difference that insists.
   */
  #isUncertain(): boolean {
    const states = new Set(this.#book.intents().map((intent) => intent.state));
    const now = this.#timers.monotonic();
    this.#cancelingSince = states.has('canceling') ? (this.#cancelingSince ?? now) : null;
    const canceling = this.#cancelingSince !== null && now - this.#cancelingSince < CANCEL_PATIENCE_MS;
    return canceling || states.has('sending') || states.has('planned');
  }
}
