import type { DateTime } from 'luxon';
import type { Quote } from '../../src/domain/trading.ts';
import { pyRepr } from '../text/python-text.ts';
import { chinaDateTime } from './datetime/china-time.ts';
import { guardGetters } from './guard.ts';

/** Levels of the order book that JoinQuant's tick has; a venue's quote tells the first. */
type Level = 1 | 2 | 3 | 4 | 5;
type LevelFields = { readonly [K in `${'a' | 'b'}${Level}_${'p' | 'v'}`]: number };

/**
 * One tick, the second argument of handle_tick, in JoinQuant's names. Missing is not zero: what the venue's push does not hold
 * is NaN (every comparison with it is false), `datetime` is null.
 */
class TickFields {
  readonly #quote: Quote;

  constructor(quote: Quote) {
    this.#quote = quote;
    Object.preventExtensions(this);
  }

  get code(): string {
    return this.#quote.security;
  }

  /** When the price was made, in China; null when the venue does not say. */
  get datetime(): DateTime | null {
    const { time } = this.#quote;
    return time === null ? null : chinaDateTime(time);
  }

  /** Latest price. */
  get current(): number {
    return this.#quote.lastPrice ?? Number.NaN;
  }

  /** Today's opening price. */
  get open(): number {
    return this.#quote.dayOpen ?? Number.NaN;
  }

  /** Today's highest price: no venue tells it yet. */
  get high(): number {
    return Number.NaN;
  }

  /** Today's lowest price: no venue tells it yet. */
  get low(): number {
    return Number.NaN;
  }

  /** Shares traded today. */
  get volume(): number {
    return this.#quote.volume ?? Number.NaN;
  }

  /** CNY traded today: no venue tells it yet. */
  get money(): number {
    return Number.NaN;
  }

  /** Open interest, of futures only. */
  get position(): number {
    return Number.NaN;
  }

  /** Lowest ask. */
  get a1_p(): number {
    return this.#quote.ask1 ?? Number.NaN;
  }

  /** Highest bid. */
  get b1_p(): number {
    return this.#quote.bid1 ?? Number.NaN;
  }

  toString(): string {
    const { code, datetime, current, open, volume, a1_p, b1_p } = this;
    const time = datetime?.strftime('%F %T') ?? null;
    return `Tick(${pyRepr({ code, datetime: time, current, open, volume, a1_p, b1_p })})`;
  }
}

/** What no quote of ours holds: volumes, and prices beyond the first level. */
for (const side of ['a', 'b']) {
  for (const level of [1, 2, 3, 4, 5]) {
    for (const field of level === 1 ? ['v'] : ['p', 'v']) {
      Object.defineProperty(TickFields.prototype, `${side}${level}_${field}`, {
        get: () => Number.NaN,
        configurable: true,
      });
    }
  }
}
guardGetters(TickFields, 'tick');

export type Tick = TickFields & LevelFields;
export const Tick = TickFields as unknown as new (quote: Quote) => Tick; // the loop above adds the levels
