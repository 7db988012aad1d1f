import { badArgument } from '../../../api/arguments.ts';
import { flag, readAxis, wholeNumber } from '../args.ts';
import { bools, isNumeric } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { argsort, argsortBy } from '../column/sorting.ts';
import { maskPositions, rangePositions } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { adviseOnce, badOperator, unknownColumn } from '../errors.ts';
import { makeFrame, makeRange, makeSeries } from '../factory.ts';
import { rowKeys } from '../index/lookup.ts';
import { duplicates } from '../index/sets.ts';
import { listOf, transposed } from '../selection/select.ts';
import { keyedColumn, keyedIndex, missingFirst, readKeep, readRepeat } from '../labels/sort-keys.ts';
import { indexOrder } from '../series/sorting.ts';
import type { SortOptions } from '../series/sorting.ts';
import { given } from '../signatures/signature.ts';
import { BECOME, COLUMNS_AT, DATA, NAMES, ROWS } from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameApply } from './apply.ts';

export interface SortByOptions extends SortOptions {
  readonly by?: unknown;
}

interface MostOptions {
  readonly keep?: 'first' | 'last' | 'all';
}

/** Order of the rows and columns, and rows that repeat. */
export abstract class FrameSorting<C extends string> extends FrameApply<C> {
  /** `sort_values('close', { ascending: false })`, `sort_values(['a', 'b'], { ascending: [true, false] })`, `sort_values({ by: 'a' })`. */
  sort_values(by: C | readonly C[] | SortByOptions, ...more: readonly unknown[]): DataFrame<C> {
    const a = given([by, ...more]);
    if (a['by'] === undefined) throw badArgument('sort_values()', "needs a column: sort_values('close').");
    if (readAxis(a['axis']) === 1) {
      const { axis: _axis, inplace, ignore_index: anew, ...rest } = a;
      const across = transposed(this as unknown as DataFrame);
      const places = makeFrame(across[NAMES], across[DATA], makeRange(across.length)).sort_values(rest);
      const sorted = this[COLUMNS_AT](Int32Array.from(places.index.tolist() as unknown as number[]), false);
      if (flag(anew, false)) sorted.columns = makeRange(sorted[NAMES].length);
      return (flag(inplace, false) ? this[BECOME](sorted) : sorted) as unknown as DataFrame<C>; // columns in another order
    }
    const keys = (listOf(a['by']) ?? [a['by']]).map((name) =>
      keyedColumn(makeSeries(this.#key(name), this.index, name), a['key']),
    );
    const ups = Array.isArray(a['ascending']) ? (a['ascending'] as unknown[]) : keys.map(() => a['ascending']);
    const ascending = keys.map((_, i) => flag(ups[i], true));
    if (Array.isArray(a['ascending']) && ups.length !== keys.length)
      throw badArgument('sort_values()', `has ${keys.length} keys but ${ups.length} values of ascending.`);
    const gapsFirst = missingFirst(a['na_position']);
    const [only] = keys;
    const order =
      keys.length === 1 && only !== undefined
        ? argsort(only, ascending[0] ?? true, gapsFirst)
        : argsortBy(keys, ascending, gapsFirst, this.length);
    return this.#arranged(order, a);
  }

  /** By row labels, or by the names of the columns with `{ axis: 1 }`. */
  sort_index(...args: readonly [axis?: 0 | 1 | SortByOptions, ...more: readonly unknown[]]): DataFrame<C> {
    const a = given(args);
    if (a['by'] !== undefined) {
      adviseOnce('sort_index(by=…)', 'df.sort_values(by)');
      return this.sort_values(a);
    }
    const gapsFirst = missingFirst(a['na_position']);
    if (readAxis(a['axis']) === 1) {
      const order = indexOrder(keyedIndex(this[NAMES], a['key']), a['level'], a['ascending'], gapsFirst);
      const sorted = this[COLUMNS_AT](order, false) as unknown as DataFrame<C>;
      return flag(a['inplace'], false) ? this[BECOME](sorted as unknown as DataFrame) : sorted;
    }
    const order = indexOrder(keyedIndex(this.index, a['key']), a['level'], a['ascending'], gapsFirst);
    return this.#arranged(order, a);
  }

  /** Old pandas: sort_values, or sort_index when no column is named. */
  sort(...args: readonly [columns?: C | readonly C[] | SortByOptions, ...more: readonly unknown[]]): DataFrame<C> {
    adviseOnce('DataFrame.sort()', "df.sort_values('列名')");
    const { columns: by, ...rest } = given(args);
    return by === undefined ? this.sort_index(rest) : this.sort_values({ ...rest, by });
  }

  /** The n rows with the largest cells of a column. */
  nlargest(n: number, columns: C | readonly C[], options: MostOptions = {}): DataFrame<C> {
    return this.#most(n, columns, options.keep, false);
  }

  nsmallest(n: number, columns: C | readonly C[], options: MostOptions = {}): DataFrame<C> {
    return this.#most(n, columns, options.keep, true);
  }

  duplicated(...args: readonly unknown[]): Series<boolean> {
    const a = given(args);
    return makeSeries<boolean>(bools(this.#repeats(a['subset'], a['keep'])), this.index);
  }

  drop_duplicates(...args: readonly unknown[]): DataFrame<C> {
    const a = given(args);
    const kept = maskPositions(this.#repeats(a['subset'], a['keep']).map((bit) => 1 - bit));
    return this.#arranged(kept, a);
  }

  #key(name: unknown): Column {
    const at = this[NAMES].rowOf(name);
    const column = this[DATA][at];
    if (column !== undefined) return column;
    const level = this.index.names.indexOf(name as string);
    const labels = level < 0 ? undefined : this.index.levels[level];
    if (labels === undefined) throw unknownColumn(name, this[NAMES]);
    return labels;
  }

  #most(n: number, columns: C | readonly C[], keep: MostOptions['keep'], ascending: boolean): DataFrame<C> {
    const most = Math.max(0, wholeNumber(n, 5, 'nlargest() n'));
    const which = readKeep(keep);
    const keys = (listOf(columns) ?? [columns]).map((name) => this.#key(name));
    for (const key of keys)
      if (!isNumeric(key)) throw badOperator('nlargest() and nsmallest() need columns of numbers.');
    const rows = rangePositions(this.length);
    const start = which === 'last' ? rows.toReversed() : rows;
    const order = keys.toReversed().reduce<Positions>((so, key) => argsort(key, ascending, false, so), start);
    const same = rowKeys(keys);
    let end = Math.min(most, order.length);
    const last = end > 0 ? same(order[end - 1] ?? 0) : null;
    const ties = which === 'all' && end > 0 ? order.length : end;
    while (end < ties && Object.is(same(order[end] ?? 0), last)) end += 1;
    return this[ROWS](order.slice(0, end));
  }

  #repeats(subset: unknown, keep: unknown): Uint8Array {
    const names = subset === undefined || subset === null ? null : (listOf(subset) ?? [subset]);
    const columns = names === null ? [...this[DATA]] : names.map((name) => this.#key(name));
    return duplicates(rowKeys(columns), this.length, readRepeat(keep, 'duplicated()'));
  }

  #arranged(order: Positions, a: Readonly<Record<string, unknown>>): DataFrame<C> {
    let sorted = this[ROWS](order);
    if (flag(a['ignore_index'], false)) sorted = makeFrame<C>(this[NAMES], sorted[DATA], makeRange(sorted.length));
    return flag(a['inplace'], false) ? this[BECOME](sorted as unknown as DataFrame) : sorted;
  }
}
