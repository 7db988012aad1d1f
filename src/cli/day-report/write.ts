import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { writePrivate } from '../../platform/private-files.ts';
import { reportPage } from '../../report/page.ts';
import type { DayReport } from '../../report/types.ts';

/** Writes the page whole or not at all; what is no file (/dev/stdout, a pipe) is written to as it is. `named`: what said where. Throws REPORT_FILE. */
export function writeReportPage(file: string, report: DayReport, named: string): void {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const page = reportPage(report);
    if (existsSync(path) && !statSync(path).isFile()) writeFileSync(path, page);
    else writePrivate(path, page);
  } catch (error) {
    const text = `${named} ${file} cannot be written (${errorMessage(error)}): write another path.`;
    throw new BtError('REPORT_FILE', text, { fault: 'config', cause: error });
  }
}
