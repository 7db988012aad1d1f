import { badArgument } from '../../api/arguments.ts';
import { callable } from '../guard.ts';
import { named, numberOr, textOr } from './args.ts';
import { isMissingValue, times } from './column/column.ts';
import { columnFrom, inferColumn, instantOf } from './column/dtypes.ts';
import { readCsv } from './csv.ts';
import { cut, qcut } from './cut.ts';
import { DataFrame } from './data-frame.ts';
import { adviseOnce } from './errors.ts';
import { makeLevels, makeSeries } from './factory.ts';
import { Index as Labels } from './index/index.ts';
import { concatTables } from './joining/concat.ts';
import { mergeTables } from './joining/merge.ts';
import { createPanel } from './panel.ts';
import { listOf } from './selection/select.ts';
import { Series } from './series.ts';
import { isFrame, isIndex, isSeries } from './is-table.ts';
import { parseTimeText, timeRule, timesOf } from './time-rules.ts';
import type { Label } from './types.ts';

/** `Index(['a', 'b'], { name: 'code' })`, with or without `new`. */
export const Index = callable(Labels);
export type Index<L = Label> = Labels<L>;

/** Tables and Series one under the other, or side by side with `{ axis: 1 }`. */
export function concat(
  objects: readonly Series<never>[],
  options: { readonly axis?: 0 | 'index'; readonly ignore_index?: boolean; readonly keys?: readonly unknown[] },
): Series;
export function concat(objects: unknown, options?: object): DataFrame;
export function concat(objects: unknown, options: object = {}): unknown {
  return concatTables(objects, options);
}

/** Rows of both tables whose keys meet: `merge(a, b, { on: 'code', how: 'left' })`. */
export function merge(
  left: DataFrame | Series<unknown>,
  right: DataFrame | Series<unknown>,
  ...args: readonly unknown[]
): DataFrame {
  return mergeTables(isFrame(left) ? left : left.to_frame(), right, args);
}

/** True for null, undefined, NaN; of a table, Series or list cell by cell. */
export function isnull(value: DataFrame): DataFrame;
export function isnull<T>(value: Series<T>): Series<boolean>;
export function isnull(value: readonly unknown[]): boolean[];
export function isnull(value: unknown): boolean;
export function isnull(value: unknown): unknown {
  if (isFrame(value) || isSeries(value)) return value.isnull();
  const list = listOf(value);
  return list === null ? isMissingValue(value) : list.map(isMissingValue);
}

/** The opposite of isnull. */
export function notnull(value: DataFrame): DataFrame;
export function notnull<T>(value: Series<T>): Series<boolean>;
export function notnull(value: readonly unknown[]): boolean[];
export function notnull(value: unknown): boolean;
export function notnull(value: unknown): unknown {
  if (isFrame(value) || isSeries(value)) return value.notnull();
  const list = listOf(value);
  return list === null ? !isMissingValue(value) : list.map((one) => !isMissingValue(one));
}

/** Times out of texts, dates or numbers: a Series stays a Series, a list becomes an Index, one value a DateTime. */
export function to_datetime(
  value: unknown,
  options: { readonly format?: string; readonly errors?: 'raise' | 'coerce'; readonly unit?: 's' | 'ms' } = {},
): unknown {
  const { format, errors, unit } = named('to_datetime', ['format', 'errors', 'unit', 'dayfirst', 'utc'], [options]);
  const read = (one: unknown): number => {
    if (isMissingValue(one)) return NaN;
    try {
      if (typeof one === 'number') return unit === undefined ? instantOf(String(one)) : one * (unit === 's' ? 1000 : 1);
      return typeof one === 'string' && typeof format === 'string' ? parseTimeText(one, format) : instantOf(one);
    } catch (error) {
      if (errors === 'coerce') return NaN;
      throw error;
    }
  };
  if (isSeries(value)) return value.withColumn(times(Float64Array.from(value.tolist(), read)));
  const list = listOf(value);
  if (list === null) return makeSeries(times(Float64Array.of(read(value))), Labels.range(1)).at(0);
  return makeLevels([times(Float64Array.from(list, read))], [isIndex(value) ? value.name : null]);
}

