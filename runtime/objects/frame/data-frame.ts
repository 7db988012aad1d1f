import type { DateTime } from 'luxon';
import { BtError } from '../../../src/domain/errors.ts';
import { keyedProxy } from '../keyed.ts';
import { cell, positionIn, sliceColumn } from './columns.ts';
import type { ColumnData } from './columns.ts';
import type { Index, Label } from './labels.ts';
import { printFrame } from './print.ts';
import { Series } from './series.ts';

type Cell<C extends string> = C extends 'code' ? string : C extends 'time' | 'date' ? DateTime : number;

/** One row by column name. */
export type Row<C extends string = string> = { readonly [K in C]: Cell<K> };

/**
 * A read-only table: `df['close']` or `df.close` is a column, `df.iloc(-1)` a row by position, `df.loc('2026-07-03')`
 * by label. A column that does not exist throws UNKNOWN_KEY. Iterating gives column names.
 */
export class Frame<C extends string = string> {
  readonly #columns: ReadonlyMap<string, ColumnData>;
  readonly index: Index;

  constructor(columns: ReadonlyMap<string, ColumnData>, index: Index) {
    for (const [name, column] of columns) {
      if (column.data.length === index.length) continue;
      throw new BtError(
        'BAD_TABLE',
        `column ${name} has ${column.data.length} cells, the index ${index.length}; report this.`,
        {
          fault: 'bug',
        },
      );
    }
    this.#columns = columns;
    this.index = index;
  }

  get columns(): string[] {
    return [...this.#columns.keys()];
  }

  get length(): number {
    return this.index.length;
  }

  /** Rows, columns. */
  get shape(): [number, number] {
    return [this.index.length, this.#columns.size];
  }

  get empty(): boolean {
    return this.index.length === 0 || this.#columns.size === 0;
  }

  /** The column as `df[name]` gives it, without the cost of the property lookup. */
  col<K extends C>(name: K): Series<Cell<K>> {
    const column = this.#columns.get(name);
    if (column === undefined) {
      const known = this.columns.join(', ');
      throw new BtError('UNKNOWN_KEY', `the table has no column '${name}'; it has: ${known}.`, { fault: 'strategy' });
    }
    return new Series<Cell<K>>(column, this.index, name);
  }

  /** A row by position; negative from the end. INDEX_OUT_OF_RANGE outside. */
  iloc(position: number): Row<C> {
    const i = positionIn(this.length, position, 'a table');
    const row: Record<string, unknown> = {};
    for (const [name, column] of this.#columns) row[name] = cell(column, i);
    return row as Row<C>; // one cell of every column
  }

  /** A row by label, or one cell of it; UNKNOWN_LABEL when there is none. */
  loc(label: unknown): Row<C>;
  loc<K extends C>(label: unknown, column: K): Cell<K>;
  loc(label: unknown, column?: C): unknown {
    const position = this.index.require(label);
    return column === undefined ? this.iloc(position) : this.col(column).at(position);
  }

  slice(start = 0, end = this.length): DataFrame<C> {
    const columns = new Map<string, ColumnData>();
    for (const [name, column] of this.#columns) columns.set(name, sliceColumn(column, start, end));
    return createFrame<C>(columns, this.index.slice(start, end));
  }

  head(n = 5): DataFrame<C> {
    return this.slice(0, n);
  }

  tail(n = 5): DataFrame<C> {
    return this.slice(Math.max(0, this.length - n));
  }

  /** Label and row of each row, oldest first. */
  iterrows(): [Label, Row<C>][] {
    return Array.from({ length: this.length }, (_, i) => [this.index.at(i), this.iloc(i)]);
  }

  /** Each row as an object, its label under `index`. */
  to_records(): (Row<C> & { readonly index: Label })[] {
    return this.iterrows().map(([index, row]) => ({ ...row, index }));
  }

  *[Symbol.iterator](): Iterator<string> {
    yield* this.#columns.keys();
  }

  toString(): string {
    return printFrame(this.#columns, this.index);
  }

  /** Operators would compare or join texts. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new BtError('BAD_OPERATOR', 'a DataFrame does not work with operators: take a column and its cells first.', {
      fault: 'strategy',
    });
  }
}

/** Columns by name, as properties and in brackets, beside the methods of Frame. */
export type DataFrame<C extends string = string> = Frame<C> & { readonly [K in C]: Series<Cell<K>> };

/** Makes a table from columns of the index's length. */
export function createFrame<C extends string>(columns: ReadonlyMap<string, ColumnData>, index: Index): DataFrame<C> {
  const frame = new Frame<C>(columns, index);
  const keyed = {
    read: (key: string) => (columns.has(key) ? new Series(columns.get(key) as ColumnData, index, key) : undefined),
    has: (key: string) => columns.has(key),
    keys: () => frame.columns,
    strict: true,
  };
  return keyedProxy(frame, keyed, 'the table') as DataFrame<C>; // the proxy answers the columns
}
