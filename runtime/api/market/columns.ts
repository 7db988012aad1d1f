import type { DataTable } from '../../../src/domain/data/table.ts';
import type { Reader } from '../arguments.ts';
import { listOf } from '../readers.ts';

/** One or some of the columns that a data set has. */
export function readColumns<C extends Readonly<Record<string, unknown>>>(
  columns: C,
): Reader<readonly Extract<keyof C, string>[]> {
  return listOf(Object.keys(columns) as Extract<keyof C, string>[]);
}

/** The table with these columns, in the order asked; null = all it has. */
export function withColumns(table: DataTable, names: readonly string[] | null): DataTable {
  if (names === null) return table;
  const columns = names.flatMap((name) => {
    const column = table.columns.get(name);
    return column === undefined ? [] : [[name, column] as const];
  });
  return { rows: table.rows, columns: new Map(columns) };
}
