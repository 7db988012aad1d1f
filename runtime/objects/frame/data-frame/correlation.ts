import { named, numberOr, readAxis, textOr } from '../args.ts';
import { floats } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { rank } from '../column/sorting.ts';
import * as stats from '../column/statistics.ts';
import { asFloats } from '../column/take.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { DATA } from '../store.ts';
import { isFrame } from '../is-table.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameAggregation, rowsOfNumbers } from './aggregation.ts';
import type { FrameReduceOptions } from './aggregation.ts';

/** Columns beside each other: correlations, products; and where the smallest and largest cells are. */
export abstract class FrameCorrelation<C extends string> extends FrameAggregation<C> {
  /** Label of the first smallest cell of each column (row). */
  idxmin(options: FrameReduceOptions = {}): Series {
    return this.#places(options, stats.argmin);
  }

  idxmax(options: FrameReduceOptions = {}): Series {
    return this.#places(options, stats.argmax);
  }

  /** Correlation of every pair of numeric columns: pearson or spearman. */
  corr(...args: readonly unknown[]): DataFrame {
    const a = named('corr', ['method', 'min_periods'], args);
    const method = textOr(a['method'], ['pearson', 'spearman'], 'pearson', 'corr() method');
    const least = numberOr(a['min_periods'], 1, 'corr() min_periods');
    return this.#pairs((x, y) => {
      if (method === 'pearson') return stats.correlation(x, y, least);
      const both = x.map((value, i) => (Number.isNaN(y[i]) ? NaN : value));
      const other = y.map((value, i) => (Number.isNaN(x[i]) ? NaN : value));
      return stats.correlation(ranks(both), ranks(other), least);
    });
  }

  cov(options: { readonly min_periods?: number; readonly ddof?: number } = {}): DataFrame {
    return this.#pairs((x, y) => stats.covariance(x, y, options.min_periods ?? 1, options.ddof ?? 1));
  }

  /** Correlation of each column with a Series, or with the column of that name of another table. */
  corrwith(other: Series<unknown> | DataFrame): Series {
    const table = this.numeric();
    const names = isFrame(other)
      ? table.names.tolist().filter((name) => other.names.includes(name))
      : table.names.tolist();
    const values = names.map((name) => {
      const own = table.col(name as string);
      return own.corr(isFrame(other) ? other.col(name as string) : other);
    });
    return makeSeries(floats(Float64Array.from(values)), makeIndex(names));
  }

  /** Sums of products: with a Series by its labels, with a table by its rows. */
  dot(other: Series<unknown> | DataFrame): DataFrame & Series {
    const left = this.numeric();
    const across = (weights: Series<unknown>): Series => {
      const row = weights.reindex(left.names);
      return left.mul(row).sum({ axis: 1, skipna: false });
    };
    if (!isFrame(other)) return across(other) as unknown as DataFrame & Series; // a value a row
    const data = Array.from({ length: other.names.length }, (_, c) => columnFrom(across(other.columnAt(c)).values));
    return makeFrame(other.names, data, this.index) as unknown as DataFrame & Series; // a table
  }

  #places(options: FrameReduceOptions, find: (values: Float64Array) => number): Series {
    const table = this.numeric();
    const across = readAxis(options.axis) === 1;
    const lists = across ? rowsOfNumbers(table) : table[DATA].map(asFloats);
    const labels = across ? table.names : this.index;
    const values = lists.map((values) => {
      const at = find(values);
      return at < 0 ? NaN : labels.labelAt(at);
    });
    return makeSeries(columnFrom(values), across ? this.index : table.names);
  }

  #pairs(run: (x: Float64Array, y: Float64Array) => number): DataFrame {
    const table = this.numeric();
    const data = table[DATA].map(asFloats);
    const columns = data.map((x) => floats(Float64Array.from(data, (y) => run(y, x))));
    return makeFrame(table.names, columns, table.names);
  }
}

function ranks(values: Float64Array): Float64Array {
  return rank(floats(values), 'average', true, 'keep', false);
}
