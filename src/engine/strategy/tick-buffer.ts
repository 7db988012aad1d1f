import type { Quote } from '../../domain/trading.ts';

/** Quotes on their way to the strategy: only the latest of each security waits, however long the strategy is busy. */
export class TickBuffer {
  #latest = new Map<string, Quote>();

  push(quotes: readonly Quote[]): void {
    for (const quote of quotes) this.#latest.set(quote.security, quote);
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
