import type { DateTime } from 'luxon';
import type { DataFrame } from '../data-frame.ts';
import type { Selector } from '../select.ts';
import type { Series } from '../series.ts';

/** What a cell of a column holds, as far as its name tells. */
export type Cell<C extends string> = C extends 'code' ? string : C extends 'time' | 'date' ? DateTime : number;

/** One row: a Series whose labels are the columns, also by name: `row.close`. */
export type Row<C extends string = string> = Series<Cell<C>> & { readonly [K in C]: Cell<K> };

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
