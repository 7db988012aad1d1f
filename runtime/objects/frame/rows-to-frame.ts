import { cell } from './column/column.ts';
import { inferColumn } from './column/infer.ts';
import { floatColumn } from './column/take.ts';
import { makeFrame } from './factory.ts';
import { COLUMN } from './store.ts';
import type { DataFrame, Index, Series } from './types.ts';

/** A table whose rows are these Series, under the labels of the first and whatever the others have beside them. */
export function seriesRows(rows: readonly Series<unknown>[], index: Index): DataFrame {
  const columns = rows.reduce<Index | null>((all, row) => {
    if (all === null || all.equals(row.index)) return all ?? row.index;
    return all.append(row.index).unique();
  }, null);
  if (columns === null) return makeFrame(index.slice(0, 0), [], index);
  const at = rows.map((row) => row.index.rowsOf(columns));
  const stores = rows.map((row) => row[COLUMN]);
  const floats = stores.every((store) => store.kind === 'float64');
  const data = Array.from({ length: columns.length }, (_, c) => {
    const column = inferColumn(
      stores.map((store, r) => {
        const from = at[r]?.[c] ?? -1;
        return from < 0 ? NaN : cell(store, from);
      }),
    );
    return floats ? floatColumn(column) : column;
  });
  return makeFrame(columns, data, index);
}
