import type { Named } from '../args.ts';
import { columnFrom } from '../column/infer.ts';
import { concatColumns, takeColumn } from '../column/take.ts';
import { makeFrame, makeIndex, makeRange } from '../factory.ts';
import { listOf } from '../select.ts';
import type { DataFrame } from '../types.ts';
import { cellsOf } from './pivot.ts';

/** Wide to long: the names of the value columns go into one column, their cells into another. */
export function meltTable(table: DataFrame, a: Named): DataFrame {
  const ids = a['id_vars'] === undefined ? [] : (listOf(a['id_vars']) ?? [a['id_vars']]);
  const given = a['value_vars'] === undefined ? null : (listOf(a['value_vars']) ?? [a['value_vars']]);
  const values = given ?? table.names.tolist().filter((name) => !ids.includes(name));
  const n = table.length;
  const rows = Int32Array.from({ length: n * values.length }, (_, i) => i % n);
  const which = Int32Array.from({ length: n * values.length }, (_, i) => Math.floor(i / n));
  const names = [...ids, a['var_name'] ?? table.names.name ?? 'variable', a['value_name'] ?? 'value'];
  const data = [
    ...ids.map((name) => takeColumn(cellsOf(table, name), rows)),
    takeColumn(columnFrom(values), which),
    concatColumns(values.map((name) => cellsOf(table, name))),
  ];
  return makeFrame(makeIndex(names), data, makeRange(rows.length));
}
