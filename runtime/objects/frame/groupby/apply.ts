import type { AnyFunction } from '../args.ts';
import { seriesRows } from '../build.ts';
import { columnFrom } from '../column/dtypes.ts';
import { makeFrame, makeIndex, makeRange, makeSeries } from '../factory.ts';
import { isFrame, isSeries } from '../is-table.ts';
import { concatTables } from '../joining/concat.ts';
import { DATA, NAMES, ROWS } from '../store.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import { underLabels } from './aggregate.ts';
import type { GroupParts } from './groups.ts';

type Part = DataFrame | Series<unknown>;

/** The results of a function on each group, put together by the rules of pandas 1.5. */
export function applyGroups(groups: GroupParts, apply: AnyFunction, args: readonly unknown[]): Part {
  const { rows, part, grouped } = groups;
  const given = rows.map((_, g) => part(g));
  const results = given.map((one) => apply(one, ...args));
  const first = results.find((one) => one !== null && one !== undefined);
  const like = results.every((one, g) => isIndexedLike(one, given[g], grouped.single));
  if (isFrame(first) || (isSeries(first) && grouped.single)) return joined(groups, results, like);
  if (isSeries(first)) return ofRows(groups, results as readonly (Series<unknown> | null | undefined)[]);
  return ofValues(groups, results);
}

/** Has the result the rows of its group? A Series made of a table never counts as such. */
function isIndexedLike(result: unknown, part: unknown, single: boolean): boolean {
  if (isSeries(result)) return single && isSeries(part) && result.index.equals(part.index);
  return isFrame(result) && (isFrame(part) || isSeries(part)) && result.index.equals(part.index);
}

/** A Series from each group of a table: rows of one table when their labels agree, else one under the other. */
function ofRows(groups: GroupParts, results: readonly (Series<unknown> | null | undefined)[]): Part {
  const [model] = results.filter(isSeries);
  if (model === undefined) return ofValues(groups, results);
  const all = results.map((one) => one ?? makeSeries<unknown>(columnFrom(model.tolist().map(() => NaN)), model.index));
  if (!all.every((one) => one.index.equals(model.index))) return joined(groups, results, false);
  const { grouped, labels } = groups;
  const table = seriesRows(all, labels);
  const names = new Set(all.map((one) => one.name));
  const [name = null] = names;
  const heads = model.index.name ?? (names.size === 1 ? name : null);
  table.columns = table.columns.rename(heads);
  return grouped.asIndex ? table : withKeys(table, labels);
}

function ofValues({ grouped, labels }: GroupParts, values: readonly unknown[]): Part {
  const column = columnFrom(values);
  if (grouped.single && grouped.asIndex)
    return makeSeries(column, labels, grouped.frame.columns.labelAt(grouped.chosen[0] ?? 0));
  if (grouped.asIndex) return makeSeries(column, labels);
  return withKeys(makeFrame(makeIndex([NaN]), [column], labels), labels);
}

/** The labels of the groups as the first columns, rows numbered from 0. */
function withKeys(table: DataFrame, labels: Index): DataFrame {
  const keys = labels.names.map((name, i) => name ?? `level_${i}`);
  return makeFrame(
    makeIndex([...keys, ...table[NAMES].tolist()]),
    [...labels.levels, ...table[DATA]],
    makeRange(labels.length),
  );
}

/** Parts one under the other; parts with the rows of their groups go back to the order of the table unless keys are wanted. */
function joined({ grouped, labels, rows }: GroupParts, results: readonly unknown[], like: boolean): Part {
  const at = results.flatMap((one, g) => (isFrame(one) || isSeries(one) ? [g] : []));
  const parts = results.filter((one): one is Part => isFrame(one) || isSeries(one));
  const withLabels = grouped.groupKeys ?? !like;
  const names = grouped.asIndex ? labels : makeRange(labels.length);
  let all: Part;
  if (withLabels) all = underLabels(parts, names.take(Int32Array.from(at)));
  else all = like ? inTableOrder(concatTables(parts, {}), rows) : concatTables(parts, {});
  if (isSeries(all) && grouped.single) all.name = grouped.frame.columns.labelAt(grouped.chosen[0] ?? 0);
  return all;
}

function inTableOrder(all: Part, rows: readonly Int32Array[]): Part {
  const order = rows.flatMap((group) => Array.from(group));
  const places = order.map((row, place) => [row, place] as const).toSorted(([a], [b]) => a - b);
  return all[ROWS](Int32Array.from(places, ([, place]) => place));
}
