import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BtError, errorMessage } from '../domain/errors.ts';
import { privateFile, privateFolder } from '../platform/private-files.ts';

/** Held for the life of a run; the operating system frees it when the process dies, however it dies. */
export interface InstanceLock {
  release(): void;
}

/** Takes the exclusive lock of an instance folder. Throws INSTANCE_RUNNING when another process holds it. */
export function lockInstance(folder: string): InstanceLock {
  let database: DatabaseSync | null = null;
  try {
    privateFolder(folder);
    const path = join(folder, 'instance.lock');
    // Whoever can read it could lock it, and stop every start.
    privateFile(path);
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
  } catch (error) {
    database?.close();
    const busy = /locked|busy/i.test(errorMessage(error));
    throw busy
      ? new BtError(
          'INSTANCE_RUNNING',
          `Another bt runs this instance (${folder}). Stop it first, or give this one its own --name.`,
          { fault: 'config', cause: error },
        )
      : new BtError(
          'STATE_UNUSABLE',
          `The state folder ${folder} cannot be used (${errorMessage(error)}). Check its rights or name another with --state.`,
          {
            fault: 'config',
            cause: error,
          },
        );
  }
  const held = database;
  return {
    release() {
      if (!held.isOpen) return;
      held.exec('ROLLBACK');
      held.close();
    },
  };
}
