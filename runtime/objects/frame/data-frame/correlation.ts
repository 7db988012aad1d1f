import { flag, numberOr, readAxis, textOr } from '../args.ts';
import { floats, isNumeric, missingMask } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { rank } from '../column/sorting.ts';
import * as stats from '../column/statistics.ts';
import { asFloats } from '../column/take.ts';
import { badOperator } from '../errors.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { concatTables } from '../joining/concat.ts';
import { transposed } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import { COLUMN_AT, DATA, NAMES, NUMERIC } from '../store.ts';
import { isFrame } from '../is-table.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameAggregation } from './aggregation.ts';
import { rowsOfNumbers } from './numbers.ts';
import type { FrameReduceOptions, ReduceArgs } from './aggregation.ts';

/** Columns beside each other: correlations, products; and where the smallest and largest cells are. */
export abstract class FrameCorrelation<C extends string> extends FrameAggregation<C> {
  /** Label of the first smallest cell of each column (row). */
  idxmin(...args: ReduceArgs): Series {
    return this.#places(given(args), stats.argmin);
  }

  idxmax(...args: ReduceArgs): Series {
    return this.#places(given(args), stats.argmax);
  }

  /** Correlation of every pair of numeric columns: pearson or spearman. */
  corr(...args: readonly unknown[]): DataFrame {
    const a = given(args);
    const method = textOr(a['method'], ['pearson', 'spearman', 'kendall'], 'pearson', 'corr() method');
    const least = numberOr(a['min_periods'], 1, 'corr() min_periods');
    this.#onlyNumbers('corr', a['numeric_only']);
    return this.#pairs((x, y) => {
      if (method === 'pearson') return stats.correlation(x, y, least);
      if (method === 'kendall') return stats.kendall(x, y, least);
      const both = x.map((value, i) => (Number.isNaN(y[i]) ? NaN : value));
      const other = y.map((value, i) => (Number.isNaN(x[i]) ? NaN : value));
      return stats.correlation(ranks(both), ranks(other), least);
    });
  }

  cov(
    ...args: readonly [min_periods?: number | CovOptions | null, ddof?: number | CovOptions, options?: CovOptions]
  ): DataFrame {
    const options: CovOptions = given(args);
    this.#onlyNumbers('cov', options.numeric_only);
    // With a gap anywhere pandas 1.5 takes the sample's, whatever ddof says.
    const gaps = this[NUMERIC]()[DATA].some((column) => missingMask(column).includes(1));
    const ddof = gaps ? 1 : (options.ddof ?? 1);
    return this.#pairs((x, y) => stats.covariance(x, y, options.min_periods ?? 1, ddof));
  }

  /** Correlation of each column with a Series, or with the column of that name of another table. */
  corrwith(other: Series<unknown> | DataFrame, ...args: readonly unknown[]): Series {
    const { axis, drop, method, numeric_only: numeric } = given(args);
    this.#onlyNumbers('corrwith', numeric);
    const across = readAxis(axis) === 1;
    const table = across ? transposed(this[NUMERIC]()) : this[NUMERIC]();
    const right = isFrame(other) ? (across ? transposed(other[NUMERIC]()) : other[NUMERIC]()) : null;
    const own = table[NAMES].tolist();
    const names = right === null ? own : own.filter((name) => right[NAMES].includes(name));
    const values = names.map((name) => {
      const partner = right === null ? (other as Series<unknown>) : right.col(name as string);
      return table.col(name as string).corr(partner, { method });
    });
    const found = makeSeries<number>(floats(Float64Array.from(values)), makeIndex(names).rename(table[NAMES].name));
    // Columns that only one side has are told as missing, behind the others.
    if (right === null || flag(drop, false)) return found;
    const alone = [...own, ...right[NAMES].tolist()].filter((name) => !names.includes(name));
    const rest = makeSeries<number>(floats(new Float64Array(alone.length).fill(NaN)), makeIndex(alone));
    return alone.length === 0 ? found : (concatTables([found, rest]) as Series);
  }

  /** Sums of products: with a Series by its labels, with a table by its rows. */
  dot(other: Series<unknown> | DataFrame): DataFrame & Series {
    const left = this[NUMERIC]();
    const across = (weights: Series<unknown>): Series => {
      const row = weights.reindex(left[NAMES]);
      return left.mul(row).sum({ axis: 1, skipna: false });
    };
    if (!isFrame(other)) return across(other) as unknown as DataFrame & Series; // a value a row
    const data = Array.from({ length: other[NAMES].length }, (_, c) => columnFrom(across(other[COLUMN_AT](c)).values));
    return makeFrame(other[NAMES], data, this.index) as unknown as DataFrame & Series; // a table
  }

  #places(options: FrameReduceOptions, find: (values: Float64Array) => number): Series {
    const odd = this[DATA].findIndex((column) => !isNumeric(column) && column.kind !== 'datetime64[ns]');
    if (odd >= 0 && options.numeric_only !== true) {
      const name = String(this[NAMES].labelAt(odd));
      throw badOperator(`idxmin() and idxmax() need numbers; '${name}' holds texts: pass { numeric_only: true }.`);
    }
    const table = options.numeric_only === true ? this[NUMERIC]() : (this as unknown as DataFrame);
    const across = readAxis(options.axis) === 1;
    const lists = across ? rowsOfNumbers(table) : table[DATA].map(asFloats);
    const labels = across ? table[NAMES] : this.index;
    const values = lists.map((values) => {
      const at = options.skipna === false && values.some(Number.isNaN) ? -1 : find(values);
      return at < 0 ? NaN : labels.labelAt(at);
    });
    return makeSeries(columnFrom(values), across ? this.index : table[NAMES]);
  }

  /** pandas leaves texts out unless it is told not to; then it fails. */
  #onlyNumbers(method: string, numericOnly: unknown): void {
    if (numericOnly === false && this[NUMERIC]()[NAMES].length < this[NAMES].length)
      throw badOperator(`${method}() needs numbers; leave numeric_only out.`);
  }

  #pairs(run: (x: Float64Array, y: Float64Array) => number): DataFrame {
    const table = this[NUMERIC]();
    const data = table[DATA].map(asFloats);
    const columns = data.map((x) => floats(Float64Array.from(data, (y) => run(y, x))));
    return makeFrame(table[NAMES], columns, table[NAMES]);
  }
}

interface CovOptions {
  readonly min_periods?: number | null;
  readonly ddof?: number;
  readonly numeric_only?: boolean;
}

function ranks(values: Float64Array): Float64Array {
  return rank(floats(values), 'average', true, 'keep', false);
}
