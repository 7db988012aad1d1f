import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';

/** Finds out before the run what would keep the recording from being written; throws BtError RECORD_FILE (config). */
export function checkRecordFile(file: string): void {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw new BtError(
      'RECORD_FILE',
      `--record ${file} cannot be written (${errorMessage(error)}): write another path.`,
      {
        fault: 'config',
        cause: error,
      },
    );
  }
}
