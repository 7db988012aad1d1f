import { BtError } from '../../../../src/domain/errors.ts';
import { badArgument } from '../../../api/arguments.ts';
import { NdArray } from '../../array/nd-array.ts';
import { memberNames, nearHint } from '../../attributes.ts';
import { cell, cells, numbersOf } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { concatColumns, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badOperator, badTable, listed, positionIn } from '../errors.ts';
import { makeIndex, makeSeries } from '../factory.ts';
import { List } from '../guarded.ts';
import { tryLabel } from '../index/lookup.ts';
import { isIndex } from '../is-table.ts';
import { seriesText } from '../print/series-and-index.ts';
import { withBrackets } from '../selection/brackets.ts';
import { coercedKey, isNumbered, RowName, rowsByLabel, rowsByPosition, withoutLevels } from '../selection/select.ts';
import { isSelector, valuesFor, writeCells } from '../selection/write.ts';
import { BECOME, COLUMN, NamedCells, PICKED, READ, ROWS, WITH_COLUMN, WRITE } from '../store.ts';
import type { Index, Selector, Series } from '../types.ts';

/** `s.loc(label)` one cell, `s.loc(slice | list | mask)` a Series; `s.loc.set(what, value)` writes. */
export interface SeriesLoc<T> {
  (rows: Selector): Series<T>;
  (label: unknown, ...levels: readonly unknown[]): T;
  set(rows: unknown, value: unknown): void;
}

/** Cells with their labels: storage, reading and writing. */
export abstract class SeriesCore<T> extends NamedCells {
  #column: Column;
  #index: Index;
  #name: unknown;
  /** True while nobody else holds the storage: only then a cell is written without a copy. */
  #own = false;

  constructor(column: Column, index: Index, name: unknown) {
    super();
    if (column.data.length !== index.length) {
      throw badTable(`${column.data.length} cells do not fit an index of ${index.length} labels; make them the same.`);
    }
    this.#column = column;
    this.#index = index;
    this.#name = name ?? null;
  }

  get [COLUMN](): Column {
    this.#own = false;
    return this.#column;
  }

  /** Row labels; assign a list to rename all rows. */
  get index(): Index {
    return this.#index;
  }
  set index(labels: Iterable<unknown>) {
    const index = isIndex(labels) ? (labels as Index) : makeIndex(labels);
    if (index.length !== this.length) throw badTable(`${index.length} labels do not fit ${this.length} rows.`);
    this.#index = index;
  }

