import { badArgument } from '../../../api/arguments.ts';
import { isFunction, readAxis } from '../args.ts';
import { bools, floats, ints, isNumeric } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { quantileCell, readInterpolation, reduce, statistic } from '../column/reduce.ts';
import type { Interpolation, Reducer } from '../column/reduce.ts';
import { describeColumn, shares } from '../series/describe.ts';
import type { DescribeOptions } from '../series/describe.ts';
import { badOperator } from '../errors.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { concatTables } from '../joining/concat.ts';
import { acrossColumn, listOf, transposed } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import { ACROSS_ROWS, COLUMNS_AT, DATA, NAMES, NUMERIC, REDUCED, RESULT_COLUMN } from '../store.ts';
import type { DataFrame, Series, Summary } from '../types.ts';
import { FrameArithmetic } from './arithmetic.ts';
import { rowsOfNumbers } from './numbers.ts';

/** Keyword arguments of the statistics. */
export interface FrameReduceOptions {
  readonly axis?: 0 | 1 | 'index' | 'columns';
  readonly skipna?: boolean;
  readonly ddof?: number;
  readonly min_count?: number;
  readonly numeric_only?: boolean | null;
  readonly bool_only?: boolean | null;
  readonly level?: number | string | null;
  /** Of nunique(): false counts the missing cells as one more value. */
  readonly dropna?: boolean;
}

/** Those that pandas makes of texts too. */
const ANY_DTYPE: ReadonlySet<Reducer> = new Set(['count', 'nunique', 'any', 'all']);

/** Those that are whole numbers when every cell is. */
const KEEPS_WHOLE: ReadonlySet<Reducer> = new Set(['sum', 'min', 'max', 'prod']);

type Axis = 0 | 1 | 'index' | 'columns';
/** By position the axis comes first, as in pandas. */
export type ReduceArgs = readonly [axis?: Axis | null | FrameReduceOptions, ...more: readonly unknown[]];
type QuantileArgs = readonly [axis?: Axis | FrameQuantileOptions, ...more: readonly unknown[]];

interface FrameQuantileOptions {
  readonly axis?: Axis;
  readonly numeric_only?: boolean;
  readonly interpolation?: Interpolation;
}

/** Statistics a column, or a row with `{ axis: 1 }`. */
export abstract class FrameAggregation<C extends string> extends FrameArithmetic<C> {
  sum(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('sum', args) as Summary<C>;
  }

  mean(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('mean', args) as Summary<C>;
  }

  median(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('median', args) as Summary<C>;
  }

  min(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('min', args) as Summary<C>;
  }

  max(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('max', args) as Summary<C>;
  }

  /** Of the sample (ddof 1), as pandas. */
  std(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('std', args) as Summary<C>;
  }

  var(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('var', args) as Summary<C>;
  }

  sem(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('sem', args) as Summary<C>;
  }

  prod(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('prod', args) as Summary<C>;
  }

  skew(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('skew', args) as Summary<C>;
  }

  kurt(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('kurt', args) as Summary<C>;
  }

  mad(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('mad', args) as Summary<C>;
  }

  /** Cells that are not missing. */
  count(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('count', args) as Summary<C>;
  }

  nunique(...args: ReduceArgs): Summary<C> {
    return this[REDUCED]('nunique', args) as Summary<C>;
  }

  any(...args: ReduceArgs): Series<boolean> {
    return this[REDUCED]('any', args) as unknown as Series<boolean>; // conditions
  }

  all(...args: ReduceArgs): Series<boolean> {
    return this[REDUCED]('all', args) as unknown as Series<boolean>; // conditions
  }

  /** One quantile a column (a row with `axis: 1`); several make a table. */
  quantile(q: readonly number[], ...args: QuantileArgs): DataFrame;
  quantile(q?: number, ...args: QuantileArgs): Series;
  quantile(q: unknown = 0.5, ...args: readonly unknown[]): Series | DataFrame {
    const a = given(args);
    const rule = readInterpolation(a['interpolation']);
    const across = readAxis(a['axis']) === 1;
    const table = across ? transposed(this[NUMERIC]()) : this.#quantileColumns(a['numeric_only']);
    const list = listOf(q);
    const shares = (list ?? [q]) as readonly number[];
    const data = table[DATA].map((column) => quantileColumn(column, shares, rule));
    const result = makeFrame(table[NAMES], data, makeIndex(shares));
    if (list !== null) return result;
    return makeSeries(data.length === 0 ? floats(new Float64Array(0)) : acrossColumn(data, 0), table[NAMES], q);
  }

  /** pandas' summary of the numeric columns (of all, when none is). */
  describe(options: DescribeOptions = {}): DataFrame {
    const percentiles = shares(options.percentiles);
    const table = this.#plainNumbers();
    const used = table[NAMES].length === 0 ? (this as unknown as DataFrame) : table;
    const parts = used[DATA].map((column, i) => describeColumn(column, used[NAMES].labelAt(i), percentiles));
    const joined = concatTables(parts, { axis: 1 }) as DataFrame;
    return makeFrame(used[NAMES], joined[DATA], joined.index);
  }

  /** The columns of numbers and booleans. */
  [NUMERIC](): DataFrame {
    const at = this[DATA].flatMap((column, i) => (isNumeric(column) ? [i] : []));
    return at.length === this[NAMES].length
      ? (this as unknown as DataFrame)
      : this[COLUMNS_AT](Int32Array.from(at), false);
  }

