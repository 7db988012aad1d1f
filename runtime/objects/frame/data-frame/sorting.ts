import { badArgument } from '../../../api/arguments.ts';
import { flag, named, numberOr, readAxis } from '../args.ts';
import { bools } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { argsort, argsortBy } from '../column/sorting.ts';
import { maskPositions } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { adviseOnce, unknownColumn } from '../errors.ts';
import { makeFrame, makeRange, makeSeries } from '../factory.ts';
import { rowKeys } from '../index/lookup.ts';
import { duplicates } from '../index/sets.ts';
import { listOf, transposed } from '../selection/select.ts';
import { indexOrder } from '../series/sorting.ts';
import type { SortOptions } from '../series/sorting.ts';
import { DATA } from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameApply } from './apply.ts';

export interface SortByOptions extends SortOptions {
  readonly by?: unknown;
}

const SORT_NAMES = ['by', 'axis', 'ascending', 'inplace', 'kind', 'na_position', 'ignore_index', 'level'] as const;

type Keep = 'first' | 'last' | false;

/** Order of the rows and columns, and rows that repeat. */
export abstract class FrameSorting<C extends string> extends FrameApply<C> {
  /** `sort_values('close', { ascending: false })`, `sort_values(['a', 'b'], { ascending: [true, false] })`, `sort_values({ by: 'a' })`. */
  sort_values(by: C | readonly C[] | SortByOptions, options?: SortOptions): DataFrame<C> {
    const a = named('sort_values', SORT_NAMES, [by, options]);
    if (a['by'] === undefined) throw badArgument('sort_values()', "needs a column: sort_values('close').");
    if (readAxis(a['axis']) === 1) {
      const { axis: _axis, ...rest } = a;
      return transposed(this as unknown as DataFrame).sort_values(rest).T as unknown as DataFrame<C>; // columns in another order
    }
    const keys = (listOf(a['by']) ?? [a['by']]).map((name) => this.#key(name));
    const ups = Array.isArray(a['ascending']) ? (a['ascending'] as unknown[]) : keys.map(() => a['ascending']);
    const ascending = keys.map((_, i) => flag(ups[i], true));
    const missingFirst = a['na_position'] === 'first';
    const [only] = keys;
    const order =
      keys.length === 1 && only !== undefined
        ? argsort(only, ascending[0] ?? true, missingFirst)
        : argsortBy(keys, ascending, missingFirst, this.length);
    return this.#arranged(order, a);
  }

  /** By row labels, or by the names of the columns with `{ axis: 1 }`. */
  sort_index(options: SortByOptions = {}): DataFrame<C> {
    const a = named('sort_index', SORT_NAMES, [options]);
    if (a['by'] !== undefined) {
      adviseOnce('sort_index(by=…)', 'df.sort_values(by)');
      return this.sort_values(options);
    }
    if (readAxis(a['axis']) === 1) {
      const order = indexOrder(this.names, a['level'], a['ascending'], false);
      const sorted = this.columnsAt(order, false) as unknown as DataFrame<C>;
      return flag(a['inplace'], false) ? this.become(sorted as unknown as DataFrame) : sorted;
    }
    return this.#arranged(indexOrder(this.index, a['level'], a['ascending'], a['na_position'] === 'first'), a);
  }

  /** Old pandas: sort_values, or sort_index when no column is named. */
  sort(columns?: C | readonly C[] | SortByOptions, options?: SortOptions): DataFrame<C> {
    adviseOnce('DataFrame.sort()', "df.sort_values('列名')");
    const { columns: by, ...rest } = named('sort', ['columns', ...SORT_NAMES], [columns, options]);
    const key = by ?? rest['by'];
    return key === undefined ? this.sort_index(rest) : this.sort_values({ ...rest, by: key });
  }

  /** The n rows with the largest cells of a column. */
  nlargest(n: number, columns: C | readonly C[]): DataFrame<C> {
    return this.#most(n, columns, false);
  }

  nsmallest(n: number, columns: C | readonly C[]): DataFrame<C> {
    return this.#most(n, columns, true);
  }

  duplicated(...args: readonly unknown[]): Series<boolean> {
    const a = named('duplicated', ['subset', 'keep'], args);
    return makeSeries<boolean>(bools(this.#repeats(a['subset'], a['keep'])), this.index);
  }

  drop_duplicates(...args: readonly unknown[]): DataFrame<C> {
    const a = named('drop_duplicates', ['subset', 'keep', 'inplace', 'ignore_index'], args);
    const kept = maskPositions(this.#repeats(a['subset'], a['keep']).map((bit) => 1 - bit));
    return this.#arranged(kept, a);
  }

  #key(name: unknown): Column {
    const at = this.names.rowOf(name);
    const column = this[DATA][at];
    if (column !== undefined) return column;
    const level = this.index.names.indexOf(name as string);
    const labels = level < 0 ? undefined : this.index.levels[level];
    if (labels === undefined) throw unknownColumn(name, this.names);
    return labels;
  }

  #most(n: number, columns: C | readonly C[], ascending: boolean): DataFrame<C> {
    const names = (listOf(columns) ?? [columns]) as readonly C[];
    return this.sort_values(names, { ascending }).head(numberOr(n, 5, 'nlargest() n'));
  }

  #repeats(subset: unknown, keep: unknown): Uint8Array {
    const names = subset === undefined || subset === null ? null : (listOf(subset) ?? [subset]);
    const columns = names === null ? [...this[DATA]] : names.map((name) => this.#key(name));
    return duplicates(rowKeys(columns), this.length, (keep ?? 'first') as Keep);
  }

  #arranged(order: Positions, a: Readonly<Record<string, unknown>>): DataFrame<C> {
    let sorted = this.rows(order);
    if (flag(a['ignore_index'], false)) sorted = makeFrame<C>(this.names, sorted[DATA], makeRange(sorted.length));
    return flag(a['inplace'], false) ? this.become(sorted as unknown as DataFrame) : sorted;
  }
}
