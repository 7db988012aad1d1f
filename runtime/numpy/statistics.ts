import { badArgument } from '../api/arguments.ts';
import { Mask } from '../objects/array/mask.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import * as numbers from '../objects/array/numbers.ts';
import { along } from '../objects/array/rows.ts';
import { quantileOf } from '../objects/frame/column/statistics.ts';
import { isFrame, isSeries } from '../objects/frame/is-table.ts';
import type { DataFrame, Series } from '../objects/frame/types.ts';
import { numberOption, onlyRow, options, shaped, vector } from './read.ts';
import type { Numeric, Vector } from './read.ts';

/** Named arguments of numpy's statistics. */
export interface ReduceOptions {
  readonly axis?: number | null;
  readonly ddof?: number;
  readonly keepdims?: false;
}

export interface Reduce {
  (x: Vector | number, axis?: 0 | null, options?: ReduceOptions): number;
  (x: Vector | number, options?: { readonly axis?: 0 | null; readonly ddof?: number }): number;
  (x: Iterable<Vector>, axis: number, options?: ReduceOptions): NdArray;
  (x: Iterable<Vector>, options: ReduceOptions & { readonly axis: number }): NdArray;
  (x: Iterable<Vector>, options?: { readonly axis?: null; readonly ddof?: number }): number;
  (x: DataFrame, axis?: number | ReduceOptions): Series;
}

type Run = (values: Float64Array, ddof: number) => number;

/** Of all, of each column (axis 0) or of each row (axis 1). */
function over(where: string, x: unknown, values: readonly unknown[], run: Run): unknown {
  const given = options(where, ['axis', 'ddof'], values);
  const ddof = numberOption(`${where} ddof`, given['ddof'], 0);
  const read = shaped(x, where);
  const axis = given['axis'];
  if (read instanceof Matrix) return along(read, axis as number | null | undefined, (part) => run(part, ddof));
  onlyRow(where, axis);
  return run(typeof read === 'number' ? Float64Array.of(read) : read, ddof);
}

/** As numpy: a Series and a table answer by their own method, which leaves gaps out; `ddof` is 0 all the same. */
function statistic(name: string, run: Run, own: boolean = true): Reduce {
  const where = `np.${name}()`;
  const call = (x: unknown, ...values: readonly unknown[]): unknown => {
    if (!own || !(isSeries(x) || isFrame(x))) return over(where, x, values, run);
    const { axis, ddof } = options(where, ['axis', 'ddof'], values);
    const method: unknown = Reflect.get(x, name);
    const given = { ...(axis == null ? {} : { axis }), ...(/^(?:std|var)$/.test(name) ? { ddof: ddof ?? 0 } : {}) };
    return Reflect.apply(method as (given: object) => unknown, x, [given]); // each of these names is a method of both
  };
  return Object.defineProperty(call, 'name', { value: name }) as Reduce;
}

/** Numbers of which none is missing; of no numbers at all NaN, of which numpy warns. */
function withoutGaps(run: Run): Run {
  return (values, ddof) => {
    // Not by filter(), which makes its array through the class of the one it is called on.
    const kept = new Float64Array(values.length);
    let n = 0;
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] ?? NaN;
      if (!Number.isNaN(value)) kept[n++] = value;
    }
    return run(kept.subarray(0, n), ddof);
  };
}

function filled(name: string, run: Run): Run {
  return (values, ddof) => {
    if (values.length > 0) return run(values, ddof);
    throw badArgument(`np.${name}()`, 'there is nothing in the array: ask len(x) first.');
  };
}

function ascending(values: Float64Array): Float64Array | null {
  return values.some(Number.isNaN) ? null : values.toSorted();
}

const middle: Run = (values) => {
  const sorted = ascending(values);
  return sorted === null ? NaN : quantileOf(sorted, 0.5);
};

