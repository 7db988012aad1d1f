import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Row } from './rows.ts';

/** SQL on one database, each statement prepared once. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  run(sql: string, values: readonly SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  one<T>(sql: string, value: SQLInputValue, read: (row: Row) => T): T | null {
    const row = this.#statement(sql).get(value);
    return row === undefined ? null : read(row);
  }

  all(sql: string, values: readonly SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  /** What `read` makes of each row, one at a time: of ten thousand rows only what is made of them is ever held. */
  map<T>(sql: string, values: readonly SQLInputValue[], read: (row: Row) => T): T[] {
    const made: T[] = [];
    for (const row of this.#statement(sql).iterate(...values)) made.push(read(row));
    return made;
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}
