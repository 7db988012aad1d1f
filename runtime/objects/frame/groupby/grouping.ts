import { badArgument } from '../../../api/arguments.ts';
import { flag, isFunction, pairsOf } from '../args.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { factorize, missingAsNaN } from '../column/keys.ts';
import type { Factors } from '../column/keys.ts';
import { takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { makeLevels } from '../factory.ts';
import { listOf } from '../selection/select.ts';
import { COLUMN } from '../store.ts';
import { isIndex, isSeries } from '../is-table.ts';
import type { Index } from '../types.ts';

/** Rows divided into groups: a number for each row (-1: in none) and a label for each group. */
export interface Grouping {
  readonly codes: Positions;
  readonly index: Index;
  /** Names of the columns that became keys: they are no values. */
  readonly keys: readonly string[];
}

/** One key to group by: its cells, its name, and whether it is a column of the table. */
export interface GroupKey {
  readonly column: Column;
  readonly name: string | null;
  readonly own: boolean;
}

/** Keyword arguments of groupby(). */
export interface GroupOptions {
  readonly level?: unknown;
  readonly as_index?: boolean;
  readonly sort?: boolean;
  readonly group_keys?: boolean;
  readonly dropna?: boolean;
}

/** Whether apply() puts the label of the group before the rows; null: as pandas 1.5 does when nobody says. */
export function readGroupKeys(value: unknown): boolean | null {
  return value === undefined || value === null ? null : flag(value, true);
}

/** The keys that `by` or `level` means. */
export function keysBy(
  by: unknown,
  { level }: GroupOptions,
  index: Index,
  own: (name: unknown) => GroupKey | null,
): GroupKey[] {
  if (level === undefined || level === null) {
    if (by === undefined || by === null) throw badArgument('groupby()', "needs by or level: groupby('code').");
    return readKeys(by, index, own);
  }
  if (by !== undefined && by !== null) throw badArgument('groupby()', 'takes by or level, not both.');
  return (listOf(level) ?? [level]).map((one) => levelKey(index, one as number));
}

export function groupRows(
  keys: readonly GroupKey[],
  { sort, dropna }: { readonly sort: boolean; readonly dropna: boolean },
): Grouping {
  if (keys.length === 0)
    throw badArgument('groupby()', 'needs something to group by: a column name, a list, a Series.');
  const factors = keys.map((key) => {
    const { codes, labels } = factorize(key.column, sort, !dropna);
    return { codes, labels: missingAsNaN(labels) };
  });
  const names = keys.map((key) => key.name);
  const own = keys.filter((key) => key.own).map((key) => key.name ?? '');
  const [only] = factors;
  if (factors.length === 1 && only !== undefined) {
    return { codes: only.codes, index: makeLevels([only.labels], names), keys: own };
  }
  return { ...combine(factors, names, sort), keys: own };
}

/** Groups of several keys: only the combinations that occur, in the order of the first key, then the second … */
function combine(
  factors: readonly Factors[],
  names: readonly (string | null)[],
  sort: boolean,
): Omit<Grouping, 'keys'> {
  const n = factors[0]?.codes.length ?? 0;
  const packed = new Float64Array(n);
  for (const { codes, labels } of factors) {
    const size = labels.data.length;
    for (let i = 0; i < n; i += 1) {
      const code = codes[i] ?? -1;
      packed[i] = code < 0 ? NaN : (packed[i] ?? 0) * size + code;
    }
  }
  const { codes, labels } = factorize({ kind: 'float64', data: packed }, sort);
  let rest = labels.data as Float64Array;
  const levels: Column[] = [];
  for (const factor of factors.toReversed()) {
    const size = factor.labels.data.length;
    levels.unshift(
      takeColumn(
        factor.labels,
        Int32Array.from(rest, (code) => code % size),
      ),
    );
    rest = rest.map((code) => Math.floor(code / size));
  }
  return { codes, index: makeLevels(levels, names) };
}

/** What `by` means for rows of this index; a text is looked up by `column`. */
export function readKeys(by: unknown, index: Index, column: (name: unknown) => GroupKey | null): GroupKey[] {
  const many = Array.isArray(by) && !isValues(by, index, column) ? (by as readonly unknown[]) : [by];
  return many.map((one) => readKey(one, index, column));
}

/** A list as long as the table is the key's cells; else it is a list of keys. */
function isValues(by: readonly unknown[], index: Index, column: (name: unknown) => GroupKey | null): boolean {
  const keys = by.every((one) => isSeries(one) || Array.isArray(one) || isFunction(one) || column(one) !== null);
  return by.length === index.length && !keys;
}

function readKey(by: unknown, index: Index, column: (name: unknown) => GroupKey | null): GroupKey {
  if (isSeries(by)) {
    const same = by.index.equals(index);
    const cells = same ? by[COLUMN] : takeColumn(by[COLUMN], by.index.rowsOf(index));
    return { column: cells, name: by.name, own: false };
  }
  if (isFunction(by)) return { column: columnFrom(index.tolist().map((label) => by(label))), name: null, own: false };
  const pairs = pairsOf(by);
  if (pairs !== null) {
    const table = new Map(pairs);
    const cells = index.tolist().map((label) => table.get(label) ?? table.get(String(label)) ?? NaN);
    return { column: columnFrom(cells), name: null, own: false };
  }
  const list = isIndex(by) ? by.tolist() : listOf(by);
  if (list !== null) {
    if (list.length !== index.length) throw badTable(`${list.length} keys do not fit ${index.length} rows.`);
    return { column: columnFrom(list), name: isIndex(by) ? by.name : null, own: false };
  }
  const found = column(by);
  if (found !== null) return found;
  const level = index.names.indexOf(by as string);
  if (level < 0) throw badArgument('groupby()', `there is neither a column nor an index level '${String(by)}'.`);
  return levelKey(index, level);
}

export function levelKey(index: Index, level: number | string): GroupKey {
  const at = index.levelOf(level);
  const [column] = index.levels.slice(at, at + 1);
  return { column: column ?? columnFrom([]), name: index.names[at] ?? null, own: false };
}

/** Rows of each group, in the order of the table. */
export function groupPositions(codes: Positions, groups: number): Positions[] {
  const starts = new Int32Array(groups + 1);
  for (const code of codes) if (code >= 0) starts[code + 1] = (starts[code + 1] ?? 0) + 1;
  for (let g = 0; g < groups; g += 1) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0);
  const rows = new Int32Array(starts[groups] ?? 0);
  const next = starts.slice();
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? -1;
    if (code < 0) continue;
    rows[next[code] ?? 0] = i;
    next[code] = (next[code] ?? 0) + 1;
  }
  return Array.from({ length: groups }, (_, g) => rows.subarray(starts[g], starts[g + 1]));
}
