import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BtError, errorMessage } from '../domain/errors.ts';
import { privateFile, privateFolder } from '../platform/private-files.ts';
import { checkMark, countOn } from './ledger-mark.ts';
import { LEDGER_FILE } from './instance-file.ts';
import { MIGRATIONS } from './schema.ts';

/**
 * Opens (and creates or migrates) the ledger of an instance folder, and counts its mark on. WAL with synchronous=FULL: a commit
 * that returned survives a power loss (what `Store.append` wrote: any kill). A busy, damaged, newer or read-only ledger, and one that
 * is not this instance's, is a refusal to start (LEDGER_*), never a fresh one.
 */
export function openDatabase(folder: string): DatabaseSync {
  const path = join(folder, LEDGER_FILE);
  let database: DatabaseSync;
  try {
    privateFolder(folder);
    checkMark(folder, path);
    privateFile(path);
    database = new DatabaseSync(path, { timeout: 250 });
  } catch (error) {
    throw error instanceof BtError ? error : unusable(path, error);
  }
  try {
    // The log is moved into the file by us alone: each time the mark counts on.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 0;',
    );
    checkPages(database);
    migrate(database, path);
    countOn(database, folder);
    return database;
  } catch (error) {
    database.close();
    throw error instanceof BtError ? error : unusable(path, error);
  }
}

/**
 * As `openDatabase`, for one who only looks while an engine may be running: nothing is made, migrated or written. Where no run ever
 * was there is nothing in it. `checked`: what is damaged is found now, and not when its page is first needed.
 */
export function openToRead(folder: string, checked: boolean): DatabaseSync {
  const path = join(folder, LEDGER_FILE);
  let database: DatabaseSync | null = null;
  try {
    checkMark(folder, path);
    const isThere = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
    database = new DatabaseSync(isThere ? path : ':memory:', { timeout: 250, readOnly: isThere });
    if (!isThere) migrate(database, path);
    if (checked) checkPages(database);
    const version = versionOf(database, path);
    if (version < MIGRATIONS.length) throw olderLedger(path, version);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof BtError ? error : unusable(path, error);
  }
}

/** What is damaged is found before anything is sent, and not when a page is first needed. */
function checkPages(database: DatabaseSync): void {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found !== 'ok') throw new Error(String(found));
}

function migrate(database: DatabaseSync, path: string): void {
  const version = versionOf(database, path);
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

/** Throws LEDGER_NEWER. */
function versionOf(database: DatabaseSync, path: string): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > MIGRATIONS.length) {
    throw new BtError(
      'LEDGER_NEWER',
      `The ledger ${path} was written by a newer version of bt (schema ${version}, this one knows ${MIGRATIONS.length}). Start it with that version, or name another folder with --state.`,
      { fault: 'config' },
    );
  }
  return version;
}

function olderLedger(path: string, version: number): BtError {
  return new BtError(
    'LEDGER_OLDER',
    `The ledger ${path} is of an older version of bt (schema ${version}, this one has ${MIGRATIONS.length}), which may be running: it is not looked at. Use the version that runs it, or start it once with this one, or name another instance with --state.`,
    { fault: 'config' },
  );
}

/** BtError LEDGER_UNUSABLE (config). */
function unusable(path: string, cause: unknown): BtError {
  return new BtError(
    'LEDGER_UNUSABLE',
    `The ledger ${path} cannot be used (${errorMessage(cause)}). Nothing was changed and nothing will be traded: check the disk and the folder's rights, restore the file from a backup, or name another folder with --state.`,
    { fault: 'config', cause },
  );
}
