import type { AnyFunction } from '../args.ts';
import { columnFrom } from '../column/infer.ts';
import { takeColumn } from '../column/take.ts';
import { concatTables } from '../concat.ts';
import { makeFrame, makeIndex, makeLevels, makeRange, makeSeries } from '../factory.ts';
import { seriesRows } from '../rows-to-frame.ts';
import { isFrame, isSeries } from '../store.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import type { GroupParts } from './core.ts';

/** The results of a function on each group, put together by pandas' rules. */
export function applyGroups(
  groups: GroupParts,
  apply: AnyFunction,
  args: readonly unknown[],
): DataFrame | Series<unknown> {
  const { labels, rows, part, grouped } = groups;
  const results = rows.map((_, g) => apply(part(g), ...args));
  const kept = results.map((_, g) => g).filter((g) => results[g] !== null && results[g] !== undefined);
  const given = kept.map((g) => results[g]);
  const names = kept.length === labels.length ? labels : labels.take(Int32Array.from(kept));
  if (given.length > 0 && given.every(isFrame)) return stacked(given, names, grouped.frame.index, rows);
  if (given.length > 0 && given.every(isSeries)) {
    const [first] = given;
    const same = first !== undefined && given.every((one) => one.index.equals(first.index));
    return same ? summaryRows(given, names) : stacked(given, names, grouped.frame.index, rows);
  }
  const name = grouped.single ? grouped.frame.columns.labelAt(grouped.chosen[0] ?? 0) : null;
  if (grouped.asIndex) return makeSeries(columnFrom(given), names, name);
  const keys = makeIndex([...names.names.map((one, i) => one ?? `level_${i}`), name ?? NaN]);
  return makeFrame(keys, [...names.levels, columnFrom(given)], makeRange(names.length));
}

/** A row for each group; the columns are called as the labels of the Series, under their common name. */
function summaryRows(rows: readonly Series<unknown>[], names: Index): DataFrame {
  const table = seriesRows(rows, names);
  const [first] = rows;
  return first === undefined || first.index.name === null ? table : makeFrameNamed(table, first.index.name);
}

function makeFrameNamed(table: DataFrame, name: string): DataFrame {
  table.columns = table.columns.rename(name);
  return table;
}

/** Parts one under the other; parts that kept the rows of their group go back to the order of the table. */
function stacked(
  parts: readonly (DataFrame | Series<unknown>)[],
  names: Index,
  index: Index,
  rows: readonly Int32Array[],
): DataFrame | Series<unknown> {
  const order = Int32Array.from(rows.flatMap((group) => Array.from(group)));
  const alike = parts.length === rows.length && parts.every((one, g) => one.index.equals(index.take(rows[g] ?? order)));
  if (alike) {
    const all = concatTables(parts, {});
    const back = new Int32Array(order.length);
    order.forEach((row, place) => {
      back[row] = place;
    });
    return order.length === index.length ? all.rows(back) : all;
  }
  return underLabels(parts, names);
}

/** Parts one under the other, the label of their group before their own. */
export function underLabels(
  parts: readonly (DataFrame | Series<unknown>)[],
  names: Index,
): DataFrame | Series<unknown> {
  const all = concatTables(parts, {});
  const groups = Int32Array.from(parts.flatMap((one, g) => Array.from({ length: one.length }, () => g)));
  const outer = names.levels.map((level) => takeColumn(level, groups));
  const inner = all.index;
  all.index = makeLevels([...outer, ...inner.levels], [...names.names, ...inner.names]);
  return all;
}
