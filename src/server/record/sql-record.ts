import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { BtError, errorMessage } from '../../domain/errors.ts';
import type { ExclusiveLock } from '../../platform/exclusive-lock.ts';
import type { RecordStore } from './types.ts';

/** A record's database: commits that are either done or undone whole. */
export class SqlRecord implements RecordStore {
  readonly #database: DatabaseSync;
  readonly #name: string;
  readonly #lock: ExclusiveLock | null;
  readonly #prepared = new Map<string, StatementSync>();

  /** `name`: for messages. The lock is released when it is closed. */
  constructor(database: DatabaseSync, name: string, lock: ExclusiveLock | null) {
    this.#database = database;
    this.#name = name;
    this.#lock = lock;
  }

  durably(work: () => void): void {
    this.#transact(work, 'FULL');
  }

  soon(work: () => void): void {
    this.#transact(work, 'NORMAL');
  }

  rows(sql: string, values: readonly (string | number | null)[]): Record<string, unknown>[] {
    const known = this.#prepared.get(sql) ?? this.#database.prepare(sql);
    this.#prepared.set(sql, known);
    return known.all(...values);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
    this.#lock?.release();
  }

  #transact(work: () => void, synchronous: 'FULL' | 'NORMAL'): void {
    const database = this.#database;
    try {
      database.exec(`PRAGMA synchronous = ${synchronous}`);
      database.exec('BEGIN IMMEDIATE');
      work();
      database.exec('COMMIT');
    } catch (error) {
      // One that stays open would take every later commit with it.
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      throw new BtError(
        'STATE_WRITE_FAILED',
        `The record of orders ${this.#name} cannot be written: ${errorMessage(error)}. Nothing is placed without it: free space or correct its rights.`,
        { fault: 'config', cause: error },
      );
    }
  }
}
