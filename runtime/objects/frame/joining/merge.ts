import { badArgument } from '../../../api/arguments.ts';
import { flag, textOr } from '../args.ts';
import { isNumeric, objects } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { concatColumns, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable, unknownColumn } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels, makeRange } from '../factory.ts';
import { listOf } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import { DATA, NAMES } from '../store.ts';
import { isFrame, isSeries } from '../is-table.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import { concatTables } from './concat.ts';
import { matchRows } from './match.ts';

interface Side {
  readonly table: DataFrame;
  /** Names of the key columns; null when the rows' labels are the key. */
  readonly names: readonly string[] | null;
  readonly keys: readonly Column[];
}

/** Rows of both tables whose keys meet: pandas' merge. */
export function mergeTables(
  leftTable: DataFrame,
  rightTable: DataFrame | Series<unknown>,
  args: readonly unknown[],
): DataFrame {
  const a = given(args);
  const how = textOr(a['how'], ['inner', 'left', 'right', 'outer', 'cross'], 'inner', 'merge() how');
  const right = isFrame(rightTable) ? rightTable : rightTable.to_frame();
  if (how === 'cross') return crossed(leftTable, right, suffixesOf(a['suffixes']));
  const common = leftTable[NAMES].tolist().filter((name) => right[NAMES].includes(name)) as string[];
  const on = a['on'] ?? undefined;
  const byIndex = flag(a['left_index'], false) || flag(a['right_index'], false);
  const shared = on ?? (a['left_on'] === undefined && a['right_on'] === undefined && !byIndex ? common : undefined);
  const sideOf = (table: DataFrame, own: unknown, index: unknown): Side =>
    keysOf(table, flag(index, false) ? null : (own ?? shared));
  const x = sideOf(leftTable, a['left_on'], a['left_index']);
  const y = sideOf(right, a['right_on'], a['right_index']);
  if (x.keys.length !== y.keys.length || x.keys.length === 0) {
    throw badArgument(
      'merge()',
      `needs the same number of keys on both sides: { on: 'code' }; common columns: ${common.join(', ')}.`,
    );
  }
  x.keys.forEach((key, i) => mustMeet(key, y.keys[i] ?? key));
  validate(a['validate'], x, y);
  // Labels that repeat on either side are joined in their order, as pandas does.
  const labels = x.names === null && y.names === null;
  const repeated = labels && !(x.table.index.is_unique && y.table.index.is_unique);
  const sorted = matchRows(x.keys, y.keys, how, flag(a['sort'], false) || repeated || (labels && how === 'outer'));
  const table = assemble(x, y, sorted, suffixesOf(a['suffixes']));
  return marked(table, sorted, a['indicator']);
}

/** With the column that says from which side a row comes, if it was asked for. */
function marked(table: DataFrame, rows: ReturnType<typeof matchRows>, indicator: unknown): DataFrame {
  if (typeof indicator !== 'string' && !flag(indicator, false)) return table;
  const marks = Array.from(rows.left, (at, i) =>
    at < 0 ? 'right_only' : (rows.right[i] ?? -1) < 0 ? 'left_only' : 'both',
  );
  const name = typeof indicator === 'string' ? indicator : '_merge';
  return makeFrame(
    table[NAMES].append(makeIndex([name]).rename(table[NAMES].name)),
    [...table[DATA], objects(marks)],
    table.index,
  );
}

/** Keys of two kinds meet nowhere: pandas refuses them, where an empty table would be taken for an answer. */
function mustMeet(left: Column, right: Column): void {
  if (left.data.length === 0 || right.data.length === 0 || left.kind === right.kind) return;
  const kinds = [left, right].map((key) =>
    key.kind === 'datetime64[ns]'
      ? 'times'
      : isNumeric(key)
        ? 'numbers'
        : key.data.some((one) => typeof one === 'string')
          ? 'texts'
          : 'objects',
  );
  const [a = '', b = ''] = kinds;
  if (a === b || (kinds.includes('objects') && !kinds.includes('times'))) return;
  throw badTable(
    `the keys are ${a} on the left and ${b} on the right; make them alike with .astype('str') or pd.to_datetime().`,
  );
}

/** What `validate` says about the keys: each once on the left, on the right, or both. */
function validate(rule: unknown, x: Side, y: Side): void {
  const rules = ['one_to_one', '1:1', 'one_to_many', '1:m', 'many_to_one', 'm:1', 'many_to_many', 'm:m'] as const;
  const kind = textOr(rule, rules, 'm:m', 'merge() validate');
  const once = (side: Side): boolean => makeLevels(side.keys, []).is_unique;
  const left = /^(?:one_to|1:)/.test(kind) && !once(x);
  const right = /(?:to_one|:1)$/.test(kind) && !once(y);
  if (left || right)
    throw badTable(`the keys of the ${left ? 'left' : 'right'} table repeat, which '${kind}' excludes.`);
}

interface Rows {
  readonly left: Positions;
  readonly right: Positions;
}

export function suffixesOf(value: unknown): readonly [string, string] {
  const [left = '_x', right = '_y'] = (value ?? []) as readonly string[];
  return [left, right];
}

