import { memberNames } from '../../attributes.ts';
import { missingColumn } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badOperator, badTable, unknownColumn } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels, makeRange, makeSeries } from '../factory.ts';
import { tryLabel } from '../index/lookup.ts';
import { isFrame, isIndex } from '../is-table.ts';
import { withBrackets } from '../selection/brackets.ts';
import {
  cellOrPart,
  coercedKey,
  isNumbered,
  listOf,
  rowsByLabel,
  rowsByPosition,
  withoutLevels,
} from '../selection/select.ts';
import { columnForRows, writeTable } from '../selection/write.ts';
import type { Writable } from '../selection/write.ts';
import { BECOME, COLUMNS_AT, COLUMN_AT, DATA, NAMES, NamedCells, READ, ROWS, WRITE } from '../store.ts';
import type { Cell, DataFrame, FrameIloc, FrameLoc, Index, Series } from '../types.ts';

/** Columns with their labels: storage, reading and writing. */
export abstract class FrameCore<C extends string> extends NamedCells {
  #columns: Index;
  #data: Column[];
  #index: Index;
  /** Columns whose storage nobody else holds: a cell of those is written without a copy. */
  readonly #own = new Set<Column>();

  constructor(columns: Index, data: readonly Column[], index: Index) {
    super();
    if (columns.length !== data.length) throw badTable(`${columns.length} names do not fit ${data.length} columns.`);
    data.forEach((column, i) => {
      if (column.data.length === index.length) return;
      const name = String(columns.labelAt(i));
      throw badTable(`column ${name} has ${column.data.length} cells, the index ${index.length}; make them the same.`);
    });
    this.#columns = columns;
    this.#data = [...data];
    this.#index = index;
  }

  get [DATA](): readonly Column[] {
    this.#own.clear();
    return this.#data;
  }

  /** Names of the columns; assign a list to rename all. */
  get columns(): Index<C> {
    return this.#columns as unknown as Index<C>; // the names
  }

  /** The names of the columns as labels. */
  get [NAMES](): Index {
    return this.columns;
  }

