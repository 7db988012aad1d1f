import { DatabaseSync } from 'node:sqlite';
import { errorMessage } from '../domain/errors.ts';
import { privateFile } from './private-files.ts';

/** Held for the life of a process; the operating system frees it when that dies, however it dies. */
export interface ExclusiveLock {
  release(): void;
}

/** Takes the lock that this file is. What fails is thrown as SQLite or Node throws it: `isBusy` when another process holds it. */
export function takeLock(path: string): ExclusiveLock {
  // Whoever can read it could lock it, and stop every start.
  privateFile(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    release() {
      if (!database.isOpen) return;
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** Whether a lock could not be taken because another process holds it. */
export function isBusy(error: unknown): boolean {
  return /locked|busy/i.test(errorMessage(error));
}
