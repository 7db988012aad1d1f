import { alignIndexes } from '../align.ts';
import { named, numberOr, textOr } from '../args.ts';
import { missingMask } from '../column/column.ts';
import { asFloats, takeColumn } from '../column/take.ts';
import { rank } from '../kernel/rank.ts';
import * as stats from '../kernel/stats.ts';
import { COLUMN } from '../store.ts';
import type { Series } from '../types.ts';
import { SeriesStats } from './stats.ts';

/** What a Series has in common with another one. */
export abstract class SeriesPairs<T> extends SeriesStats<T> {
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
    return stats.correlation(this.numbers('autocorr'), asFloats(this.shift(lag)[COLUMN]));
  }

  /** Sum of the products with another Series of the same labels, or a list. */
  dot(other: unknown): number {
    return this.mul(other).sum({ skipna: false });
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
