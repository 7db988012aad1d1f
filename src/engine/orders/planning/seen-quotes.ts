import type { Quote } from '../../../domain/trading.ts';
import type { TimerSource } from '../../../platform/timers.ts';

/** Wall ms for which a quote that has been answered is one of now. */
const MOMENT_MS = 20;

/**
 * Quotes that whoever orders has asked for this very moment: the order's plan is made on that one, and not on another request. Each is
 * its order's, taken at most once, and forgotten when the order has been planned.
 */
export class SeenQuotes {
  readonly #timers: Pick<TimerSource, 'monotonic'>;
  readonly #seen = new Map<string, { readonly quote: Quote; readonly until: number }>();

  constructor(timers: Pick<TimerSource, 'monotonic'>) {
    this.#timers = timers;
  }

  note(orderId: string, quote: Quote): void {
    this.#seen.set(orderId, { quote, until: this.#timers.monotonic() + MOMENT_MS });
  }

  /** Null when there is none of now: then it is asked for. */
  take(orderId: string): Quote | null {
    const seen = this.#seen.get(orderId);
    this.#seen.delete(orderId);
    return seen !== undefined && this.#timers.monotonic() <= seen.until ? seen.quote : null;
  }

  forget(orderId: string): void {
    this.#seen.delete(orderId);
  }
}
