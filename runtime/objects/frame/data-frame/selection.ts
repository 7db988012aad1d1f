import { badArgument } from '../../../api/arguments.ts';
import { flag, readAxis, wholeNumber } from '../args.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { maskPositions, sliceColumn } from '../column/take.ts';
import { adviseOnce } from '../errors.ts';
import { makeFrame, makeRange, makeSeries } from '../factory.ts';
import { findSlice } from '../index/lookup.ts';
import { cutRows, levelRows } from '../labels/relabel.ts';
import { queryRows } from '../query.ts';
import { filteredLabels, samplePositions, truncatedRows } from '../selection/filter.ts';
import type { FilterOptions } from '../selection/filter.ts';
import { listOf, maskColumn } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import { isPlace, Slice, slice, slicePositions } from '../slice.ts';
import { BECOME, COLUMNS_AT, DATA, NAMES, ROWS } from '../store.ts';
import type { CellAccess, DataFrame, Series } from '../types.ts';
import { FrameCore } from './core.ts';

/** The size of a table, and some of its rows or columns. */
export abstract class FrameSelection<C extends string> extends FrameCore<C> {
  /** Rows, columns. */
  get shape(): [number, number] {
    return [this.index.length, this[DATA].length];
  }

  get size(): number {
    return this.index.length * this[DATA].length;
  }

  get ndim(): number {
    return 2;
  }

  get empty(): boolean {
    return this.size === 0;
  }

  get dtypes(): Series<string> {
    return makeSeries<string>({ kind: 'object', data: this[DATA].map((column) => column.kind) }, this[NAMES]);
  }

  /** One cell by labels. */
  get at(): CellAccess {
    return this.loc as unknown as CellAccess; // loc with two labels is a cell
  }

  /** One cell by positions. */
  get iat(): CellAccess {
    return this.iloc as unknown as CellAccess; // iloc with two positions is a cell
  }

  copy(): DataFrame<C> {
    return makeFrame<C>(this[NAMES], this[DATA], this.index);
  }

  /** Rows start..stop (not included), as `df[a:b:step]`. */
  slice(start: unknown = null, stop: unknown = null, step: number | null = null): DataFrame<C> {
    if (!isPlace(start) || !isPlace(stop)) return this[ROWS](findSlice(this.index, new Slice(start, stop, step)));
    if (step !== null && step !== 1) return this[ROWS](slicePositions(this.length, start, stop, step));
    const index = this.index.slice(start, stop);
    const from = index.length === 0 ? 0 : Math.max(0, start === null ? 0 : start < 0 ? this.length + start : start);
    return makeFrame<C>(
      this[NAMES],
      this[DATA].map((column) => sliceColumn(column, from, from + index.length)),
      index,
    );
  }

  head(n: number | { readonly n?: number } = 5): DataFrame<C> {
    return this.slice(0, wholeNumber(n, 5, 'head() n'));
  }

  tail(n: number | { readonly n?: number } = 5): DataFrame<C> {
    const rows = wholeNumber(n, 5, 'tail() n');
    return this.slice(rows < 0 ? -rows : Math.max(0, this.length - rows));
  }

  /** The rows (columns with `axis: 1`) at these positions. */
  take(positions: Iterable<unknown>, options: { readonly axis?: 0 | 1 } = {}): DataFrame<C> {
    const list = Array.from(positions);
    return readAxis(options.axis) === 1 ? this.iloc(slice(), list) : this.iloc(list); // a list gives a table
  }

  /** Random rows; the same `random_state` gives the same rows. */
  sample(...args: readonly unknown[]): DataFrame<C> {
    const a = given(args);
    const sampled = this[ROWS](samplePositions(this.length, a));
    return flag(a['ignore_index'], false)
      ? makeFrame<C>(this[NAMES], sampled[DATA], makeRange(sampled.length))
      : sampled;
  }

  /** Columns by name (`items`, `like`, `regex`), rows with `{ axis: 0 }`. */
  filter(
    ...args: readonly [
      items?: readonly unknown[] | (FilterOptions & { readonly axis?: 0 | 1 }),
      options?: FilterOptions & { readonly axis?: 0 | 1 },
    ]
  ): DataFrame {
    const a = given(args);
    const axis = readAxis(a['axis'], 1);
    const rows = filteredLabels(axis === 1 ? this[NAMES] : this.index, a);
    return axis === 1 ? this[COLUMNS_AT](rows, false) : (this[ROWS](rows) as unknown as DataFrame);
  }

