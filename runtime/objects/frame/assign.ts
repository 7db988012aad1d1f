import { bools, cell, isMissingValue, objects } from './column/column.ts';
import type { Column } from './column/column.ts';
import { columnFrom, constantColumn, inferColumn } from './column/infer.ts';
import { takeColumn } from './column/take.ts';
import { badTable } from './errors.ts';
import { listOf } from './select.ts';
import { COLUMN, isSeries } from './store.ts';
import type { Index } from './types.ts';

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
