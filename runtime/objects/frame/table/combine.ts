import { badArgument } from '../../../api/arguments.ts';
import { pyStr } from '../../../text/python-text.ts';
import { adviseOnce } from '../advise.ts';
import { isFunction, named, pairsOf, readAxis } from '../args.ts';
import { missingColumn } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/infer.ts';
import { maskPositions } from '../column/take.ts';
import { concatTables } from '../concat.ts';
import { makeFrame, makeIndex, makeLevels, makeRange, makeSeries } from '../factory.ts';
import { sameColumn } from '../labels/same.ts';
import { cutRows, levelRows, updated } from '../relabel.ts';
import { listOf } from '../select.ts';
import { slice } from '../slice.ts';
import { COLUMN, DATA, isFrame, isIndex, isSeries } from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameShape } from './shape.ts';

/** Some of the rows, and other tables under or over this one. */
export abstract class FrameCombine<C extends string> extends FrameShape<C> {
  /** Old pandas: another table, row or list of rows under this one. */
  append(other: unknown, options: { readonly ignore_index?: boolean; readonly sort?: boolean } = {}): DataFrame<C> {
    adviseOnce('DataFrame.append()', 'pd.concat([a, b])');
    const parts = Array.isArray(other) ? (other as readonly unknown[]) : [other];
    const tables = parts.map((part) => asRows(part));
    return concatTables([this as unknown as DataFrame, ...tables], options) as unknown as DataFrame<C>; // the same columns
  }

  /** Old pandas: by label, else by position. */
  ix(rows: unknown, columns?: unknown): unknown {
    adviseOnce('DataFrame.ix', 'df.loc(label)、df.iloc(i)');
    const byLabel = typeof rows !== 'number' || this.index.dtype === 'int64';
    const which = typeof columns === 'number' && this.names.dtype !== 'int64' ? this.names.at(columns) : columns;
    const from = byLabel ? rows : this.index.at(rows);
    return which === undefined ? this.loc(from) : this.loc(from, which as C);
  }

  /** The columns of these dtypes: 'number', 'object', 'bool', 'float64', 'int64', 'datetime'. */
  select_dtypes(options: { readonly include?: unknown; readonly exclude?: unknown }): DataFrame {
    const { include, exclude } = named('select_dtypes', ['include', 'exclude'], [options]);
    const wanted = (column: Column, list: unknown): boolean =>
      (listOf(list) ?? [list]).some((name) => isKind(column, String(name)));
    const at = this[DATA].flatMap((column, i) => {
      const inside = include === undefined || wanted(column, include);
      return inside && (exclude === undefined || !wanted(column, exclude)) ? [i] : [];
    });
    return this.columnsAt(Int32Array.from(at), false);
  }

  truncate(...args: readonly unknown[]): DataFrame<C> {
    const a = named('truncate', ['before', 'after'], args);
    return this.loc(slice(a['before'] ?? null, a['after'] ?? null));
  }

  /** Rows of a time of day, both ends included: `between_time('9:30', '11:30')`. */
  between_time(start: string, end: string): DataFrame<C> {
    return this.rows(maskPositions(cutRows(this.index, start, end)));
  }

  /** Rows of one time of day: `at_time('14:50')`. */
  at_time(time: string): DataFrame<C> {
    return this.between_time(time, time);
  }

  /** Rows of one label of a level, without that level; columns with `{ axis: 1 }`. */
  xs(label: unknown, options: { readonly level?: number | string; readonly axis?: 0 | 1 } = {}): DataFrame & Series {
    const a = named('xs', ['level', 'axis'], [options]);
    if (readAxis(a['axis']) === 1) {
      return (this.transposed().xs(label, { level: (a['level'] ?? 0) as number }) as unknown as DataFrame)
        .T as unknown as DataFrame & Series;
    }
    if (this.index.nlevels === 1) return this.loc(label) as unknown as DataFrame & Series; // a row
    const { at, rows } = levelRows(this.index, label, (a['level'] ?? 0) as number);
    const table = this.rows(rows);
    table.index = table.index.droplevel(at);
    return table as unknown as DataFrame & Series; // rows of that label
  }

  /** Without one level of the row labels (of the columns with `{ axis: 1 }`). */
  droplevel(level: number | string, options: { readonly axis?: 0 | 1 } = {}): DataFrame<C> {
    const across = readAxis(options.axis) === 1;
    return makeFrame<C>(
      across ? this.names.droplevel(level) : this.names,
      this[DATA],
      across ? this.index : this.index.droplevel(level),
    );
  }

  swaplevel(): DataFrame<C> {
    const { levels, names } = this.index;
    return makeFrame<C>(this.names, this[DATA], makeLevels([...levels].toReversed(), [...names].toReversed()));
  }

  equals(other: unknown): boolean {
    if (!isFrame(other) || !this.index.equals(other.index) || !this.names.equals(other.names)) return false;
    const right = other[DATA];
    return this[DATA].every((column, i) => column.kind === right[i]?.kind && sameColumn(column, right[i] ?? column));
  }

  /** Writes the cells of the other table that are not missing into this one. */
  update(other: DataFrame): void {
    other.names.tolist().forEach((name) => {
      if (!this.names.includes(name)) return;
      const column = this.col(name as C) as unknown as Series;
      this.set(name as string, column.withColumn(updated(column[COLUMN], this.index, other.col(name as string))));
    });
  }

  combine_first(other: DataFrame): DataFrame {
    const names = this.names.equals(other.names) ? this.names : this.names.union(other.names);
    const index = this.index.equals(other.index) ? this.index : this.index.union(other.index);
    const data = names.tolist().map((name) => {
      const [own, theirs] = [this as unknown as DataFrame, other].map((table) =>
        table.names.includes(name) ? table.col(name as string) : null,
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

  /** Columns by name (`items`, `like`, `regex`), rows with `{ axis: 0 }`. */
  filter(options: {
    readonly items?: readonly unknown[];
    readonly like?: string;
    readonly regex?: string;
    readonly axis?: 0 | 1;
  }): DataFrame {
    const a = named('filter', ['items', 'like', 'regex', 'axis'], [options]);
    const axis = readAxis(a['axis'], 1);
    const labels = axis === 1 ? this.names : this.index;
    const items = a['items'] === undefined ? null : (listOf(a['items']) ?? []);
    const test = a['regex'] === undefined ? null : new RegExp(pyStr(a['regex']));
    const rows =
      items === null
        ? maskPositions(
            Uint8Array.from(labels, (one) =>
              Number(test?.test(String(one)) ?? String(one).includes(String(a['like']))),
            ),
          )
        : labels.rowsOf(makeIndex(items.filter((item) => labels.includes(item))));
    return axis === 1 ? this.columnsAt(rows, false) : (this.rows(rows) as unknown as DataFrame);
  }
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

function isKind(column: Column, name: string): boolean {
  if (name === 'number') return column.kind === 'float64' || column.kind === 'int64';
  if (name.startsWith('datetime')) return column.kind === 'datetime64[ns]';
  return (
    column.kind === name ||
    (name === 'float' && column.kind === 'float64') ||
    (name === 'int' && column.kind === 'int64')
  );
}
