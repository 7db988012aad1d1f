import type { Quote } from '../../domain/trading.ts';

/** Quotes on their way to the strategy: only the latest of each security waits, however long the strategy is busy. */
export class TickBuffer {
  readonly #latest = new Map<string, Quote>();

  push(quote: Quote): void {
    this.#latest.set(quote.security, quote);
  }

  drop(securities: readonly string[]): void {
    for (const security of securities) this.#latest.delete(security);
  }

  get size(): number {
    return this.#latest.size;
  }

  /** Everything that waits, in the order the securities first came; afterwards nothing waits. */
  take(): Quote[] {
    const quotes = [...this.#latest.values()];
    this.#latest.clear();
    return quotes;
  }
}
