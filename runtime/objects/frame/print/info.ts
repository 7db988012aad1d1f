import { missingMask } from '../column/column.ts';
import { DATA } from '../store.ts';
import type { DataFrame } from '../types.ts';
import { alignLeft } from './layout.ts';

/** What is in a table: a line a column. */
export function infoText(table: DataFrame): string {
  const names = alignLeft(['Column', ...table.names.tolist().map(String)]);
  const counts = table[DATA].map((column) => missingMask(column).reduce((n, bit) => n + 1 - bit, 0));
  const full = alignLeft(['Non-Null Count', ...counts.map((n) => `${n} non-null`)]);
  const kinds = ['Dtype', ...table[DATA].map((column) => column.kind)];
  const rows = names.map((name, i) => ` ${i === 0 ? '#' : i - 1}   ${name}  ${full[i] ?? ''}  ${kinds[i] ?? ''}`);
  return [`DataFrame: ${table.length} rows x ${table.names.length} columns`, ...rows].join('\n');
}
