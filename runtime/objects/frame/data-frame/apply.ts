import { badArgument } from '../../../api/arguments.ts';
import { flag, isFunction, pairsOf, readAxis, textOr } from '../args.ts';
import type { AnyFunction } from '../args.ts';
import { seriesRows } from '../build.ts';
import { columnFrom } from '../column/dtypes.ts';
import { floatColumn } from '../column/take.ts';
import { unknownColumn } from '../errors.ts';
import { makeFrame, makeIndex, makeRange, makeSeries } from '../factory.ts';
import { concatTables } from '../joining/concat.ts';
import { listOf, rowOf } from '../selection/select.ts';
import { castOr, WHOLE } from '../series/apply.ts';
import type { CastOptions } from '../series/apply.ts';
import { COLUMN, COLUMN_AT, DATA, EACH_SERIES, MAP_COLUMNS, NAMES, NUMERIC } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { DataFrame, Index, Row, Series } from '../types.ts';
import { FrameTransforms } from './transforms.ts';

/** Functions over columns, rows and cells, and statistics by name. */
export abstract class FrameApply<C extends string> extends FrameTransforms<C> {
  /** Each cell through a function. */
  applymap(apply: (cell: unknown) => unknown, options: { readonly na_action?: 'ignore' | null } = {}): DataFrame<C> {
    return this[EACH_SERIES]((series) => series.map(apply, options));
  }

  map(apply: (cell: unknown) => unknown, options: { readonly na_action?: 'ignore' | null } = {}): DataFrame<C> {
    return this.applymap(apply, options);
  }

  /** `agg('mean')`, `agg(['mean', 'std'])`, `agg({ close: 'mean' })`, a function of each column. */
  agg(what: unknown, options: { readonly axis?: 0 | 1 | 'index' | 'columns' } = {}): DataFrame & Series {
    if (typeof what === 'string') return this.#method(what, options) as DataFrame & Series; // one value a column
    if (isFunction(what)) return this.apply(what, options as object);
    if (Array.isArray(what)) {
      const columns = Array.from(this[DATA].keys(), (at) => this[COLUMN_AT](at).agg(what as readonly string[]));
      return statisticRows(this[NAMES], columns);
    }
    const pairs = pairsOf(what);
    if (pairs === null) throw badArgument('agg()', "takes 'mean', ['mean', 'std'], { column: 'mean' } or a function.");
    return this.#aggregates(
      new Map(pairs),
      pairs.some(([, one]) => Array.isArray(one)),
    );
  }

  aggregate(what: unknown, options: { readonly axis?: 0 | 1 } = {}): DataFrame & Series {
    return this.agg(what, options);
  }

  /** A method by name or a function of each column, with as many rows. */
  transform(what: unknown): DataFrame<C> {
    return (typeof what === 'string' ? this.#method(what, {}) : this.apply(what as string)) as DataFrame<C>; // as many rows
  }

  /** The commonest values of each column, one below the other. */
  mode(options: { readonly numeric_only?: boolean; readonly dropna?: boolean } = {}): DataFrame {
    const { numeric_only: numeric, ...rest } = options;
    const table = numeric === true ? this[NUMERIC]() : (this as unknown as DataFrame);
    const parts = table[DATA].map((_, i) => table[COLUMN_AT](i).mode(rest));
    const joined = concatTables(parts, { axis: 1 }) as DataFrame;
    return makeFrame(table[NAMES], joined[DATA], joined.index);
  }

  /** One dtype for all columns, or a dict for some. */
  astype(dtype: unknown, options: CastOptions = {}): DataFrame<C> {
    const pairs = pairsOf(dtype);
    if (pairs === null) return this[MAP_COLUMNS]((column) => castOr(column, dtype, options));
    const dict = new Map(pairs);
    for (const name of dict.keys()) if (!this[NAMES].includes(name)) throw unknownColumn(name, this[NAMES]);
    const data = this[DATA].map((column, i) => {
      const wanted = dict.get(this[NAMES].labelAt(i));
      return wanted === undefined ? column : castOr(column, wanted, options);
    });
    return makeFrame<C>(this[NAMES], data, this.index);
  }

  /** A function of each column, or of each row with `{ axis: 1 }`. */
  apply(
    apply: (row: Row<C>, ...args: readonly unknown[]) => unknown,
    options: ApplyOptions & { readonly axis: 1 | 'columns' },
  ): DataFrame & Series;
  apply(
    apply: (column: Series, ...args: readonly unknown[]) => unknown,
    options?: ApplyOptions & { readonly axis?: 0 | 'index' },
  ): DataFrame & Series;
  apply(
    what: string | readonly string[] | Readonly<Record<string, unknown>>,
    options?: { readonly axis?: 0 | 1 },
  ): DataFrame & Series;
  apply(apply: unknown, options: ApplyOptions = {}): DataFrame & Series {
    const { axis, args = [], raw, result_type: type } = options;
    if (!isFunction(apply)) return this.agg(apply, axis === undefined ? {} : { axis });
    const call: AnyFunction = (part) => apply(flag(raw, false) && isSeries(part) ? part.values : part, ...args);
    const expand = textOr(type, ['expand'], undefined, 'apply() result_type') === 'expand';
    return applyTable(this as unknown as DataFrame, call, readAxis(axis), expand);
  }

  pipe<R>(apply: (table: DataFrame<C>, ...args: readonly unknown[]) => R, ...args: readonly unknown[]): R {
    return apply(this as unknown as DataFrame<C>, ...args);
  }

  #method(name: string, options: object): unknown {
    const method: unknown = Reflect.get(this, name);
    if (!isFunction(method)) throw badArgument('agg()', `there is no method '${name}'; write 'mean', 'sum', 'std' …`);
    return Reflect.apply(method, this, Object.keys(options).length === 0 ? [] : [options]);
  }

  #aggregates(wanted: ReadonlyMap<unknown, unknown>, table: boolean): DataFrame & Series {
    const parts = Array.from(wanted, ([name, what]) => {
      const series = this.col(name as C) as unknown as Series;
      return table ? series.agg((listOf(what) ?? [what]) as readonly string[]) : series.agg(what as string);
    });
    const names = makeIndex([...wanted.keys()]);
    if (!table) {
      const column = columnFrom(parts);
      const whole = Array.from(
        wanted,
        ([name, what]) => WHOLE.has(what) && this.col(name as C).dtype !== 'float64',
      ).every(Boolean);
      return makeSeries(
        column.kind === 'int64' && !whole ? floatColumn(column) : column,
        names,
      ) as unknown as DataFrame & Series;
    }
    return statisticRows(names.rename(this[NAMES].name), parts as unknown as readonly Series[]);
  }
}

