import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { BtError, errorMessage } from '../domain/errors.ts';
import { openDatabase } from './open.ts';
import type { Row } from './rows.ts';

/** What a ledger needs of what keeps it. */
export type LedgerStore = Pick<Store, 'commit' | 'run' | 'one' | 'all' | 'exec' | 'close'>;

/** A ledger's database: statements prepared once, and commits that either are durable or undone whole. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: string) {
    this.#database = openDatabase(folder);
  }

  /** Does the work in one commit. Throws LEDGER_WRITE_FAILED, and then nothing of it was done. */
  commit(work: () => void): void {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw new BtError(
        'LEDGER_WRITE_FAILED',
        `The ledger could not be written (${errorMessage(error)}); nothing is sent without it. Check the disk's space and rights, then restart.`,
        { fault: 'config', cause: error },
      );
    }
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

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
