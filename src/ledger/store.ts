import type { DatabaseSync } from 'node:sqlite';
import { BtError, errorMessage } from '../domain/errors.ts';
import { countOn } from './ledger-mark.ts';
import { openDatabase, openToRead } from './open.ts';
import type { Meter } from '../platform/meter.ts';
import { monotonic, type Timer } from '../platform/timers.ts';
import { onNextTurn } from '../platform/turn.ts';
import { MIGRATIONS } from './schema.ts';
import { Statements, transact } from './statements.ts';

/** Who hears of each write. */
export type CommitMeter = Pick<Meter, 'committed'>;

/** What a ledger needs of what keeps it. */
export type LedgerStore = Pick<
  Store,
  'commit' | 'append' | 'unsettled' | 'settle' | 'snapshot' | 'run' | 'one' | 'all' | 'map' | 'compact' | 'close'
>;

/** `glance`: to read, without a look at all of its pages. */
export type LedgerUse = 'write' | 'read' | 'glance';

/** After so many commits the log is moved into the file: about the thousand pages after which SQLite would do it. */
const COMMITS_IN_LOG = 300;

/** Says what the file says already, and is written all the same: a commit of it takes the log to the disk. */
const SAYS_AGAIN = `PRAGMA user_version = ${MIGRATIONS.length}`;

/** A ledger's database: commits that either are durable or undone whole. */
export class Store extends Statements {
  readonly #database: DatabaseSync;
  readonly #folder: string;
  readonly #meter: CommitMeter | null;
  #commits = 0;
  #compaction: Timer | null = null;
  /** True while there is what `append` wrote since the last commit. */
  #isBehind = false;
  #settling: PromiseWithResolvers<void> | null = null;

  /** Throws LEDGER_*. Opened to read, or for a glance, nothing is changed. */
  constructor(folder: string, use: LedgerUse = 'write', meter: CommitMeter | null = null) {
    const database = use === 'write' ? openDatabase(folder) : openToRead(folder, use === 'read');
    super(database);
    this.#database = database;
    this.#folder = folder;
    this.#meter = meter;
  }

  /** Does the work in one commit. Throws LEDGER_WRITE_FAILED, and then nothing of it was done. */
  commit(work: () => void): void {
    this.#measured('forced', work);
    // Whoever waits for a commit, as an order's bytes do, does not wait for this.
    if (this.#commits >= COMMITS_IN_LOG) this.#compaction ??= onNextTurn(() => this.#tryToCompact());
    // One turn of very many commits.
    if (this.#commits >= 2 * COMMITS_IN_LOG) this.#tryToCompact();
  }

  /**
   * As `commit`, without waiting for the disk. It outlives this process at once; a machine that loses power keeps it from the next
   * commit on, which takes all that was written before to the disk.
   */
  append(work: () => void): void {
    this.#measured('unforced', work);
  }

  /** Null = all that was written is on the disk. Else resolves with the commit that takes it there; rejects when the next one fails. */
  unsettled(): Promise<void> | null {
    if (!this.#isBehind) return null;
    if (this.#settling === null) {
      this.#settling = Promise.withResolvers<void>();
      // Who only asks whether there is something does not wait: a commit that fails is its caller's to tell, and ends no process.
      this.#settling.promise.catch(() => undefined);
    }
    return this.#settling.promise;
  }

  /** Takes to the disk what `append` has written before. Throws LEDGER_WRITE_FAILED. */
  settle(): void {
    if (this.#database.isOpen) this.commit(() => this.#database.exec(SAYS_AGAIN));
  }

  /** Moves the write-ahead log into the file, so that it does not grow for weeks. */
  compact(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#commits = 0;
    countOn(this.#database, this.#folder);
  }

  close(): void {
    this.#compaction?.cancel();
    if (this.#database.isOpen) this.#database.close();
  }

  #tryToCompact(): void {
    this.#compaction?.cancel();
    this.#compaction = null;
    try {
      this.compact();
    } catch {
      this.#commits = 0; // what was to be durable is; the log grows on until it can be moved
    }
  }

  #measured(kind: 'forced' | 'unforced', work: () => void): void {
    if (this.#meter === null) {
      this.#transact(kind, work);
      return;
    }
    const began = monotonic();
    let ok = false;
    try {
      this.#transact(kind, work);
      ok = true;
    } finally {
      this.#meter.committed(kind, monotonic() - began, ok);
    }
  }

  #transact(kind: 'forced' | 'unforced', work: () => void): void {
    try {
      if (kind === 'forced') transact(this.#database, work);
      else this.#unforced(work);
      this.#commits += 1;
      this.#isBehind = kind === 'unforced';
      if (kind === 'forced') this.#settled(null);
    } catch (cause) {
      const error = new BtError(
        'LEDGER_WRITE_FAILED',
        `The ledger could not be written (${errorMessage(cause)}); nothing is sent without it. Check the disk's space and rights, then restart.`,
        { fault: 'config', cause },
      );
      if (kind === 'forced') this.#settled(error);
      throw error;
    }
  }

  #settled(error: BtError | null): void {
    const waiting = this.#settling;
    this.#settling = null;
    if (error === null) waiting?.resolve();
    else waiting?.reject(error);
  }

  #unforced(work: () => void): void {
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      transact(this.#database, work);
    } finally {
      this.#database.exec('PRAGMA synchronous = FULL');
    }
  }
}
