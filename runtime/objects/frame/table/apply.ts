import type { AnyFunction } from '../args.ts';
import { columnFrom } from '../column/infer.ts';
import { makeFrame, makeSeries } from '../factory.ts';
import { seriesRows } from '../rows-to-frame.ts';
import { COLUMN, isSeries } from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { rowOf } from './part.ts';

/** A function of each column (axis 0) or row (axis 1); values make a Series, Series make a table. */
export function applyTable(
  table: DataFrame,
  apply: AnyFunction,
  axis: 0 | 1,
  args: readonly unknown[],
): DataFrame & Series {
  const { names, index } = table;
  const results =
    axis === 0
      ? Array.from({ length: names.length }, (_, i) => apply(table.columnAt(i), ...args))
      : Array.from({ length: table.length }, (_, row) => apply(rowOf(table, row, null), ...args));
  const labels = axis === 0 ? names : index;
  if (results.length === 0 || !results.every(isSeries)) {
    return makeSeries(columnFrom(results), labels) as unknown as DataFrame & Series; // one value each
  }
  if (axis === 1) return seriesRows(results, index) as unknown as DataFrame & Series; // a row each
  const [first] = results;
  const rows = first?.index ?? index;
  const data = results.map((one) => (one.index.equals(rows) ? one[COLUMN] : one.reindex(rows)[COLUMN]));
  return makeFrame(names, data, rows) as unknown as DataFrame & Series; // a column each
}
