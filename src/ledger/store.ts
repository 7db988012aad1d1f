import type { DatabaseSync } from 'node:sqlite';
import { BtError, errorMessage } from '../domain/errors.ts';
import { openDatabase } from './open.ts';
import { Statements } from './statements.ts';

/** What a ledger needs of what keeps it. */
export type LedgerStore = Pick<Store, 'commit' | 'append' | 'run' | 'one' | 'all' | 'map' | 'exec' | 'close'>;

/** A ledger's database: commits that either are durable or undone whole. */
export class Store extends Statements {
  readonly #database: DatabaseSync;

  constructor(folder: string) {
    const database = openDatabase(folder);
    super(database);
    this.#database = database;
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

  /**
   * As `commit`, without waiting for the disk. It outlives this process at once; a machine that loses power keeps it from the next
   * commit on, which takes all that was written before to the disk.
   */
  append(work: () => void): void {
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      this.commit(work);
    } finally {
      this.#database.exec('PRAGMA synchronous = FULL');
    }
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
