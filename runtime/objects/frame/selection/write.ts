import { bools, cell, isMissingValue, missingColumn, objects } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom, constantColumn, inferColumn, isDateLike } from '../column/dtypes.ts';
import { concatColumns, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { makeIndex } from '../factory.ts';
import { tryLabel } from '../index/lookup.ts';
import { COLUMN } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { Index } from '../types.ts';
import { listOf, rowsByLabel, rowsByPosition } from './select.ts';

/** Storage of a table while it is written to. */
export interface Writable {
  readonly columns: Index;
  readonly data: Column[];
  index: Index;
  /** Columns whose storage nobody else holds: a cell of those is written without a copy. */
  readonly own: Set<Column>;
  /** Adds or replaces a column. */
  assign(name: unknown, value: unknown): void;
}

/** `loc.set(rows, columns, value)` and `loc.set(rows, value)`; a label or column that does not exist is added. */
export function writeTable(table: Writable, args: readonly unknown[], byLabel: boolean): void {
  const [rows, columns] = args;
  const value = args.at(-1);
  if (byLabel && args.length === 2 && addRow(table, rows, value)) return;
  const at = byLabel ? rowsToWrite(table, rows) : rowsByPosition(table.index, rows, 'a table');
  const lines = typeof at === 'number' ? Int32Array.of(at) : at;
  const which = args.length < 3 ? Int32Array.from(table.data.keys()) : columnsToWrite(table, columns, byLabel);
  const list = which.length > 1 ? listOf(value) : null;
  which.forEach((c, k) => {
    const old = table.data[c] ?? columnFrom([]);
    // A list for one row and several columns goes one value to each column.
    const part = list !== null && lines.length === 1 && list.length === which.length ? list[k] : value;
    const fresh = writeCells(old, lines, valuesFor(part, lines, table.index), table.own.has(old));
    table.data[c] = fresh;
    table.own.delete(old);
    table.own.add(fresh);
  });
}

/** A list, mask or slice, and no label: a time is one. */
export function isSelector(rows: unknown): boolean {
  return typeof rows === 'object' && rows !== null && !isDateLike(rows);
}

function rowsToWrite(table: Writable, rows: unknown): number | Positions {
  if (isSelector(rows) || tryLabel(table.index, rows) !== null) return rowsByLabel(table.index, rows);
  table.index = table.index.append(makeIndex([rows]));
  table.data.forEach((column, c) => {
    const gap = missingColumn(1, column.kind === 'int64' ? 'float64' : column.kind);
    table.data[c] = concatColumns([column, gap]);
  });
  return table.index.length - 1;
}

/** A whole new row, so that whole numbers may stay whole. */
function addRow(table: Writable, label: unknown, value: unknown): boolean {
  if (isSelector(label) || typeof label === 'function' || tryLabel(table.index, label) !== null) return false;
  const row = isSeries(value) ? value.reindex(table.columns).tolist() : listOf(value);
  if (row !== null && row.length !== table.data.length) {
    throw badTable(`${row.length} values do not fit ${table.data.length} columns.`);
  }
  table.data.forEach((column, c) => {
    table.data[c] = concatColumns([column, columnFrom([row === null ? value : row[c]])]);
  });
  table.index = table.index.append(makeIndex([label]));
  return true;
}

function columnsToWrite(table: Writable, columns: unknown, byLabel: boolean): Int32Array {
  if (byLabel) {
    for (const name of listOf(columns) ?? [columns]) {
      if (typeof name === 'string' && tryLabel(table.columns, name) === null) table.assign(name, NaN);
    }
  }
  const found = byLabel ? rowsByLabel(table.columns, columns) : rowsByPosition(table.columns, columns, 'the columns');
  return typeof found === 'number' ? Int32Array.of(found) : found;
}

/** The cells of a new column for rows of this index: a Series is put in their order, a list must fit, one value repeats. */
export function columnForRows(value: unknown, index: Index): Column {
  if (isSeries(value)) {
    return value.index.equals(index) ? value[COLUMN] : takeColumn(value[COLUMN], value.index.rowsOf(index));
  }
  const list = ArrayBuffer.isView(value) && !(value instanceof DataView) ? (value as Float64Array) : listOf(value);
  if (list === null) return constantColumn(value, index.length);
  if (list.length === index.length) return columnFrom(list);
  throw badTable(`the new column has ${list.length} cells, the table ${index.length} rows; make them the same.`);
}

/** A copy of the column with other cells at these rows; its dtype grows when it cannot hold them. */
export function writeCells(column: Column, rows: ArrayLike<number>, values: readonly unknown[], own: boolean): Column {
  const target = fitting(column, values);
  const same = target === column;
  if (target.kind === 'object') {
    const data = [...target.data];
    for (let k = 0; k < rows.length; k += 1) data[rows[k] ?? 0] = values[k % values.length];
    return objects(data);
  }
  const data = same && own ? target.data : target.data.slice();
  const given = inferColumn(values);
  for (let k = 0; k < rows.length; k += 1) {
    const from = k % values.length;
    data[rows[k] ?? 0] = given.kind === 'object' ? NaN : (given.data[from] ?? NaN);
  }
  if (data instanceof Uint8Array) return bools(data);
  return { kind: target.kind === 'bool' ? 'float64' : target.kind, data };
}

/** The column in a dtype that can hold the values too. */
function fitting(column: Column, values: readonly unknown[]): Column {
  if (column.kind === 'object') return column;
  const given = inferColumn(values);
  const gap = values.every(isMissingValue);
  if (given.kind === column.kind) return column;
  if (column.kind === 'float64' && (given.kind === 'int64' || gap)) return column;
  if (column.kind === 'int64' && (given.kind === 'float64' || gap)) return { kind: 'float64', data: column.data };
  if (column.kind === 'datetime64[ns]' && gap) return column;
  return objects(Array.from({ length: column.data.length }, (_, i) => cell(column, i)));
}

/** The values that go to these rows, one a row or one for all. A Series is put in the order of their labels. */
export function valuesFor(value: unknown, rows: ArrayLike<number>, index: Index): readonly unknown[] {
  if (isSeries(value)) {
    const from = value.index.rowsOf(index.take(Int32Array.from(rows)));
    const column = takeColumn(value[COLUMN], from);
    return Array.from({ length: rows.length }, (_, i) => cell(column, i));
  }
  const list = listOf(value);
  if (list === null) return [value];
  if (list.length === rows.length) return list;
  throw badTable(`${list.length} values do not fit ${rows.length} rows; give one value or as many as rows.`);
}
