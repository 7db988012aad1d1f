import { strictObject } from '../attributes.ts';
import { callable } from '../guard.ts';
import { readCsv } from './csv.ts';
import { cut as cutValues, qcut as cutByRank } from './cut.ts';
import { DataFrame } from './data-frame.ts';
import { adviseOnce } from './errors.ts';
import { Index as Labels } from './index/index.ts';
import { MultiIndex } from './multi-index.ts';
import { isFrame, isSeries } from './is-table.ts';
import { concatTables } from './joining/concat.ts';
import { mergeTables } from './joining/merge.ts';
import { isMissingValue } from './column/column.ts';
import { Panel } from './old-panel.ts';
import { listOf } from './selection/select.ts';
import { Series } from './series.ts';
import { MODULE } from './signatures/others.ts';
import { signed } from './signatures/signature.ts';
import { dateRange, toDatetime, toNumeric } from './convert.ts';
import type { DateRangeArgs, ToDatetimeOptions } from './convert.ts';
import type { Frame, Label, Merged } from './types.ts';

type MergeSide = DataFrame | Series<unknown>;

/** `Index(['a', 'b'], { name: 'code' })`, with or without `new`. */
export const Index = callable(Labels);
export type Index<L = Label> = Labels<L>;

/** A function of `pd` that reads its arguments by its definition. */
function ofModule<F extends (...args: never[]) => unknown>(name: string, run: F): F {
  return signed(name, MODULE[name] ?? '', run);
}

export interface Concat {
  (
    objects: readonly Series<never>[],
    options: { readonly axis?: 0 | 'index'; readonly ignore_index?: boolean; readonly keys?: readonly unknown[] },
  ): Series;
  (objects: unknown, ...args: readonly unknown[]): DataFrame;
}

/** Tables and Series one under the other, or side by side with `{ axis: 1 }`. */
export const concat = ofModule('concat', concatTables) as unknown as Concat;

export interface Merge {
  <A extends string, B extends string>(left: Frame<A>, right: Frame<B>, ...args: readonly unknown[]): Merged<A, B>;
  (left: MergeSide, right: MergeSide, ...args: readonly unknown[]): DataFrame;
}

/** Rows of both tables whose keys meet: `merge(a, b, { on: 'code', how: 'left' })`. */
export const merge = ofModule('merge', (left: MergeSide, right: MergeSide, ...args: readonly unknown[]): DataFrame =>
  mergeTables(isFrame(left) ? left : left.to_frame(), right, args),
) as unknown as Merge;

export interface CellTest {
  (value: DataFrame): DataFrame;
  <T>(value: Series<T>): Series<boolean>;
  (value: readonly unknown[]): boolean[];
  (value: unknown): boolean;
}

/** True for null, undefined, NaN; of a table, Series or list cell by cell. */
export const isnull = ofModule('isnull', (value: unknown): unknown => {
  if (isFrame(value) || isSeries(value)) return value.isnull();
  const list = listOf(value);
  return list === null ? isMissingValue(value) : list.map(isMissingValue);
}) as CellTest;

/** The opposite of isnull. */
export const notnull = ofModule('notnull', (value: unknown): unknown => {
  if (isFrame(value) || isSeries(value)) return value.notnull();
  const list = listOf(value);
  return list === null ? !isMissingValue(value) : list.map((one) => !isMissingValue(one));
}) as CellTest;

/** Times out of texts, dates or numbers: a Series stays a Series, a list becomes an Index, one value a DateTime. */
export const to_datetime = ofModule('to_datetime', (value: unknown, options: ToDatetimeOptions = {}): unknown =>
  toDatetime(value, options),
);

/** Numbers out of texts; what is none throws, or becomes NaN with `{ errors: 'coerce' }`. */
export const to_numeric = ofModule('to_numeric', toNumeric);

/** Times from start to end (or `periods` of them) by a frequency. */
export const date_range = ofModule('date_range', (...args: DateRangeArgs): Index => dateRange(args));

/** The bin of each value: its label, its number with `labels: false`, else its bounds as a text like `(0, 5]`. */
export const cut = ofModule('cut', cutValues);
/** Bins with as many values each: `qcut(s, 10, { labels: false })`; a list gives the quantiles. */
export const qcut = ofModule('qcut', cutByRank);

/** Accepted and ignored: how tables print is fixed. */
export function set_option(..._args: readonly unknown[]): void {}

/** Labels that are times, out of texts or dates. */
export const DatetimeIndex = ofModule(
  'DatetimeIndex',
  (values: Iterable<unknown>, options: { readonly name?: string | null } = {}): Index =>
    (to_datetime(Array.from(values)) as Index).rename(options.name ?? null),
);

/** Old pandas: the rolling mean of a Series. */
export const rolling_mean = ofModule('rolling_mean', (series: Series, window: number): Series => {
  adviseOnce('pd.rolling_mean()', 's.rolling(n).mean()');
  return series.rolling(window).mean();
});

export const rolling_std = ofModule('rolling_std', (series: Series, window: number): Series => {
  adviseOnce('pd.rolling_std()', 's.rolling(n).std()');
  return series.rolling(window).std();
});

/** One time: `pd.Timestamp('2026-07-01')`. */
const Timestamp = ofModule('Timestamp', (value: unknown): unknown =>
  toDatetime(value, typeof value === 'number' ? { unit: 'ns' } : {}),
);

/** `pd` of a Python script: what strategies use of the pandas module. */
export const pd = strictObject(
  {
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
    read_csv: ofModule('read_csv', readCsv),
    set_option,
    pivot_table: (table: DataFrame, ...args: readonly unknown[]): DataFrame => table.pivot_table(...args),
    pivot: (table: DataFrame, ...args: readonly unknown[]): DataFrame => table.pivot(...args),
    melt: (table: DataFrame, ...args: readonly unknown[]): DataFrame => table.melt(...args),
    rolling_mean,
    rolling_std,
    Timestamp,
    NaT: null,
    NA: null,
  } as const,
  'pandas',
);

export { MultiIndex };
