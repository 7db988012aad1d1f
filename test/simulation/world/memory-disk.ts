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
 * The disk under the ledger: one SQLite database in memory that outlives the processes that write it. What a dead process still writes is
 * rolled back, so a crash keeps exactly what was written before it. When the machine loses power with its process, what was written
 * since the last commit is lost, too.
 */
export class MemoryDisk {
  readonly #database = new DatabaseSync(':memory:');
  /** What was written and has not been taken to the disk stands in an open transaction. */
  #isBehind = false;
  #writing = false;
  #death: { readonly losesPower: boolean } | null = null;

  constructor() {
    this.#database.exec('PRAGMA foreign_keys = ON');
    for (const statements of MIGRATIONS) this.#database.exec(statements);
    // No strategy runs here: the instance is as after its initialize, and keeps what it knows of its start.
    this.#database.exec("INSERT INTO settings (key, value) VALUES ('life_began', '0')");
  }

  /** The ledger as one process sees it. */
  open(owner: Pick<Process, 'alive'>, hook: CommitHook = NO_HOOK): Ledger {
    const write: Write = (work, how) => this.#write(work, how, owner, hook);
    return new Ledger(new OwnedStore(this.#database, write, () => this.#isBehind));
  }

  /** For the judge: reads what is written, whoever wrote it. */
  reader(): Ledger {
    return new Ledger(new OwnedStore(this.#database, refuses, () => false));
  }

  /** The process that writes is gone; `losesPower`: with its machine. */
  dies(losesPower: boolean): void {
    this.#death = { losesPower };
    if (!this.#writing) this.#bury();
  }

  close(): void {
    this.#database.close();
  }

  #write(work: () => void, how: How, owner: Pick<Process, 'alive'>, hook: CommitHook): void {
    const database = this.#database;
    this.#writing = true;
    try {
      database.exec(`${this.#isBehind ? '' : 'BEGIN; '}SAVEPOINT work`);
      this.#isBehind = true;
      try {
        work();
      } catch (cause) {
        database.exec('ROLLBACK TO work; RELEASE work');
        const text = `The ledger could not be written (${errorMessage(cause)}).`;
        throw new BtError('LEDGER_WRITE_FAILED', text, { fault: 'bug', cause });
      }
      if (owner.alive && how !== 'settled') hook.before();
      database.exec(owner.alive ? 'RELEASE work' : 'ROLLBACK TO work; RELEASE work');
      if (how !== 'appended' && owner.alive) this.#commit();
      if (owner.alive && how !== 'settled') hook.after();
    } finally {
      this.#writing = false;
      this.#bury();
    }
  }

  #commit(): void {
    this.#database.exec('COMMIT');
    this.#isBehind = false;
  }

  #bury(): void {
    const death = this.#death;
    this.#death = null;
    if (death === null || !this.#isBehind) return;
    this.#database.exec(death.losesPower ? 'ROLLBACK' : 'COMMIT');
    this.#isBehind = false;
  }
}

/** Of one piece of work: whether it waits for the disk, and whether the hook is told. */
type How = 'committed' | 'appended' | 'settled';
type Write = (work: () => void, how: How) => void;

const NO_HOOK: CommitHook = { before: () => undefined, after: () => undefined };

function refuses(): never {
  throw new Error('The judge writes nothing.');
}

/** The store of one process on the common disk. */
class OwnedStore extends Statements implements LedgerStore {
  readonly #write: Write;
  readonly #isBehind: () => boolean;
  #settling: PromiseWithResolvers<void> | null = null;

  constructor(database: DatabaseSync, write: Write, isBehind: () => boolean) {
    super(database);
    this.#write = write;
    this.#isBehind = isBehind;
  }

  commit(work: () => void): void {
    this.#write(work, 'committed');
    this.#settled();
  }

  append(work: () => void): void {
    this.#write(work, 'appended');
  }

  unsettled(): Promise<void> | null {
    if (!this.#isBehind()) return null;
    this.#settling ??= Promise.withResolvers<void>();
    return this.#settling.promise;
  }

  settle(): void {
    if (this.#isBehind()) this.#write(() => undefined, 'settled');
    this.#settled();
  }

  compact(): void {
    // Memory has no write-ahead log to compact.
  }

  close(): void {
    // The disk outlives its writers.
  }

  #settled(): void {
    this.#settling?.resolve();
    this.#settling = null;
  }
}