export const sum = statistic('sum', numbers.sum);
export const prod = statistic('prod', numbers.prod);
export const mean = statistic('mean', numbers.mean);
/** Of the population: `ddof` is 0. */
export const std = statistic('std', numbers.std);
const variance = statistic('var', numbers.variance);
export const min = statistic('min', filled('min', numbers.min));
export const max = statistic('max', filled('max', numbers.max));
export const median = statistic('median', middle, false);
export const ptp = statistic('ptp', (values) => numbers.max(values) - numbers.min(values), false);
export const count_nonzero = statistic(
  'count_nonzero',
  (values) => values.filter((value) => value !== 0).length,
  false,
);
export const argmin = statistic('argmin', filled('argmin', numbers.argmin), false);
export const argmax = statistic('argmax', filled('argmax', numbers.argmax), false);
export const nansum = statistic('nansum', withoutGaps(numbers.sum), false);
export const nanprod = statistic('nanprod', withoutGaps(numbers.prod), false);
export const nanmean = statistic('nanmean', withoutGaps(numbers.mean), false);
export const nanstd = statistic('nanstd', withoutGaps(numbers.std), false);
export const nanvar = statistic('nanvar', withoutGaps(numbers.variance), false);
export const nanmin = statistic('nanmin', withoutGaps(numbers.min), false);
export const nanmax = statistic('nanmax', withoutGaps(numbers.max), false);
export const nanmedian = statistic('nanmedian', withoutGaps(middle), false);
export const nanargmin = bestOf('nanargmin', numbers.argmin, Infinity);
export const nanargmax = bestOf('nanargmax', numbers.argmax, -Infinity);
export { variance as var };

function bestOf(name: string, run: Run, instead: number): Reduce {
  const best: Run = (values, ddof) => {
    if (values.every(Number.isNaN))
      throw badArgument(`np.${name}()`, 'all of them are missing: ask np.isnan(x) first.');
    return run(
      values.map((value) => (Number.isNaN(value) ? instead : value)),
      ddof,
    );
  };
  return statistic(name, filled(name, best), false);
}

export interface Quantile {
  (x: Numeric, q: number, options?: { readonly axis?: null }): number;
  (x: Numeric, q: Iterable<number>, options?: { readonly axis?: null }): NdArray;
  (x: Numeric, q: number, axis: number | { readonly axis: number }): NdArray;
}

function quantiles(name: string, whole: number, gaps: boolean): Quantile {
  const where = `np.${name}()`;
  const call = (x: unknown, q: unknown, ...values: readonly unknown[]): unknown => {
    const { axis } = options(where, ['axis'], values);
    const one = (part: Float64Array, share: number): number => {
      if (!(share >= 0 && share <= whole)) throw badArgument(`${where} q`, `is from 0 to ${whole}, was ${share}.`);
      const sorted = ascending(gaps ? part.filter((value) => !Number.isNaN(value)) : part);
      return sorted === null ? NaN : quantileOf(sorted, share / whole);
    };
    if (typeof q === 'number') return over(where, x, [{ axis }], (part) => one(part, q));
    const all = vector(x, where);
    return vector(q, `${where} q`).map((share) => one(all, share));
  };
  return Object.defineProperty(call, 'name', { value: name }) as Quantile;
}

export const percentile = quantiles('percentile', 100, false);
export const quantile = quantiles('quantile', 1, false);
export const nanpercentile = quantiles('nanpercentile', 100, true);
export const nanquantile = quantiles('nanquantile', 1, true);

/** The mean, by weights. */
export function average(x: Numeric, ...values: readonly unknown[]): number | NdArray {
  const { axis, weights } = options('np.average()', ['axis', 'weights'], values);
  if (weights === undefined || weights === null)
    return over('np.average()', x, [{ axis }], numbers.mean) as number | NdArray;
  const shares = vector(weights, 'np.average() weights');
  const one = (part: Float64Array): number => NdArray.holding(part).dot(shares) / numbers.sum(shares);
  return over('np.average()', x, [{ axis }], one) as number | NdArray; // a number, or one of each column or row
}

export interface Truth {
  (x: Vector | number | boolean, axis?: 0 | null | { readonly axis?: 0 | null }): boolean;
  (x: Iterable<Vector>, axis: number | { readonly axis: number }): Mask;
  (x: unknown): boolean;
}

function truth(name: string, holds: (values: Float64Array) => boolean): Truth {
  const call = (x: unknown, ...values: readonly unknown[]): unknown => {
    const found = over(`np.${name}()`, x, values, (part) => Number(holds(part)));
    return typeof found === 'number' ? found === 1 : Mask.ofBits(found as NdArray); // of each column or row
  };
  return Object.defineProperty(call, 'name', { value: name }) as Truth;
}

/** Is one of them not 0, not false? */
export const any = truth('any', (values) => values.some((value) => value !== 0));
/** Is none of them 0 or false? */
export const all = truth('all', (values) => values.every((value) => value !== 0));
