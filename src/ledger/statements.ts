import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { BtError, errorMessage } from '../domain/errors.ts';
import type { RowReader } from './row-reader.ts';

/** A row by its columns' names. */
type Row = Record<string, SQLOutputValue>;

interface Listing {
  readonly statement: StatementSync;
  readonly columns: readonly string[];
}

/** SQL on one database, each statement prepared once. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #listings = new Map<string, Listing>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  run(sql: string, values: readonly SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  one<T>(sql: string, value: SQLInputValue, reader: RowReader<T>): T | null {
    const { statement, columns } = this.#listing(sql);
    const row = reading(() => statement.get(value)) as unknown as SQLOutputValue[] | undefined; // it returns arrays
    return row === undefined ? null : reader.of(columns)(row);
  }

  all(sql: string, values: readonly SQLInputValue[]): Row[] {
    return reading(() => this.#statement(sql).all(...values));
  }

  /** What the reader makes of each row, one at a time: of ten thousand rows only what is made of them is ever held. */
  map<T>(sql: string, values: readonly SQLInputValue[], reader: RowReader<T>): T[] {
    const made: T[] = [];
    const { statement, columns } = this.#listing(sql);
    const read = reader.of(columns);
    const rows = reading(() => statement.iterate(...values));
    for (let next = reading(() => rows.next()); next.done !== true; next = reading(() => rows.next())) {
      made.push(read(next.value as unknown as SQLOutputValue[])); // it returns arrays
    }
    return made;
  }

  /** What is read within it is of one moment, whatever is written meanwhile. */
  snapshot<T>(work: () => T): T {
    this.#database.exec('BEGIN');
    try {
      return work();
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  /** The statement whose rows are lists of their columns' values: with names for each they would take twice as long. */
  #listing(sql: string): Listing {
    const known = this.#listings.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    const listing = { statement, columns: statement.columns().map(({ name }) => name) };
    this.#listings.set(sql, listing);
    return listing;
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** Does the work in one transaction; when it fails nothing of it is done. */
export function transact(database: DatabaseSync, work: () => void): void {
  try {
    database.exec('BEGIN IMMEDIATE');
    work();
    database.exec('COMMIT');
  } catch (error) {
    // One that stays open would take every later commit with it.
    if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** False in a ledger of a version before it. */
export function hasTable(database: DatabaseSync, name: string): boolean {
  return database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined;
}

/** Damage that is met later than at the start: a page that the disk does not give back. */
function reading<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new BtError(
      'LEDGER_UNREADABLE',
      `The ledger cannot be read (${errorMessage(error)}). Check the disk, restore ledger.db from a backup, or name another folder with --state.`,
      { fault: 'config', cause: error },
    );
  }
}