function keysOf(table: DataFrame, names: unknown): Side {
  if (names === null || names === undefined) return { table, names: null, keys: table.index.levels };
  const list = (listOf(names) ?? [names]) as readonly string[];
  const keys = list.map((name) => {
    const column = table[DATA][table[NAMES].rowOf(name)];
    const level = table.index.names.indexOf(name);
    const found = column ?? (level < 0 ? undefined : table.index.levels[level]);
    if (found === undefined) throw unknownColumn(name, table[NAMES]);
    return found;
  });
  return { table, names: list, keys };
}

/** Key of each result row: from the left, where it has one, else from the right. */
function keyColumns(x: Side, y: Side, rows: Rows): Column[] {
  return x.keys.map((left, i) => {
    const right = y.keys[i] ?? left;
    if (!rows.left.includes(-1)) return takeColumn(left, rows.left);
    const all = concatColumns([left, right]);
    const from = Int32Array.from(rows.left, (at, k) => (at >= 0 ? at : left.data.length + (rows.right[k] ?? 0)));
    return takeColumn(all, from);
  });
}

function assemble(x: Side, y: Side, rows: Rows, suffixes: readonly [string, string]): DataFrame {
  const keys = keyColumns(x, y, rows);
  const same = (side: Side, other: Side, name: unknown): number => {
    const at = side.names?.indexOf(name as string) ?? -1;
    return at >= 0 && (other.names?.[at] === name || other.names === null) ? at : -1;
  };
  const labels: unknown[] = [];
  const data: Column[] = [];
  const put = (side: Side, other: Side, from: Positions, suffix: string, isRight: boolean): void => {
    side.table[DATA].forEach((column, c) => {
      const name = side.table[NAMES].labelAt(c);
      const key = same(side, other, name);
      if (key >= 0 && isRight && other.names !== null) return; // the left side has shown this key
      const clash = other.table[NAMES].includes(name) && (key < 0 || other.names === null);
      labels.push(clash ? `${String(name)}${suffix}` : name);
      data.push(key >= 0 ? (keys[key] ?? column) : takeColumn(column, from));
    });
  };
  put(x, y, rows.left, suffixes[0], false);
  put(y, x, rows.right, suffixes[1], true);
  const repeated = new Set(labels).size < labels.length;
  if (repeated) throw badTable('the result would have a column twice; pass other { suffixes }.');
  const [own, other] = [x.table[NAMES].name, y.table[NAMES].name];
  return makeFrame(makeIndex(labels).rename(own === other ? own : null), data, indexOf(x, y, rows, keys));
}

/** Rows are numbered anew, unless labels were a key. */
function indexOf(x: Side, y: Side, rows: Rows, keys: readonly Column[]): Index {
  if (x.names !== null && y.names !== null) return makeRange(rows.left.length);
  if (x.names === null && y.names === null) {
    const [first] = keys;
    return keys.length === 1 && first !== undefined
      ? x.table.index.with([first]).rename(x.table.index.name === y.table.index.name ? x.table.index.name : null)
      : x.table.index.with(keys);
  }
  // Key columns on one side, labels on the other: the side with columns keeps its labels.
  const [side, from] = x.names === null ? [y, rows.right] : [x, rows.left];
  if (!from.includes(-1)) return side.table.index.take(from);
  return side.table.index.take(Int32Array.from(from, (at) => at));
}

function crossed(x: DataFrame, y: DataFrame, suffixes: readonly [string, string]): DataFrame {
  const n = x.length * y.length;
  const left = Int32Array.from({ length: n }, (_, i) => Math.floor(i / y.length));
  const right = Int32Array.from({ length: n }, (_, i) => i % y.length);
  const none = { keys: [columnFrom([])], names: [] };
  return assemble({ table: x, ...none }, { table: y, ...none }, { left, right }, suffixes);
}

/** Columns of other tables by row label (or by a column of this one, `on`). */
export function joinTables(
  left: DataFrame,
  other: DataFrame | Series<unknown> | readonly (DataFrame | Series<unknown>)[],
  args: readonly unknown[],
): DataFrame {
  const a = given(args);
  const how = textOr(a['how'], ['left', 'right', 'inner', 'outer'], 'left', 'join() how');
  if (!isFrame(other) && !isSeries(other)) {
    const all = concatTables([left, ...other], { axis: 1, join: how === 'inner' ? 'inner' : 'outer' }) as DataFrame;
    return how === 'left' ? all.reindex(left.index) : all;
  }
  const right = isFrame(other) ? other : other.to_frame();
  const suffixes = [(a['lsuffix'] as string | undefined) ?? '', (a['rsuffix'] as string | undefined) ?? ''];
  const clash = left[NAMES].tolist().filter((name) => right[NAMES].includes(name));
  if (clash.length > 0 && suffixes.join('') === '') {
    throw badTable(`both tables have ${clash.map(String).join(', ')}; pass { lsuffix: '_a', rsuffix: '_b' }.`);
  }
  const on = a['on'];
  if (on === undefined || on === null) {
    return mergeTables(left, right, [
      { left_index: true, right_index: true, how, suffixes, sort: a['sort'] === true, validate: a['validate'] },
    ]);
  }
  const sort = a['sort'] === true;
  return mergeTables(left, right, [{ left_on: on, right_index: true, how, suffixes, sort, validate: a['validate'] }]);
}
