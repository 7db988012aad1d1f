import { badArgument } from '../../../api/arguments.ts';
import { pairsOf } from '../args.ts';
import type { AnyFunction } from '../args.ts';
import { inferColumn } from '../column/infer.ts';
import { floatColumn } from '../column/take.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { seriesRows } from '../rows-to-frame.ts';
import { isSeries } from '../store.ts';
import type { Series } from '../types.ts';

/** Each cell through a function. Functions that give Series make a table, one row a cell. */
export function applyResult<U>(series: Series<unknown>, apply: AnyFunction): Series<U> {
  const results = series.tolist().map((value) => apply(value));
  if (results.length > 0 && results.every(isSeries)) {
    return seriesRows(results, series.index) as unknown as Series<U>; // pandas gives a table here
  }
  return series.withColumn<U>(inferColumn(results));
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
export function reducedList(
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
