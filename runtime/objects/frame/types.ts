import type { DateTime } from 'luxon';
import type { Slice } from './slice.ts';

/*
 * The types that every file here speaks of, in one that needs none of them. A Series gives tables and a table gives Series:
 * if each file named the other's class, no file could be read without all. The classes fill these interfaces in with
 * `declare module` (series.ts, data-frame.ts, index/index.ts), and files below them make one through factory.ts.
 */

/** What a row is called: a time, a code, its number, or a list of those on a table with several levels. */
export type Label = DateTime | string | number;

/** The labels of rows or columns. Iterating gives labels. */
export interface Index<L = Label> {
  [Symbol.iterator](): Iterator<L>;
}

/** One column with its row labels. Iterating gives the cells. */
export interface Series<T = number> {
  [Symbol.iterator](): Iterator<T>;
}

/** The methods of a table; `DataFrame` adds its columns. Iterating gives the names of the columns. */
export interface Frame<C extends string = string> {
  [Symbol.iterator](): Iterator<C>;
}

/** A table: `df['close']` or `df.close` is a column (a method of that name wins; then `df.col('rank')`). */
export type DataFrame<C extends string = string> = Frame<C> & ColumnsOf<C>;

/** What selects several rows or columns: a slice, a list of labels, a mask. */
export type Selector =
  | Slice
  | readonly unknown[]
  | { readonly index: Index<unknown>; readonly dtype: string }
  | Index<unknown>
  | ReadonlySet<unknown>;

/** What a cell of a column holds, as far as its name tells. */
export type Cell<C extends string> = C extends 'code' | 'pubDate' | 'statDate'
  ? string
  : C extends 'time' | 'date'
    ? DateTime
    : number;

/** One row: a Series whose labels are the columns, also by name: `row.close`. */
export type Row<C extends string = string> = Series<Cell<C>> & { readonly [K in C]: Cell<K> };

/** One value a column: a Series whose labels are the columns, also by name: `df.mean().close`. */
export type Summary<C extends string = string> = Series & { readonly [K in C]: number };

/** Columns of a merge: those of both, and what a suffix makes of those that both have. */
export type Merged<A extends string, B extends string> = DataFrame<A | B | `${A & B}_x` | `${A & B}_y`>;

/** Columns by name, as properties and in brackets. */
export type ColumnsOf<C extends string> = { [K in C]: Series<Cell<K>> };

/** `df.loc(rows, columns?)` by label; one label and one column is a cell, one label a row. */
export interface FrameLoc<C extends string> {
  (rows: Selector | ((table: DataFrame<C>) => unknown)): DataFrame<C>;
  <K extends C>(rows: Selector, column: K): Series<Cell<K>>;
  (rows: Selector, columns: Selector): DataFrame<C>;
  (label: unknown): Row<C>;
  <K extends C>(label: unknown, column: K): Cell<K>;
  (label: unknown, columns: Selector): Row<C>;
  /** Writes the cells; a label or column that does not exist is added. */
  set(rows: unknown, columns: unknown, value: unknown): void;
  set(rows: unknown, value: unknown): void;
}

/** `df.iloc(rows, columns?)` by position. */
export interface FrameIloc<C extends string> {
  /** `df.iloc[-1]` is the last row. */
  [row: number]: Row<C>;
  (rows: Selector): DataFrame<C>;
  (row: number): Row<C>;
  (row: number, column: number): number;
  (rows: Selector, column: number): Series;
  (row: number, columns: Selector): Row<C>;
  (rows: Selector, columns: Selector): DataFrame<C>;
  set(rows: unknown, columns: unknown, value: unknown): void;
  set(rows: unknown, value: unknown): void;
}

/** `df.at(label, column)`, `df.iat(row, column)`: one cell. */
export interface CellAccess {
  (row: unknown, column: unknown): number;
  set(row: unknown, column: unknown, value: unknown): void;
}
