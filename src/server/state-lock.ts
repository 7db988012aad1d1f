import { DatabaseSync } from 'node:sqlite';

import { BtError, errorMessage } from '../domain/errors.ts';
import { privateFile } from '../platform/private-files.ts';

/** Keeps a second server away from a state file; the operating system frees it when the process dies, however it dies. */
export interface StateLock {
  release(): void;
}

/** Takes the lock of a state file (`<path>.lock`). Throws BtError STATE_LOCKED when another process holds it. */
export function lockState(path: string): StateLock {
  let database: DatabaseSync | null = null;
  try {
    // Whoever can read it could lock it, and stop every start.
    privateFile(`${path}.lock`);
    database = new DatabaseSync(`${path}.lock`, { timeout: 0 });
    database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
  } catch (error) {
    database?.close();
    throw refused(path, error);
  }
  const held = database;
  return {
    release(): void {
      if (!held.isOpen) return;
      held.exec('ROLLBACK');
      held.close();
    },
  };
}

function refused(path: string, error: unknown): BtError {
  if (/locked|busy/i.test(errorMessage(error))) {
    return new BtError('STATE_LOCKED', `Another server uses ${path}. Stop it, or give this one its own --state file.`, {
      fault: 'config',
      cause: error,
    });
  }
  return new BtError(
    'STATE_UNUSABLE',
    `The state file ${path} cannot be used: ${errorMessage(error)}. Check that its folder exists and may be written, or name another with --state.`,
    { fault: 'config', cause: error },
  );
}
