import { badArgument } from '../../../api/arguments.ts';
import { named, numberOr, textOr } from '../args.ts';
import { cell, isNumeric, missingMask } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { factorize } from '../column/keys.ts';
import { quantileCell, readInterpolation, reduce } from '../column/reduce.ts';
import type { QuantileOptions, ReduceOptions, Reducer } from '../column/reduce.ts';
import { argsort, rank } from '../column/sorting.ts';
import * as stats from '../column/statistics.ts';
import { asFloats, floatColumn, takeColumn } from '../column/take.ts';
import { makeIndex, makeSeries } from '../factory.ts';
import { alignIndexes } from '../labels/align.ts';
import { COLUMN } from '../store.ts';
import type { Label, Series } from '../types.ts';
import { SeriesArithmetic } from './arithmetic.ts';

type Spread = number | ReduceOptions;

/** Statistics, of one Series or of two. Missing cells are left out unless `{ skipna: false }`. */
export abstract class SeriesAggregation<T> extends SeriesArithmetic<T> {
  sum(options: ReduceOptions = {}): number {
    return this.#reduced('sum', options) as number;
  }

  mean(options: ReduceOptions = {}): number {
    return this.#reduced('mean', options) as number;
  }

  median(options: ReduceOptions = {}): number {
    return this.#reduced('median', options) as number;
  }

  min(options: ReduceOptions = {}): T {
    return this.#reduced('min', options) as T;
  }

  max(options: ReduceOptions = {}): T {
    return this.#reduced('max', options) as T;
  }

  /** Of the sample (ddof 1), as pandas; `std(0)` of the population, as numpy. */
  std(options: Spread = {}): number {
    return this.#reduced('std', options) as number;
  }

  var(options: Spread = {}): number {
    return this.#reduced('var', options) as number;
  }

  sem(options: Spread = {}): number {
    return this.#reduced('sem', options) as number;
  }

  prod(options: ReduceOptions = {}): number {
    return this.#reduced('prod', options) as number;
  }

  skew(options: ReduceOptions = {}): number {
    return this.#reduced('skew', options) as number;
  }

  kurt(options: ReduceOptions = {}): number {
    return this.#reduced('kurt', options) as number;
  }

  /** Mean distance from the mean. */
  mad(): number {
    return this.#reduced('mad', {}) as number;
  }

  /** Cells that are not missing. */
  count(): number {
    return this.#reduced('count', {}) as number;
  }

  any(options: ReduceOptions = {}): boolean {
    return this.#reduced('any', options) as boolean;
  }

  all(options: ReduceOptions = {}): boolean {
    return this.#reduced('all', options) as boolean;
  }

  quantile(q?: number, options?: QuantileOptions): number;
  quantile(q: readonly number[], options?: QuantileOptions): Series;
  quantile(q: number | readonly number[] = 0.5, options: QuantileOptions = {}): number | Series {
    const rule = readInterpolation(options.interpolation);
    const column = this[COLUMN];
    if (column.kind !== 'datetime64[ns]') this.numbers('quantile');
    if (typeof q === 'number') return quantileCell(column, q, rule) as number;
    const cells = columnFrom(q.map((one) => quantileCell(column, one, rule)));
    return makeSeries<number>(cells.kind === 'int64' ? floatColumn(cells) : cells, makeIndex(q), this.name);
  }

  describe(): Series {
    return describeColumn(this[COLUMN], this.name);
  }

  /** Label of the first smallest cell. */
  idxmin(): Label {
    return this.#labelOf('idxmin', stats.argmin);
  }

  /** Label of the first largest cell. */
  idxmax(): Label {
    return this.#labelOf('idxmax', stats.argmax);
  }

  /** Position of the first smallest cell. */
  argmin(): number {
    return this.#place('idxmin', stats.argmin);
  }

  argmax(): number {
    return this.#place('idxmax', stats.argmax);
  }

  /** Correlation with another Series over the labels both have: pearson or spearman. */
  corr(other: Series<unknown>, ...args: readonly unknown[]): number {
    const a = named('corr', ['method', 'min_periods'], args);
    const method = textOr(a['method'], ['pearson', 'spearman'], 'pearson', 'corr() method');
    const [x, y] = this.#common(other, method === 'spearman');
    return stats.correlation(x, y, numberOr(a['min_periods'], 1, 'corr() min_periods'));
  }

