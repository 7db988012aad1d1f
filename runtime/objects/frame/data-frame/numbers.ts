import { missingMask, numbersOf } from '../column/column.ts';
import { asFloats } from '../column/take.ts';
import { DATA } from '../store.ts';
import type { DataFrame } from '../types.ts';

/** The numbers of each row. */
export function rowsOfNumbers(table: DataFrame): Float64Array[] {
  const data = table[DATA].map((column) => numbersOf(column) ?? asFloats(column));
  return Array.from({ length: table.length }, (_, row) => Float64Array.from(data, (column) => column[row] ?? NaN));
}

/** Cells of one row are missing. */
export function missingInRows(table: DataFrame): Float64Array {
  const counts = new Float64Array(table.length);
  for (const column of table[DATA]) {
    const mask = missingMask(column);
    for (let i = 0; i < counts.length; i += 1) counts[i] = (counts[i] ?? 0) + (mask[i] ?? 0);
  }
  return counts;
}
