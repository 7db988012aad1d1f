import { DateTime } from 'luxon';
import { dateTimeText } from '../../text/python-text.ts';
import { BtError } from '../../../src/domain/errors.ts';
import { chinaDay } from '../../../src/domain/time.ts';
import { date } from './date.ts';
import { strftime } from './strftime.ts';
import { TimeOfDay } from './time-of-day.ts';
import { timedelta } from './timedelta.ts';

/**
 * Python's names on luxon's DateTime, in the strategy's process only. A subclass would be lost at the first `plus`,
 * so they go on the prototype; all of them read the instant in China's time.
 */
declare module 'luxon' {
  interface DateTime {
    date(): date;
    time(): TimeOfDay;
    strftime(format: string): string;
    isoweekday(): number;
    /** `2026-07-06T09:35:00` */
    isoformat(separator?: string): string;
    readonly microsecond: number;
    /** Seconds since 1970, as Python. */
    timestamp(): number;
    add(span: timedelta): this;
    sub(span: timedelta): this;
    sub(other: DateTime | date): timedelta;
    /** Same instant? */
    eq(other: unknown): boolean;
    replace(fields: DateTimeFields): this;
  }
}

export interface DateTimeFields {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly microsecond?: number;
}

const methods = {
  date(this: DateTime): date {
    return date.fromisoformat(chinaDay(this.valueOf()));
  },
  time(this: DateTime): TimeOfDay {
    return new TimeOfDay(this.valueOf());
  },
  strftime(this: DateTime, format: string): string {
    return strftime(this.valueOf(), format);
  },
  isoweekday(this: DateTime): number {
    return date.fromisoformat(chinaDay(this.valueOf())).isoweekday();
  },
  isoformat(this: DateTime, separator = 'T'): string {
    return dateTimeText(this).replace(' ', separator);
  },
  timestamp(this: DateTime): number {
    return this.valueOf() / 1000;
  },
  add(this: DateTime, span: timedelta): DateTime {
    return this.plus(span.valueOf());
  },
  sub(this: DateTime, other: timedelta | DateTime | date): DateTime | timedelta {
    if (other instanceof timedelta) return this.minus(other.valueOf());
    return timedelta({ milliseconds: this.valueOf() - other.valueOf() });
  },
  eq(this: DateTime, other: unknown): boolean {
    return DateTime.isDateTime(other) && other.valueOf() === this.valueOf();
  },
  replace(this: DateTime, fields: DateTimeFields): DateTime {
    const { microsecond, ...rest } = fields;
    return this.set(microsecond === undefined ? rest : { ...rest, millisecond: Math.floor(microsecond / 1000) });
  },
  toString(this: DateTime): string {
    return dateTimeText(this);
  },
};

/** A number for `<` and `-`; joined to a text it is no number of milliseconds. */
function primitive(this: DateTime, hint: string): number | string {
  return hint === 'number' ? this.valueOf() : dateTimeText(this);
}

/** What Python reads from the span between two times, and from no number. */
const SPAN_ONLY = ['days', 'seconds', 'total_seconds'];

function spanOnly(name: string): never {
  throw new BtError(
    'BAD_OPERATOR',
    `a number has no '${name}': times and dates are subtracted by a.sub(b), as in a.sub(b).days; a - b is milliseconds.`,
    { fault: 'strategy' },
  );
}

/** Adds the methods; a second call changes nothing. */
export function installDateTimeMethods(): void {
  for (const name of SPAN_ONLY) {
    Reflect.defineProperty(Number.prototype, name, {
      get: () => spanOnly(name),
      configurable: true,
      enumerable: false,
    });
  }
  Object.defineProperty(DateTime.prototype, Symbol.toPrimitive, {
    value: primitive,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  Reflect.defineProperty(DateTime.prototype, 'microsecond', {
    get(this: DateTime) {
      return this.millisecond * 1000;
    },
    configurable: true,
  });
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(DateTime.prototype, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