  cov(other: Series<unknown>, options: { readonly min_periods?: number; readonly ddof?: number } = {}): number {
    const [x, y] = this.#common(other, false);
    return stats.covariance(x, y, options.min_periods ?? 1, options.ddof ?? 1);
  }

  /** Correlation with itself n rows before. */
  autocorr(lag = 1): number {
    return stats.correlation(this.numbers('autocorr'), asFloats((this as unknown as Series<T>).shift(lag)[COLUMN]));
  }

  /** Sum of the products with another Series of the same labels, or a list. */
  dot(other: unknown): number {
    return this.mul(other).sum({ skipna: false });
  }

  #reduced(reducer: Reducer, options: Spread): unknown {
    if (typeof options === 'number') return reduce(this[COLUMN], reducer, { ddof: options });
    if (Object.keys(options).length > 0)
      named(reducer, ['axis', 'skipna', 'ddof', 'min_count', 'numeric_only'], [options]);
    return reduce(this[COLUMN], reducer, options);
  }

  /** NaN when every cell is missing. */
  #labelOf(method: string, find: (values: Float64Array) => number): Label {
    if (this.length > 0 && this.count() === 0) return NaN;
    return this.index.at(this.#place(method, find));
  }

  #place(method: string, find: (values: Float64Array) => number): number {
    const column = this[COLUMN];
    const at = find(column.kind === 'datetime64[ns]' ? column.data : this.numbers(method));
    if (at >= 0) return at;
    throw badArgument(`${method}()`, 'has no cell to choose from: the Series is empty or all missing.');
  }

  #common(other: Series<unknown>, ranked: boolean): [Float64Array, Float64Array] {
    const both = alignIndexes(this.index, other.index);
    let [x, y] = [this[COLUMN], other[COLUMN]];
    if (both !== null) [x, y] = [takeColumn(x, both.left), takeColumn(y, both.right)];
    if (!ranked) return [asFloats(x), asFloats(y)];
    const gaps = missingMask(x);
    const kept = Int32Array.from(missingMask(y).keys()).filter((i) => gaps[i] === 0 && missingMask(y)[i] === 0);
    const rankOf = (column: typeof x): Float64Array => rank(takeColumn(column, kept), 'average', true, 'keep', false);
    return [rankOf(x), rankOf(y)];
  }
}

const NUMBERS = ['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max'];

/** pandas' summary of a column: of numbers their spread, of anything else the commonest value. */
export function describeColumn(column: Column, name: unknown): Series {
  if (isNumeric(column) && column.kind !== 'bool') {
    const values = asFloats(column);
    const sorted = stats.sorted(values);
    const quantiles = [0.25, 0.5, 0.75].map((q) => stats.quantileOf(sorted, q));
    const data = [
      stats.count(values),
      stats.mean(values),
      stats.std(values),
      stats.min(values),
      ...quantiles,
      stats.max(values),
    ];
    return makeSeries<number>({ kind: 'float64', data: Float64Array.from(data) }, makeIndex(NUMBERS), name);
  }
  const { codes, labels } = factorize(column, false);
  const counts = new Float64Array(labels.data.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const top = argsort({ kind: 'float64', data: counts }, false)[0] ?? -1;
  const count = codes.filter((code) => code >= 0).length;
  const best = top < 0 ? NaN : cell(takeColumn(labels, Int32Array.of(top)), 0);
  const cells = [count, labels.data.length, best, top < 0 ? NaN : counts[top]];
  if (column.kind === 'datetime64[ns]') {
    const ends = [cell(column, stats.argmin(column.data)), cell(column, stats.argmax(column.data))];
    const labels = ['count', 'unique', 'top', 'freq', 'first', 'last'];
    return makeSeries<number>({ kind: 'object', data: [...cells, ...ends] }, makeIndex(labels), name);
  }
  const kept = { kind: 'object' as const, data: cells };
  return makeSeries<number>(top < 0 ? columnFrom(cells) : kept, makeIndex(['count', 'unique', 'top', 'freq']), name);
}
