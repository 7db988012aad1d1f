import { DatabaseSync } from 'node:sqlite';
import { BtError, errorMessage } from '../../../src/domain/errors.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../../src/ledger/schema.ts';
import { Statements } from '../../../src/ledger/statements.ts';
import type { LedgerStore } from '../../../src/ledger/store.ts';
import type { Process } from './process.ts';

/** Told before and after each commit; a process that dies before it loses the commit, one that dies after it keeps it. */
export interface CommitHook {
  before(): void;
  after(): void;
}

/**
 * The disk under the ledger: one SQLite database in memory that outlives the processes that write it. What a dead process
 * still commits is rolled back, so a crash keeps exactly what was committed before it.
 */
export class MemoryDisk {
  readonly #database = new DatabaseSync(':memory:');

  constructor() {
    this.#database.exec('PRAGMA foreign_keys = ON');
    for (const statements of MIGRATIONS) this.#database.exec(statements);
    // No strategy runs here: the instance is as after its initialize, and keeps what it knows of its start.
    this.#database.exec("INSERT INTO settings (key, value) VALUES ('life_began', '0')");
  }

  /** The ledger as one process sees it. */
  open(owner: Process, hook: CommitHook): Ledger {
    return new Ledger(new OwnedStore(this.#database, owner, hook));
  }

  /** For the judge: reads what is committed, whoever wrote it. */
  reader(): Ledger {
    return new Ledger(new OwnedStore(this.#database, null, NO_HOOK));
  }

  close(): void {
    this.#database.close();
  }
}

const NO_HOOK: CommitHook = { before: () => undefined, after: () => undefined };

/** The store of one process on the common disk. */
class OwnedStore extends Statements implements LedgerStore {
  readonly #database: DatabaseSync;
  readonly #owner: Process | null;
  readonly #hook: CommitHook;

  constructor(database: DatabaseSync, owner: Process | null, hook: CommitHook) {
    super(database);
    this.#database = database;
    this.#owner = owner;
    this.#hook = hook;
  }

  commit(work: () => void): void {
    this.#database.exec('BEGIN');
    try {
      work();
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw new BtError('LEDGER_WRITE_FAILED', `The ledger could not be written (${errorMessage(error)}).`, {
        fault: 'bug',
        cause: error,
      });
    }
    if (this.#lives()) this.#hook.before();
    this.#database.exec(this.#lives() ? 'COMMIT' : 'ROLLBACK');
    if (this.#lives()) this.#hook.after();
  }

  append(work: () => void): void {
    this.commit(work);
  }

  settle(): void {
    // what is written is there
  }

  compact(): void {
    // Memory has no write-ahead log to compact.
  }

  close(): void {
    // The disk outlives its writers.
  }

  #lives(): boolean {
    return this.#owner?.alive ?? true;
  }
}
