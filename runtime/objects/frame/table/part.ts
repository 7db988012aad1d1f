import { cell, cells, objects } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/infer.ts';
import { concatColumns, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { makeFrame, makeSeries } from '../factory.ts';
import type { Found } from '../labels/find.ts';
import { RowName } from '../series/row-name.ts';
import { Slice } from '../slice.ts';
import { DATA, isFrame, isSeries } from '../store.ts';
import type { DataFrame, Index, Series } from '../types.ts';

/** A cell, a row, a column or a smaller table, by what was selected on each side (null: all columns). */
export function cellOrPart(table: DataFrame, rows: Found, columns: Found | null): unknown {
  const data = table[DATA];
  if (typeof rows === 'number') {
    if (typeof columns === 'number') return cell(data[columns] ?? columnFrom([]), rows);
    return rowOf(table, rows, columns);
  }
  if (typeof columns === 'number') return table.columnAt(columns).rows(rows);
  if (columns === null) return table.rows(rows);
  const index = table.index.take(rows);
  const parts = Array.from(columns, (at) => takeColumn(data[at] ?? columnFrom([]), rows));
  return makeFrame(table.columns.take(columns) as unknown as DataFrame['index'], parts, index);
}

/** Rows found by the first of several levels lose those levels, as in pandas. */
export function withoutLevels(part: unknown, index: Index, label: unknown, found: Found): unknown {
  if (index.nlevels < 2 || typeof found === 'number' || !(isSeries(part) || isFrame(part))) return part;
  if (label instanceof Slice || isSeries(label) || (typeof label === 'object' && !Array.isArray(label))) return part;
  const parts: readonly unknown[] = Array.isArray(label) ? label : [label];
  if (parts.some((one) => Array.isArray(one) || typeof one === 'boolean') || parts.length >= index.nlevels) return part;
  for (let level = 0; level < parts.length; level += 1) part.index = part.index.droplevel(0);
  return part;
}

/** One row as a Series: its labels are the names of the columns, its name the label of the row. */
export function rowOf(table: DataFrame, row: number, columns: Positions | null): Series<unknown> {
  // pandas takes the row first, then its columns: the row's dtype is that of all of them.
  const across = acrossColumn(table[DATA], row);
  const cells = columns === null ? across : takeColumn(across, columns);
  const names = columns === null ? table.names : table.names.take(columns);
  return makeSeries(cells, names, new RowName(table.index, row));
}

/** The cells of one row in the smallest dtype that holds them: numbers stay numbers, any mixture is object. */
export function acrossColumn(data: readonly Column[], row: number): Column {
  const [first] = data;
  const kinds = new Set(data.map((column) => column.kind));
  const numbers = [...kinds].every((kind) => kind === 'float64' || kind === 'int64');
  if (numbers && first !== undefined) {
    const out = Float64Array.from(data, (column) => (column.data as Float64Array)[row] ?? NaN);
    return { kind: kinds.has('float64') ? 'float64' : 'int64', data: out };
  }
  if (kinds.size === 1 && first !== undefined && first.kind !== 'object') {
    return concatColumns(data.map((column) => takeColumn(column, Int32Array.of(row))));
  }
  return objects(data.map((column) => cell(column, row)));
}

/** Rows as columns. */
export function transposed(table: DataFrame): DataFrame {
  const data = table[DATA];
  const columns = Array.from({ length: table.length }, (_, row) => acrossColumn(data, row));
  return makeFrame(table.index, columns, table.columns as unknown as DataFrame['index']);
}

/** Cells of a table row by row. */
export function rowLists(table: DataFrame): unknown[][] {
  const lists = table[DATA].map(cells);
  return Array.from({ length: table.length }, (_, row) => lists.map((list) => list[row]));
}
