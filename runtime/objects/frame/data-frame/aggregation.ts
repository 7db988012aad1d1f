import { named, readAxis } from '../args.ts';
import { floats, isNumeric, missingMask, numbersOf } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { quantileCell, reduce, statistic } from '../column/reduce.ts';
import { describeColumn } from '../series/aggregation.ts';
import type { Reducer } from '../column/reduce.ts';
import * as stats from '../column/statistics.ts';
import { asFloats } from '../column/take.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { concatTables } from '../joining/concat.ts';
import { acrossColumn } from '../selection/select.ts';
import { DATA } from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameArithmetic } from './arithmetic.ts';

/** Keyword arguments of the statistics. */
export interface FrameReduceOptions {
  readonly axis?: 0 | 1 | 'index' | 'columns';
  readonly skipna?: boolean;
  readonly ddof?: number;
  readonly min_count?: number;
  readonly numeric_only?: boolean;
}

const NAMES = ['axis', 'skipna', 'level', 'numeric_only', 'ddof', 'min_count', 'bool_only'];

/** Those that pandas makes of texts too. */
const ANY_DTYPE: ReadonlySet<Reducer> = new Set(['count', 'nunique', 'any', 'all']);

type Reduce = number | FrameReduceOptions;

/** Statistics a column, or a row with `{ axis: 1 }`. */
export abstract class FrameAggregation<C extends string> extends FrameArithmetic<C> {
  sum(options: Reduce = {}): Series {
    return this.reduced('sum', options);
  }

  mean(options: Reduce = {}): Series {
    return this.reduced('mean', options);
  }

  median(options: Reduce = {}): Series {
    return this.reduced('median', options);
  }

  min(options: Reduce = {}): Series {
    return this.reduced('min', options);
  }

  max(options: Reduce = {}): Series {
    return this.reduced('max', options);
  }

  /** Of the sample (ddof 1), as pandas. */
  std(options: Reduce = {}): Series {
    return this.reduced('std', options);
  }

  var(options: Reduce = {}): Series {
    return this.reduced('var', options);
  }

  sem(options: Reduce = {}): Series {
    return this.reduced('sem', options);
  }

  prod(options: Reduce = {}): Series {
    return this.reduced('prod', options);
  }

  skew(options: Reduce = {}): Series {
    return this.reduced('skew', options);
  }

  kurt(options: Reduce = {}): Series {
    return this.reduced('kurt', options);
  }

  mad(options: Reduce = {}): Series {
    return this.reduced('mad', options);
  }

  /** Cells that are not missing. */
  count(options: Reduce = {}): Series {
    return this.reduced('count', options);
  }

  nunique(options: Reduce = {}): Series {
    return this.reduced('nunique', options);
  }

  any(options: Reduce = {}): Series<boolean> {
    return this.reduced('any', options) as unknown as Series<boolean>; // conditions
  }

  all(options: Reduce = {}): Series<boolean> {
    return this.reduced('all', options) as unknown as Series<boolean>; // conditions
  }

  /** One quantile a column; several make a table. */
  quantile(q: number, options?: FrameReduceOptions): Series;
  quantile(q: readonly number[], options?: FrameReduceOptions): DataFrame;
  quantile(q?: number): Series;
  quantile(q: number | readonly number[] = 0.5, options: FrameReduceOptions = {}): Series | DataFrame {
    const table = this.numeric();
    if (readAxis(options.axis) === 1) {
      const rows = rowsOfNumbers(table).map((values) => stats.quantile(values, typeof q === 'number' ? q : q[0]));
      return makeSeries(floats(Float64Array.from(rows)), this.index, typeof q === 'number' ? q : null);
    }
    if (typeof q === 'number') {
      return makeSeries(columnFrom(table[DATA].map((column) => quantileCell(column, q))), table.names, q);
    }
    const data = table[DATA].map((column) =>
      floats(Float64Array.from(q, (one) => quantileCell(column, one) as number)),
    );
    return makeFrame(table.names, data, makeIndex(q));
  }

  /** pandas' summary of the numeric columns (of all, when none is). */
  describe(): DataFrame {
    const table = this.#plainNumbers();
    const used = table.names.length === 0 ? (this as unknown as DataFrame) : table;
    const parts = used[DATA].map((column, i) => describeColumn(column, used.names.labelAt(i)));
    return concatTables(parts, { axis: 1 }) as DataFrame;
  }