  set columns(names: Iterable<unknown>) {
    const index = isIndex(names) ? (names as Index) : makeIndex(names);
    if (index.length !== this.#data.length)
      throw badTable(`${index.length} names do not fit ${this.#data.length} columns.`);
    this.#columns = index;
  }

  /** Row labels; assign a list to rename all rows. */
  get index(): Index {
    return this.#index;
  }
  set index(labels: Iterable<unknown>) {
    const index = isIndex(labels) ? (labels as Index) : makeIndex(labels);
    if (index.length !== this.length && this.#data.length > 0) {
      throw badTable(`${index.length} labels do not fit ${this.length} rows.`);
    }
    this.#index = index;
  }

  /** Rows. */
  get length(): number {
    return this.#index.length;
  }

  /** The column as `df[name]` gives it, also when a method has the name. A table for the first of two levels. */
  col<K extends C>(name: K): Series<Cell<K>> {
    const at = this.#columns.is_unique && this.#columns.nlevels === 1 ? this.#columns.rowOf(name) : -1;
    if (at >= 0) return this[COLUMN_AT](at) as Series<Cell<K>>; // C says what the cells are
    const found = tryLabel(this.#columns, name);
    if (found === null) throw unknownColumn(name, this.#columns);
    if (typeof found === 'number') return this[COLUMN_AT](found) as Series<Cell<K>>; // as above
    return this[COLUMNS_AT](found, this.#columns.nlevels > 1 && !Array.isArray(name)) as unknown as Series<Cell<K>>; // several
  }

  /** Some columns as a table: `df.cols('open', 'close')`, `df.cols(list)`. */
  cols<K extends C>(...names: readonly (K | readonly K[] | Iterable<K>)[]): DataFrame<K> {
    const list = names.flatMap((name) => (typeof name === 'string' ? [name] : (listOf(name) ?? [name])));
    const at = list.flatMap((name) => {
      const found = tryLabel(this.#columns, name);
      if (found === null) throw unknownColumn(name, this.#columns);
      return typeof found === 'number' ? [found] : Array.from(found);
    });
    return this[COLUMNS_AT](Int32Array.from(at), false) as unknown as DataFrame<K>; // the columns named
  }

  /** A column by position. */
  [COLUMN_AT](at: number): Series<unknown> {
    this.#own.clear();
    return makeSeries(this.#data[at] ?? columnFrom([]), this.#index, this.#columns.labelAt(at));
  }

  [COLUMNS_AT](at: Positions, dropLevel: boolean): DataFrame {
    this.#own.clear();
    const names = this.#columns.take(at);
    const data = Array.from(at, (i) => this.#data[i] ?? columnFrom([]));
    return makeFrame(dropLevel ? names.droplevel(0) : names, data, this.#index);
  }

  /** Sets or adds a column in this table: a Series goes by label, a list must fit, one value repeats. */
  set<K extends string>(name: K, value: unknown): DataFrame<C | K> {
    this.#assign(name, value);
    return this as unknown as DataFrame<C | K>; // now it has the column
  }

  get loc(): FrameLoc<C> {
    const read = (rows: unknown, columns?: unknown): unknown => {
      const wanted = this.#called(rows);
      const table = this as unknown as DataFrame;
      if (isFrame(wanted)) return table.where(wanted); // a mask of all cells, as df[df > 0]
      const at = rowsByLabel(this.#index, wanted);
      const part = cellOrPart(table, at, columns === undefined ? null : rowsByLabel(this.#columns, columns));
      return withoutLevels(part, this.#index, wanted, at);
    };
    const set = (...args: readonly unknown[]): void => {
      writeTable(this.#writable(), args, true);
    };
    return withBrackets(read, set, () => isNumbered(this.#index)) as unknown as FrameLoc<C>; // the overloads say what each form gives
  }

  get iloc(): FrameIloc<C> {
    const read = (rows: unknown, columns?: unknown): unknown => {
      const at = rowsByPosition(this.#index, this.#called(rows), 'a table');
      const which = columns === undefined ? null : rowsByPosition(this.#columns, columns, 'the columns');
      return cellOrPart(this as unknown as DataFrame, at, which);
    };
    const set = (...args: readonly unknown[]): void => {
      writeTable(this.#writable(), args, false);
    };
    return withBrackets(read, set, () => true) as unknown as FrameIloc<C>; // the overloads say what each form gives
  }

  /** The rows at positions known to be inside, or -1 for a row of missing cells. */
  [ROWS](positions: Positions): DataFrame<C> {
    const data = this[DATA].map((column) => takeColumn(column, positions));
    return makeFrame<C>(this.#columns, data, this.#index.take(positions));
  }

  /** Takes over the cells of another: what `inplace: true` does. */
  [BECOME](other: DataFrame): DataFrame<C> {
    this.#columns = other.columns;
    this.#data = [...other[DATA]];
    this.#index = other.index;
    this.#own.clear();
    return this as unknown as DataFrame<C>; // every table is of the last layer
  }

  [READ](key: string): unknown {
    if (!(#columns in this)) return undefined;
    if (this.#columns.includes(key) || tryLabel(this.#columns, key) !== null) return this.col(key as C);
    if (/^-?\d+$/.test(key) && this.#columns.includes(Number(key)))
      return this[COLUMN_AT](this.#columns.rowOf(Number(key)));
    const mistake = coercedKey(key, this.#columns);
    if (mistake !== null) throw badOperator(mistake);
    if (/^-?\d+$/.test(key)) throw badOperator(`a row by its number is df.iloc(${key}); brackets name a column.`);
    throw unknownColumn(key, this.#columns, memberNames(this));
  }

  [WRITE](key: string, value: unknown): void {
    const number = /^\d+$/.test(key) && this.#columns.includes(Number(key));
    this.#assign(number ? Number(key) : key, value);
  }

  #assign(name: unknown, value: unknown): void {
    const given = typeof value === 'function' ? (value as (table: unknown) => unknown)(this) : value;
    if (this.#index.length === 0) this.#adoptRows(given);
    const column = columnForRows(given, this.#index);
    const at = this.#columns.rowOf(name);
    if (at >= 0) this.#data[at] = column;
    else {
      this.#data.push(column);
      this.#columns =
        this.#columns.nlevels > 1
          ? this.#columns.append(tuple(name, this.#columns))
          : this.#columns.append(makeIndex([name]).rename(this.#columns.name));
    }
  }

  /** A table without rows takes those of its first column. */
  #adoptRows(value: unknown): void {
    const from = value as { readonly index?: unknown };
    const list = listOf(value);
    if (typeof value === 'object' && value !== null && isIndex(from.index)) this.#index = from.index as Index;
    else if (list !== null && list.length > 0) this.#index = makeRange(list.length);
    this.#data.forEach((column, c) => {
      this.#data[c] = missingColumn(this.#index.length, column.kind === 'int64' ? 'float64' : column.kind);
    });
  }

  #writable(): Writable {
    // Arrow functions and accessors keep `this`: the writer changes the storage of this very table.
    const setIndex = (index: Index): void => {
      this.#index = index;
    };
    const getIndex = (): Index => this.#index;
    const getColumns = (): Index => this.#columns;
    return {
      data: this.#data,
      own: this.#own,
      assign: (name, value) => {
        this.#assign(name, value);
      },
      get columns() {
        return getColumns();
      },
      get index() {
        return getIndex();
      },
      set index(index) {
        setIndex(index);
      },
    };
  }

  #called(rows: unknown): unknown {
    return typeof rows === 'function' ? (rows as (table: unknown) => unknown)(this) : rows;
  }
}

function tuple(name: unknown, columns: Index): Index {
  const parts: readonly unknown[] = Array.isArray(name) ? name : [name];
  return makeLevels(
    columns.levels.map((_, i) => columnFrom([parts[i] ?? ''])),
    columns.names,
  );
}
