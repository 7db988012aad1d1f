import { DatabaseSync } from 'node:sqlite';
import { BtError } from '../../../src/domain/errors.ts';
import { migrated } from '../../../src/server/record/record-file.ts';
import type { RecordStore } from '../../../src/server/record/types.ts';
import type { CommitHook } from './memory-disk.ts';
import type { Process } from './process.ts';

/** The disk under a gateway's record; what a dead process still commits is rolled back. */
export class RecordDisk {
  readonly #database = migrated(new DatabaseSync(':memory:'), 'record');

  open(owner: Process, hook: CommitHook): RecordStore {
    const database = this.#database;
    const transact = (work: () => void, told: boolean): void => {
      database.exec('BEGIN');
      try {
        work();
      } catch (error) {
        database.exec('ROLLBACK');
        throw new BtError('STATE_WRITE_FAILED', 'The record cannot be written.', { fault: 'bug', cause: error });
      }
      if (told && owner.alive) hook.before();
      database.exec(owner.alive ? 'COMMIT' : 'ROLLBACK');
      if (told && owner.alive) hook.after();
    };
    return {
      durably: (work) => transact(work, true),
      soon: (work) => transact(work, false),
      rows: (sql, values) => database.prepare(sql).all(...values),
      close: () => undefined,
    };
  }

  close(): void {
    this.#database.close();
  }
}
