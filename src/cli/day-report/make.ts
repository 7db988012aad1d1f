import { basename } from 'node:path';
import { dayReport } from '../../report/day-report.ts';
import { LOG_SOURCES } from '../../report/differences.ts';
import type { DayReport } from '../../report/types.ts';
import { FolderSource } from '../../status/source.ts';

/** The report of an instance's day (null = its today), from its folder. Throws NO_INSTANCE, LEDGER_*, STATE_REFUSED. */
export async function makeDayReport(folder: string, day: string | null): Promise<DayReport> {
  const source = new FolderSource({ folders: [folder] });
  try {
    const instance = basename(folder);
    const status = await source.status(instance, day === null ? {} : { day });
    const { lines } = await source.log(instance, { level: 'warning', sources: LOG_SOURCES });
    return dayReport(status, lines, status.now);
  } finally {
    source.close();
  }
}
