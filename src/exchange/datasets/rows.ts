import type { Dataset } from '../../domain/data/datasets.ts';
import type { DataColumn, DataTable } from '../../domain/data/table.ts';
import { tableOf } from '../../domain/data/table.ts';

type Columns = NonNullable<Dataset['columns']>;
type Cell<K> = K extends 'text' ? string | null : number;
/** A row of a data set: the kinds of its columns as values. */
export type RowOf<C extends Columns> = { readonly [K in keyof C]: Cell<C[K]> };

/** The table of these rows, in the columns of a data set's definition. */
export function tableOfRows<C extends Columns>(columns: C, rows: readonly RowOf<C>[]): DataTable {
  const made: Record<string, DataColumn> = {};
  for (const [name, kind] of Object.entries(columns)) {
    const values = rows.map((row) => row[name]);
    made[name] =
      kind === 'text'
        ? { kind, values: values as readonly (string | null)[] }
        : { kind, values: Float64Array.from(values as readonly number[]) }; // RowOf says so
  }
  return tableOf(made);
}
