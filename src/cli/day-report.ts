import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt report`: options only; what it needs is loaded when it runs. */
export function reportCommand(): Command {
  return newCommand('report', 'bt report')
    .summary('a day to look back on: orders, slippage, fees, profit, tasks, limits')
    .description('Shows a day of an instance, as its ledger and its log hold it, running or not. Nothing is changed.')
    .argument('[instance]', 'its name, or that of its folder (the only one there is)')
    .option('--day <date>', 'of this day, YYYY-MM-DD (today, or the last one the instance ran on a simulated clock)')
    .option('--html <file>', 'write it there as one page that loads nothing')
    .option('--json', 'as JSON (docs/report.md)')
    .option('--state <folder>', "the instance's folder (all under RUNTIME_DIR, .bt)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runDayReport } = await import('./day-report/run.ts');
      await runDayReport(instance ?? null, flags);
    });
}
