import type { DataColumn } from '../table.ts';

/** Rows that belong together: the number of each row's group, in the order in which groups first come up, and each one's first row. */
export interface Groups {
  readonly of: Int32Array;
  readonly first: Int32Array;
}

/** Rows with the same values in all columns; what is missing is the same as what is missing. */
export function groupRows(columns: readonly DataColumn[], rows: number): Groups {
  let of = new Int32Array(rows);
  let count = Math.min(rows, 1);
  for (const { values } of columns) {
    const own = numbered(rows, (row) => values[row] ?? null);
    const before = of;
    const joined = numbered(rows, (row) => (before[row] ?? 0) * own.count + (own.of[row] ?? 0));
    of = joined.of;
    count = joined.count;
  }
  const first = new Int32Array(count).fill(-1);
  for (let row = rows - 1; row >= 0; row -= 1) first[of[row] ?? 0] = row;
  return { of, first };
}

/** All rows together, also when there are none. */
export function oneGroup(rows: number): Groups {
  return { of: new Int32Array(rows), first: Int32Array.of(rows > 0 ? 0 : -1) };
}

/** A Map takes NaN for equal to NaN. */
function numbered(
  rows: number,
  value: (row: number) => number | string | null,
): { readonly of: Int32Array<ArrayBuffer>; readonly count: number } {
  const known = new Map<number | string | null, number>();
  const of = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const key = value(row);
    const number = known.get(key) ?? known.size;
    if (number === known.size) known.set(key, number);
    of[row] = number;
  }
  return { of, count: known.size };
}
