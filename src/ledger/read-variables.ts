import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LEDGER_FILE } from './open.ts';
import { readVariable, type VariableRow } from './rows.ts';

/** What an instance keeps of g and context, also while its engine runs; none when its ledger is of a version that kept nothing. */
export function readVariables(folder: string): VariableRow[] {
  const database = new DatabaseSync(join(folder, LEDGER_FILE), { readOnly: true, timeout: 250 });
  try {
    const known = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'variables'").get();
    if (known === undefined) return [];
    return database.prepare('SELECT * FROM variables ORDER BY part DESC, rowid').all().map(readVariable);
  } finally {
    database.close();
  }
}
