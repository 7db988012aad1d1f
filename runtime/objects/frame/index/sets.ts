import { flag } from '../args.ts';
import { bools } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom, isDateLike } from '../column/dtypes.ts';
import { isinColumn, labelKey } from '../column/keys.ts';
import { argsort, argsortBy, labelOrder } from '../column/sorting.ts';
import { maskPositions } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable, unknownLabel } from '../errors.ts';
import { makeLevels, makeSeries } from '../factory.ts';
import type { Index, Series } from '../types.ts';
import { given } from '../signatures/signature.ts';
import { keyedIndex, missingFirst, readRepeat } from '../labels/sort-keys.ts';
import { Mask } from '../../array/mask.ts';
import { IndexBase } from './base.ts';
import { rowKeys } from './lookup.ts';

/** Index as a list that is searched, sorted, combined and calculated with. */
export abstract class IndexSets<L> extends IndexBase<L> {
  /** Position of a label; UNKNOWN_LABEL when there is none. */
  get_loc(label: unknown): number {
    const row = this.rowOf(label);
    if (row < 0) throw unknownLabel(label, this);
    return row;
  }

  isin(labels: Iterable<unknown>, options: { readonly level?: number | string } = {}): Mask {
    if (options.level !== undefined) return this.get_level_values(options.level).isin(labels);
    const [level] = this.levels;
    if (this.nlevels === 1 && level !== undefined) return Mask.ofBits(isinColumn(level, labels).data as Uint8Array);
    const wanted = new Set(Array.from(labels, labelKey));
    return Mask.ofBits(this.tolist().map((label) => wanted.has(labelKey(label))));
  }

  /** True where a label was there before; `~index.duplicated()` is `index.duplicated().not()`. */
  duplicated(...args: readonly unknown[]): Mask {
    const { keep } = given(args);
    return Mask.ofBits(duplicates(rowKeys(this.levels), this.length, readRepeat(keep, 'duplicated()')));
  }

  unique(options: { readonly level?: number | string } = {}): Index<L> {
    if (options.level !== undefined) return this.get_level_values(options.level).unique() as unknown as Index<L>;
    if (this.is_unique) return this.take(maskPositions(new Uint8Array(this.length).fill(1)));
    return this.take(maskPositions(duplicates(rowKeys(this.levels), this.length, 'first').map((bit) => 1 - bit)));
  }

  drop_duplicates(...args: readonly unknown[]): Index<L> {
    const bits = duplicates(rowKeys(this.levels), this.length, readRepeat(given(args)['keep'], 'drop_duplicates()'));
    return this.take(maskPositions(bits.map((bit) => 1 - bit)));
  }

  /** How many labels there are; a missing one does not count unless `dropna: false`. */
  nunique(...args: readonly [dropna?: boolean | { readonly dropna?: boolean }]): number {
    const all = this.unique();
    return all.length - Number(given(args)['dropna'] !== false && all.nlevels === 1 && all.hasnans);
  }

  get is_monotonic_increasing(): boolean {
    return isMonotonic(this.levels, this.length, 1);
  }

  get is_monotonic_decreasing(): boolean {
    return isMonotonic(this.levels, this.length, -1);
  }

  argsort(): Positions {
    return this.order(true);
  }

  /** Row numbers in the order of the labels. */
  order(ascending: boolean | readonly boolean[], missingFirst = false): Positions {
    const each = this.levels.map((_, i) => (Array.isArray(ascending) ? (ascending[i] ?? true) : ascending === true));
    const [only] = this.levels;
    if (this.nlevels === 1 && only !== undefined) return argsort(only, each[0] ?? true, missingFirst);
    return argsortBy(this.levels, each, missingFirst, this.length);
  }

  sort_values(...args: readonly [options?: { readonly ascending?: boolean }, ...more: readonly unknown[]]): Index<L> {
    const a = given(args);
    const keyed = keyedIndex(this as unknown as Index, a['key']);
    return this.take(keyed.order(flag(a['ascending'], true), missingFirst(a['na_position'])));
  }

  min(): L {
    return this.at(this.order(true)[0] ?? 0);
  }

  max(): L {
    return this.at(this.order(true).at(-1) ?? 0);
  }

  /** Labels of both, each once, in ascending order. */
  union(other: Iterable<unknown>): Index<L> {
    const right = this.other(other);
    if (right.equals(this as unknown as Index<unknown>)) return this.unique();
    if (right.length === 0) return this.unique();
    if (this.length === 0) return right.unique() as Index<L>;
    const all = this.append(right).unique();
    // Texts and numbers together: two sorted sides stay one behind the other, else numbers come first. So does pandas.
    if (timesBesideNumbers(all.levels)) return all; // these have no order at all
    const turned = !(this.is_monotonic_increasing && right.is_monotonic_increasing);
    return turned || sortable(all.levels) ? all.sort_values() : all;
  }

