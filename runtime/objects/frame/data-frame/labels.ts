import { badArgument } from '../../../api/arguments.ts';
import { flag, readAxis, textOr } from '../args.ts';
import type { Named } from '../args.ts';
import { missingColumn } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { fillWith, takeFilled } from '../column/transforms.ts';
import { badTable } from '../errors.ts';
import { makeFrame, makeIndex } from '../factory.ts';
import { dropPositions, reindexRows, resetColumns, setIndex } from '../labels/relabel.ts';
import { renamedAxis, renamedLabels, swappedLevels } from '../labels/rename.ts';
import { columnForRows } from '../selection/write.ts';
import { toIndex } from '../series/labels.ts';
import type { AxisNameOptions, SwapArgs } from '../series/labels.ts';
import { given } from '../signatures/signature.ts';
import { BECOME, COLUMNS_AT, DATA, NAMES, ROWS } from '../store.ts';
import type { Cell, DataFrame, Series } from '../types.ts';
import { FrameSorting } from './sorting.ts';

/** Other columns, other labels, other rows. */
export abstract class FrameLabels<C extends string> extends FrameSorting<C> {
  /** A copy with more columns: values, or functions of the table. */
  assign<N extends string>(columns: Readonly<Record<N, unknown>>): DataFrame<C | N> {
    const copy = this.copy();
    for (const [name, value] of Object.entries(columns)) copy.set(name, value);
    return copy as unknown as DataFrame<C | N>; // with the new columns
  }

  /** Puts a column at a place in this table. */
  insert(place: number, name: string, value: unknown): DataFrame<C> {
    if (!Number.isInteger(place) || place < 0 || place > this[NAMES].length)
      throw badArgument('insert()', `loc must be a place from 0 to ${this[NAMES].length}.`);
    if (this[NAMES].includes(name)) throw badTable(`there is a column ${name} already; assign to it with df.set().`);
    const column = columnForRows(value, this.index);
    const data = [...this[DATA]];
    data.splice(place, 0, column);
    const names = this[NAMES].tolist();
    names.splice(place, 0, name);
    return this[BECOME](makeFrame(makeIndex(names).rename(this[NAMES].names), data, this.index));
  }

  /** Removes a column from this table and gives it. */
  pop<K extends C>(name: K): Series<Cell<K>> {
    const column = this.col(name);
    this.del(name);
    return column;
  }

  /** Removes a column from this table: Python's `del df[name]`. */
  del(name: C): void {
    this.drop(undefined, { columns: name, inplace: true });
  }

  /** Without rows, or columns (`axis: 1`, `columns`); UNKNOWN_LABEL when one does not exist unless `errors: 'ignore'`. */
  drop(labels?: unknown, options: Named = {}): DataFrame<C> {
    const a = options;
    const ignore = textOr(a['errors'], ['raise', 'ignore'], 'raise', 'drop() errors') === 'ignore';
    const axis = readAxis(a['axis']);
    const columns = a['columns'] ?? (axis === 1 ? labels : undefined);
    const rows = a['index'] ?? (axis === 0 ? labels : undefined);
    if (labels !== undefined && (a['index'] ?? a['columns']) !== undefined)
      throw badArgument('drop()', 'takes labels, or index and columns, not both.');
    if (rows === undefined && columns === undefined) throw badArgument('drop()', 'needs labels, index or columns.');
    let kept = this as unknown as DataFrame<C>;
    if (columns !== undefined)
      kept = kept[COLUMNS_AT](dropPositions(this[NAMES], columns, ignore), false) as unknown as DataFrame<C>;
    if (rows !== undefined) kept = kept[ROWS](dropPositions(this.index, rows, ignore));
    return flag(a['inplace'], false) ? this[BECOME](kept as unknown as DataFrame) : kept.copy();
  }

  /** `rename({ columns: { old: new }, index: {…} })`; a function works too. */
  rename(mapper?: unknown, options: Named = {}): DataFrame {
    const a = options;
    const axis = readAxis(a['axis']);
    if (mapper !== undefined && (a['index'] ?? a['columns']) !== undefined)
      throw badArgument('rename()', 'takes a mapper, or index and columns, not both.');
    const columns = a['columns'] ?? (axis === 1 ? mapper : undefined);
    const rows = a['index'] ?? (axis === 0 ? mapper : undefined);
    const names = columns === undefined ? this[NAMES] : renamedLabels(this[NAMES], columns, a['errors']);
    const index = rows === undefined ? this.index : renamedLabels(this.index, rows, a['errors']);
    const renamed = makeFrame(names, this[DATA], index);
    return flag(a['inplace'], false) ? (this[BECOME](renamed) as unknown as DataFrame) : renamed;
  }

