import { badArgument } from '../../../api/arguments.ts';
import type { Named } from '../args.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/infer.ts';
import { takeColumn } from '../column/take.ts';
import { unknownColumn } from '../errors.ts';
import { makeFrame, makeLevels } from '../factory.ts';
import { groupRows } from '../group/grouping.ts';
import type { Grouping, GroupKey } from '../group/grouping.ts';
import { listOf } from '../select.ts';
import { DATA } from '../store.ts';
import type { DataFrame, Index } from '../types.ts';
import { layOut } from './wide.ts';

/** Long to wide: one row a label of `index`, one column a label of `columns`. */
export function pivot(table: DataFrame, a: Named): DataFrame {
  if (a['columns'] === undefined)
    throw badArgument('pivot()', "needs columns: pivot({ index: 'time', columns: 'code', values: 'close' }).");
  const rows = a['index'] === undefined ? byLabels(table) : groupsOf(table, a['index']);
  const columns = groupsOf(table, a['columns']);
  const keys = [...rows.keys, ...columns.keys];
  const wanted = a['values'] ?? table.names.tolist().filter((name) => !keys.includes(String(name)));
  const single = listOf(wanted) === null;
  const values = listOf(wanted) ?? [wanted];
  const blocks = values.map((name) =>
    layOut(cellsOf(table, name), rows.codes, columns.codes, { height: rows.index.length, width: columns.index.length }),
  );
  const names = single ? columns.index : underNames(values, columns.index);
  return makeFrame(names, blocks.flat(), rows.index);
}

function byLabels(table: DataFrame): Grouping {
  const keys = table.index.levels.map((column, i): GroupKey => ({
    column,
    name: table.index.names[i] ?? null,
    own: false,
  }));
  return groupRows(keys, { sort: true, dropna: true });
}

/** Groups of the rows by columns of the table. */
export function groupsOf(table: DataFrame, names: unknown): Grouping {
  const keys = (listOf(names) ?? [names]).map((name): GroupKey => ({
    column: cellsOf(table, name),
    name: name as string,
    own: true,
  }));
  return groupRows(keys, { sort: true, dropna: true });
}

export function cellsOf(table: DataFrame, name: unknown): Column {
  const column = table[DATA][table.names.rowOf(name)];
  if (column === undefined) throw unknownColumn(name, table.names);
  return column;
}

/** Two levels of column names: the value, then the label. */
export function underNames(values: readonly unknown[], labels: Index): Index {
  const outer = Int32Array.from(values.flatMap((_, v) => Array.from({ length: labels.length }, () => v)));
  const inner = Int32Array.from(values.flatMap(() => Array.from({ length: labels.length }, (_, i) => i)));
  const levels = [takeColumn(columnFrom(values), outer), ...labels.levels.map((level) => takeColumn(level, inner))];
  return makeLevels(levels, [null, ...labels.names]);
}
