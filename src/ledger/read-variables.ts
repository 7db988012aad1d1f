import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LEDGER_FILE } from './instance-file.ts';
import { readVariable, SELECT_VARIABLES, type VariableRow } from './rows.ts';
import { hasTable, Statements } from './statements.ts';

/** What an instance keeps of g and context, also while its engine runs; none when its ledger is of a version that kept nothing. */
export function readVariables(folder: string): VariableRow[] {
  const database = new DatabaseSync(join(folder, LEDGER_FILE), { readOnly: true, timeout: 250 });
  try {
    if (!hasTable(database, 'variables')) return [];
    return new Statements(database).map(SELECT_VARIABLES, [], readVariable);
  } finally {
    database.close();
  }
}
