import { flag, named, numberOr, textOr } from '../args.ts';
import { bools, cells, objects } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { factorize } from '../column/keys.ts';
import { argsort, labelOrder } from '../column/sorting.ts';
import { maskPositions, rangePositions, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { adviseOnce } from '../errors.ts';
import { makeLevels, makeRange, makeSeries } from '../factory.ts';
import { rowKeys } from '../index/lookup.ts';
import { duplicates } from '../index/sets.ts';
import { COLUMN } from '../store.ts';
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
}

const SORT_NAMES = ['axis', 'ascending', 'inplace', 'kind', 'na_position', 'ignore_index', 'level'] as const;

/** Order of the cells and rows, and what occurs how often. */
export abstract class SeriesSorting<T> extends SeriesApply<T> {
  sort_values(options: SortOptions = {}): Series<T> {
    const a = named('sort_values', SORT_NAMES, [options]);
    const [ascending = true] = Array.isArray(a['ascending']) ? (a['ascending'] as unknown[]) : [a['ascending']];
    const order = argsort(this[COLUMN], flag(ascending, true), a['na_position'] === 'first');
    return this.#arranged(order, a);
  }

  sort_index(options: SortOptions = {}): Series<T> {
    const a = named('sort_index', SORT_NAMES, [options]);
    return this.#arranged(indexOrder(this.index, a['level'], a['ascending'], a['na_position'] === 'first'), a);
  }

  /** Old pandas' name of sort_values. */
  order(options: SortOptions = {}): Series<T> {
    adviseOnce('Series.order()', 's.sort_values()');
    return this.sort_values(options);
  }

  /** Old pandas: sorts the Series itself. */
  sort(options: SortOptions = {}): Series<T> {
    adviseOnce('Series.sort()', 's.sort_values({ inplace: true })');
    return this.sort_values({ inplace: true, ...options });
  }

  /** Row numbers in the order of the cells. */
  argsort(): Series {
    return this.withColumn<number>({ kind: 'int64', data: Float64Array.from(argsort(this[COLUMN])) });
  }

  /** `keep: 'all'` takes every cell that equals the last one taken. */
  nlargest(n = 5, options: { readonly keep?: 'first' | 'last' | 'all' } = {}): Series<T> {
    return this.#most(n, options.keep ?? 'first', false);
  }

  nsmallest(n = 5, options: { readonly keep?: 'first' | 'last' | 'all' } = {}): Series<T> {
    return this.#most(n, options.keep ?? 'first', true);
  }

  /** Each value once, as they first appear. */
  unique(): T[] {
    return cells(factorize(this[COLUMN], false, true).labels) as T[];
  }

  nunique(options: { readonly dropna?: boolean } = {}): number {
    return factorize(this[COLUMN], false, options.dropna === false).labels.data.length;
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
    const a = named('value_counts', ['normalize', 'sort', 'ascending', 'bins', 'dropna'], args);
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
  mode(): Series<T> {
    const counts = this.value_counts();
    const best = counts.slice(0, counts.tolist().filter((n) => n === counts.iloc(0)).length);
    const column = best.index.sort_values().levels[0] ?? this[COLUMN];
    return makeSeries<T>(column, makeRange(column.data.length), this.name);
  }

  duplicated(options: { readonly keep?: 'first' | 'last' | false } = {}): Series<boolean> {
    return this.withColumn<boolean>(bools(duplicates(rowKeys([this[COLUMN]]), this.length, options.keep ?? 'first')));
  }

  drop_duplicates(options: { readonly keep?: 'first' | 'last' | false; readonly inplace?: boolean } = {}): Series<T> {
    const bits = duplicates(rowKeys([this[COLUMN]]), this.length, options.keep ?? 'first');
    const kept = this.rows(maskPositions(bits.map((bit) => 1 - bit)));
    return options.inplace === true ? this.become(kept) : kept;
  }

  /** Where a value would go so that ascending cells stay ascending. */
  searchsorted(value: readonly unknown[], options?: { readonly side?: 'left' | 'right' }): number[];
  searchsorted(value: unknown, options?: { readonly side?: 'left' | 'right' }): number;
  searchsorted(value: unknown, options: { readonly side?: 'left' | 'right' } = {}): number | number[] {
    if (Array.isArray(value)) return value.map((one: unknown) => this.searchsorted(one, options));
    const side = textOr(options.side, ['left', 'right'], 'left', 'searchsorted() side');
    const list = this.tolist();
    const at = list.findIndex((own) => (side === 'left' ? labelOrder(own, value) >= 0 : labelOrder(own, value) > 0));
    return at < 0 ? list.length : at;
  }

  repeat(times: number): Series<T> {
    const n = numberOr(times, 1, 'repeat() times');
    return this.rows(Int32Array.from({ length: this.length * n }, (_, i) => Math.floor(i / n)));
  }

  /** Lists in cells, one row an item. */
  explode(): Series<unknown> {
    const list = this.tolist();
    const parts = list.map((value) =>
      Array.isArray(value) ? (value.length === 0 ? [NaN] : (value as unknown[])) : [value],
    );
    const positions = Int32Array.from(parts.flatMap((part, i) => part.map(() => i)));
    return makeSeries(objects(parts.flat()), this.index.take(positions), this.name);
  }

  #most(n: number, keep: 'first' | 'last' | 'all', ascending: boolean): Series<T> {
    if (n >= this.length) return this.sort_values({ ascending }).head(n);
    const full = this.dropna();
    const turned = keep === 'last' ? full.slice(null, null, -1) : full;
    const sorted = turned.sort_values({ ascending });
    if (keep !== 'all' || n >= sorted.length || n < 1) return sorted.head(Math.max(0, n));
    const last = sorted.at(n - 1);
    const more = sorted
      .slice(n)
      .tolist()
      .filter((value) => labelOrder(value, last) === 0).length;
    return sorted.head(n + more);
  }

  #arranged(order: Positions, a: Readonly<Record<string, unknown>>): Series<T> {
    let sorted = this.rows(order);
    if (flag(a['ignore_index'], false)) sorted = makeSeries<T>(sorted[COLUMN], makeRange(sorted.length), this.name);
    return flag(a['inplace'], false) ? this.become(sorted) : sorted;
  }
}

/** Row numbers in the order of the labels, or of one level of them first. */
export function indexOrder(
  index: SeriesSorting<unknown>['index'],
  level: unknown,
  ascending: unknown,
  missingFirst: boolean,
): Positions {
  const up = Array.isArray(ascending) ? (ascending as unknown[]).map((one) => flag(one, true)) : flag(ascending, true);
  if (level === undefined || level === null || index.nlevels === 1) return index.order(up, missingFirst);
  const at = index.levelOf(level as number | string);
  const rest = index.levels.filter((_, i) => i !== at);
  const [first] = index.levels.slice(at, at + 1);
  return makeLevels([...(first === undefined ? [] : [first]), ...rest], []).order(up, missingFirst);
}

function monotonic(column: Column, sign: number): boolean {
  const list = cells(column);
  return list.every((value, i) => i === 0 || sign * labelOrder(list[i - 1], value) <= 0);
}