/** A column for each Series of statistics, a row for each statistic. */
function statisticRows(names: Index, parts: readonly Series[]): DataFrame & Series {
  const rows = parts.reduce<Index | null>(
    (all, part) => (all === null ? part.index : all.append(part.index).unique()),
    null,
  );
  const index = rows ?? names.slice(0, 0);
  const data = parts.map((part) => part.reindex(index)[COLUMN]);
  return makeFrame(names, data, index) as unknown as DataFrame & Series; // a table
}

export interface ApplyOptions {
  readonly axis?: 0 | 1 | 'index' | 'columns';
  readonly args?: readonly unknown[];
  /** The function gets the cells as a list without labels. */
  readonly raw?: boolean;
  /** `expand`: lists become columns. */
  readonly result_type?: 'expand' | null;
}

/** A function of each column (axis 0) or row (axis 1); values make a Series, Series make a table. */
function applyTable(table: DataFrame, apply: AnyFunction, axis: 0 | 1, expand: boolean): DataFrame & Series {
  const { index, [NAMES]: names } = table;
  if (names.length === 0 || index.length === 0) return ofNothing(table, apply, axis);
  const made =
    axis === 0
      ? Array.from({ length: names.length }, (_, i) => apply(table[COLUMN_AT](i)))
      : Array.from({ length: table.length }, (_, row) => apply(rowOf(table, row, null)));
  const results = expand ? made.map((one) => asSeries(one)) : made;
  const labels = axis === 0 ? names : index;
  if (results.length === 0 || !results.every(isSeries)) {
    return makeSeries(columnFrom(results), labels) as unknown as DataFrame & Series; // one value each
  }
  if (axis === 1) return seriesRows(results, index) as unknown as DataFrame & Series; // a row each
  const [first] = results;
  const rows = first?.index ?? index;
  const data = results.map((one) => (one.index.equals(rows) ? one[COLUMN] : one.reindex(rows)[COLUMN]));
  return makeFrame(names, data, rows) as unknown as DataFrame & Series; // a column each
}

/** pandas asks the function once, with no cells: a value for each label, or the table as it is. */
function ofNothing(table: DataFrame, apply: AnyFunction, axis: 0 | 1): DataFrame & Series {
  const labels = axis === 0 ? table[NAMES] : table.index;
  let value: unknown = null;
  try {
    value = apply(makeSeries(columnFrom([]), makeRange(0)));
  } catch {
    return table.copy() as unknown as DataFrame & Series; // a table again
  }
  if (isSeries(value) || listOf(value) !== null) return table.copy() as unknown as DataFrame & Series; // a table again
  return makeSeries(columnFrom(labels.tolist().map(() => value)), labels) as unknown as DataFrame & Series; // a value each
}

/** A list as a Series without labels of its own. */
function asSeries(value: unknown): unknown {
  const list = isSeries(value) ? null : listOf(value);
  return list === null ? value : makeSeries(columnFrom(list), makeRange(list.length));
}
