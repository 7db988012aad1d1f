import { flag, numberOr, textOr } from '../args.ts';
import { bools, cell, cells, missingMask, objects, times } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { instantOf } from '../column/dtypes.ts';
import { factorize } from '../column/keys.ts';
import { argsort, comparable, labelOrder } from '../column/sorting.ts';
import { maskPositions, rangePositions, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { adviseOnce } from '../errors.ts';
import { makeLevels, makeRange, makeSeries } from '../factory.ts';
import { List } from '../guarded.ts';
import { rowKeys } from '../index/lookup.ts';
import { duplicates } from '../index/sets.ts';
import { keyedColumn, keyedIndex, missingFirst, readKeep, readRepeat } from '../labels/sort-keys.ts';
import { given } from '../signatures/signature.ts';
import { BECOME, COLUMN, ROWS, WITH_COLUMN } from '../store.ts';
import type { Series } from '../types.ts';
import { SeriesApply } from './apply.ts';

export interface SortOptions {
  readonly ascending?: boolean | 0 | 1 | readonly (boolean | 0 | 1)[];
  readonly inplace?: boolean;
  readonly na_position?: 'first' | 'last';
  readonly ignore_index?: boolean;
  readonly axis?: 0 | 1;
  readonly level?: number | string;
  readonly kind?: string;
  /** A function of the whole column (or index) that is sorted by its result. */
  readonly key?: (cells: never) => unknown;
}

/** Order of the cells and rows, and what occurs how often. */
export abstract class SeriesSorting<T> extends SeriesApply<T> {
  sort_values(...args: SortArgs): Series<T> {
    const a = given(args);
    const [ascending = true] = Array.isArray(a['ascending']) ? (a['ascending'] as unknown[]) : [a['ascending']];
    const keys = keyedColumn(this as unknown as Series<unknown>, a['key']);
    const order = argsort(keys, flag(ascending, true), missingFirst(a['na_position']));
    return this.#arranged(order, a);
  }

  sort_index(...args: SortArgs): Series<T> {
    const a = given(args);
    return this.#arranged(
      indexOrder(keyedIndex(this.index, a['key']), a['level'], a['ascending'], missingFirst(a['na_position'])),
      a,
    );
  }

  /** Old pandas' name of sort_values. */
  order(...args: SortArgs): Series<T> {
    adviseOnce('Series.order()', 's.sort_values()');
    return this.sort_values(...args);
  }

  /** Old pandas: sorts the Series itself. */
  sort(...args: SortArgs): Series<T> {
    adviseOnce('Series.sort()', 's.sort_values({ inplace: true })');
    return this.sort_values({ inplace: true, ...given(args) });
  }

  /** Row numbers in the order of the cells. */
  argsort(): Series {
    return this[WITH_COLUMN]<number>({ kind: 'int64', data: Float64Array.from(argsort(this[COLUMN])) });
  }

  /** `keep: 'all'` takes every cell that equals the last one taken. */
  nlargest(n: number | MostOptions = 5, options: MostOptions = {}): Series<T> {
    return this.#most(numberOr(n, 5, 'nlargest() n'), readKeep(options.keep), false);
  }

  nsmallest(n: number | MostOptions = 5, options: MostOptions = {}): Series<T> {
    return this.#most(numberOr(n, 5, 'nsmallest() n'), readKeep(options.keep), true);
  }

  /** Each value once, as they first appear. */
  unique(): T[] {
    return List.holding(cells(factorize(this[COLUMN], false, true).labels)) as T[];
  }

  nunique(...args: readonly [dropna?: boolean | { readonly dropna?: boolean }]): number {
    return factorize(this[COLUMN], false, given(args)['dropna'] === false).labels.data.length;
  }

  get is_unique(): boolean {
    return this.nunique({ dropna: false }) === this.length;
  }

  get is_monotonic_increasing(): boolean {
    return monotonic(this[COLUMN], 1);
  }

  get is_monotonic_decreasing(): boolean {
    return monotonic(this[COLUMN], -1);
  }

  /** How often each value occurs, the commonest first. */
  value_counts(...args: readonly unknown[]): Series {
    const a = given(args);
    const { codes, labels } = factorize(this[COLUMN], false, !flag(a['dropna'], true));
    const counts = new Float64Array(labels.data.length);
    for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
    const order = flag(a['sort'], true)
      ? argsort({ kind: 'float64', data: counts }, flag(a['ascending'], false))
      : rangePositions(counts.length);
    const total = counts.reduce((sum, n) => sum + n, 0);
    const share = flag(a['normalize'], false);
    const column: Column = share
      ? { kind: 'float64', data: counts.map((n) => n / total) }
      : { kind: 'int64', data: counts };
    return makeSeries<number>(takeColumn(column, order), makeLevels([takeColumn(labels, order)], [null]), this.name);
  }

  /** The commonest values, ascending. */
  mode(...args: readonly [dropna?: boolean | { readonly dropna?: boolean }]): Series<T> {
    const counts = this.value_counts(given(args));
    const best = counts.slice(0, counts.tolist().filter((n) => n === counts.iloc(0)).length);
    const [own = this[COLUMN]] = best.index.levels;
    const column = comparable(own) ? (best.index.sort_values().levels[0] ?? own) : own;
    return makeSeries<T>(column, makeRange(column.data.length), this.name);
  }

  duplicated(...args: KeepArgs): Series<boolean> {
    const keep = readRepeat(given(args)['keep'], 'duplicated()');
    return this[WITH_COLUMN]<boolean>(bools(duplicates(rowKeys([this[COLUMN]]), this.length, keep)));
  }

  drop_duplicates(...args: KeepArgs): Series<T> {
    const options = given(args);
    const keep = readRepeat(options['keep'], 'drop_duplicates()');
    const bits = duplicates(rowKeys([this[COLUMN]]), this.length, keep);
    const kept = this[ROWS](maskPositions(bits.map((bit) => 1 - bit)));
    return options['inplace'] === true ? this[BECOME](kept) : kept;
  }

  /** Where a value would go so that ascending cells stay ascending. */
  searchsorted(value: readonly unknown[], options?: { readonly side?: 'left' | 'right' }): number[];
  searchsorted(value: unknown, options?: { readonly side?: 'left' | 'right' }): number;
  searchsorted(value: unknown, options: { readonly side?: 'left' | 'right' } = {}): number | number[] {
    if (Array.isArray(value)) return value.map((one: unknown) => this.searchsorted(one, options));
    const side = textOr(options.side, ['left', 'right'], 'left', 'searchsorted() side');
    const column = this[COLUMN];
    const wanted = column.kind === 'datetime64[ns]' ? cell(times(Float64Array.of(instantOf(value))), 0) : value;
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = labelOrder(cell(column, middle), wanted);
      if (order < 0 || (side === 'right' && order === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  repeat(times: number | { readonly repeats?: number }): Series<T> {
    const n = numberOr(times, 1, 'repeat() times');
    return this[ROWS](Int32Array.from({ length: this.length * n }, (_, i) => Math.floor(i / n)));
  }

  /** Lists in cells, one row an item. */
  explode(options: { readonly ignore_index?: boolean } = {}): Series<unknown> {
    if (this[COLUMN].kind !== 'object')
      return options.ignore_index === true ? makeSeries(this[COLUMN], makeRange(this.length), this.name) : this.copy();
    const list = this.tolist();
    const parts = list.map((value) =>
      Array.isArray(value) ? (value.length === 0 ? [NaN] : (value as unknown[])) : [value],
    );
    const positions = Int32Array.from(parts.flatMap((part, i) => part.map(() => i)));
    const index = options.ignore_index === true ? makeRange(positions.length) : this.index.take(positions);
    return makeSeries(objects(parts.flat()), index, this.name);
  }

  /** pandas fills up with missing cells when there are fewer values than asked for. */
  #most(n: number, keep: 'first' | 'last' | 'all', ascending: boolean): Series<T> {
    if (n >= this.length) return this.sort_values({ ascending }).head(n);
    const column = this[COLUMN];
    const gaps = missingMask(column);
    const rows = Array.from(gaps.keys());
    const full = rows.filter((row) => gaps[row] === 0);
    const order = argsort(column, ascending, false, Int32Array.from(keep === 'last' ? full.toReversed() : full));
    const most = Math.max(0, Math.trunc(n));
    const found = Array.from(order.subarray(0, most));
    const last = found.at(-1);
    const end = keep === 'all' && last !== undefined ? order.length : most;
    for (let k = most; k < end; k += 1) {
      const row = order[k] ?? 0;
      if (labelOrder(cell(column, row), cell(column, last ?? 0)) !== 0) break;
      found.push(row);
    }
    const missing = most === 0 ? [] : rows.filter((row) => gaps[row] === 1);
    const enough = keep === 'all' && found.length + missing.length < most;
    const more =
      keep === 'all' && found.length < most && !enough ? missing : missing.slice(0, Math.max(0, most - found.length));
    return this[ROWS](Int32Array.from([...found, ...(enough ? [] : more)]));
  }

  #arranged(order: Positions, a: Readonly<Record<string, unknown>>): Series<T> {
    let sorted = this[ROWS](order);
    if (flag(a['ignore_index'], false)) sorted = makeSeries<T>(sorted[COLUMN], makeRange(sorted.length), this.name);
    return flag(a['inplace'], false) ? this[BECOME](sorted) : sorted;
  }
}

type SortArgs = readonly [axis?: 0 | SortOptions, options?: SortOptions];
interface MostOptions {
  readonly n?: number;
  readonly keep?: 'first' | 'last' | 'all';
}
interface KeepOptions {
  readonly keep?: 'first' | 'last' | false;
  readonly inplace?: boolean;
}
type KeepArgs = readonly [keep?: 'first' | 'last' | false | KeepOptions, options?: KeepOptions];

/** Row numbers in the order of the labels, or of one level of them first. */
export function indexOrder(
  index: SeriesSorting<unknown>['index'],
  level: unknown,
  ascending: unknown,
  gapsFirst: boolean,
): Positions {
  const up = Array.isArray(ascending) ? (ascending as unknown[]).map((one) => flag(one, true)) : flag(ascending, true);
  if (level === undefined || level === null || index.nlevels === 1) return index.order(up, gapsFirst);
  const at = index.levelOf(level as number | string);
  const rest = index.levels.filter((_, i) => i !== at);
  const [first] = index.levels.slice(at, at + 1);
  return makeLevels([...(first === undefined ? [] : [first]), ...rest], []).order(up, gapsFirst);
}

function monotonic(column: Column, sign: number): boolean {
  const list = cells(column);
  if (missingMask(column).includes(1)) return false; // what is missing has no place
  return list.every((value, i) => i === 0 || sign * labelOrder(list[i - 1], value) <= 0);
}
