import { DateTime } from 'luxon';
import { BtError } from '../../../src/domain/errors.ts';
import { isDay } from '../../../src/domain/time.ts';
import { badArgument, isPlainObject } from '../../api/arguments.ts';
import { valueError } from '../../builtins/errors.ts';
import { strictObject } from '../attributes.ts';
import { CHINA_ZONE, chinaDateTime } from './china-time.ts';
import { date, dayText } from './date.ts';
import { parseLooseTime } from './loose-time.ts';
import { strptime } from './strptime.ts';
import type { TimeOfDay } from './time-of-day.ts';
import { timedelta } from './timedelta.ts';

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;
type Part = (typeof PARTS)[number];
export type Parts = { readonly [K in Part]?: number };

/** Whole numbers by their names: by position, the last of them perhaps an object of names. */
export function partsOf(
  where: string,
  names: readonly Part[],
  values: readonly unknown[],
): Partial<Record<Part, number>> {
  const last = values.at(-1);
  const named = isPlainObject(last) ? last : {};
  const read: Partial<Record<Part, number>> = {};
  const given = [...(isPlainObject(last) ? values.slice(0, -1) : values).entries()].map(([i, value]) => [
    names[i] ?? '',
    value,
  ]);
  for (const [name, value] of [...given, ...Object.entries(named)] as [Part, unknown][]) {
    if (!names.includes(name)) throw badArgument(where, `takes ${names.join(', ')}.`);
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw badArgument(`${where} ${name}`, 'must be a whole number.');
    read[name] = value;
  }
  return read;
}

/** `datetime(2026, 7, 6, 9, 30)`: a time in Shanghai, wherever this runs. VALUE_ERROR for what the calendar or the clock does not have. */
function make(...values: readonly unknown[]): DateTime {
  const { year, month, day, hour = 0, minute = 0, second = 0, microsecond = 0 } = partsOf('datetime()', PARTS, values);
  if (year === undefined || month === undefined || day === undefined)
    throw badArgument('datetime()', 'needs year, month and day.');
  const known = isDay(dayText(year, month, day));
  const isClock = [hour / 24, minute / 60, second / 60].every((share) => share >= 0 && share < 1);
  if (!known || !isClock)
    throw valueError(`datetime(${year}, ${month}, ${day}, ${hour}, ${minute}, ${second}): there is no such time.`);
  const millisecond = Math.floor(microsecond / 1000);
  return DateTime.fromObject({ year, month, day, hour, minute, second, millisecond }, { zone: CHINA_ZONE });
}

/** `time(9, 30)`: a time of the day. */
export function timeOf(...values: readonly unknown[]): TimeOfDay {
  const clock = PARTS.slice(3);
  return make({ year: 1970, month: 1, day: 1, ...partsOf('time()', clock, values) }).time();
}

function now(): DateTime {
  return DateTime.now().setZone(CHINA_ZONE);
}

export interface MakeTime {
  (hour?: number, minute?: number, second?: number, microsecond?: number): TimeOfDay;
  (parts: Pick<Parts, 'hour' | 'minute' | 'second' | 'microsecond'>): TimeOfDay;
}

/** What `datetime` has, whether Python's module or its class is meant: `datetime.datetime.now()` and `datetime.now()`. */
interface Members {
  readonly date: typeof date;
  readonly time: MakeTime;
  readonly timedelta: typeof timedelta;
  readonly now: () => DateTime;
  readonly today: () => DateTime;
  /** VALUE_ERROR for a text of another format. */
  readonly strptime: (text: string, format: string) => DateTime;
  readonly strftime: (time: DateTime | date, format: string) => string;
  readonly fromtimestamp: (seconds: number) => DateTime;
  readonly fromisoformat: (text: string) => DateTime;
  readonly combine: (day: date | DateTime, time: TimeOfDay) => DateTime;
}

const members: Members = {
  date,
  time: timeOf,
  timedelta,
  now,
  today: now,
  strptime: (text: string, format: string): DateTime => chinaDateTime(strptime(text, format)),
  strftime: (time: DateTime | date, format: string): string => time.strftime(format),
  fromtimestamp: (seconds: number): DateTime => chinaDateTime(Math.round(seconds * 1000)),
  fromisoformat: (text: string): DateTime => {
    const instant = parseLooseTime(text);
    if (instant === null)
      throw valueError(`datetime.fromisoformat('${text}'): write it as 2026-07-06 or 2026-07-06T09:30:00.`);
    return chinaDateTime(instant);
  },
  combine: (day: date | DateTime, time: TimeOfDay): DateTime =>
    chinaDateTime(date.fromisoformat(day.strftime('%Y-%m-%d')).valueOf() + time.valueOf() * 1000),
};

export interface Datetime extends Members {
  new (year: number, month: number, day: number, ...clock: readonly number[]): DateTime;
  (year: number, month: number, day: number, ...clock: readonly number[]): DateTime;
  (parts: Parts & { readonly year: number; readonly month: number; readonly day: number }): DateTime;
  readonly datetime: Datetime;
}

/** Python's `datetime`, the module and the class in one. A name that it does not have throws ATTRIBUTE_ERROR. */
export const datetime: Datetime = named('datetime', make, members, (value) =>
  DateTime.isDateTime(value),
) as unknown as Datetime;

/** A function with members, on which a name that it does not have throws; `isOne` says what is an instance of it. */
export function named(
  name: string,
  run: (...values: never[]) => unknown,
  own: object,
  isOne: (value: unknown) => boolean,
): object {
  const strict = strictObject<object>({ ...own }, name);
  return new Proxy(
    Object.defineProperty(function () {}, 'name', { value: name }),
    {
      apply: (_target, _this, values) => Reflect.apply(run, null, values) as unknown,
      construct: (_target, values) => Reflect.apply(run, null, values) as object,
      get(target, key, self: unknown): unknown {
        if (key === Symbol.hasInstance) return isOne;
        if (key === 'datetime' && name === key) return self;
        return typeof key === 'symbol' || key in target ? Reflect.get(target, key) : Reflect.get(strict, key);
      },
    },
  );
}

/** A strategy does not wait: its task is called again. */
export function sleep(): never {
  throw new BtError(
    'UNSUPPORTED',
    "time.sleep() is not supported: nothing happens while a task waits. Register what comes later, run_daily(f, '9:35').",
    { fault: 'strategy' },
  );
}
