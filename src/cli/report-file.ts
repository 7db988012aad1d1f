import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import type { RunReport } from '../engine/report.ts';
import { cleanData, WHOLE_DATA } from '../platform/exit-text.ts';
import { shortId } from '../platform/ids.ts';

/** Finds out before the run what would keep the report from being written; throws BtError REPORT_FILE (config). */
export function checkReportFile(file: string): void {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw unwritable(file, error);
  }
  if (existsSync(path) && statSync(path).isDirectory()) throw unwritable(file, new Error('it is a folder'));
}

/** Writes the report whole or not at all; what is no file (/dev/stdout, a pipe) is written to as it is. Throws BtError REPORT_FILE (config). */
export function writeReport(file: string, report: RunReport): void {
  const path = resolve(file);
  const draft = `${path}.${shortId()}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const text = `${JSON.stringify(cleanData(report, WHOLE_DATA), null, 2)}\n`;
    if (existsSync(path) && !statSync(path).isFile()) {
      writeFileSync(path, text);
      return;
    }
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    discard(draft);
    throw unwritable(file, error);
  }
}

/** What keeps the report from being written may keep its draft from being removed. */
function discard(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // The first failure is the one to tell.
  }
}

function unwritable(file: string, cause: unknown): BtError {
  return new BtError(
    'REPORT_FILE',
    `--report ${file} cannot be written (${errorMessage(cause)}): write another path.`,
    {
      fault: 'config',
      cause,
    },
  );
}
