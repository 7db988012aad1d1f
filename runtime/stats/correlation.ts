import { badArgument } from '../api/arguments.ts';
import { numbersFrom } from '../indicators/talib/define.ts';
import { twoSided } from './distributions.ts';
import type { Vector } from './regression.ts';

/** A statistic and the chance of one at least as far from 0; also to be taken apart as a list. */
export interface Correlation {
  readonly statistic: number;
  readonly correlation: number;
  readonly pvalue: number;
  [Symbol.iterator](): Iterator<number>;
}

function pair(name: string, x: Vector, y: Vector): readonly [Float64Array, Float64Array] {
  const [a, b] = [numbersFrom(x, `${name}() x`), numbersFrom(y, `${name}() y`)];
  if (a.length === b.length && a.length >= 2) return [a, b];
  throw badArgument(`${name}()`, `needs two series of one length, at least 2; got ${a.length} and ${b.length}.`);
}

function mean(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value, 0) / x.length;
}

function correlated(a: Float64Array, b: Float64Array): Correlation {
  const [m, n] = [mean(a), mean(b)];
  const sums = { ab: 0, aa: 0, bb: 0 };
  a.forEach((value, i) => {
    const other = (b[i] ?? NaN) - n;
    sums.ab += (value - m) * other;
    sums.aa += (value - m) ** 2;
    sums.bb += other ** 2;
  });
  const statistic = Math.max(-1, Math.min(1, sums.ab / Math.sqrt(sums.aa * sums.bb)));
  const freedom = a.length - 2;
  const t = statistic * Math.sqrt(freedom / ((1 - statistic) * (1 + statistic)));
  const pvalue = freedom === 0 ? 1 : Math.abs(statistic) === 1 ? 0 : twoSided(t, freedom);
  return { statistic, correlation: statistic, pvalue, [Symbol.iterator]: () => [statistic, pvalue][Symbol.iterator]() };
}

export function pearsonr(x: Vector, y: Vector): Correlation {
  return correlated(...pair('pearsonr', x, y));
}

/** Of the ranks: equal values share the mean of theirs. */
export function spearmanr(x: Vector, y: Vector): Correlation {
  const [a, b] = pair('spearmanr', x, y);
  return correlated(rankdata(a), rankdata(b));
}

/** Ranks from 1; equal values share the mean of theirs. */
export function rankdata(x: Vector): Float64Array {
  const values = numbersFrom(x, 'rankdata()');
  const sorted = values.slice().sort();
  const places = new Map<number, { first: number; count: number }>();
  sorted.forEach((value, i) => {
    const known = places.get(value);
    if (known === undefined) places.set(value, { first: i + 1, count: 1 });
    else known.count += 1;
  });
  return values.map((value) => {
    const { first = NaN, count = 1 } = places.get(value) ?? {};
    return first + (count - 1) / 2;
  });
}

/** Distance from the mean in standard deviations; `ddof` as numpy has it. */
export function zscore(x: Vector, options: { readonly ddof?: number } = {}): Float64Array {
  const values = numbersFrom(x, 'zscore()');
  const middle = mean(values);
  const spread = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - (options.ddof ?? 0));
  return values.map((value) => (value - middle) / Math.sqrt(spread));
}