  /** The columns of these dtypes: 'number', 'object', 'bool', 'float64', 'int64', 'datetime'. */
  select_dtypes(...args: readonly [include?: unknown, options?: { readonly exclude?: unknown }]): DataFrame {
    const { include, exclude } = given(args);
    if (include === undefined && exclude === undefined)
      throw badArgument('select_dtypes()', "needs include or exclude: select_dtypes({ include: 'number' }).");
    const wanted = (column: Column, list: unknown): boolean =>
      (listOf(list) ?? [list]).some((name) => isKind(column, String(name)));
    const at = this[DATA].flatMap((column, i) => {
      const inside = include === undefined || wanted(column, include);
      return inside && (exclude === undefined || !wanted(column, exclude)) ? [i] : [];
    });
    return this[COLUMNS_AT](Int32Array.from(at), false);
  }

  /** Rows for which a text holds: `query('close > open and volume >= 100')`; `@name` is looked up in `vars`. */
  query(
    text: string,
    options: { readonly vars?: Readonly<Record<string, unknown>>; readonly inplace?: boolean } = {},
  ): DataFrame<C> {
    const { vars = {}, inplace } = options;
    const found = queryRows(this as unknown as DataFrame, text, vars);
    const kept = this[ROWS](maskPositions(maskColumn(this.index, found).data as Uint8Array));
    return flag(inplace, false) ? this[BECOME](kept as unknown as DataFrame) : kept;
  }

  truncate(...args: readonly unknown[]): DataFrame<C> {
    return this[ROWS](truncatedRows(this.index, given(args)));
  }

  /** Rows of a time of day, both ends included: `between_time('9:30', '11:30')`. */
  between_time(start: unknown, end: unknown, options: { readonly inclusive?: string } = {}): DataFrame<C> {
    return this[ROWS](maskPositions(cutRows(this.index, start, end, options.inclusive)));
  }

  /** Rows of one time of day: `at_time('14:50')`. */
  at_time(time: unknown): DataFrame<C> {
    return this.between_time(time, time);
  }

  /** Rows of one label of a level, without that level; columns with `{ axis: 1 }`. */
  xs(label: unknown, options: XsOptions = {}): DataFrame & Series {
    const { axis, level, drop_level: drop } = options;
    if (readAxis(axis) === 1) {
      if (level === undefined && drop !== false) return this.col(label as C) as unknown as DataFrame & Series;
      const { at, rows } = levelRows(this[NAMES], label, level ?? 0);
      const part = this[COLUMNS_AT](rows, false);
      if (drop !== false) part.columns = part.columns.droplevel(at);
      return part as unknown as DataFrame & Series; // columns of that label
    }
    if (level === undefined && drop !== false) return this.loc(label) as unknown as DataFrame & Series; // a row, or rows
    const { at, rows } = levelRows(this.index, label, level ?? 0);
    const table = this[ROWS](rows);
    if (drop !== false && this.index.nlevels > 1) table.index = table.index.droplevel(at);
    return table as unknown as DataFrame & Series; // rows of that label
  }

  /** Old pandas: by label, else by position. */
  ix(rows: unknown, columns?: unknown): unknown {
    adviseOnce('DataFrame.ix', 'df.loc(label)、df.iloc(i)');
    const byLabel = typeof rows !== 'number' || this.index.dtype === 'int64';
    const which = typeof columns === 'number' && this[NAMES].dtype !== 'int64' ? this[NAMES].at(columns) : columns;
    const from = byLabel ? rows : this.index.at(rows);
    return which === undefined ? this.loc(from) : this.loc(from, which as C);
  }

  /** The only column or row of a table of one, else the table. */
  squeeze(axis?: 0 | 1 | 'index' | 'columns' | { readonly axis?: unknown }): DataFrame<C> | Series {
    const both = axis === undefined || axis === null;
    if ((both || readAxis(axis) === 1) && this[NAMES].length === 1) {
      const column = makeSeries<number>(this[DATA][0] ?? columnFrom([]), this.index, this[NAMES].labelAt(0));
      return both ? (column.squeeze() as Series) : column;
    }
    const row = (both || readAxis(axis) === 0) && this.length === 1;
    return row ? (this.iloc(0) as unknown as Series) : (this as unknown as DataFrame<C>);
  }
}

interface XsOptions {
  readonly level?: number | string;
  readonly axis?: 0 | 1 | 'index' | 'columns';
  readonly drop_level?: boolean;
}

function isKind(column: Column, name: string): boolean {
  if (name === 'number') return column.kind === 'float64' || column.kind === 'int64';
  if (name.startsWith('datetime')) return column.kind === 'datetime64[ns]';
  return (
    column.kind === name ||
    (name === 'float' && column.kind === 'float64') ||
    (name === 'int' && column.kind === 'int64')
  );
}
