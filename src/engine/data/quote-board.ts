import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Quote } from '../../domain/trading.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Provider } from '../../venues/provider.ts';

/** A pushed quote serves a read for this many wall milliseconds; ticks come each second. */
const FRESH_MS = 3_000;

interface Entry {
  readonly quote: Quote;
  readonly receivedAt: number;
}

/** The latest quote of each security: pushed ticks when they are fresh and complete, else a request. */
export class QuoteBoard {
  readonly #provider: Provider;
  readonly #timers: TimerSource;
  readonly #pushed = new Map<string, Entry>();
  readonly #unsubscribe: () => void;

  constructor(provider: Provider, timers: TimerSource) {
    this.#provider = provider;
    this.#timers = timers;
    this.#unsubscribe = provider.onTick((quote) => {
      this.#pushed.set(quote.security, { quote, receivedAt: timers.monotonic() });
    });
  }

  stop(): void {
    this.#unsubscribe();
  }

  /** A quote to plan an order on: always asked for, never from the board. Null = the venue does not know the security. */
  fresh(security: string): Promise<Quote | null> {
    return this.#provider.quote(canonicalSecurity(security));
  }

  /** Quotes to look at, in the order asked. */
  async read(securities: readonly string[]): Promise<(Quote | null)[]> {
    const codes = securities.map(canonicalSecurity);
    const missing = [...new Set(codes.filter((code) => this.#usable(code) === null))];
    const asked = missing.length === 0 ? new Map<string, Quote>() : await this.#provider.quotes(missing);
    return codes.map((code) => asked.get(code) ?? this.#usable(code));
  }

  /** Wall milliseconds since the last pushed quote of a security; null = none yet. */
  age(security: string): number | null {
    const entry = this.#pushed.get(security);
    return entry === undefined ? null : this.#timers.monotonic() - entry.receivedAt;
  }

  /** A tick carries a price only; limits and suspension need a request. */
  #usable(code: string): Quote | null {
    const entry = this.#pushed.get(code);
    if (entry === undefined || this.#timers.monotonic() - entry.receivedAt > FRESH_MS) return null;
    return entry.quote.paused === null || entry.quote.highLimit === null ? null : entry.quote;
  }
}
