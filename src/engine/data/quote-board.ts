import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Quote } from '../../domain/trading.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Clock } from '../../platform/clock.ts';
import type { DataRouter } from './data-router.ts';
import { FeedPulse } from './feed-pulse.ts';

/** A pushed quote serves a read for this many wall milliseconds; ticks come each second. */
const FRESH_MS = 3_000;

/** What moves in every minute of continuous trading: two indices, a fund, a bank. */
const BUSY = ['000001.XSHG', '399001.XSHE', '510300.XSHG', '000001.XSHE'];
/** Wall ms: how long busy securities are looked at for a movement, and how often. An index comes each 3 to 5 s. */
const LOOK_MS = 6_000;
const LOOK_AGAIN_MS = 1_000;

interface Entry {
  readonly quote: Quote;
  readonly receivedAt: number;
}

/** The latest quote of each security: pushed ticks when they are fresh and complete, else a request. */
export class QuoteBoard {
  readonly #data: Pick<DataRouter, 'quote' | 'quotes'>;
  readonly #timers: TimerSource;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #pushed = new Map<string, Entry>();
  readonly #pulse = new FeedPulse();
  readonly #unsubscribe: () => void;
  readonly #listeners = new Set<(quote: Quote) => void>();

  constructor(data: Pick<DataRouter, 'quote' | 'quotes' | 'onTick'>, timers: TimerSource, clock: Pick<Clock, 'now'>) {
    this.#data = data;
    this.#timers = timers;
    this.#clock = clock;
    this.#unsubscribe = data.onTick((quote) => {
      this.#pulse.note(quote, clock.now());
      this.#pushed.set(quote.security, { quote, receivedAt: timers.monotonic() });
      for (const listener of this.#listeners) listener(quote);
    });
  }

  stop(): void {
    this.#unsubscribe();
  }

  /** Market time of the newest quote that has been seen, epoch ms; null = none has. */
  newest(): number | null {
    return this.#pulse.newest();
  }

  /** Calls for each quote that is pushed; returns what ends it. */
  onTick(listener: (quote: Quote) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A quote to plan an order on: always asked for, never from the board. Null = the venue does not know the security. */
  async fresh(security: string): Promise<Quote | null> {
    const quote = await this.#data.quote(canonicalSecurity(security));
    if (quote !== null) this.#pulse.note(quote, this.#clock.now());
    return quote;
  }

  /** Whether anything at all has moved in the last `ms` of market time; when nothing is known to have, busy securities are looked at for some seconds. */
  async hasMoved(ms: number): Promise<boolean> {
    const until = this.#timers.monotonic() + LOOK_MS;
    while (!this.#pulse.movedWithin(ms, this.#clock.now())) {
      await this.#look();
      if (this.#pulse.movedWithin(ms, this.#clock.now())) return true;
      if (this.#timers.monotonic() >= until) return false;
      await new Promise<void>((resolve) => this.#timers.after(LOOK_AGAIN_MS, resolve));
    }
    return true;
  }

  /** Whether quotes live, as far as they were looked at within the last `ms` of market time. */
  pulse(ms: number): { readonly alive: boolean | null; readonly lastAt: number | null } {
    return this.#pulse.state(ms, this.#clock.now());
  }

  async #look(): Promise<void> {
    try {
      for (const quote of (await this.#data.quotes(BUSY)).values()) this.#pulse.note(quote, this.#clock.now());
    } catch {
      // What cannot be read has not moved, as far as anybody can tell.
    }
  }

  /** Quotes to look at, in the order asked. */
  async read(securities: readonly string[]): Promise<(Quote | null)[]> {
    const codes = securities.map(canonicalSecurity);
    // Kept from here on: a tick that grows old while others are asked for is not an unknown security.
    const pushed = new Map(codes.map((code) => [code, this.#usable(code)]));
    const missing = [...pushed].flatMap(([code, quote]) => (quote === null ? [code] : []));
    const asked = missing.length === 0 ? new Map<string, Quote>() : await this.#data.quotes(missing);
    for (const quote of asked.values()) this.#pulse.note(quote, this.#clock.now());
    return codes.map((code) => pushed.get(code) ?? asked.get(code) ?? null);
  }

  /** A tick carries a price only; limits and suspension need a request. */
  #usable(code: string): Quote | null {
    const entry = this.#pushed.get(code);
    if (entry === undefined || this.#timers.monotonic() - entry.receivedAt > FRESH_MS) return null;
    return entry.quote.paused === null || entry.quote.highLimit === null ? null : entry.quote;
  }
}
