import { exchangeCalendar } from '../domain/market/calendar.ts';
import type { TradingCalendar } from '../domain/market/calendar.ts';
import { chinaDay, chinaInstant, DAY } from '../domain/time.ts';

/** The exchange's trading days numbered from 0, with look-ups that cost no search. */
export class TradingDays {
  readonly calendar: TradingCalendar;
  readonly list: readonly string[];
  /** Of the list, `YYYY`, ascending. */
  readonly years: readonly string[];
  readonly #firstMidnight: number;
  /** For each calendar day since `calendar.from`: number of the last trading day up to it, −1 before the first. */
  readonly #lastUpTo: Int32Array;
  readonly #midnights: Float64Array;
  readonly #starts = new Map<string, readonly number[]>();

  constructor(calendar: TradingCalendar) {
    this.calendar = calendar;
    this.list = calendar.between(calendar.from, calendar.expires);
    this.years = [...new Set(this.list.map((day) => day.slice(0, 4)))];
    this.#firstMidnight = chinaInstant(calendar.from, '00:00');
    this.#midnights = Float64Array.from(this.list, (day) => chinaInstant(day, '00:00'));
    const span = Math.round((chinaInstant(calendar.expires, '00:00') - this.#firstMidnight) / DAY) + 1;
    this.#lastUpTo = new Int32Array(span);
    for (let day = 0, index = -1; day < span; day += 1) {
      if (this.#midnights[index + 1] === this.#firstMidnight + day * DAY) index += 1;
      this.#lastUpTo[day] = index;
    }
  }

  /** Number of the last trading day that began at or before the instant; BtError CALENDAR_EXPIRED outside the table. */
  indexAt(ms: number): number {
    const index = this.#lastUpTo[Math.floor((ms - this.#firstMidnight) / DAY)] ?? -1;
    if (index >= 0) return index;
    // Outside the table, where the calendar itself throws.
    return this.list.indexOf(this.calendar.previous(chinaDay(ms)));
  }

  /** As `indexAt`, but −1 before the first day of the table and the last day after its end: for bounds of a range. */
  indexWithin(ms: number): number {
    const day = Math.floor((ms - this.#firstMidnight) / DAY);
    return day < 0 ? -1 : (this.#lastUpTo[Math.min(day, this.#lastUpTo.length - 1)] ?? -1);
  }

  /** Number of the last trading day on or before a day `YYYY-MM-DD`, within the bounds of `indexWithin`. */
  upTo(day: string): number {
    return this.indexWithin(chinaInstant(day, '00:00'));
  }

  /** Number of the first trading day on or after a day `YYYY-MM-DD`; beyond the table where there is none. */
  from(day: string): number {
    return this.indexWithin(chinaInstant(day, '00:00') - 1) + 1;
  }

  /** For each of the years the number of its first trading day on or after a date, `MM-DD`; beyond the table where there is none. */
  starts(date: string): readonly number[] {
    const starts = this.#starts.get(date) ?? this.years.map((year) => this.from(`${year}-${date}`));
    this.#starts.set(date, starts);
    return starts;
  }

  /** `YYYY-MM-DD`. */
  day(index: number): string {
    return this.list[index] ?? this.calendar.expires;
  }

  /** Midnight (China) at which a trading day begins, epoch ms. */
  midnight(index: number): number {
    return this.#midnights[index] ?? Number.NaN;
  }
}

/** The paper market begins here: everything random in it hangs on the numbers of its days. */
const MARKET_FROM = '2005-01-01';

let known: TradingDays | null = null;

/** The days of the paper market; numbered once, however many exchanges are made. */
export function marketDays(): TradingDays {
  known ??= new TradingDays(exchangeCalendar().since(MARKET_FROM));
  return known;
}
