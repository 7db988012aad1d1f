import { badArgument } from '../../../api/arguments.ts';
import { isFunction, pairsOf } from '../args.ts';
import { missingColumn } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { sameColumn } from '../column/keys.ts';
import { adviseOnce } from '../errors.ts';
import { makeFrame, makeIndex, makeRange, makeSeries } from '../factory.ts';
import { concatTables } from '../joining/concat.ts';
import { joinTables, mergeTables } from '../joining/merge.ts';
import { updated } from '../labels/relabel.ts';
import { COLUMN, DATA, NAMES, WITH_COLUMN } from '../store.ts';
import { isFrame, isIndex, isSeries } from '../is-table.ts';
import type { DataFrame, Frame, Merged, Series } from '../types.ts';
import { FrameLabels } from './labels.ts';

/** Two tables: one under, beside or into the other. */
export abstract class FrameJoining<C extends string> extends FrameLabels<C> {
  /** Old pandas: another table, row or list of rows under this one. */
  append(other: unknown, options: AppendOptions = {}): DataFrame<C> {
    adviseOnce('DataFrame.append()', 'pd.concat([a, b])');
    const parts = Array.isArray(other) ? (other as readonly unknown[]) : [other];
    const tables = parts.map((part) => asRows(part));
    return concatTables([this as unknown as DataFrame, ...tables], options) as unknown as DataFrame<C>; // the same columns
  }

  /** Rows of both tables that meet: `merge(right, { on: 'code', how: 'left' })`. */
  merge<B extends string>(right: Frame<B>, ...args: readonly unknown[]): Merged<C, B>;
  merge(right: Series<unknown>, ...args: readonly unknown[]): DataFrame;
  merge(right: unknown, ...args: readonly unknown[]): unknown {
    return mergeTables(this as unknown as DataFrame, right as DataFrame, args);
  }

  /** Columns of other tables by row label. */
  join(
    other: DataFrame | Series<unknown> | readonly (DataFrame | Series<unknown>)[],
    ...args: readonly unknown[]
  ): DataFrame {
    return joinTables(this as unknown as DataFrame, other, args);
  }

  /** Writes the cells of the other table that are not missing into this one. */
  update(other: DataFrame, options: { readonly overwrite?: boolean } = {}): void {
    other[NAMES].tolist().forEach((name) => {
      if (!this[NAMES].includes(name)) return;
      const column = this.col(name as C) as unknown as Series;
      const fresh = other.col(name as string);
      const cells = updated(column[COLUMN], this.index, fresh, options.overwrite !== false);
      this.set(name as string, column[WITH_COLUMN](cells));
    });
  }

  combine_first(other: DataFrame): DataFrame {
    const names = this[NAMES].equals(other[NAMES]) ? this[NAMES] : this[NAMES].union(other[NAMES]);
    const index = this.index.equals(other.index) ? this.index : this.index.union(other.index);
    const data = names.tolist().map((name) => {
      const [own, theirs] = [this as unknown as DataFrame, other].map((table) =>
        table[NAMES].includes(name) ? table.col(name as string) : null,
      );
      const series =
        own === null || own === undefined
          ? theirs
          : theirs === null || theirs === undefined
            ? own
            : own.combine_first(theirs);
      return (series ?? makeSeries<number>(missingColumn(index.length), index)).reindex(index)[COLUMN];
    });
    return makeFrame(names, data, index);
  }

  equals(other: unknown): boolean {
    if (!isFrame(other) || !this.index.equals(other.index) || !this[NAMES].equals(other[NAMES])) return false;
    const right = other[DATA];
    return this[DATA].every((column, i) => column.kind === right[i]?.kind && sameColumn(column, right[i] ?? column));
  }
}

interface AppendOptions {
  readonly ignore_index?: boolean;
  readonly verify_integrity?: boolean;
  readonly sort?: boolean;
}

/** A row or rows as a table: a Series becomes one row under its name, an object one row. */
function asRows(part: unknown): DataFrame {
  if (isFrame(part)) return part;
  if (isSeries(part)) return part.to_frame(part.name ?? 0).T;
  const pairs = pairsOf(part);
  if (pairs === null || isFunction(part) || isIndex(part))
    throw badArgument('append()', 'takes a table, a Series or a dict.');
  return makeFrame(
    makeIndex(pairs.map(([name]) => name)),
    pairs.map(([, value]) => columnFrom([value])),
    makeRange(1),
  );
}
