import type { Column } from '../column/column.ts';
import { badTable } from '../errors.ts';
import { makeFrame, makeLevels } from '../factory.ts';
import { groupRows } from '../group/grouping.ts';
import type { GroupKey } from '../group/grouping.ts';
import { factorize } from '../kernel/keys.ts';
import { COLUMN, DATA } from '../store.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import { underNames } from './pivot.ts';
import { stackTable } from './stack.ts';
import { layOut } from './wide.ts';

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
  return makeFrame(underNames(table.names.tolist(), columns.index), data, rows.index);
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
