import type { RunReport } from '../engine/report.ts';
import { say, sayErr } from './say.ts';
import { EXIT, failureText, isDebug } from './failure.ts';
import type { LivePlan } from './live-options.ts';
import { writeReport } from './report-file.ts';
import { screenColors } from './screen.ts';

/** The report first: a table that cannot be drawn must not cost it. Nor must a report that cannot be written cost the table. */
export async function showEnd(report: RunReport, plan: Pick<LivePlan, 'reportFile'>): Promise<number> {
  let failure: unknown = null;
  try {
    if (plan.reportFile !== null) writeReport(plan.reportFile, report);
  } catch (error) {
    failure = error;
  }
  const { closingTable } = await import('./closing-table.ts');
  say(`${closingTable(report, screenColors())}\n`);
  if (failure === null) return report.exitCode;
  sayErr(`${failureText(failure, isDebug())}\n`);
  return report.exitCode === EXIT.ok ? EXIT.failed : report.exitCode;
}
