import type { Column } from '../column/column.ts';
import { sliceColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { takeFilled } from '../relabel.ts';

interface Sizes {
  readonly height: number;
  readonly width: number;
  readonly fill?: unknown;
}

/** Cells of one long column laid out by row and column number; missing where there is none. BAD_TABLE when two meet. */
export function layOut(column: Column, rows: Positions, columns: Positions, { height, width, fill }: Sizes): Column[] {
  const from = new Int32Array(height * width).fill(-1);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? -1;
    const at = columns[i] ?? -1;
    if (row < 0 || at < 0) continue;
    const place = at * height + row;
    if ((from[place] ?? -1) >= 0) {
      throw badTable(
        'several rows have the same row and column; use pivot_table() with an aggfunc, or drop_duplicates() first.',
      );
    }
    from[place] = i;
  }
  if (width === 0) return [];
  // Taken at once: one gap anywhere makes every column float64, as in pandas.
  const all = takeFilled(column, from, fill);
  return Array.from({ length: width }, (_, c) => sliceColumn(all, c * height, (c + 1) * height));
}