/** Numbers out of texts; what is none throws, or becomes NaN with `{ errors: 'coerce' }`. */
export function to_numeric(value: unknown, options: { readonly errors?: 'raise' | 'coerce' } = {}): unknown {
  const coerce = textOr(options.errors, ['raise', 'coerce'], 'raise', 'to_numeric() errors') === 'coerce';
  const list = isSeries(value) ? value.tolist() : (listOf(value) ?? [value]);
  const numbers = list.map((one) => {
    const number = typeof one === 'string' && one.trim() === '' ? NaN : isMissingValue(one) ? NaN : Number(one);
    if (!coerce && Number.isNaN(number) && !isMissingValue(one))
      throw badArgument('to_numeric()', `'${String(one)}' is no number; pass { errors: 'coerce' }.`);
    return number;
  });
  if (isSeries(value)) return value.withColumn(inferColumn(numbers));
  return listOf(value) === null ? numbers[0] : numbers;
}

/** Times from start to end (or `periods` of them) by a frequency. */
export function date_range(...args: readonly unknown[]): Index {
  const a = named('date_range', ['start', 'end', 'periods', 'freq'], args);
  const rule = timeRule(typeof a['freq'] === 'string' ? a['freq'] : 'D');
  const end = a['end'] === undefined || a['end'] === null ? null : instantOf(a['end']);
  const periods =
    a['periods'] === undefined || a['periods'] === null ? null : numberOr(a['periods'], 0, 'date_range() periods');
  if (a['start'] === undefined || (end === null && periods === null))
    throw badArgument('date_range()', 'needs start, and end or periods.');
  return Labels.of([times(timesOf(rule, instantOf(a['start']), end, periods))]);
}

/** Accepted and ignored: how tables print is fixed. */
export function set_option(..._args: readonly unknown[]): void {}

/** `MultiIndex.from_tuples([['a', 1], ['b', 2]], { names: ['x', 'y'] })` and its like. */
export const MultiIndex = {
  from_tuples(
    tuples: Iterable<readonly unknown[]>,
    options: { readonly names?: readonly (string | null)[] } = {},
  ): Index {
    return Labels.fromTuples(tuples, options.names ?? []);
  },
  from_arrays(
    arrays: readonly Iterable<unknown>[],
    options: { readonly names?: readonly (string | null)[] } = {},
  ): Index {
    return Labels.of(
      arrays.map((array) => columnFrom(array)),
      arrays.map((_, i) => options.names?.[i] ?? null),
    );
  },
  from_product(
    lists: readonly (readonly unknown[])[],
    options: { readonly names?: readonly (string | null)[] } = {},
  ): Index {
    const tuples = lists.reduce<unknown[][]>(
      (all, list) => all.flatMap((tuple) => list.map((one) => [...tuple, one])),
      [[]],
    );
    return Labels.fromTuples(tuples, options.names ?? []);
  },
};

/** Labels that are times, out of texts or dates. */
export function DatetimeIndex(values: Iterable<unknown>, options: { readonly name?: string | null } = {}): Index {
  return (to_datetime(Array.from(values)) as Index).rename(options.name ?? null);
}

/** Old pandas: the rolling mean of a Series. */
export function rolling_mean(series: Series, window: number): Series {
  adviseOnce('pd.rolling_mean()', 's.rolling(n).mean()');
  return series.rolling(window).mean();
}

export function rolling_std(series: Series, window: number): Series {
  adviseOnce('pd.rolling_std()', 's.rolling(n).std()');
  return series.rolling(window).std();
}

/** Old pandas: tables by name, one beside the other in depth. */
function Panel(tables: Readonly<Record<string, DataFrame>>): ReturnType<typeof createPanel> {
  adviseOnce('pd.Panel', 'pd.concat(tables, { keys })');
  const entries = Object.entries(tables);
  const [first] = entries;
  if (first === undefined) throw badArgument('Panel()', 'needs a dict of tables.');
  return createPanel(new Map(entries), first[1].index, first[1].names.tolist().map(String));
}

/** `pd` of a Python script: what strategies use of the pandas module. */
export const pd = {
  DataFrame,
  Series,
  Index,
  MultiIndex,
  DatetimeIndex,
  Panel,
  concat,
  merge,
  isnull,
  isna: isnull,
  notnull,
  notna: notnull,
  to_datetime,
  to_numeric,
  date_range,
  cut,
  qcut,
  read_csv: readCsv,
  set_option,
  pivot_table: (table: DataFrame, ...args: readonly unknown[]): DataFrame => table.pivot_table(...args),
  pivot: (table: DataFrame, ...args: readonly unknown[]): DataFrame => table.pivot(...args),
  melt: (table: DataFrame, ...args: readonly unknown[]): DataFrame => table.melt(...args),
  rolling_mean,
  rolling_std,
  Timestamp: (value: unknown): unknown => to_datetime(value),
  NaT: null,
  NA: null,
} as const;
