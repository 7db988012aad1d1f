import { floatText } from '../column/cast.ts';
import { cell, isMissing } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { DATA } from '../store.ts';
import type { DataFrame } from '../types.ts';

/** JSON as pandas writes it: floats keep their point, missing cells are null, times are epoch ms. */
export function jsonText(table: DataFrame, orient: string): string {
  const names = table.names.tolist().map((name) => JSON.stringify(String(name)));
  const labels = table.index
    .tolist()
    .map((label) => JSON.stringify(String(typeof label === 'object' ? Number(label) : label)));
  const data = table[DATA].map((column) => columnJson(column));
  const row = (r: number): string =>
    object(
      names,
      data.map((column) => column[r] ?? 'null'),
    );
  const rows = labels.map((_, r) => row(r));
  if (orient === 'records') return `[${rows.join(',')}]`;
  if (orient === 'index') return object(labels, rows);
  if (orient === 'values')
    return `[${labels.map((_, r) => `[${data.map((column) => column[r]).join(',')}]`).join(',')}]`;
  if (orient !== 'split')
    return object(
      names,
      data.map((column) => object(labels, column)),
    );
  const lines = labels.map((_, r) => `[${data.map((column) => column[r]).join(',')}]`);
  const keys = table.index.tolist().map((label) => JSON.stringify(typeof label === 'object' ? Number(label) : label));
  return `{"columns":[${names.join(',')}],"index":[${keys.join(',')}],"data":[${lines.join(',')}]}`;
}

function object(keys: readonly string[], values: readonly string[]): string {
  return `{${keys.map((key, i) => `${key}:${values[i] ?? 'null'}`).join(',')}}`;
}

function columnJson(column: Column): string[] {
  return Array.from({ length: column.data.length }, (_, i) => {
    if (isMissing(column, i)) return 'null';
    if (column.kind === 'float64') return Number.isFinite(column.data[i]) ? floatText(column.data[i] ?? 0) : 'null';
    if (column.kind === 'datetime64[ns]') return String(column.data[i]);
    return JSON.stringify(cell(column, i));
  });
}
