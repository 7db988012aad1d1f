import { valuesFor, writeCells } from '../assign.ts';
import { missingColumn } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/infer.ts';
import { concatColumns } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { makeIndex } from '../factory.ts';
import { tryLabel } from '../labels/find.ts';
import { listOf, rowsByLabel, rowsByPosition } from '../select.ts';
import { isSeries } from '../store.ts';
import type { Index } from '../types.ts';

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

function rowsToWrite(table: Writable, rows: unknown): number | Positions {
  if (typeof rows === 'object' || tryLabel(table.index, rows) !== null) return rowsByLabel(table.index, rows);
  table.index = table.index.append(makeIndex([rows]));
  table.data.forEach((column, c) => {
    const gap = missingColumn(1, column.kind === 'int64' ? 'float64' : column.kind);
    table.data[c] = concatColumns([column, gap]);
  });
  return table.index.length - 1;
}

/** A whole new row, so that whole numbers may stay whole. */
function addRow(table: Writable, label: unknown, value: unknown): boolean {
  if (typeof label === 'object' || typeof label === 'function' || tryLabel(table.index, label) !== null) return false;
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
