import type { SQLOutputValue } from 'node:sqlite';

/** What of a column's value a field is made. */
export type Cell<T> = (value: SQLOutputValue | undefined) => T;
export type Fields<T> = { readonly [K in keyof T]-?: readonly [column: string, read: Cell<T[K]>] };

/** Reads rows by their columns' places: a start reads tens of thousands. */
export interface RowReader<T> {
  /** The reader of rows with these columns, in this order. */
  of(columns: readonly string[]): (row: readonly SQLOutputValue[]) => T;
}

/** A row's one column. */
export function column<T>(name: string, read: Cell<T>): RowReader<T> {
  return {
    of(columns) {
      const at = columns.indexOf(name);
      return (row) => read(row[at]);
    },
  };
}

export function rowOf<T extends object>(fields: Fields<T>): RowReader<T> {
  const entries = Object.entries<readonly [string, Cell<unknown>]>(fields);
  return {
    of(columns) {
      const cells = entries.map(([key, [name, read]]) => ({ key, at: columns.indexOf(name), read }));
      return (row) => {
        const made: Record<string, unknown> = {};
        for (const { key, at, read } of cells) made[key] = read(row[at]);
        return made as T;
      };
    },
  };
}

export const text: Cell<string> = String;
export const number: Cell<number> = Number;
export const textOrNull: Cell<string | null> = (value) => (value == null ? null : String(value));
export const numberOrNull: Cell<number | null> = (value) => (value == null ? null : Number(value));
export const flag: Cell<boolean> = (value) => Number(value) === 1;
/** A word of a column that admits no other: it is of the field's type, whichever that is. */
export const word: Cell<never> = (value) => String(value) as never;
