import { badArgument } from '../../../api/arguments.ts';
import { isFunction, pairsOf } from '../args.ts';
import type { Named } from '../args.ts';
import { isNumeric, missingMask } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { factorize } from '../column/keys.ts';
import { REDUCERS } from '../column/reduce.ts';
import type { Reducer } from '../column/reduce.ts';
import { labelOrder } from '../column/sorting.ts';
import { maskPositions, sliceColumn, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { makeFrame, makeLevels } from '../factory.ts';
import { groupPositions, groupRows } from '../groupby/grouping.ts';
import type { Grouping, GroupKey } from '../groupby/grouping.ts';
import { reduceGroups } from '../groupby/reduce.ts';
import { fillWith, takeFilled } from '../column/transforms.ts';
import { concatTables } from '../joining/concat.ts';
import { cellsOf, listOf } from '../selection/select.ts';
import { COLUMNS_AT, DATA, MAP_COLUMNS, NAMES, ROWS } from '../store.ts';
import type { DataFrame, Index } from '../types.ts';

/** A statistic of `values` for each pair of labels; mean unless `aggfunc` says otherwise. */
export function pivotTable(table: DataFrame, a: Named): DataFrame {
  const rowNames = a['index'] === undefined || a['index'] === null ? [] : (listOf(a['index']) ?? [a['index']]);
  const columnNames =
    a['columns'] === undefined || a['columns'] === null ? [] : (listOf(a['columns']) ?? [a['columns']]);
  if (rowNames.length + columnNames.length === 0) throw badArgument('pivot_table()', 'needs index or columns.');
  const keys = [...rowNames, ...columnNames].map((name): GroupKey => ({
    column: cellsOf(table, name),
    name: name as string,
    own: true,
  }));
  const grouped = groupRows(keys, { sort: true, dropna: true });
  const by = a['aggfunc'] ?? 'mean';
  if (Array.isArray(by) && by.length > 1) {
    const parts = by.map((one: unknown) => pivotTable(table, { ...a, aggfunc: one }));
    return concatTables(parts, { axis: 1, keys: by }) as DataFrame;
  }
  const { values, single } = valuesOf(table, a['values'], [...rowNames, ...columnNames], by);
  const all = values.map((name) => aggregated(table, name, grouped, functionFor(by, name)));
  const { groups, blocks } = withoutEmpty(grouped, all);
  const wide =
    columnNames.length === 0 ? tall(values, blocks, groups) : laidOut(values, blocks, groups, rowNames.length, single);
  const shaped = rowNames.length === 0 ? wide.T : wide;
  const filled =
    a['fill_value'] === undefined || a['fill_value'] === null
      ? shaped
      : shaped[MAP_COLUMNS]((column) => downcast(fillWith(column, a['fill_value'], Infinity)));
  return dropEmpty(filled);
}

function valuesOf(
  table: DataFrame,
  given: unknown,
  keys: readonly unknown[],
  by: unknown,
): { values: readonly unknown[]; single: boolean } {
  if (given !== undefined && given !== null) {
    const list = listOf(given);
    return { values: list === null ? [given] : [...list].sort(labelOrder), single: list === null };
  }
  const dict = pairsOf(by);
  if (dict !== null) return { values: dict.map(([name]) => name).sort(labelOrder), single: false };
  const rest = table[NAMES].tolist().filter((name) => !keys.includes(name));
  const numbers = rest.filter((name) => isNumeric(cellsOf(table, name)));
  return { values: [...(by === 'count' ? rest : numbers)].sort(labelOrder), single: false };
}

function functionFor(by: unknown, name: unknown): unknown {
  const dict = pairsOf(by);
  return dict === null ? by : (dict.find(([key]) => key === name)?.[1] ?? 'mean');
}

function aggregated(table: DataFrame, name: unknown, groups: Grouping, by: unknown): Column {
  const column = cellsOf(table, name);
  const fn = Array.isArray(by) && by.length === 1 ? (by[0] as unknown) : by;
  if ((REDUCERS as readonly unknown[]).includes(fn)) {
    const result = reduceGroups(column, groups.codes, groups.index.length, fn as Reducer);
    return column.kind === 'int64' ? downcast(result) : result; // of whole numbers pandas keeps what stays whole
  }
  if (!isFunction(fn))
    throw badArgument('pivot_table()', "aggfunc is one name ('mean', 'sum', 'count' …) or a function.");
  const series = table.col(name as string);
  return columnFrom(groupPositions(groups.codes, groups.index.length).map((rows) => fn(series[ROWS](rows))));
}

function tall(values: readonly unknown[], blocks: readonly Column[], groups: Grouping): DataFrame {
  return makeFrame(makeLevels([columnFrom(values)], [null]), blocks, groups.index);
}

/** Groups of (rows, columns) become rows and columns. */
function laidOut(
  values: readonly unknown[],
  blocks: readonly Column[],
  groups: Grouping,
  rowLevels: number,
  single: boolean,
): DataFrame {
  const rows = part(groups.index, 0, rowLevels);
  const columns = part(groups.index, rowLevels, groups.index.nlevels);
  const data = blocks.flatMap((block) =>
    layOut(block, rows.codes, columns.codes, { height: rows.index.length, width: columns.index.length }),
  );
  return makeFrame(single ? columns.index : underNames(values, columns.index), data, rows.index);
}

function part(index: Index, from: number, to: number): Grouping {
  const levels = index.levels.slice(from, to);
  if (levels.length === 0) {
    const codes = new Int32Array(index.length);
    return { codes, index: makeLevels([columnFrom([0])], [null]), keys: [] };
  }
  const keys = levels.map((column, i): GroupKey => ({ column, name: index.names[from + i] ?? null, own: false }));
  if (keys.length > 1) return groupRows(keys, { sort: true, dropna: true });
  const [only] = levels;
  const { codes, labels } = factorize(only ?? columnFrom([]), true);
  return { codes, index: makeLevels([labels], [index.names[from] ?? null]), keys: [] };
}

/** Groups without a single value are left out. */
function withoutEmpty(groups: Grouping, blocks: readonly Column[]): { groups: Grouping; blocks: readonly Column[] } {
  const gaps = blocks.map(missingMask);
  const rows = Int32Array.from({ length: groups.index.length }, (_, g) => g).filter(
    (g) => gaps.length === 0 || gaps.some((gap) => gap[g] === 0),
  );
  if (rows.length === groups.index.length) return { groups, blocks };
  return {
    groups: { ...groups, index: groups.index.take(rows) },
    blocks: blocks.map((block) => takeColumn(block, rows)),
  };
}

/** pandas makes whole numbers of filled columns again where it can. */
function downcast(column: Column): Column {
  return column.kind === 'float64' && column.data.every(Number.isInteger)
    ? { kind: 'int64', data: column.data }
    : column;
}

/** pandas leaves out columns without a single value. */
function dropEmpty(table: DataFrame): DataFrame {
  const full = table[DATA].map((column) => Number(column.data.length === 0 || missingMask(column).includes(0)));
  return full.includes(0) ? table[COLUMNS_AT](maskPositions(Uint8Array.from(full)), false) : table;
}

/** Long to wide: one row a label of `index`, one column a label of `columns`. */
export function pivot(table: DataFrame, a: Named): DataFrame {
  if (a['columns'] === undefined)
    throw badArgument('pivot()', "needs columns: pivot({ index: 'time', columns: 'code', values: 'close' }).");
  const rows = a['index'] === undefined ? byLabels(table) : keysOf(table, a['index']);
  const columns = keysOf(table, a['columns']);
  const keys = [...rows.keys, ...columns.keys];
  const wanted = a['values'] ?? table[NAMES].tolist().filter((name) => !keys.includes(String(name)));
  const single = listOf(wanted) === null;
  const values = listOf(wanted) ?? [wanted];
  const blocks = values.map((name) =>
    layOut(cellsOf(table, name), rows.codes, columns.codes, { height: rows.index.length, width: columns.index.length }),
  );
  const names = single ? columns.index : underNames(values, columns.index);
  return makeFrame(names, blocks.flat(), rows.index);
}

/** Groups by columns; a missing key of one column is a label too, the first, as in pandas. */
function keysOf(table: DataFrame, names: unknown): Grouping {
  const list = listOf(names) ?? [names];
  const gaps = list.some((name) => missingMask(cellsOf(table, name)).includes(1));
  if (!gaps) return groupsOf(table, names);
  if (list.length > 1) throw badTable('pivot() by several columns needs keys without gaps; dropna() first.');
  const key = { column: cellsOf(table, list[0]), name: list[0] as string, own: true };
  const { codes, index, keys } = groupRows([key], { sort: true, dropna: false });
  const last = index.length - 1; // where missing keys are sorted to
  const turned = codes.map((code) => (code === last ? 0 : code + 1));
  return {
    codes: turned,
    index: index.take(Int32Array.from({ length: last + 1 }, (_, i) => (i === 0 ? last : i - 1))),
    keys,
  };
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

/** Two levels of column names: the value, then the label. */
export function underNames(values: readonly unknown[], labels: Index): Index {
  const outer = Int32Array.from(values.flatMap((_, v) => Array.from({ length: labels.length }, () => v)));
  const inner = Int32Array.from(values.flatMap(() => Array.from({ length: labels.length }, (_, i) => i)));
  const levels = [takeColumn(columnFrom(values), outer), ...labels.levels.map((level) => takeColumn(level, inner))];
  return makeLevels(levels, [null, ...labels.names]);
}

interface Sizes {
  readonly height: number;
  readonly width: number;
  readonly fill?: unknown;
}

/** Cells of one long column laid out by row and column number; missing where there is none. BAD_TABLE when two meet. */
export function layOut(column: Column, rows: Positions, columns: Positions, { height, width, fill }: Sizes): Column[] {
  const from = new Int32Array(height * width).fill(-1);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? -1;
    const at = columns[i] ?? -1;
    if (row < 0 || at < 0) continue;
    const place = at * height + row;
    if ((from[place] ?? -1) >= 0) {
      throw badTable(
        'several rows have the same row and column; use pivot_table() with an aggfunc, or drop_duplicates() first.',
      );
    }
    from[place] = i;
  }
  if (width === 0) return [];
  // Taken at once: one gap anywhere makes every column float64, as in pandas.
  const all = takeFilled(column, from, fill);
  return Array.from({ length: width }, (_, c) => sliceColumn(all, c * height, (c + 1) * height));
}
