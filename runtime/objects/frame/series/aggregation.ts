import { badArgument } from '../../../api/arguments.ts';
import { numberOr, textOr } from '../args.ts';
import type { AnyFunction, Named } from '../args.ts';
import { missingMask } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { quantileCell, readInterpolation, reduce } from '../column/reduce.ts';
import type { QuantileOptions, ReduceOptions, Reducer } from '../column/reduce.ts';
import { rank } from '../column/sorting.ts';
import * as stats from '../column/statistics.ts';
import { asFloats, floatColumn, takeColumn } from '../column/take.ts';
import { makeIndex, makeSeries } from '../factory.ts';
import { alignIndexes } from '../labels/align.ts';
import { given } from '../signatures/signature.ts';
import { COLUMN, NUMBERS } from '../store.ts';
import type { Label, Series } from '../types.ts';
import { SeriesArithmetic } from './arithmetic.ts';
import { describeColumn, shares } from './describe.ts';
import type { DescribeOptions } from './describe.ts';

/** By position the axis comes first, as in pandas; of a Series it has one value. */
export type ReduceArgs = readonly [axis?: 0 | 'index' | null | ReduceOptions, options?: ReduceOptions];

/** Statistics, of one Series or of two. Missing cells are left out unless `{ skipna: false }`. */
export abstract class SeriesAggregation<T> extends SeriesArithmetic<T> {
  sum(...args: ReduceArgs): number {
    return this.#reduced('sum', args) as number;
  }

  mean(...args: ReduceArgs): number {
    return this.#reduced('mean', args) as number;
  }

  median(...args: ReduceArgs): number {
    return this.#reduced('median', args) as number;
  }

  min(...args: ReduceArgs): T {
    return this.#reduced('min', args) as T;
  }

  max(...args: ReduceArgs): T {
    return this.#reduced('max', args) as T;
  }

  /** Of the sample (ddof 1), as pandas; `std({ ddof: 0 })` of the population, as numpy. */
  std(...args: ReduceArgs): number {
    return this.#reduced('std', args) as number;
  }

  var(...args: ReduceArgs): number {
    return this.#reduced('var', args) as number;
  }

  sem(...args: ReduceArgs): number {
    return this.#reduced('sem', args) as number;
  }

  prod(...args: ReduceArgs): number {
    return this.#reduced('prod', args) as number;
  }

  skew(...args: ReduceArgs): number {
    return this.#reduced('skew', args) as number;
  }

  kurt(...args: ReduceArgs): number {
    return this.#reduced('kurt', args) as number;
  }

  /** Mean distance from the mean. */
  mad(...args: ReduceArgs): number {
    return this.#reduced('mad', args) as number;
  }

  /** Cells that are not missing. */
  count(...args: readonly [options?: { readonly level?: number | string }]): number {
    return this.#reduced('count', args) as number;
  }

  any(...args: ReduceArgs): boolean {
    return this.#reduced('any', args) as boolean;
  }

  all(...args: ReduceArgs): boolean {
    return this.#reduced('all', args) as boolean;
  }

  quantile(q?: number, options?: QuantileOptions): number;
  quantile(q: readonly number[], options?: QuantileOptions): Series;
  quantile(q: number | readonly number[] = 0.5, options: QuantileOptions = {}): number | Series {
    const rule = readInterpolation(options.interpolation);
    const column = this[COLUMN];
    if (column.kind !== 'datetime64[ns]') this[NUMBERS]('quantile');
    if (typeof q === 'number') return quantileCell(column, q, rule) as number;
    const cells = columnFrom(q.map((one) => quantileCell(column, one, rule)));
    return makeSeries<number>(cells.kind === 'int64' ? floatColumn(cells) : cells, makeIndex(q), this.name);
  }

  describe(options: DescribeOptions = {}): Series {
    return describeColumn(this[COLUMN], this.name, shares(options.percentiles));
  }

  /** Label of the first smallest cell. */
  idxmin(...args: PlaceArgs): Label {
    return this.#labelOf('idxmin', stats.argmin, args);
  }

  /** Label of the first largest cell. */
  idxmax(...args: PlaceArgs): Label {
    return this.#labelOf('idxmax', stats.argmax, args);
  }

  /** Position of the first smallest cell; -1 with `skipna: false` when one is missing. */
  argmin(...args: PlaceArgs): number {
    return this.#place('argmin', stats.argmin, args);
  }

  argmax(...args: PlaceArgs): number {
    return this.#place('argmax', stats.argmax, args);
  }

  /** Correlation with another Series over the labels both have: pearson or spearman. */
  corr(other: Series<unknown>, ...args: readonly unknown[]): number {
    const a = given(args);
    const method = textOr(a['method'], ['pearson', 'spearman', 'kendall'], 'pearson', 'corr() method');
    const [x, y] = this.#common(other, method === 'spearman');
    const least = numberOr(a['min_periods'], 1, 'corr() min_periods');
    return method === 'kendall' ? stats.kendall(x, y, least) : stats.correlation(x, y, least);
  }

  cov(
    other: Series<unknown>,
    ...args: readonly [
      min_periods?: number | { readonly min_periods?: number; readonly ddof?: number },
      options?: { readonly ddof?: number },
    ]
  ): number {
    const options = given(args) as { readonly min_periods?: number; readonly ddof?: number };
    const [x, y] = this.#common(other, false);
    return stats.covariance(x, y, options.min_periods ?? 1, options.ddof ?? 1);
  }

  /** Correlation with itself n rows before. */
  autocorr(lag = 1): number {
    return stats.correlation(this[NUMBERS]('autocorr'), asFloats((this as unknown as Series<T>).shift(lag)[COLUMN]));
  }

  /** Sum of the products with another Series of the same labels, or a list. */
  dot(other: unknown): number {
    return this.mul(other).sum({ skipna: false });
  }

  #reduced(reducer: Reducer, args: readonly unknown[]): unknown {
    const a = given(args);
    if (a['level'] !== undefined) return byLevel(this as unknown as Series<T>, reducer, a);
    return reduce(this[COLUMN], reducer, a);
  }

  /** NaN when every cell is missing. */
  #labelOf(method: string, find: (values: Float64Array) => number, args: readonly unknown[]): Label {
    if (this.length > 0 && this.count() === 0) return NaN;
    const at = this.#place(method, find, args);
    return at < 0 ? NaN : this.index.at(at);
  }

  #place(method: string, find: (values: Float64Array) => number, args: readonly unknown[]): number {
    const column = this[COLUMN];
    const values = column.kind === 'datetime64[ns]' ? column.data : this[NUMBERS](method);
    if (given(args)['skipna'] === false && values.some(Number.isNaN)) return -1;
    const at = find(values);
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

type PlaceOptions = { readonly axis?: 0; readonly skipna?: boolean };
type PlaceArgs = readonly [axis?: 0 | PlaceOptions, options?: PlaceOptions];

/** pandas' old way of groups: a statistic of each label of a level. */
function byLevel(series: { groupby(by: unknown, options: object): object }, reducer: Reducer, a: Named): unknown {
  const { level, ...rest } = a;
  const groups = series.groupby(null, { level, sort: false });
  const method = Reflect.get(groups, reducer) as AnyFunction | undefined;
  if (method === undefined) throw badArgument(`${reducer}()`, 'does not know level; use groupby({ level }).');
  return Reflect.apply(method, groups, Object.keys(rest).length === 0 ? [] : [rest]);
}
