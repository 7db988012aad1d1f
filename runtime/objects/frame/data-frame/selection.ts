import { pyStr } from '../../../text/python-text.ts';
import { flag, named, readAxis } from '../args.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { maskPositions, sliceColumn } from '../column/take.ts';
import { adviseOnce } from '../errors.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { findSlice } from '../index/lookup.ts';
import { cutRows, levelRows } from '../labels/relabel.ts';
import { queryRows } from '../query.ts';
import { listOf, maskColumn, samplePositions, transposed } from '../selection/select.ts';
import { isPlace, Slice, slice, slicePositions } from '../slice.ts';
import { DATA } from '../store.ts';
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
    return makeSeries<string>({ kind: 'object', data: this[DATA].map((column) => column.kind) }, this.names);
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
    return makeFrame<C>(this.names, this[DATA], this.index);
  }

  /** Rows start..stop (not included), as `df[a:b:step]`. */
  slice(start: unknown = null, stop: unknown = null, step: number | null = null): DataFrame<C> {
    if (!isPlace(start) || !isPlace(stop)) return this.rows(findSlice(this.index, new Slice(start, stop, step)));
    if (step !== null && step !== 1) return this.rows(slicePositions(this.length, start, stop, step));
    const index = this.index.slice(start, stop);
    const from = index.length === 0 ? 0 : Math.max(0, start === null ? 0 : start < 0 ? this.length + start : start);
    return makeFrame<C>(
      this.names,
      this[DATA].map((column) => sliceColumn(column, from, from + index.length)),
      index,
    );
  }

  head(n = 5): DataFrame<C> {
    return this.slice(0, n);
  }

  tail(n = 5): DataFrame<C> {
    return this.slice(n < 0 ? -n : Math.max(0, this.length - n));
  }

  /** The rows at these positions. */
  take(positions: readonly number[]): DataFrame<C> {
    return this.iloc(positions); // a list gives a table
  }

  /** Random rows; the same `random_state` gives the same rows. */
  sample(...args: readonly unknown[]): DataFrame<C> {
    const a = named('sample', ['n', 'frac', 'replace', 'weights', 'random_state'], args);
    return this.rows(samplePositions(this.length, a));
  }

  /** Columns by name (`items`, `like`, `regex`), rows with `{ axis: 0 }`. */
  filter(options: {
    readonly items?: readonly unknown[];
    readonly like?: string;
    readonly regex?: string;
    readonly axis?: 0 | 1;
  }): DataFrame {
    const a = named('filter', ['items', 'like', 'regex', 'axis'], [options]);
    const axis = readAxis(a['axis'], 1);
    const labels = axis === 1 ? this.names : this.index;
    const items = a['items'] === undefined ? null : (listOf(a['items']) ?? []);
    const test = a['regex'] === undefined ? null : new RegExp(pyStr(a['regex']));
    const rows =
      items === null
        ? maskPositions(
            Uint8Array.from(labels, (one) =>
              Number(test?.test(String(one)) ?? String(one).includes(String(a['like']))),
            ),
          )
        : labels.rowsOf(makeIndex(items.filter((item) => labels.includes(item))));
    return axis === 1 ? this.columnsAt(rows, false) : (this.rows(rows) as unknown as DataFrame);
  }

  /** The columns of these dtypes: 'number', 'object', 'bool', 'float64', 'int64', 'datetime'. */
  select_dtypes(options: { readonly include?: unknown; readonly exclude?: unknown }): DataFrame {
    const { include, exclude } = named('select_dtypes', ['include', 'exclude'], [options]);
    const wanted = (column: Column, list: unknown): boolean =>
      (listOf(list) ?? [list]).some((name) => isKind(column, String(name)));
    const at = this[DATA].flatMap((column, i) => {
      const inside = include === undefined || wanted(column, include);
      return inside && (exclude === undefined || !wanted(column, exclude)) ? [i] : [];
    });
    return this.columnsAt(Int32Array.from(at), false);
  }

  /** Rows for which a text holds: `query('close > open and volume >= 100')`; `@name` is looked up in `vars`. */
  query(
    text: string,
    options: { readonly vars?: Readonly<Record<string, unknown>>; readonly inplace?: boolean } = {},
  ): DataFrame<C> {
    const { vars, inplace } = named('query', ['vars', 'inplace'], [options]);
    const found = queryRows(this as unknown as DataFrame, text, (vars ?? {}) as Readonly<Record<string, unknown>>);
    const kept = this.rows(maskPositions(maskColumn(this.index, found).data as Uint8Array));
    return flag(inplace, false) ? this.become(kept as unknown as DataFrame) : kept;
  }

  truncate(...args: readonly unknown[]): DataFrame<C> {
    const a = named('truncate', ['before', 'after'], args);
    return this.loc(slice(a['before'] ?? null, a['after'] ?? null));
  }

  /** Rows of a time of day, both ends included: `between_time('9:30', '11:30')`. */
  between_time(start: string, end: string): DataFrame<C> {
    return this.rows(maskPositions(cutRows(this.index, start, end)));
  }

  /** Rows of one time of day: `at_time('14:50')`. */
  at_time(time: string): DataFrame<C> {
    return this.between_time(time, time);
  }

  /** Rows of one label of a level, without that level; columns with `{ axis: 1 }`. */
  xs(label: unknown, options: { readonly level?: number | string; readonly axis?: 0 | 1 } = {}): DataFrame & Series {
    const a = named('xs', ['level', 'axis'], [options]);
    if (readAxis(a['axis']) === 1) {
      return (
        transposed(this as unknown as DataFrame).xs(label, {
          level: (a['level'] ?? 0) as number,
        }) as unknown as DataFrame
      ).T as unknown as DataFrame & Series;
    }
    if (this.index.nlevels === 1) return this.loc(label) as unknown as DataFrame & Series; // a row
    const { at, rows } = levelRows(this.index, label, (a['level'] ?? 0) as number);
    const table = this.rows(rows);
    table.index = table.index.droplevel(at);
    return table as unknown as DataFrame & Series; // rows of that label
  }

  /** Old pandas: by label, else by position. */
  ix(rows: unknown, columns?: unknown): unknown {
    adviseOnce('DataFrame.ix', 'df.loc(label)、df.iloc(i)');
    const byLabel = typeof rows !== 'number' || this.index.dtype === 'int64';
    const which = typeof columns === 'number' && this.names.dtype !== 'int64' ? this.names.at(columns) : columns;
    const from = byLabel ? rows : this.index.at(rows);
    return which === undefined ? this.loc(from) : this.loc(from, which as C);
  }

  /** The only column or row of a table of one, else the table. */
  squeeze(): DataFrame<C> | Series {
    if (this.names.length === 1) return makeSeries(this[DATA][0] ?? columnFrom([]), this.index, this.names.at(0));
    return this.length === 1 ? (this.iloc(0) as unknown as Series) : (this as unknown as DataFrame<C>);
  }
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
