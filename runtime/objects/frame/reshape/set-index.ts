import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/infer.ts';
import { badTable, unknownColumn } from '../errors.ts';
import { makeFrame, makeLevels } from '../factory.ts';
import { COLUMN, DATA, isIndex, isSeries } from '../store.ts';
import type { DataFrame } from '../types.ts';

/** Columns (or lists of labels) as row labels. */
export function setIndex(table: DataFrame, keys: unknown, drop: boolean, append: boolean): DataFrame {
  const list = Array.isArray(keys) ? (keys as readonly unknown[]) : [keys];
  const used = new Set<number>();
  const parts = list.map((key): { readonly column: Column; readonly name: string | null } => {
    if (isSeries(key)) return { column: key[COLUMN], name: key.name };
    if (isIndex(key)) return { column: key.levels[0] ?? columnFrom([]), name: key.name };
    if (Array.isArray(key) || ArrayBuffer.isView(key))
      return { column: columnFrom(key as readonly unknown[]), name: null };
    const at = table.names.rowOf(key);
    const column = table[DATA][at];
    if (column === undefined) throw unknownColumn(key, table.names);
    used.add(at);
    return { column, name: key as string };
  });
  for (const { column } of parts) {
    if (column.data.length !== table.length)
      throw badTable(`${column.data.length} labels do not fit ${table.length} rows.`);
  }
  const old = append ? table.index.levels : [];
  const oldNames = append ? table.index.names : [];
  const index = makeLevels(
    [...old, ...parts.map((part) => part.column)],
    [...oldNames, ...parts.map((part) => part.name)],
  );
  const stay = Array.from(table[DATA].keys()).filter((at) => !drop || !used.has(at));
  const data = stay.flatMap((at) => table[DATA].slice(at, at + 1));
  return makeFrame(table.names.take(Int32Array.from(stay)), data, index);
}
