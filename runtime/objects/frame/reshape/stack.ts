import { missingMask } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { factorize } from '../column/keys.ts';
import { concatColumns, maskPositions, takeColumn } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { makeFrame, makeLevels, makeSeries } from '../factory.ts';
import { groupRows } from '../groupby/grouping.ts';
import type { GroupKey } from '../groupby/grouping.ts';
import { COLUMN, DATA, NAMES, ROWS } from '../store.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import { layOut, underNames } from './pivot.ts';

/** Columns become the last level of the row labels, row by row. */
export function stackTable(table: DataFrame, dropna: boolean): Series<unknown> | DataFrame {
  if (table[NAMES].nlevels > 1) return stackLast(table, dropna);
  const width = table[NAMES].length;
  const all = concatColumns(table[DATA]);
  // Cells lie column by column; stacked ones go row by row.
  const order = Int32Array.from(
    { length: table.length * width },
    (_, i) => (i % width) * table.length + Math.floor(i / width),
  );
  const rows = Int32Array.from(order.keys(), (i) => Math.floor(i / width));
  const columns = Int32Array.from(order.keys(), (i) => i % width);
  const stacked = takeColumn(all, order);
  const levels = [
    ...table.index.levels.map((level) => takeColumn(level, rows)),
    ...table[NAMES].levels.map((level) => takeColumn(level, columns)),
  ];
  const series = makeSeries<unknown>(stacked, makeLevels(levels, [...table.index.names, ...table[NAMES].names]));
  return dropna ? series[ROWS](maskPositions(missingMask(stacked).map((bit) => 1 - bit))) : series;
}

/** Two levels of columns: the last becomes a level of the rows, the first stays. */
function stackLast(table: DataFrame, dropna: boolean): DataFrame {
  const [outer, inner] = table[NAMES].levels;
  if (outer === undefined || inner === undefined || table[NAMES].nlevels > 2)
    throw badTable('stack() knows columns of two levels at most.');
  const groups = factorize(outer, true);
  const labels = factorize(inner, true);
  const width = labels.labels.data.length;
  const total = table.length * width;
  const rows = Int32Array.from({ length: total }, (_, i) => Math.floor(i / width));
  const which = Int32Array.from({ length: total }, (_, i) => i % width);
  const data = Array.from({ length: groups.labels.data.length }, (_, g): Column => {
    const parts = Array.from({ length: width }, (_, l) => {
      const at = groups.codes.findIndex((code, c) => code === g && labels.codes[c] === l);
      return at < 0 ? null : (table[DATA][at] ?? null);
    });
    const present = parts.filter((part) => part !== null);
    const all = concatColumns(present);
    const starts = parts.map((part) => (part === null ? -1 : present.indexOf(part) * table.length));
    const from = Int32Array.from({ length: total }, (_, i) => {
      const start = starts[which[i] ?? 0] ?? -1;
      return start < 0 ? -1 : start + (rows[i] ?? 0);
    });
    return takeColumn(all, from);
  });
  const levels = [...table.index.levels.map((level) => takeColumn(level, rows)), takeColumn(labels.labels, which)];
  const index = makeLevels(levels, [...table.index.names, table[NAMES].names[1] ?? null]);
  const stacked = makeFrame(makeLevels([groups.labels], [table[NAMES].names[0] ?? null]), data, index);
  return dropna ? stacked.dropna({ how: 'all' }) : stacked;
}

/** A level of the row labels becomes the columns. */
export function unstackSeries(series: Series<unknown>, level: number | string, fill?: unknown): DataFrame {
  const { rows, columns } = axesOf(series.index, level);
  const data = layOut(series[COLUMN], rows.codes, columns.codes, {
    height: rows.index.length,
    width: columns.index.length,
    fill,
  });
  return makeFrame(columns.index, data, rows.index);
}

export function unstackFrame(table: DataFrame, level: number | string, fill?: unknown): DataFrame {
  if (table.index.nlevels === 1) return stackTable(table.T, false) as unknown as DataFrame; // pandas gives a Series here
  const { rows, columns } = axesOf(table.index, level);
  const data = table[DATA].flatMap((column: Column) =>
    layOut(column, rows.codes, columns.codes, { height: rows.index.length, width: columns.index.length, fill }),
  );
  return makeFrame(underNames(table[NAMES].tolist(), columns.index), data, rows.index);
}

function axesOf(index: Index, level: number | string): Record<'rows' | 'columns', { codes: Int32Array; index: Index }> {
  if (index.nlevels < 2)
    throw badTable(
      'unstack() needs row labels of two levels; groupby(["a", "b"]) and set_index(["a", "b"]) make them.',
    );
  const at = index.levelOf(level);
  const [own] = index.levels.slice(at, at + 1);
  const rest = index.levels.flatMap((column, i): GroupKey[] =>
    i === at ? [] : [{ column, name: index.names[i] ?? null, own: false }],
  );
  const columns = factorize(own ?? { kind: 'object', data: [] }, true);
  return {
    rows: groupRows(rest, { sort: true, dropna: true }),
    columns: { codes: columns.codes, index: makeLevels([columns.labels], [index.names[at] ?? null]) },
  };
}