  protected [REDUCED](reducer: Reducer, args: readonly unknown[]): Series {
    const a: FrameReduceOptions = given(args);
    if (a.level !== undefined && a.level !== null) return this.#byLevel(reducer, a);
    const table = this.#columnsFor(reducer, a);
    if (readAxis(a.axis) === 1) return table[ACROSS_ROWS](reducer, a);
    const values = table[DATA].map((column) => reduce(column, reducer, a));
    return makeSeries(table[RESULT_COLUMN](reducer, values), table[NAMES]);
  }

  /** One value a column: whole numbers stay int64 only when every column is. */
  [RESULT_COLUMN](reducer: Reducer, values: readonly unknown[]): Column {
    const result = columnFrom(values);
    if (result.kind !== 'int64' || reducer === 'count' || reducer === 'nunique') return result;
    const keeps = KEEPS_WHOLE.has(reducer) && this[DATA].every((column) => column.kind !== 'float64');
    return keeps ? result : floats(result.data);
  }

  [ACROSS_ROWS](reducer: Reducer, options: FrameReduceOptions): Series {
    const data = this[DATA];
    const numbers =
      data.every((column) => isNumeric(column)) &&
      !['any', 'all', 'nunique', 'count', 'first', 'last', 'size'].includes(reducer);
    if (numbers && options.skipna !== false && (options.min_count ?? 0) === 0) {
      const rows = rowsOfNumbers(this as unknown as DataFrame);
      const values = Float64Array.from(rows, (row) => statistic(row, reducer as 'sum', options.ddof ?? 1));
      return makeSeries(acrossKind(reducer, data, values), this.index);
    }
    const values = Array.from({ length: this.length }, (_, row) => reduce(acrossColumn(data, row), reducer, options));
    return makeSeries(this[RESULT_COLUMN](reducer, values), this.index);
  }

  #quantileColumns(numericOnly: unknown): DataFrame {
    if (numericOnly !== false) return this[NUMERIC]();
    const self = this as unknown as DataFrame;
    const odd = self[DATA].findIndex((column) => column.kind === 'object');
    if (odd < 0) return self;
    throw badOperator(`quantile() of '${String(this[NAMES].labelAt(odd))}' needs numbers; leave numeric_only out.`);
  }

  /** pandas' old way of groups: a statistic of each label of a level. */
  #byLevel(reducer: Reducer, { level, ...rest }: FrameReduceOptions): Series {
    const { axis, ...more } = rest;
    if (readAxis(axis) === 1) throw badArgument(`${reducer}()`, 'knows level for rows only; use df.T.');
    const groups: object = (this as unknown as DataFrame).groupby(null, { level, sort: false });
    const method: unknown = Reflect.get(groups, reducer);
    if (!isFunction(method)) throw badArgument(`${reducer}()`, 'does not know level; use groupby({ level }).');
    return Reflect.apply(method, groups, Object.keys(more).length === 0 ? [] : [more]) as Series; // a table; pandas too
  }

  /** Without conditions, which describe() counts as texts. */
  #plainNumbers(): DataFrame {
    const at = this[DATA].flatMap((column, i) => (column.kind === 'float64' || column.kind === 'int64' ? [i] : []));
    return this[COLUMNS_AT](Int32Array.from(at), false);
  }

  /** Columns that pandas 1.5 uses: it leaves texts out of sums of numbers, unless there is nothing else. */
  #columnsFor(reducer: Reducer, options: FrameReduceOptions): DataFrame {
    const self = this as unknown as DataFrame;
    if (options.bool_only === true) return this.select_dtypes({ include: 'bool' });
    if (ANY_DTYPE.has(reducer)) return options.numeric_only === true ? this[NUMERIC]() : self;
    const numbers = this[NUMERIC]();
    if (options.numeric_only === true) return numbers;
    // Along rows pandas takes the numbers, unless there is nothing but texts.
    if (readAxis(options.axis) === 1) return numbers[NAMES].length === 0 ? self : numbers;
    if (options.numeric_only === false) return self;
    // Of times pandas 1.5 makes minima and maxima, but no means unless it is told to.
    const times = reducer !== 'mean' && reducer !== 'median';
    const at = this[DATA].flatMap((column, i) =>
      (times || column.kind !== 'datetime64[ns]') && reduces(column, reducer) ? [i] : [],
    );
    return at.length === this[NAMES].length ? self : this[COLUMNS_AT](Int32Array.from(at), false);
  }
}

/** What a statistic along the rows of numbers is: a float, unless whole numbers or conditions stay what they are. */
function acrossKind(reducer: Reducer, data: readonly Column[], values: Float64Array<ArrayBuffer>): Column {
  if (data.length === 0 || !KEEPS_WHOLE.has(reducer)) return floats(values);
  const extreme = reducer === 'min' || reducer === 'max';
  if (extreme && data.every((column) => column.kind === 'bool')) return bools(Uint8Array.from(values));
  return data.every((column) => column.kind !== 'float64') ? ints(values) : floats(values);
}

function quantileColumn(column: Column, q: readonly number[], rule: Interpolation): Column {
  const made = columnFrom(q.map((one) => quantileCell(column, one, rule)));
  return made.kind === 'int64' ? floats(made.data) : made;
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
