import { badArgument } from '../../../api/arguments.ts';
import { flag, isFunction, named, pairsOf } from '../args.ts';
import { sameColumn } from '../column/keys.ts';
import { takeFilled } from '../column/transforms.ts';
import { adviseOnce } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels, makeRange, makeSeries } from '../factory.ts';
import { concatTables } from '../joining/concat.ts';
import { dropPositions, reindexRows, renamedLabels, resetColumns, updated } from '../labels/relabel.ts';
import { listOf } from '../selection/select.ts';
import { COLUMN } from '../store.ts';
import { isIndex, isSeries } from '../is-table.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import { SeriesSorting } from './sorting.ts';

/** Other labels, other rows, and another Series under or into this one. */
export abstract class SeriesLabels<T> extends SeriesSorting<T> {
  /** The same labels in another order; new labels get missing cells, or `fill_value`, or the last known (`method`). */
  reindex(labels: Iterable<unknown> | { readonly index: Iterable<unknown> }, options: object = {}): Series<T> {
    const a = named('reindex', ['index', 'fill_value', 'method'], [labels, options]);
    const target = toIndex(a['index'], this.index);
    const positions = reindexRows(this.index, target, a['method']);
    return makeSeries<T>(takeFilled(this[COLUMN], positions, a['fill_value']), target, this.name);
  }

  reindex_like(other: { readonly index: Index }): Series<T> {
    return this.reindex(other.index);
  }

  /** A text renames the Series; a dict or function renames labels. */
  rename(name: unknown, options: { readonly inplace?: boolean } = {}): Series<T> {
    const relabel = isFunction(name) || pairsOf(name) !== null;
    const index = relabel ? renamedLabels(this.index, name) : this.index;
    const renamed = makeSeries<T>(this[COLUMN], index, relabel ? this.name : name);
    return options.inplace === true ? this.become(renamed) : renamed;
  }

  rename_axis(name: string | null): Series<T> {
    return makeSeries<T>(this[COLUMN], this.index.rename(name), this.name);
  }

  /** Labels become a column, rows are numbered from 0; `drop: true` forgets the labels. */
  reset_index(...args: readonly unknown[]): DataFrame & Series<T> {
    const a = named('reset_index', ['level', 'drop', 'name', 'inplace'], args);
    if (flag(a['drop'], false)) {
      const bare = makeSeries<T>(this[COLUMN], makeRange(this.length), this.name);
      return (flag(a['inplace'], false) ? this.become(bare) : bare) as DataFrame & Series<T>; // drop decides which
    }
    const name = a['name'] ?? this.name ?? 0;
    const frame = makeFrame(makeIndex([name]), [this[COLUMN]], this.index);
    return resetColumns(frame, a['level']) as DataFrame & Series<T>; // drop decides which
  }

  drop(labels: unknown, options: { readonly errors?: 'raise' | 'ignore'; readonly inplace?: boolean } = {}): Series<T> {
    const a = named('drop', ['labels', 'axis', 'index', 'errors', 'inplace'], [labels, options]);
    const kept = this.rows(dropPositions(this.index, a['index'] ?? a['labels'], a['errors'] === 'ignore'));
    return flag(a['inplace'], false) ? this.become(kept) : kept;
  }

  /** Removes a row and gives its cell. */
  pop(label: unknown): T {
    const value = this.loc(label);
    this.drop(label, { inplace: true });
    return value;
  }

  /** The same cells under other labels. */
  set_axis(labels: Iterable<unknown>): Series<T> {
    const copy = this.copy();
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

  swaplevel(): Series<T> {
    const { levels, names } = this.index;
    return makeSeries<T>(this[COLUMN], makeLevels([...levels].toReversed(), [...names].toReversed()), this.name);
  }

  /** Writes the cells of the other Series that are not missing into this one. */
  update(other: Series<unknown>): void {
    this.become(this.withColumn(updated(this[COLUMN], this.index, other)));
  }

  /** Old pandas: this Series with another one under it. */
  append(
    other: Series<unknown> | readonly Series<unknown>[],
    options: { readonly ignore_index?: boolean } = {},
  ): Series<T> {
    adviseOnce('Series.append()', 'pd.concat([a, b])');
    const all = [this as unknown as Series<unknown>, ...(isSeries(other) ? [other] : other)];
    return concatTables(all, options) as unknown as Series<T>; // Series in, Series out
  }
}

/** Labels as an Index; a list keeps the name of the old index. */
export function toIndex(labels: unknown, old: Index): Index {
  if (isIndex(labels)) return labels as Index;
  if (isSeries(labels)) return makeIndex(labels.tolist());
  const list =
    listOf(labels) ?? (labels === null || typeof labels !== 'object' ? null : Array.from(labels as Iterable<unknown>));
  if (list === null) throw badArgument('reindex()', 'takes a list of labels.');
  return makeIndex(list).rename(old.name);
}
