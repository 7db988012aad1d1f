import type { DateTime } from 'luxon';
import type { Quote } from '../../src/domain/trading.ts';
import { pyRepr } from '../text/python-text.ts';
import { chinaDateTime } from './datetime/china-time.ts';
import { guardGetters } from './guard.ts';

/** Levels of the order book that JoinQuant's tick has; a venue's quote tells the first. */
type Level = 1 | 2 | 3 | 4 | 5;
type LevelFields = { readonly [K in `${'a' | 'b'}${Level}_${'p' | 'v'}`]: number };

/** What a tick is made of: a live quote, or a tick of the past, which tells more. */
export interface TickReading extends Pick<Quote, 'security' | 'time' | 'lastPrice' | 'dayOpen' | 'volume'> {
  readonly bid1?: number | null;
  readonly ask1?: number | null;
  readonly dayHigh?: number | null;
  readonly dayLow?: number | null;
  readonly money?: number | null;
  /** By JoinQuant's names, `a1_v` … `b5_p`. */
  readonly depth?: ReadonlyMap<string, number | null>;
}

let levelOf: (tick: TickFields, name: string) => number | null;

/**
 * One tick, the second argument of handle_tick, in JoinQuant's names. Missing is not zero: what the venue's push does not hold
 * is NaN (every comparison with it is false), `datetime` is null.
 */
class TickFields {
  static {
    levelOf = (tick, name) => tick.#quote.depth?.get(name) ?? null;
  }
  readonly #quote: TickReading;

  constructor(quote: TickReading) {
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

  /** The day's highest price: known of ticks of the past. */
  get high(): number {
    return this.#quote.dayHigh ?? Number.NaN;
  }

  /** The day's lowest price: known of ticks of the past. */
  get low(): number {
    return this.#quote.dayLow ?? Number.NaN;
  }

  /** Shares traded today. */
  get volume(): number {
    return this.#quote.volume ?? Number.NaN;
  }

  /** CNY traded that day: known of ticks of the past. */
  get money(): number {
    return this.#quote.money ?? Number.NaN;
  }

  /** Open interest, of futures only. */
  get position(): number {
    return Number.NaN;
  }

  /** Lowest ask. */
  get a1_p(): number {
    return levelOf(this, 'a1_p') ?? this.#quote.ask1 ?? Number.NaN;
  }

  /** Highest bid. */
  get b1_p(): number {
    return levelOf(this, 'b1_p') ?? this.#quote.bid1 ?? Number.NaN;
  }

  toString(): string {
    const { code, datetime, current, open, volume, a1_p, b1_p } = this;
    const time = datetime?.strftime('%F %T') ?? null;
    return `Tick(${pyRepr({ code, datetime: time, current, open, volume, a1_p, b1_p })})`;
  }
}

/** What no live quote holds: volumes, and prices beyond the first level. */
for (const side of ['a', 'b']) {
  for (const level of [1, 2, 3, 4, 5]) {
    for (const field of level === 1 ? ['v'] : ['p', 'v']) {
      const name = `${side}${level}_${field}`;
      Object.defineProperty(TickFields.prototype, name, {
        get(this: TickFields) {
          return levelOf(this, name) ?? Number.NaN;
        },
        configurable: true,
      });
    }
  }
}
guardGetters(TickFields, 'tick');

export type Tick = TickFields & LevelFields;
export const Tick = TickFields as unknown as new (quote: TickReading) => Tick; // the loop above adds the levels
