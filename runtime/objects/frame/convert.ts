import { WITH_COLUMN } from './store.ts';
import { HOUR } from '../../../src/domain/time.ts';
import { badArgument } from '../../api/arguments.ts';
import { pyRepr } from '../../text/python-text.ts';
import { flag, numberOr, textOr } from './args.ts';
import { isMissingValue, times } from './column/column.ts';
import { inferColumn, instantOf } from './column/dtypes.ts';
import { makeLevels, makeRange, makeSeries } from './factory.ts';
import { isFrame, isIndex, isSeries } from './is-table.ts';
import { listOf } from './selection/select.ts';
import { given } from './signatures/signature.ts';
import { midnight, parseTimeText, timeRule, timesBefore, timesOf } from './time-rules.ts';
import type { Index } from './types.ts';

/** ms of one unit of a number that is a time. */
const UNITS = { D: 24 * HOUR, h: HOUR, m: 60_000, s: 1000, ms: 1, us: 1e-3, ns: 1e-6 } as const;

export interface ToDatetimeOptions {
  readonly format?: string;
  /** `coerce`: what is no time becomes missing. */
  readonly errors?: 'raise' | 'coerce';
  /** What a number counts, since 1970 by the clock (as pandas: without a zone). */
  readonly unit?: keyof typeof UNITS;
}

/** Times out of texts, dates or numbers: a Series stays a Series, a list becomes an Index, one value a DateTime. */
export function toDatetime(value: unknown, options: ToDatetimeOptions): unknown {
  if (isFrame(value)) throw badArgument('to_datetime()', 'takes a column, a list or one value; a table it does not.');
  const coerce = textOr(options.errors, ['raise', 'coerce'], 'raise', 'to_datetime() errors') === 'coerce';
  const read = (one: unknown): number => {
    if (isMissingValue(one)) return NaN;
    try {
      return instantBy(one, options);
    } catch (error) {
      if (coerce) return NaN;
      throw error;
    }
  };
  if (isSeries(value)) return value[WITH_COLUMN](times(Float64Array.from(value.tolist(), read)));
  const list = listOf(value);
  if (list === null) return makeSeries(times(Float64Array.of(read(value))), makeRange(1)).at(0);
  return makeLevels([times(Float64Array.from(list, read))], [isIndex(value) ? value.name : null]);
}

function instantBy(value: unknown, { format, unit }: ToDatetimeOptions): number {
  if (typeof format === 'string' && (typeof value === 'string' || typeof value === 'number'))
    return parseTimeText(String(value), format);
  if (typeof value !== 'number') return instantOf(value);
  if (unit === undefined || unit === null)
    throw badArgument('to_datetime()', `${value} needs a unit or a format: { unit: 's' }, { format: '%Y%m%d' }.`);
  const names = Object.keys(UNITS) as (keyof typeof UNITS)[];
  const span = UNITS[textOr(unit, names, 's', 'to_datetime() unit')];
  // The clock of pandas' times without a zone is ours in China: 0 is 1970-01-01 00:00.
  return Math.floor(value * span) - 8 * HOUR;
}

/** Numbers out of texts; what is none throws, or becomes NaN with `{ errors: 'coerce' }`. */
export function toNumeric(value: unknown, options: { readonly errors?: 'raise' | 'coerce' } = {}): unknown {
  const coerce = textOr(options.errors, ['raise', 'coerce'], 'raise', 'to_numeric() errors') === 'coerce';
  const list = isSeries(value) ? value.tolist() : (listOf(value) ?? [value]);
  const numbers = list.map((one) => {
    const number = numberIn(one);
    if (number !== null) return number;
    if (coerce) return NaN;
    throw badArgument('to_numeric()', `${pyRepr(one)} is no number; pass { errors: 'coerce' }.`);
  });
  if (isSeries(value)) return value[WITH_COLUMN](inferColumn(numbers));
  return listOf(value) === null ? numbers[0] : numbers;
}

function numberIn(value: unknown): number | null {
  if (isMissingValue(value)) return NaN;
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isNaN(number) ? (/^nan$/i.test(value.trim()) ? NaN : null) : number;
}

export interface DateRangeOptions {
  readonly start?: unknown;
  readonly end?: unknown;
  readonly periods?: number | null;
  readonly freq?: string;
  /** Start and end at their midnight. */
  readonly normalize?: boolean;
  readonly name?: string | null;
  /** Whether the ends themselves belong to it. */
  readonly inclusive?: 'both' | 'left' | 'right' | 'neither';
}
export type DateRangeArgs = readonly [start?: unknown, ...more: readonly unknown[]];

/** Two of start, end and periods, by a frequency ('D' unless given). */
export function dateRange(args: DateRangeArgs): Index {
  const a: DateRangeOptions = given(args);
  const read = (value: unknown): number | null => {
    if (isMissingValue(value)) return null;
    const at = instantOf(value);
    return flag(a.normalize, false) ? midnight(at) : at;
  };
  const [start, end] = [read(a.start), read(a.end)];
  const periods = isMissingValue(a.periods) ? null : numberOr(a.periods, 0, 'date_range() periods');
  const count = [start, end, periods].filter((one) => one !== null).length;
  if (count !== 2) throw badArgument('date_range()', 'needs two of start, end and periods.');
  const rule = timeRule(a.freq ?? 'D');
  const all = start === null ? timesBefore(rule, end ?? 0, periods ?? 0) : timesOf(rule, start, end, periods);
  const sides = textOr(a.inclusive, ['both', 'left', 'right', 'neither'], 'both', 'date_range() inclusive');
  const from = start !== null && all[0] === start && (sides === 'right' || sides === 'neither') ? 1 : 0;
  const to = end !== null && all.at(-1) === end && (sides === 'left' || sides === 'neither') ? -1 : undefined;
  return makeLevels([times(all.slice(from, to))], [a.name ?? null]);
}
