import type { Named } from '../args.ts';
import { columnFrom } from '../column/dtypes.ts';
import { concatColumns, takeColumn } from '../column/take.ts';
import { makeFrame, makeIndex, makeRange } from '../factory.ts';
import { cellsOf, columnOf, listOf } from '../selection/select.ts';
import { DATA, NAMES } from '../store.ts';
import type { DataFrame } from '../types.ts';

/** Wide to long: the names of the value columns go into one column, their cells into another. */
export function meltTable(table: DataFrame, a: Named): DataFrame {
  const ids = a['id_vars'] === undefined || a['id_vars'] === null ? [] : (listOf(a['id_vars']) ?? [a['id_vars']]);
  const given =
    a['value_vars'] === undefined || a['value_vars'] === null ? null : (listOf(a['value_vars']) ?? [a['value_vars']]);
  // By place, since names may repeat.
  const all = Array.from(table[DATA].keys());
  const places =
    given === null
      ? all.filter((at) => !ids.includes(table[NAMES].labelAt(at)))
      : given.map((name) => columnOf(table, name));
  const values = places.map((at) => table[NAMES].labelAt(at));
  const n = table.length;
  const rows = Int32Array.from({ length: n * values.length }, (_, i) => i % n);
  const which = Int32Array.from({ length: n * values.length }, (_, i) => Math.floor(i / n));
  const names = [...ids, a['var_name'] ?? table[NAMES].name ?? 'variable', a['value_name'] ?? 'value'];
  const data = [
    ...ids.map((name) => takeColumn(cellsOf(table, name), rows)),
    takeColumn(columnFrom(values), which),
    concatColumns(places.map((at) => table[DATA][at] ?? columnFrom([]))),
  ];
  return makeFrame(
    makeIndex(names),
    data,
    a['ignore_index'] === false ? table.index.take(rows) : makeRange(rows.length),
  );
}
