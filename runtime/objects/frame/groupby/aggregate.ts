import { badArgument } from '../../../api/arguments.ts';
import { isFunction, pairsOf } from '../args.ts';
import { seriesRows } from '../build.ts';
import type { Column } from '../column/column.ts';
import { sameLabel } from '../column/keys.ts';
import { columnFrom } from '../column/dtypes.ts';
import { isStatistical, reduce, REDUCERS } from '../column/reduce.ts';
import type { Reducer } from '../column/reduce.ts';
import { takeColumn } from '../column/take.ts';
import { unknownColumn } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels, makeSeries } from '../factory.ts';
import { concatTables } from '../joining/concat.ts';
import { COLUMN, COLUMN_AT, DATA, ROWS } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import type { GroupParts } from './groups.ts';
import { reduceGroups } from './reduce.ts';

interface Wanted {
  /** Position of the column. */
  readonly at: number;
  readonly what: unknown;
  /** Label of the result. */
  readonly label: unknown;
}

/** The forms of agg that are not one name: lists, dicts, named results, functions. */
export function aggregate(groups: GroupParts, what: unknown, args: readonly unknown[]): unknown {
  const { grouped } = groups;
  const wanted = readWanted(groups, what);
  const columns = wanted.map((one) => aggregated(groups, one, args));
  if (columns.some((column) => column === null)) return tables(groups, wanted);
  const cells = columns.filter((column) => column !== null);
  const single = grouped.single && wanted.length === 1 && isFunction(what);
  const { labels } = groups;
  if (single) return makeSeries(cells[0] ?? columnFrom([]), labels, wanted[0]?.label);
  const names = labelsOf(wanted, grouped.frame.columns);
  if (grouped.asIndex) return makeFrame(names, cells, labels);
  const keys = labels.names.map((name, i) => name ?? `level_${i}`);
  return makeFrame(
    makeIndex([...keys, ...names.tolist()]).rename(names.name),
    [...labels.levels, ...cells],
    makeIndex(labels.tolist().keys()),
  );
}

/** What the results are called; columns that keep their names keep the one over them. */
function labelsOf(wanted: readonly Wanted[], columns: Index): Index {
  const labels = wanted.map((one) => one.label);
  const kept = wanted.every(({ at, label }) => sameLabel(Array.isArray(label) ? label[0] : label, columns.labelAt(at)));
  const name = kept ? columns.name : null;
  if (labels.length === 0 || !labels.every((label): label is readonly unknown[] => Array.isArray(label)))
    return makeIndex(labels).rename(name);
  return makeLevels(
    [columnFrom(labels.map((label) => label[0])), columnFrom(labels.map((label) => label[1]))],
    [name, null],
  );
}

function readWanted(groups: GroupParts, what: unknown): Wanted[] {
  const { grouped } = groups;
  const { frame, chosen, single } = grouped;
  const pairs = pairsOf(what);
  if (pairs !== null)
    return single ? namedOf(chosen[0] ?? 0, pairs) : pairs.flatMap((pair) => ofDict(frame, pair, pairs));
  if (Array.isArray(what)) {
    const list = what as readonly unknown[];
    return chosen.flatMap((at) =>
      list.map((one) => ({ at, what: one, label: single ? nameOf(one) : [frame.columns.labelAt(at), nameOf(one)] })),
    );
  }
  if (!isFunction(what)) throw badArgument('agg()', "takes 'mean', ['mean', 'std'], { column: 'mean' } or a function.");
  const numbers = chosen.filter((at) => isStatistical(frame[DATA][at] ?? columnFrom([])));
  const used = numbers.length === 0 || single ? chosen : numbers;
  return used.map((at) => ({ at, what, label: frame.columns.labelAt(at) }));
}

/** Of one column: `{ label: statistic }`. */
function namedOf(at: number, pairs: readonly (readonly [unknown, unknown])[]): Wanted[] {
  return pairs.map(([label, what]) => ({ at, what, label }));
}

/** `{ column: fn }`, `{ column: [fn, fn] }`, or `{ out: ['column', fn] }` when `out` is no column but the text is. */
function ofDict(
  frame: DataFrame,
  [key, what]: readonly [unknown, unknown],
  pairs: readonly (readonly [unknown, unknown])[],
): Wanted[] {
  const at = frame.columns.rowOf(key);
  if (Array.isArray(what) && what.length === 2 && frame.columns.rowOf(what[0]) >= 0 && !isStatisticName(what[0])) {
    return [{ at: frame.columns.rowOf(what[0]), what: what[1] as unknown, label: key }];
  }
  if (at < 0) throw unknownColumn(key, frame.columns);
  const several = pairs.some(([, one]) => Array.isArray(one));
  const list: readonly unknown[] = Array.isArray(what) ? (what as readonly unknown[]) : [what];
  return list.map((one) => ({ at, what: one, label: several ? [key, nameOf(one)] : key }));
}

function isStatisticName(value: unknown): boolean {
  return (REDUCERS as readonly unknown[]).includes(value);
}

/** The column of results; null when the function gives Series. */
function aggregated(groups: GroupParts, { at, what }: Wanted, args: readonly unknown[]): Column | null {
  const { grouped, rows, labels } = groups;
  const column = grouped.frame[DATA][at] ?? columnFrom([]);
  if (isStatisticName(what)) return reduceGroups(column, grouped.grouping.codes, labels.length, what as Reducer);
  const series = grouped.frame[COLUMN_AT](at);
  const values = rows.map((group) =>
    isFunction(what) ? what(series[ROWS](group), ...args) : reduceSeries(series[ROWS](group), what),
  );
  return values.some(isSeries) ? null : columnFrom(values);
}

/** Functions that give Series, as describe: their labels become a second level of the columns. */
function tables(groups: GroupParts, wanted: readonly Wanted[]): DataFrame {
  const { grouped, rows, labels } = groups;
  const columns: Column[] = [];
  const made: Wanted[] = [];
  for (const { at, what } of wanted) {
    const series = grouped.frame[COLUMN_AT](at);
    const parts = rows.map((group) => (isFunction(what) ? what(series[ROWS](group)) : null) as Series<unknown>);
    const table = seriesRows(parts, labels);
    table[DATA].forEach((column, c) => {
      columns.push(column);
      const label = table.columns.labelAt(c);
      made.push({ at, what, label: grouped.single ? label : [grouped.frame.columns.labelAt(at), label] });
    });
  }
  return makeFrame(labelsOf(made, grouped.frame.columns), columns, labels);
}

function nameOf(what: unknown): unknown {
  if (typeof what === 'string') return what;
  return isFunction(what) && what.name !== '' && what.name !== 'what' ? what.name : '<lambda>';
}

/** One statistic of one column by name, for the mixed forms of agg. */
function reduceSeries(series: Series<unknown>, what: unknown): unknown {
  if (isFunction(what)) return what(series);
  if ((REDUCERS as readonly unknown[]).includes(what)) return reduce(series[COLUMN], what as Reducer);
  const method: unknown = typeof what === 'string' ? Reflect.get(series, what) : null;
  if (isFunction(method)) return Reflect.apply(method, series, []);
  throw badArgument('agg()', `there is no statistic '${String(what)}'; write 'mean', 'sum', 'count', 'last' …`);
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
