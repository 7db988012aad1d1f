import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import type { RunReport } from '../engine/report.ts';
import { cleanData, WHOLE_DATA } from '../platform/exit-text.ts';
import { writePrivate } from '../platform/private-files.ts';

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
  try {
    mkdirSync(dirname(path), { recursive: true });
    const text = `${JSON.stringify(cleanData(report, WHOLE_DATA), null, 2)}\n`;
    if (existsSync(path) && !statSync(path).isFile()) writeFileSync(path, text);
    else writePrivate(path, text);
  } catch (error) {
    throw unwritable(file, error);
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