  get name(): string | null {
    if (this.#name instanceof RowName) this.#name = this.#name.index.labelAt(this.#name.row);
    return this.#name as string | null; // nearly always a text; a table with other column names has those
  }
  set name(name: unknown) {
    this.#name = name ?? null;
  }

  get dtype(): string {
    return this.#column.kind;
  }

  get length(): number {
    return this.#column.data.length;
  }

  get size(): number {
    return this.length;
  }

  get ndim(): number {
    return 1;
  }

  get shape(): [number] {
    return [this.length];
  }

  get empty(): boolean {
    return this.length === 0;
  }

  /** A copy of the cells: an array that calculates (a Float64Array) when they are numbers. */
  get values(): T extends number ? NdArray : T[] {
    const numbers = this.#column.kind === 'bool' ? null : numbersOf(this.#column);
    const list = numbers === null ? List.holding(cells(this.#column)) : NdArray.holding(numbers.slice());
    return list as T extends number ? NdArray : T[];
  }

  /** The cell at a position, negative from the end. INDEX_OUT_OF_RANGE outside. */
  at(position: number): T {
    return cell(this.#column, positionIn(this.length, position, 'a Series')) as T; // T is the type of this column's cells
  }

  iat(position: number): T {
    return this.at(position);
  }

  /** pandas' `s[key]`: the label; a whole number is a position when the labels are not numbers. Without a key the only cell there is. */
  item(...keys: readonly [key?: unknown]): T {
    const [key] = keys;
    if (keys.length === 0) {
      if (this.length === 1) return this.at(0);
      throw badArgument('item()', `is of a Series with one value, this has ${this.length}: write s.at(-1).`);
    }
    const numeric = isNumbered(this.#index);
    return typeof key === 'number' && !numeric ? this.at(key) : this.loc(key);
  }

  get loc(): SeriesLoc<T> {
    const read = (...parts: readonly unknown[]): unknown => {
      const wanted = parts.length > 1 ? parts : this.#called(parts[0]);
      const found = rowsByLabel(this.#index, wanted);
      return withoutLevels(this[PICKED](found), this.#index, wanted, found);
    };
    const set = (rows: unknown, value: unknown): void => {
      this.#write(rows, value, true);
    };
    return withBrackets(read, set, () => isNumbered(this.#index)) as SeriesLoc<T>; // the overloads say when it is one cell
  }

  get iloc(): SeriesLoc<T> {
    const read = (rows: unknown): unknown => this[PICKED](rowsByPosition(this.#index, this.#called(rows), 'a Series'));
    const set = (rows: unknown, value: unknown): void => {
      this.#write(rows, value, false);
    };
    return withBrackets(read, set, () => true) as SeriesLoc<T>; // the overloads say when it is one cell
  }

  tolist(): T[] {
    return cells(this.#column) as T[]; // T is the type of this column's cells
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.length; i += 1) yield cell(this.#column, i) as T;
  }

  override toString(): string {
    return seriesText(this.#column, this.#index, this.name);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** Operators would compare or join texts: `s1 > s2`, `s + 1`. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw badOperator(
      'a Series does not work with + - * / < > ==: write .add() .sub() .mul() .div() .lt() .gt() .eq(), or .at(-1) for a cell. Raw numbers are in .values.',
    );
  }

  [READ](key: string): unknown {
    if (!(#column in this)) return undefined;
    const found = tryLabel(this.#index, key);
    if (found !== null) return withoutLevels(this[PICKED](found), this.#index, key, found);
    if (/^-?\d+$/.test(key)) return this.item(Number(key));
    const mistake = coercedKey(key, []);
    if (mistake !== null) throw badOperator(mistake);
    const near = nearHint(key, [...memberNames(this), ...this.#index.tolist().map(String)]);
    const text = `a Series has neither a method nor a row '${key}'; its rows: ${listed(this.#index)}.${near} Check the spelling.`;
    throw new BtError('UNKNOWN_KEY', text, { fault: 'strategy' });
  }

  [WRITE](key: string, value: unknown): void {
    if (/^-?\d+$/.test(key) && !this.#index.includes(key))
      this.#write(Number(key), value, this.#index.dtype === 'int64');
    else this.#write(key, value, true);
  }

  /** The rows at positions known to be inside, or -1 for a missing one. */
  [ROWS](positions: Positions): Series<T> {
    return makeSeries<T>(takeColumn(this[COLUMN], positions), this.#index.take(positions), this.#name);
  }

  /** The same rows with other cells. */
  [WITH_COLUMN]<U = T>(column: Column): Series<U> {
    return makeSeries<U>(column, this.#index, this.#name);
  }

  /** Takes over the cells of another: what `inplace: true` does. */
  [BECOME](other: Series<unknown>): Series<T> {
    this.#column = other[COLUMN];
    this.#index = other.index;
    this.#name = other.name;
    this.#own = false;
    return this as unknown as Series<T>; // every Series is of the last layer
  }

  protected [PICKED](found: number | Positions): unknown {
    return typeof found === 'number' ? cell(this.#column, found) : this[ROWS](found);
  }

  #called(rows: unknown): unknown {
    return typeof rows === 'function' ? (rows as (s: unknown) => unknown)(this) : rows;
  }

  #write(rows: unknown, value: unknown, byLabel: boolean): void {
    if (byLabel && !isSelector(rows) && tryLabel(this.#index, rows) === null) {
      this.#column = concatColumns([this.#column, columnFrom([value])]);
      this.#index = this.#index.append(makeIndex([rows]));
      return;
    }
    const found = byLabel ? rowsByLabel(this.#index, rows) : rowsByPosition(this.#index, rows, 'a Series');
    const at = typeof found === 'number' ? Int32Array.of(found) : found;
    if (at.length === 0) return;
    this.#column = writeCells(this.#column, at, valuesFor(value, at, this.#index), this.#own);
    this.#own = true;
  }
}
