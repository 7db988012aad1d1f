import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Quote } from '../../domain/trading.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { DataRouter } from './data-router.ts';

/** A pushed quote serves a read for this many wall milliseconds; ticks come each second. */
const FRESH_MS = 3_000;

interface Entry {
  readonly quote: Quote;
  readonly receivedAt: number;
}

/** The latest quote of each security: pushed ticks when they are fresh and complete, else a request. */
export class QuoteBoard {
  readonly #data: Pick<DataRouter, 'quote' | 'quotes'>;
  readonly #timers: TimerSource;
  readonly #pushed = new Map<string, Entry>();
  readonly #unsubscribe: () => void;

  constructor(data: Pick<DataRouter, 'quote' | 'quotes' | 'onTick'>, timers: TimerSource) {
    this.#data = data;
    this.#timers = timers;
    this.#unsubscribe = data.onTick((quote) => {
      this.#pushed.set(quote.security, { quote, receivedAt: timers.monotonic() });
    });
  }

  stop(): void {
    this.#unsubscribe();
  }

  /** A quote to plan an order on: always asked for, never from the board. Null = the venue does not know the security. */
  fresh(security: string): Promise<Quote | null> {
    return this.#data.quote(canonicalSecurity(security));
  }

  /** Quotes to look at, in the order asked. */
  async read(securities: readonly string[]): Promise<(Quote | null)[]> {
    const codes = securities.map(canonicalSecurity);
    // Kept from here on: a tick that grows old while others are asked for is not an unknown security.
    const pushed = new Map(codes.map((code) => [code, this.#usable(code)]));
    const missing = [...pushed].flatMap(([code, quote]) => (quote === null ? [code] : []));
    const asked = missing.length === 0 ? new Map<string, Quote>() : await this.#data.quotes(missing);
    return codes.map((code) => pushed.get(code) ?? asked.get(code) ?? null);
  }

  /** A tick carries a price only; limits and suspension need a request. */
  #usable(code: string): Quote | null {
    const entry = this.#pushed.get(code);
    if (entry === undefined || this.#timers.monotonic() - entry.receivedAt > FRESH_MS) return null;
    return entry.quote.paused === null || entry.quote.highLimit === null ? null : entry.quote;
  }
}
