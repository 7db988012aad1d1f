import { DateTime } from 'luxon';
import { badArgument } from '../../api/arguments.ts';
import { BtError } from '../../../src/domain/errors.ts';
import { addDays, chinaDay, instantOf, isDay, weekday } from '../../../src/domain/time.ts';
import { strictMembers } from '../attributes.ts';
import { pyRepr } from '../../text/python-text.ts';
import { callable } from '../guard.ts';
import { noImplicitSum } from './primitive.ts';
import { strftime } from './strftime.ts';
import { timedelta } from './timedelta.ts';

export interface DateParts {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
}

/** A calendar day without time, as Python's `date`. `<`, `>` and `==` compare two of them; `.eq()` takes a DateTime or a text too. */
class PlainDate {
  /** One object a day, so that `==`, indexOf(), Set and Map tell days apart as Python does. */
  static readonly #known = new Map<string, PlainDate>();
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly #midnight: number = 0;

  constructor(year: number, month: number, day: number);
  /** The day of a time, as Python's `datetime.date(t)`. */
  constructor(time: DateTime);
  constructor(first: number | DateTime, inYear = NaN, inMonth = NaN) {
    const [year, month, day] = DateTime.isDateTime(first)
      ? (chinaDay(first.valueOf()).split('-').map(Number) as [number, number, number])
      : [first, inYear, inMonth];
    if (!isDay(dayText(year, month, day))) {
      throw new BtError(
        'BAD_ARGUMENT',
        `date(${year}, ${month}, ${day}) is not a day of the calendar. Use date(2026, 7, 6).`,
        {
          fault: 'strategy',
        },
      );
    }
    this.year = year;
    this.month = month;
    this.day = day;
    const text = dayText(year, month, day);
    const known = PlainDate.#known.get(text);
    if (known !== undefined) return known;
    this.#midnight = instantOf(text, 0);
    PlainDate.#known.set(text, this);
    Object.freeze(this);
  }

  /** The day that it is now. */
  static today(): PlainDate {
    return new PlainDate(DateTime.now());
  }

  /** From `YYYY-MM-DD`. */
  static fromisoformat(text: string): PlainDate {
    const known = PlainDate.#known.get(text);
    if (known !== undefined) return known;
    const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = text.split('-').map(Number);
    return new PlainDate(year, month, day);
  }

  /** Day plus a span (whole days count), or minus one with a negative span. */
  add(span: timedelta): PlainDate {
    return PlainDate.fromisoformat(addDays(this.isoformat(), span.days));
  }

  /** Minus a span gives a date, minus a date (or DateTime) the span between them. */
  sub(span: timedelta): PlainDate;
  sub(other: PlainDate | DateTime): timedelta;
  sub(other: timedelta | PlainDate | DateTime): PlainDate | timedelta {
    if (other instanceof timedelta) return PlainDate.fromisoformat(addDays(this.isoformat(), -other.days));
    if (!(other instanceof PlainDate) && !DateTime.isDateTime(other))
      throw badArgument('date.sub()', `takes a timedelta or a day, was ${pyRepr(other)}: write day.sub(timedelta(1)).`);
    return timedelta({ milliseconds: this.valueOf() - instantOf(chinaDay(other.valueOf()), 0) });
  }

  /** Same day? Takes a date, a DateTime or `YYYY-MM-DD`. */
  eq(other: unknown): boolean {
    if (typeof other === 'string') return other === this.isoformat();
    if (!(other instanceof PlainDate) && !DateTime.isDateTime(other)) return false;
    return chinaDay(other.valueOf()) === this.isoformat();
  }

  /** The same day with another year, month or day. */
  replace({ year = this.year, month = this.month, day = this.day }: DateParts): PlainDate {
    return new PlainDate(year, month, day);
  }

  /** Monday is 0, Sunday 6. */
  weekday(): number {
    return weekday(this.isoformat()) - 1;
  }

  /** Monday is 1, Sunday 7. */
  isoweekday(): number {
    return weekday(this.isoformat());
  }

  strftime(format: string): string {
    return strftime(this.valueOf(), format);
  }

  isoformat(): string {
    return dayText(this.year, this.month, this.day);
  }

  /** Midnight in China, epoch ms. */
  valueOf(): number {
    return this.#midnight;
  }

  toString(): string {
    return this.isoformat();
  }

  toJSON(): string {
    return this.isoformat();
  }

  [Symbol.toPrimitive](hint: string): number | string {
    return noImplicitSum(hint, 'date', this);
  }
}

strictMembers(PlainDate, 'date');

/** `date(2026, 7, 6)`, with or without `new`. */
export const date = callable(PlainDate) as typeof PlainDate & {
  (year: number, month: number, day: number): PlainDate;
  (time: DateTime): PlainDate;
};
export type date = PlainDate;

/** `YYYY-MM-DD` of any numbers, also of those that are no day. */
export function dayText(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
