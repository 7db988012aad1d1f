import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { privateFile, privateFolder } from '../../platform/private-files.ts';
import { History } from './history.ts';
import { HISTORY_MIGRATIONS } from './schema.ts';

/**
 * Opens (and creates or migrates) the history of accounts in a file, null = in memory. A minute that a loss of power takes is a minute
 * without a picture: nothing is decided by it. Throws BtError HISTORY_UNUSABLE.
 */
export function openHistory(path: string | null): History {
  try {
    if (path !== null) {
      privateFolder(dirname(path));
      privateFile(path);
    }
    const database = new DatabaseSync(path ?? ':memory:', { timeout: 2_000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    return migrated(database, path ?? 'memory');
  } catch (error) {
    throw error instanceof BtError ? error : unusable(path ?? 'memory', errorMessage(error), error);
  }
}

/** Opens one to be read, also while a server writes it. Throws BtError HISTORY_UNUSABLE. */
export function readHistoryFile(path: string): History {
  if (!existsSync(path)) throw unusable(path, 'there is no such file');
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
    const version = versionOf(database);
    if (version === HISTORY_MIGRATIONS.length) return new History(database);
    database.close();
    throw unusable(path, `it is of schema ${version}, this version reads ${HISTORY_MIGRATIONS.length}`);
  } catch (error) {
    throw error instanceof BtError ? error : unusable(path, errorMessage(error), error);
  }
}

function migrated(database: DatabaseSync, path: string): History {
  const version = versionOf(database);
  if (version > HISTORY_MIGRATIONS.length) {
    database.close();
    throw unusable(path, `a newer version of bt wrote it (schema ${version})`);
  }
  for (const [index, statements] of HISTORY_MIGRATIONS.entries()) {
    if (index >= version) database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
  return new History(database);
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function unusable(path: string, why: string, cause?: unknown): BtError {
  return new BtError(
    'HISTORY_UNUSABLE',
    `The history of accounts ${path} cannot be used (${why}). Name another file with --history, or restore this one from a copy.`,
    { fault: 'config', cause },
  );
}
