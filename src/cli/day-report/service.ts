import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { errorMessage } from '../../domain/errors.ts';
import { ifKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import { armDaily } from '../../engine/gate/daily-readings.ts';
import type { RunListener, RunView } from '../../engine/run-view.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';

/** When repos have closed too, and the counter has booked the day. */
export const REPORT_TIME = '15:30';

export interface DayReportsOptions {
  /** Where the pages go, a file a day; null = none are written. */
  readonly folder: string | null;
  readonly stateFolder: string;
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly log: Log;
}

/**
 * Writes the page of each trading day at 15:30, `<instance>-<day>.html`; a run that begins later writes that of its day when there
 * is none yet. What cannot be written is told, and ends nothing.
 */
export function listenForReports(options: DayReportsOptions): (run: RunView) => RunListener {
  const { folder, stateFolder, clock, calendar, log } = options;
  if (folder === null) return () => ({ endDays: () => undefined, end: () => undefined });
  const own = log.child('report');
  return (run) => {
    const write = async (): Promise<void> => {
      const day = chinaDay(clock.now());
      const file = join(folder, reportName(stateFolder, day));
      try {
        // Loaded when there is a day to tell of.
        const { makeDayReport } = await import('./make.ts');
        const { writeReportPage } = await import('./write.ts');
        await run.fresh();
        writeReportPage(file, await makeDayReport(stateFolder, day), '--day-report');
        own.info(`The report of ${day} is ${file}`);
      } catch (error) {
        own.warning(`The report of ${day} could not be written: ${errorMessage(error)}`);
      }
    };
    const isMissing =
      isDue(clock.now(), calendar) && !existsSync(join(folder, reportName(stateFolder, chinaDay(clock.now()))));
    // The first figures of the account are those of a day that has ended.
    const catchUp = isMissing
      ? run.events.on((event) => {
          if (event.kind !== 'account') return;
          catchUp();
          void write();
        })
      : (): void => undefined;
    const endDays = armDaily(REPORT_TIME, { clock, calendar }, write);
    return { endDays, end: catchUp };
  };
}

/** A file's name says of whose day it is. */
export function reportName(stateFolder: string, day: string): string {
  return `${basename(stateFolder)}-${day}.html`;
}

/** True after 15:30 of a day that trades, or may. */
function isDue(now: number, calendar: TradingCalendar): boolean {
  const day = chinaDay(now);
  return now >= chinaInstant(day, REPORT_TIME) && ifKnown(() => calendar.isTradingDay(day)) === true;
}
