import type { DataColumn } from '../table.ts';
import { at, countable, mapRows } from './vectors.ts';
import type { NumberColumn } from './vectors.ts';

// SQL knows true (1), false (0) and unknown (NaN).

/** False as soon as one is false, else unknown as soon as one is. */
export function all(columns: readonly DataColumn[], rows: number): NumberColumn {
  const parts = columns.map((column) => countable(column, 'and').values);
  return mapRows('flag', rows, (row) => {
    let result = 1;
    for (const values of parts) {
      const value = at(values, row);
      if (value === 0) return 0;
      if (Number.isNaN(value)) result = value;
    }
    return result;
  });
}

/** True as soon as one is true, else unknown as soon as one is. */
export function some(columns: readonly DataColumn[], rows: number): NumberColumn {
  const parts = columns.map((column) => countable(column, 'or').values);
  return mapRows('flag', rows, (row) => {
    let result = 0;
    for (const values of parts) {
      const value = at(values, row);
      if (Number.isNaN(value)) result = value;
      else if (value !== 0) return 1;
    }
    return result;
  });
}

export function negated(column: DataColumn): NumberColumn {
  const { values } = countable(column, 'not');
  return mapRows('flag', values.length, (row) => opposite(at(values, row)));
}

function opposite(value: number): number {
  if (Number.isNaN(value)) return value;
  return value === 0 ? 1 : 0;
}

/** The rows for which a condition is true, neither false nor unknown. */
export function trueRows(column: DataColumn): Int32Array {
  const { values } = countable(column, 'a condition');
  const rows = new Int32Array(values.length);
  let found = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = at(values, row);
    if (value === 0 || Number.isNaN(value)) continue;
    rows[found] = row;
    found += 1;
  }
  return rows.subarray(0, found);
}
