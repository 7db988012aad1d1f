import { DatabaseSync } from 'node:sqlite';
import { BtError } from '../../../../src/domain/errors.ts';
import { migrated } from '../../../../src/server/record/record-file.ts';
import { SqlRecord } from '../../../../src/server/record/sql-record.ts';
import type { RecordStore } from '../../../../src/server/record/types.ts';

/** A record's store that outlives its servers, and whose disk may be full. */
export class MemoryRecord implements RecordStore {
  readonly #sql = new SqlRecord(migrated(new DatabaseSync(':memory:'), 'memory'), 'memory', null);
  isFull = false;
  /** Commits that had to be on the disk. */
  durable = 0;

  durably(work: () => void): void {
    this.#needSpace();
    this.#sql.durably(work);
    this.durable += 1;
  }

  soon(work: () => void): void {
    this.#needSpace();
    this.#sql.soon(work);
  }

  rows(sql: string, values: readonly (string | number | null)[]): Record<string, unknown>[] {
    return this.#sql.rows(sql, values);
  }

  close(): void {}

  /** Of every request, oldest first. */
  states(): unknown[] {
    return this.rows('SELECT state FROM requests ORDER BY seq', []).map(({ state }) => state);
  }

  #needSpace(): void {
    if (this.isFull) throw new BtError('STATE_WRITE_FAILED', 'The disk is full.', { fault: 'config' });
  }
}