  /** The columns of numbers and booleans. */
  numeric(): DataFrame {
    const at = this[DATA].flatMap((column, i) => (isNumeric(column) ? [i] : []));
    return at.length === this.names.length
      ? (this as unknown as DataFrame)
      : this.columnsAt(Int32Array.from(at), false);
  }

  protected reduced(reducer: Reducer, options: Reduce): Series {
    const a = typeof options === 'number' ? { ddof: options } : named(reducer, NAMES, [options]);
    const axis = readAxis((a as { readonly axis?: unknown }).axis);
    const table = this.#columnsFor(reducer, a);
    if (axis === 1) return table.acrossRows(reducer, a);
    const values = table[DATA].map((column) => reduce(column, reducer, a as FrameReduceOptions));
    return makeSeries(table.resultColumn(reducer, values), table.names);
  }

  /** One value a column: whole numbers stay int64 only when every column is. */
  resultColumn(reducer: Reducer, values: readonly unknown[]): Column {
    const result = columnFrom(values);
    if (result.kind !== 'int64' || reducer === 'count' || reducer === 'nunique') return result;
    const keeps =
      ['sum', 'min', 'max', 'prod'].includes(reducer) && this[DATA].every((column) => column.kind !== 'float64');
    return keeps ? result : floats(result.data);
  }

  acrossRows(reducer: Reducer, options: FrameReduceOptions): Series {
    const data = this[DATA];
    const numbers =
      data.every((column) => isNumeric(column)) &&
      !['any', 'all', 'nunique', 'count', 'first', 'last', 'size'].includes(reducer);
    if (numbers && options.skipna !== false && (options.min_count ?? 0) === 0) {
      const rows = rowsOfNumbers(this as unknown as DataFrame);
      const values = Float64Array.from(rows, (row) => statistic(row, reducer as 'sum', options.ddof ?? 1));
      const whole =
        ['sum', 'min', 'max', 'prod'].includes(reducer) && data.every((column) => column.kind !== 'float64');
      return makeSeries(whole ? { kind: 'int64', data: values } : floats(values), this.index);
    }
    const values = Array.from({ length: this.length }, (_, row) => reduce(acrossColumn(data, row), reducer, options));
    return makeSeries(this.resultColumn(reducer, values), this.index);
  }

  /** Without conditions, which describe() counts as texts. */
  #plainNumbers(): DataFrame {
    const at = this[DATA].flatMap((column, i) => (column.kind === 'float64' || column.kind === 'int64' ? [i] : []));
    return this.columnsAt(Int32Array.from(at), false);
  }

  /** Columns that pandas 1.5 uses: it leaves texts out of sums of numbers, unless there is nothing else. */
  #columnsFor(reducer: Reducer, options: FrameReduceOptions): DataFrame {
    const self = this as unknown as DataFrame;
    if (ANY_DTYPE.has(reducer)) return self;
    if (options.numeric_only === true || readAxis(options.axis) === 1) return this.numeric();
    if (options.numeric_only === false) return self;
    const at = this[DATA].flatMap((column, i) => (reduces(column, reducer) ? [i] : []));
    return at.length === this.names.length ? self : this.columnsAt(Int32Array.from(at), false);
  }
}

function reduces(column: Column, reducer: Reducer): boolean {
  if (isNumeric(column)) return true;
  try {
    reduce(column, reducer);
    return true;
  } catch {
    return false; // what pandas calls a nuisance column
  }
}

/** The numbers of each row. */
export function rowsOfNumbers(table: DataFrame): Float64Array[] {
  const data = table[DATA].map((column) => numbersOf(column) ?? asFloats(column));
  return Array.from({ length: table.length }, (_, row) => Float64Array.from(data, (column) => column[row] ?? NaN));
}

/** Cells of one row are missing. */
export function missingInRows(table: DataFrame): Float64Array {
  const counts = new Float64Array(table.length);
  for (const column of table[DATA]) {
    const mask = missingMask(column);
    for (let i = 0; i < counts.length; i += 1) counts[i] = (counts[i] ?? 0) + (mask[i] ?? 0);
  }
  return counts;
}
