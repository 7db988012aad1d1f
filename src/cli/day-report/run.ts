import { isDay } from '../../domain/time.ts';
import { cleanData, WHOLE_DATA } from '../../platform/exit-text.ts';
import { loadEnv } from '../../platform/env.ts';
import { writeDocument } from '../../platform/terminal.ts';
import { sayDocument } from '../say.ts';
import { instanceFolder } from '../instances.ts';
import { screenColors } from '../screen.ts';
import { badValue, Settings } from '../settings.ts';
import { makeDayReport } from './make.ts';
import { writeReportPage } from './write.ts';

/** Runs `bt report`. Throws NO_INSTANCE, WHICH_INSTANCE, BAD_CONFIG, LEDGER_*, REPORT_FILE. */
export async function runDayReport(name: string | null, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const envFile = flags['envFile'];
  const settings = new Settings(loadEnv({ envFile: typeof envFile === 'string' ? envFile : null }), flags);
  const given = settings.find({ flag: '--day' });
  if (given !== null && !isDay(given.value)) throw badValue(given, 'a day like 2026-07-06');
  const file = settings.text({ flag: '--html' });
  const report = await makeDayReport(instanceFolder(name, flags), given?.value ?? null);
  if (file !== null) writeReportPage(file, report, '--html');
  if (flags['json'] === true) await writeDocument(`${JSON.stringify(cleanData(report, WHOLE_DATA), null, 2)}\n`);
  else if (file === null) {
    const { reportText } = await import('./text.ts');
    await sayDocument(`${reportText(report, screenColors())}\n`);
  }
}