  intersection(other: Iterable<unknown>): Index<L> {
    const rows = this.other(other).rowsOf(this as unknown as Index<unknown>);
    return this.take(maskPositions(Uint8Array.from(rows, (row) => Number(row >= 0)))).unique();
  }

  difference(other: Iterable<unknown>): Index<L> {
    const rows = this.other(other).rowsOf(this as unknown as Index<unknown>);
    return this.take(maskPositions(Uint8Array.from(rows, (row) => Number(row < 0))))
      .unique()
      .sort_values();
  }

  get_level_values(level: number | string): Index {
    const at = this.levelOf(level);
    return makeLevels(this.levels.slice(at, at + 1), [this.names[at] ?? null]);
  }

  droplevel(level: number | string = 0): Index {
    const at = this.levelOf(level);
    if (this.nlevels === 1) throw badTable('an Index of one level has none to drop; use reset_index({ drop: true }).');
    return makeLevels(
      this.levels.filter((_, i) => i !== at),
      this.names.filter((_, i) => i !== at),
    );
  }

  /** Number of a level given by number or name. */
  levelOf(level: number | string): number {
    const at = typeof level === 'number' ? (level < 0 ? level + this.nlevels : level) : this.names.indexOf(level);
    if (at >= 0 && at < this.nlevels) return at;
    throw badTable(`the index has no level ${String(level)}; its levels are ${this.names.map(String).join(', ')}.`);
  }

  set_names(
    names: string | null | readonly (string | null)[],
    options: { readonly level?: number | string; readonly inplace?: boolean } = {},
  ): Index {
    if (options.level !== undefined && options.level !== null) {
      const at = this.levelOf(options.level);
      const all = this.names.map((name, i) => (i === at ? (names as string | null) : name));
      return this.rename(all, { inplace: options.inplace === true }) as unknown as Index; // the same labels
    }
    if (options.inplace === true) return this.rename(names, { inplace: true }) as unknown as Index; // the same labels
    return makeLevels(this.levels, Array.isArray(names) ? (names as readonly string[]) : [names as string | null]);
  }

  /** The labels as a Series of numbers, for methods that need one. */
  asSeries(): Series {
    return makeSeries<number>(this.levels[0] ?? bools(new Uint8Array(0)), this as unknown as Index, this.name);
  }

  protected other(labels: Iterable<unknown>): Index<unknown> {
    return labels instanceof IndexBase
      ? (labels as unknown as Index<unknown>)
      : makeLevels([columnFrom(labels)], [null]);
  }
}

/** True where times and numbers stand in one level. */
function timesBesideNumbers(levels: readonly Column[]): boolean {
  return levels.some(
    (level) =>
      level.kind === 'object' && level.data.some(isDateLike) && level.data.some((value) => typeof value === 'number'),
  );
}

/** False for texts and numbers together, which have no order. */
function sortable(levels: readonly Column[]): boolean {
  return levels.every((level) => level.kind !== 'object' || new Set(level.data.map((value) => typeof value)).size < 2);
}

/** 1 where a key was there before (`last`: comes again; false: is there more than once). */
export function duplicates(
  keyAt: (row: number) => unknown,
  length: number,
  keep: 'first' | 'last' | false,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length);
  const seen = new Map<unknown, number>();
  for (let k = 0; k < length; k += 1) {
    const row = keep === 'last' ? length - 1 - k : k;
    const key = keyAt(row);
    const before = seen.get(key);
    if (before === undefined) seen.set(key, row);
    else {
      out[row] = 1;
      if (keep === false) out[before] = 1;
    }
  }
  return out;
}

function isMonotonic(levels: readonly Column[], length: number, sign: number): boolean {
  const [level] = levels;
  if (levels.length === 1 && level !== undefined && level.kind !== 'object') {
    const { data } = level;
    for (let i = 1; i < length; i += 1) if (!(sign * ((data[i] ?? NaN) - (data[i - 1] ?? NaN)) >= 0)) return false;
    return true;
  }
  for (let i = 1; i < length; i += 1) {
    const order = levels.map((one) => labelOrder(one.data[i], one.data[i - 1])).find((n) => n !== 0) ?? 0;
    if (sign * order < 0) return false;
  }
  return true;
}