  /** Another name for the row labels (for the columns with `{ axis: 1 }`). */
  rename_axis(mapper?: unknown, options: AxisNameOptions & { readonly columns?: unknown } = {}): DataFrame<C> {
    const { index, columns } = options;
    const across = readAxis(options.axis) === 1;
    const named = index !== undefined || columns !== undefined;
    const rows = named ? index : across ? undefined : (mapper ?? null);
    const heads = named ? columns : across ? (mapper ?? null) : undefined;
    const renamed = makeFrame<C>(
      heads === undefined ? this[NAMES] : renamedAxis(this[NAMES], heads),
      this[DATA],
      rows === undefined ? this.index : renamedAxis(this.index, rows),
    );
    return options.inplace === true ? this[BECOME](renamed as unknown as DataFrame) : renamed;
  }

  set_axis(
    labels: Iterable<unknown>,
    options: { readonly axis?: 0 | 1 | 'columns'; readonly inplace?: boolean } = {},
  ): DataFrame {
    const copy = (options.inplace === true ? this : this.copy()) as unknown as DataFrame;
    if (readAxis(options.axis) === 1) copy.columns = labels as never;
    else copy.index = labels as never;
    return copy;
  }

  add_prefix(prefix: string): DataFrame {
    return this.rename(undefined, { columns: (name: unknown) => `${prefix}${String(name)}` });
  }

  add_suffix(suffix: string): DataFrame {
    return this.rename(undefined, { columns: (name: unknown) => `${String(name)}${suffix}` });
  }

  /** A column (or several, or lists of labels) becomes the row labels. */
  set_index(keys: unknown, options?: object): DataFrame<C> {
    const a = given([options]);
    const table = setIndex(this as unknown as DataFrame, keys, flag(a['drop'], true), flag(a['append'], false));
    if (flag(a['verify_integrity'], false) && !table.index.is_unique)
      throw badTable('the new row labels repeat; drop_duplicates() first, or leave verify_integrity out.');
    return (flag(a['inplace'], false) ? this[BECOME](table) : table) as unknown as DataFrame<C>; // the columns that stay
  }

  /** Row labels become columns again, rows are numbered from 0; `drop: true` forgets the labels. */
  reset_index(...args: readonly unknown[]): DataFrame {
    const a = given(args);
    const table = resetColumns(this as unknown as DataFrame, a['level'], flag(a['drop'], false), a['names']);
    return flag(a['inplace'], false) ? (this[BECOME](table) as unknown as DataFrame) : table;
  }

  /** The same rows (and columns) in another order; new ones are missing, or `fill_value`, or the last known (`method`). */
  reindex(labels?: unknown, options: Named = {}): DataFrame<C> {
    const a = options;
    const axis = readAxis(a['axis']);
    const rows = a['index'] ?? (axis === 0 ? labels : undefined);
    const columns = a['columns'] ?? (axis === 1 ? labels : undefined);
    const fill = (column: Column): Column =>
      a['fill_value'] === undefined ? column : fillWith(column, a['fill_value'], Infinity);
    let { index, [NAMES]: names } = this;
    let data: readonly Column[] = this[DATA];
    if (rows !== undefined) {
      const target = toIndex(rows, index);
      const positions = reindexRows(index, target, a['method']);
      data = data.map((column) => takeFilled(column, positions, a['fill_value']));
      index = target;
    }
    if (columns !== undefined) {
      const target = toIndex(columns, names);
      const from = reindexRows(names, target, a['method']);
      const old = data;
      const n = index.length;
      data = Array.from(from, (at) => old[at] ?? fill(missingColumn(n)));
      names = target;
    }
    return makeFrame<C>(names, data, index);
  }

  reindex_like(other: DataFrame, options: { readonly method?: string } = {}): DataFrame<C> {
    return this.reindex(undefined, { index: other.index, columns: other[NAMES], ...options });
  }

  /** Without one level of the row labels (of the columns with `{ axis: 1 }`). */
  droplevel(level: number | string, options: { readonly axis?: 0 | 1 } = {}): DataFrame<C> {
    const across = readAxis(options.axis) === 1;
    return makeFrame<C>(
      across ? this[NAMES].droplevel(level) : this[NAMES],
      this[DATA],
      across ? this.index : this.index.droplevel(level),
    );
  }

  swaplevel(...args: SwapArgs): DataFrame<C> {
    const a = given(args);
    if (readAxis(a['axis']) === 1) return makeFrame<C>(swappedLevels(this[NAMES], a), this[DATA], this.index);
    return makeFrame<C>(this[NAMES], this[DATA], swappedLevels(this.index, a));
  }
}
