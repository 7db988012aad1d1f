import { badArgument } from '../../../api/arguments.ts';
import type { Named } from '../args.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { concatColumns, takeColumn } from '../column/take.ts';
import { makeFrame, makeIndex, makeRange } from '../factory.ts';
import { columnOf, listOf } from '../selection/select.ts';
import { DATA, NAMES } from '../store.ts';
import type { DataFrame, Index } from '../types.ts';

/** Wide to long: the names of the value columns go into one column (one for each level), their cells into another. */
export function meltTable(table: DataFrame, a: Named): DataFrame {
  const names = table[NAMES];
  const ids = a['id_vars'] === undefined || a['id_vars'] === null ? [] : (listOf(a['id_vars']) ?? [a['id_vars']]);
  const given =
    a['value_vars'] === undefined || a['value_vars'] === null ? null : (listOf(a['value_vars']) ?? [a['value_vars']]);
  // By place, since names may repeat.
  const kept = ids.map((name) => columnOf(table, name));
  const places =
    given === null
      ? Array.from(table[DATA].keys()).filter((at) => !kept.includes(names.rowOf(names.labelAt(at))))
      : given.map((name) => columnOf(table, name));
  const values = names.take(Int32Array.from(places));
  const n = table.length;
  const rows = Int32Array.from({ length: n * places.length }, (_, i) => i % n);
  const which = Int32Array.from({ length: n * places.length }, (_, i) => Math.floor(i / n));
  const cellsAt = (at: number): Column => table[DATA][at] ?? columnFrom([]);
  const data = [
    ...kept.map((at) => takeColumn(cellsAt(at), rows)),
    ...values.levels.map((level) => takeColumn(level, which)),
    concatColumns(places.map(cellsAt)),
  ];
  return makeFrame(
    makeIndex([...ids, ...variableNames(names, a['var_name']), a['value_name'] ?? 'value']),
    data,
    a['ignore_index'] === false ? table.index.take(rows) : makeRange(rows.length),
  );
}

/** What the columns with the names are called. */
function variableNames({ nlevels, names }: Index, wanted: unknown): unknown[] {
  const list = listOf(wanted) ?? [wanted ?? null];
  if (nlevels === 1) return [wanted ?? names[0] ?? 'variable'];
  if (wanted !== undefined && wanted !== null && list.length !== nlevels)
    throw badArgument('melt()', `var_name needs a name for each of the ${nlevels} levels of the columns.`);
  return names.map((name, level) => list[level] ?? name ?? `variable_${level}`);
}
