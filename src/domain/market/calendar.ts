import { BtError, errorCode } from '../errors.ts';
import { addDays, chinaDay, DAY, instantOf, isDay, weekday } from '../time.ts';
import { CLOSURES, CLOSURES_EXPIRE, CLOSURES_FROM } from './data/closures.ts';

/**
 * Trading days between two days, both included. A day is `YYYY-MM-DD`. Whoever asks beyond them gets BtError
 * CALENDAR_EXPIRED, never a guess: a weekday that is merely unknown must not trade.
 */
export class TradingCalendar {
  readonly from: string;
  #expires: string;
  #days: readonly string[];

  /** `closures`: the closed weekdays; `from`, `expires`: first and last day they are known for. */
  constructor(closures: readonly string[], from: string, expires: string) {
    this.from = from;
    this.#expires = expires;
    const closed = new Set(closures);
    const days: string[] = [];
    const end = instantOf(expires, 0);
    let dayOfWeek = weekday(from);
    for (let instant = instantOf(from, 0); instant <= end; instant += DAY) {
      if (dayOfWeek <= 5) {
        const day = chinaDay(instant);
        if (!closed.has(day)) days.push(day);
      }
      dayOfWeek = (dayOfWeek % 7) + 1;
    }
    this.#days = days;
  }

  /** Last day it speaks about. */
  get expires(): string {
    return this.#expires;
  }

  /** One of its own, that can be continued without changing this one. */
  copy(): TradingCalendar {
    const copy = new TradingCalendar([], this.from, this.from);
    copy.#days = this.#days;
    copy.#expires = this.#expires;
    return copy;
  }

  /** One that knows nothing of the days before `from`. */
  since(from: string): TradingCalendar {
    const later = new TradingCalendar([], from, from);
    later.#days = this.#days.slice(this.#indexFrom(from));
    later.#expires = this.#expires;
    return later;
  }

  /** Lets it reach to `until`: of the days after its present end those in `days` (ascending) trade. */
  continueTo(until: string, days: readonly string[]): void {
    const more = days.filter((day) => day > this.#expires && day <= until);
    this.#days = [...this.#days, ...more];
    if (until > this.#expires) this.#expires = until;
  }

  isTradingDay(day: string): boolean {
    this.#check(day);
    return this.#days[this.#indexFrom(day)] === day;
  }

  /** The last trading day before `day`. */
  previous(day: string): string {
    this.#check(day);
    return this.#days[this.#indexFrom(day) - 1] ?? this.#beyond(`the trading day before ${day}`);
  }

  /** The first trading day after `day`. */
  next(day: string): string {
    this.#check(day);
    const index = this.#indexFrom(day);
    return this.#days[this.#days[index] === day ? index + 1 : index] ?? this.#beyond(`the trading day after ${day}`);
  }

  /** Trading days from `start` to `end`, both included, ascending; empty when `start` is later. */
  between(start: string, end: string): string[] {
    this.#check(start);
    this.#check(end);
    return start > end ? [] : this.#days.slice(this.#indexFrom(start), this.#indexAfter(end));
  }

  /** The `n` trading days up to `end` (included when it trades), ascending. */
  lastDays(end: string, n: number): string[] {
    this.#check(end);
    const stop = this.#indexAfter(end);
    if (n > stop) this.#beyond(`${n} trading days up to ${end}`);
    return n <= 0 ? [] : this.#days.slice(stop - n, stop);
  }

  /** All trading days of the week (Monday to Sunday) that holds `day`, also those still to come. */
  daysOfWeek(day: string): string[] {
    this.#check(day);
    const monday = addDays(day, 1 - weekday(day));
    return this.#period(monday, addDays(monday, 6));
  }

  /** All trading days of the month that holds `day`, also those still to come. */
  daysOfMonth(day: string): string[] {
    this.#check(day);
    const first = `${day.slice(0, 8)}01`;
    const lastOfMonth = addDays(`${addDays(first, 31).slice(0, 8)}01`, -1);
    return this.#period(first, lastOfMonth);
  }

  /** A period may reach beyond the table only by days that are closed in every year: weekends and New Year's Day. */
  #period(first: string, last: string): string[] {
    for (let day = first; day < this.from; day = addDays(day, 1)) if (!isAlwaysClosed(day)) this.#check(day);
    for (let day = last; day > this.expires; day = addDays(day, -1)) if (!isAlwaysClosed(day)) this.#check(day);
    return this.#days.slice(this.#indexFrom(first), this.#indexAfter(last));
  }

  /** Number of trading days before `day`. */
  #indexFrom(day: string): number {
    let [low, high] = [0, this.#days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle] ?? '') < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Number of trading days up to `day`, that day included. */
  #indexAfter(day: string): number {
    const index = this.#indexFrom(day);
    return this.#days[index] === day ? index + 1 : index;
  }

  #check(day: string): void {
    if (!isDay(day)) {
      throw new BtError('BAD_TIME', `"${day}" is not a day; write it like 2026-07-06.`, { fault: 'bug' });
    }
    if (day < this.from || day > this.expires) this.#beyond(day);
  }

  #beyond(what: string): never {
    throw new BtError(
      'CALENDAR_EXPIRED',
      `The trading calendar knows ${this.from} to ${this.expires}, not ${what}. ` +
        'Install a newer bt-live (the exchanges announce the next year about 22 December), or ask for days within that range.',
      { fault: 'config', details: { from: this.from, expires: this.expires, asked: what } },
    );
  }
}

/** Weekends and New Year's Day, of whatever year. */
export function isAlwaysClosed(day: string): boolean {
  return weekday(day) > 5 || day.endsWith('-01-01');
}

/** The answer, or null where the calendar does not reach: for whoever must go on without it, as a timer must. */
export function ifKnown<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (errorCode(error) === 'CALENDAR_EXPIRED') return null;
    throw error;
  }
}

/** The last trading day before `day` that the calendar knows: beyond its end the last of its days. */
export function previousKnown(calendar: TradingCalendar, day: string): string {
  const { expires } = calendar;
  return day > expires ? (calendar.lastDays(expires, 1)[0] ?? expires) : calendar.previous(day);
}

let exchange: TradingCalendar | null = null;

/** Shanghai's and Shenzhen's trading days, from the first of all (1990-12-19) to the end of 2026; built once. */
export function exchangeCalendar(): TradingCalendar {
  exchange ??= new TradingCalendar(CLOSURES, CLOSURES_FROM, CLOSURES_EXPIRE);
  return exchange;
}
