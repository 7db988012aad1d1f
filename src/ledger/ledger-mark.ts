import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BtError } from '../domain/errors.ts';
import { uuid } from '../platform/ids.ts';
import { readMark, writeMark, type LedgerMark } from './instance-file.ts';
import { hasTable, transact } from './statements.ts';
import { UPSERT_SETTING } from './writes.ts';

const ID = 'ledger_id';
const COUNTER = 'ledger_counter';

/**
 * Refuses a ledger that is not the one its instance last had: emptied, removed, an older copy, or without the part of it that was
 * still in its `-wal`. Nothing is opened for writing before that is known. Throws LEDGER_OTHER.
 */
export function checkMark(folder: string, path: string): void {
  const wanted = readMark(folder);
  if (wanted === null) return;
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? null;
  if (bytes === null) throw otherLedger(path, folder, 'it is gone');
  if (bytes === 0) throw otherLedger(path, folder, 'it is empty');
  const database = new DatabaseSync(path, { readOnly: true, timeout: 250 });
  try {
    const found = markIn(database);
    if (found === null || found.id !== wanted.id)
      throw otherLedger(path, folder, 'it is the ledger of another instance');
    if (found.counter >= wanted.counter) return;
    const ages = `it stands at ${found.counter}, and this instance had come to ${wanted.counter}`;
    throw otherLedger(path, folder, `it is an older copy, or its ledger.db-wal was removed: ${ages}`);
  } finally {
    database.close();
  }
}

/**
 * Counts on, in the ledger and then beside it. To be called after the log was moved into the file: from then on the file alone, without
 * its log, is behind what the instance says.
 */
export function countOn(database: DatabaseSync, folder: string): void {
  const before = markIn(database);
  const mark = { id: before?.id ?? uuid(), counter: (before?.counter ?? 0) + 1 };
  const put = database.prepare(UPSERT_SETTING);
  transact(database, () => {
    put.run(ID, mark.id);
    put.run(COUNTER, String(mark.counter));
  });
  writeMark(folder, mark);
}

function markIn(database: DatabaseSync): LedgerMark | null {
  if (!hasTable(database, 'settings')) return null;
  const read = database.prepare('SELECT value FROM settings WHERE key = ?');
  const id = read.get(ID)?.['value'];
  const counter = Number(read.get(COUNTER)?.['value']);
  return typeof id === 'string' && Number.isSafeInteger(counter) ? { id, counter } : null;
}

function otherLedger(path: string, folder: string, why: string): BtError {
  return new BtError(
    'LEDGER_OTHER',
    `The ledger ${path} is not the one this instance last had: ${why}. Orders it does not know may be open at the broker, so nothing is traded. ` +
      `Restore ledger.db together with ledger.db-wal; or begin anew: look at the broker for open orders, then move ${folder} away. ` +
      `To go on with this ledger all the same, move only instance.json away: what it lacks then counts as orders of others.`,
    { fault: 'config' },
  );
}
