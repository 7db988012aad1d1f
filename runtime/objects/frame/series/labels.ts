import { badArgument } from '../../../api/arguments.ts';
import { flag, isFunction, pairsOf, textOr } from '../args.ts';
import { sameColumn } from '../column/keys.ts';
import { takeFilled } from '../column/transforms.ts';
import { adviseOnce } from '../errors.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { concatTables } from '../joining/concat.ts';
import { dropPositions, reindexRows, resetColumns, updated } from '../labels/relabel.ts';
import { renamedAxis, renamedLabels, swappedLevels } from '../labels/rename.ts';
import { listOf } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import { BECOME, COLUMN, ROWS, WITH_COLUMN } from '../store.ts';
import { isIndex, isSeries } from '../is-table.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import { SeriesSorting } from './sorting.ts';

/** Other labels, other rows, and another Series under or into this one. */
export abstract class SeriesLabels<T> extends SeriesSorting<T> {
  /** The same labels in another order; new labels get missing cells, or `fill_value`, or the last known (`method`). */
  reindex(labels: Iterable<unknown> | { readonly index: Iterable<unknown> }, options: ReindexOptions = {}): Series<T> {
    const target = toIndex(labels, this.index);
    const positions = reindexRows(this.index, target, options.method);
    return makeSeries<T>(takeFilled(this[COLUMN], positions, options.fill_value), target, this.name);
  }

  reindex_like(other: { readonly index: Index }, options: ReindexOptions = {}): Series<T> {
    return this.reindex(other.index, options);
  }

  /** A text renames the Series; a dict or function renames labels. */
  rename(name?: unknown, options: RenameOptions = {}): Series<T> {
    const relabel = isFunction(name) || pairsOf(name) !== null;
    const index = relabel ? renamedLabels(this.index, name, options.errors) : this.index;
    const renamed = makeSeries<T>(this[COLUMN], index, relabel ? this.name : name);
    return options.inplace === true ? this[BECOME](renamed) : renamed;
  }

  rename_axis(mapper?: unknown, options: AxisNameOptions = {}): Series<T> {
    const renamed = makeSeries<T>(this[COLUMN], renamedAxis(this.index, options.index, mapper), this.name);
    return options.inplace === true ? this[BECOME](renamed) : renamed;
  }

  /** Labels become a column, rows are numbered from 0; `drop: true` forgets the labels. */
  reset_index(...args: readonly unknown[]): DataFrame & Series<T> {
    const a = given(args);
    if (flag(a['drop'], false)) {
      const index = resetColumns(makeFrame(makeIndex([0]), [this[COLUMN]], this.index), a['level'], true).index;
      const bare = makeSeries<T>(this[COLUMN], index, this.name);
      return (flag(a['inplace'], false) ? this[BECOME](bare) : bare) as DataFrame & Series<T>; // drop decides which
    }
    if (flag(a['inplace'], false))
      throw badArgument('reset_index()', 'a Series cannot become a table in place; assign the result.');
    const name = a['name'] ?? this.name ?? 0;
    const frame = makeFrame(makeIndex([name]), [this[COLUMN]], this.index);
    return resetColumns(frame, a['level']) as DataFrame & Series<T>; // drop decides which
  }

  drop(labels?: unknown, options: DropOptions = {}): Series<T> {
    const ignore = textOr(options.errors, ['raise', 'ignore'], 'raise', 'drop() errors') === 'ignore';
    const wanted = options.index ?? labels;
    if (wanted === undefined || wanted === null) throw badArgument('drop()', "needs labels: s.drop('x').");
    const kept = this[ROWS](dropPositions(this.index, wanted, ignore));
    return flag(options.inplace, false) ? this[BECOME](kept) : kept;
  }

  /** Removes a row and gives its cell. */
  pop(label: unknown): T {
    const value = this.loc(label);
    this.drop(label, { inplace: true });
    return value;
  }

  /** The same cells under other labels. */
  set_axis(labels: Iterable<unknown>, options: { readonly inplace?: boolean } = {}): Series<T> {
    const copy = options.inplace === true ? (this as unknown as Series<T>) : this.copy();
    copy.index = labels as never;
    return copy;
  }

  equals(other: unknown): boolean {
    if (!isSeries(other)) return false;
    const [a, b] = [this[COLUMN], other[COLUMN]];
    return a.kind === b.kind && this.index.equals(other.index) && sameColumn(a, b);
  }

  droplevel(level: number | string): Series<T> {
    return makeSeries<T>(this[COLUMN], this.index.droplevel(level), this.name);
  }

  swaplevel(...args: SwapArgs): Series<T> {
    return makeSeries<T>(this[COLUMN], swappedLevels(this.index, given(args)), this.name);
  }

  /** Writes the cells of the other Series that are not missing into this one. */
  update(other: Series<unknown>): void {
    this[BECOME](this[WITH_COLUMN](updated(this[COLUMN], this.index, other)));
  }

  /** Old pandas: this Series with another one under it. */
  append(
    other: Series<unknown> | readonly Series<unknown>[],
    options: { readonly ignore_index?: boolean; readonly verify_integrity?: boolean } = {},
  ): Series<T> {
    adviseOnce('Series.append()', 'pd.concat([a, b])');
    const all = [this as unknown as Series<unknown>, ...(isSeries(other) ? [other] : other)];
    return concatTables(all, options) as unknown as Series<T>; // Series in, Series out
  }
}

export interface ReindexOptions {
  readonly method?: string | null;
  readonly fill_value?: unknown;
}
export interface RenameOptions {
  readonly inplace?: boolean;
  readonly errors?: 'raise' | 'ignore';
}
export interface AxisNameOptions {
  readonly index?: unknown;
  readonly axis?: 0 | 1 | 'index' | 'columns';
  readonly inplace?: boolean;
}
interface DropOptions {
  readonly index?: unknown;
  readonly errors?: 'raise' | 'ignore';
  readonly inplace?: boolean;
}
type SwapOptions = { readonly i?: number | string; readonly j?: number | string; readonly axis?: 0 | 1 };
export type SwapArgs = readonly [i?: number | string | SwapOptions, j?: number | string, options?: SwapOptions];

/** Labels as an Index; a list keeps the name of the old index. */
export function toIndex(labels: unknown, old: Index): Index {
  if (isIndex(labels)) return labels as Index;
  if (isSeries(labels)) return makeIndex(labels.tolist()).rename(labels.name);
  const list =
    listOf(labels) ?? (labels === null || typeof labels !== 'object' ? null : Array.from(labels as Iterable<unknown>));
  if (list === null) throw badArgument('reindex()', 'takes a list of labels.');
  return makeIndex(list).rename(old.name);
}
