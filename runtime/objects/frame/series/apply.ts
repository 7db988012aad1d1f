import { badArgument } from '../../../api/arguments.ts';
import { isFunction, pairsOf, textOr } from '../args.ts';
import type { AnyFunction } from '../args.ts';
import { seriesRows } from '../build.ts';
import { isMissingValue } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { castColumn, inferColumn, readDtype } from '../column/dtypes.ts';
import { labelKey } from '../column/keys.ts';
import { reduce, REDUCERS } from '../column/reduce.ts';
import type { Reducer } from '../column/reduce.ts';
import { floatColumn, takeColumn } from '../column/take.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { COLUMN, WITH_COLUMN } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { Series } from '../types.ts';
import { SeriesCleaning } from './cleaning.ts';

/** Functions over the cells or the whole, and several statistics at once. */
export abstract class SeriesApply<T> extends SeriesCleaning<T> {
  /** Each cell through a function. With a list of names, several statistics. */
  apply<U = T>(
    apply: ((cell: T, ...args: readonly never[]) => U) | string | readonly string[],
    options: { readonly args?: readonly unknown[] } = {},
  ): Series<U> {
    if (!isFunction(apply)) return this.agg(apply as readonly string[]) as unknown as Series<U>;
    const args = options.args ?? [];
    return applyResult<U>(this as unknown as Series<unknown>, (cell) => apply(cell, ...args));
  }

  /** Each cell through a function, a dict or a Series. A cell that the dict does not have becomes missing. */
  map<U = T>(by: ((cell: T) => U) | object, options: { readonly na_action?: 'ignore' | null } = {}): Series<U> {
    const skip = textOr(options.na_action, ['ignore'], undefined, 'map() na_action') === 'ignore';
    if (isFunction(by))
      return applyResult<U>(this as unknown as Series<unknown>, (cell) =>
        skip && isMissingValue(cell) ? cell : by(cell),
      );
    if (isSeries(by)) {
      const rows = Int32Array.from(this.tolist(), (value) => by.index.rowOf(value));
      return this[WITH_COLUMN]<U>(takeColumn(by[COLUMN], rows));
    }
    const pairs = pairsOf(by);
    if (pairs === null) throw badArgument('map()', 'takes a function, a dict or a Series.');
    const dict = new Map(pairs.map(([key, value]) => [String(labelKey(key)), value]));
    return this[WITH_COLUMN]<U>(inferColumn(this.tolist().map((value) => dict.get(String(labelKey(value))) ?? NaN)));
  }

  /** One statistic by name or function, or several as a Series. */
  agg(what: string): number;
  agg(what: readonly string[] | Readonly<Record<string, string>>): Series;
  agg(what: (series: Series<T>) => unknown): unknown;
  agg(what: unknown): unknown {
    if (isFunction(what)) return what(this);
    if (typeof what === 'string') return reduceByName(this as unknown as Series<unknown>, what);
    return reducedList(this as unknown as Series<unknown>, what, reduceByName);
  }

  aggregate(what: readonly string[]): Series {
    return this.agg(what);
  }

  /** A function of the whole Series, or a method by name, whose result has as many rows. */
  transform(what: string | ((series: Series<T>) => unknown)): Series<T> {
    if (typeof what === 'string') return callMethod(this as unknown as Series<unknown>, what) as Series<T>;
    const result = what(this as unknown as Series<T>);
    return isSeries(result) ? (result as unknown as Series<T>) : this.apply(what as unknown as (cell: T) => T);
  }

  pipe<R>(apply: (series: Series<T>, ...args: readonly unknown[]) => R, ...args: readonly unknown[]): R {
    return apply(this as unknown as Series<T>, ...args);
  }

  /** `'float'`, `'int'`, `'str'`, `'bool'`, `'datetime64[ns]'`. */
  astype<U = number>(dtype: unknown, options: CastOptions = {}): Series<U> {
    return this[WITH_COLUMN]<U>(castOr(this[COLUMN], dtype, options));
  }
}

export interface CastOptions {
  /** `ignore`: a column that cannot be cast stays as it is. */
  readonly errors?: 'raise' | 'ignore';
}

export function castOr(column: Column, dtype: unknown, { errors }: CastOptions): Column {
  const wanted = readDtype(dtype);
  if (textOr(errors, ['raise', 'ignore'], 'raise', 'astype() errors') === 'raise') return castColumn(column, wanted);
  try {
    return castColumn(column, wanted);
  } catch {
    return column;
  }
}

/** A statistic by name, `describe` and the like included. */
export function reduceByName(series: Series<unknown>, name: string): unknown {
  if ((REDUCERS as readonly string[]).includes(name)) return reduce(series[COLUMN], name as Reducer);
  return callMethod(series, name);
}

function callMethod(series: Series<unknown>, name: string): unknown {
  const method: unknown = Reflect.get(series, name);
  if (!isFunction(method)) throw badArgument('agg()', `there is no method '${name}'; write 'mean', 'sum', 'std' …`);
  return Reflect.apply(method, series, []);
}

/** Each cell through a function. Functions that give Series make a table, one row a cell. */
function applyResult<U>(series: Series<unknown>, apply: AnyFunction): Series<U> {
  const results = series.tolist().map((value) => apply(value));
  if (results.length > 0 && results.every(isSeries)) {
    return seriesRows(results, series.index) as unknown as Series<U>; // pandas gives a table here
  }
  return series[WITH_COLUMN]<U>(inferColumn(results));
}

/** Statistics that leave whole numbers whole. */
export const WHOLE: ReadonlySet<unknown> = new Set([
  'sum',
  'min',
  'max',
  'prod',
  'count',
  'nunique',
  'size',
  'first',
  'last',
]);

/** Several statistics of one Series: names, functions, or `{ label: name }`. */
function reducedList(
  series: Series<unknown>,
  what: unknown,
  reduceByName: (series: Series<unknown>, name: string) => unknown,
): unknown {
  const pairs = Array.isArray(what)
    ? (what as readonly unknown[]).map((one): [string, unknown] => [typeof one === 'string' ? one : nameOf(one), one])
    : pairsOf(what);
  if (pairs === null) throw badArgument('agg()', "takes 'mean', ['mean', 'std'], { label: 'mean' } or a function.");
  const values = pairs.map(([, one]) => {
    if (typeof one === 'string') return reduceByName(series, one);
    return (one as AnyFunction)(series);
  });
  if (values.some(isSeries)) return makeFrame(makeIndex(pairs.map(([name]) => name)), [], series.index);
  const column = inferColumn(values);
  const names = pairs.map(([, one]) => one);
  const whole = series.dtype !== 'float64' && names.every((one) => WHOLE.has(one));
  const counted = names.every((one) => one === 'count' || one === 'nunique' || one === 'size');
  const kept = column.kind === 'int64' && !whole && !counted ? floatColumn(column) : column;
  return makeSeries(kept, makeIndex(pairs.map(([name]) => name)), series.name);
}

function nameOf(value: unknown): string {
  return typeof value === 'function' && value.name !== '' ? value.name : '<lambda>';
}
