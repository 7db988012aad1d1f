import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BtError, errorMessage } from '../../domain/errors.ts';
import type { ExclusiveLock } from '../../platform/exclusive-lock.ts';
import { privateFile, privateFolder } from '../../platform/private-files.ts';
import { lockState } from '../state-lock.ts';
import { RECORD_MIGRATIONS } from './schema.ts';
import { SqlRecord } from './sql-record.ts';

/**
 * Opens (and creates or migrates) a record: WAL with synchronous=FULL, so that a commit that returned survives a loss of power. Null =
 * in memory only. A busy, damaged, newer or read-only one is a refusal to start (STATE_LOCKED, STATE_UNUSABLE, STATE_VERSION), never
 * a fresh one.
 */
export function openRecord(path: string | null): SqlRecord {
  if (path === null) return new SqlRecord(migrated(new DatabaseSync(':memory:'), 'memory'), 'memory', null);
  let lock: ExclusiveLock | null = null;
  let database: DatabaseSync | null = null;
  try {
    privateFolder(dirname(path));
    lock = lockState(path, '--record');
    privateFile(path);
    database = new DatabaseSync(path, { timeout: 250 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (found !== 'ok') throw new Error(String(found));
    return new SqlRecord(migrated(database, path), path, lock);
  } catch (error) {
    database?.close();
    lock?.release();
    throw error instanceof BtError ? error : unusable(path, error);
  }
}

/** Brings an empty or older database to the present version. Throws STATE_VERSION for a newer one. */
export function migrated(database: DatabaseSync, path: string): DatabaseSync {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > RECORD_MIGRATIONS.length) throw newer(path, version);
  for (const [index, statements] of RECORD_MIGRATIONS.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
  return database;
}

function newer(path: string, version: number): BtError {
  return new BtError(
    'STATE_VERSION',
    `The record ${path} was written by a newer version of bt (schema ${version}, this one knows ${RECORD_MIGRATIONS.length}). Start the server with that version, or name another file with --record.`,
    { fault: 'config' },
  );
}

function unusable(path: string, cause: unknown): BtError {
  return new BtError(
    'STATE_UNUSABLE',
    `The record of orders ${path} cannot be used (${errorMessage(cause)}). Nothing was changed and no order will be placed: check the disk and the folder's rights, restore the file from a copy, or name another with --record (keys of today's orders are then unknown).`,
    { fault: 'config', cause },
  );
}
