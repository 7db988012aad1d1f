import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt calendar [YEAR]`: options only; what it needs is loaded when it runs. */
export function calendarCommand(): Command {
  return newCommand('calendar', 'bt calendar')
    .summary('show the trading days bt knows, and check them')
    .description(
      'Shows the trading calendar that comes with bt: its range and source, today, and the closed weekdays of a year.',
    )
    .argument('[year]', 'the year to show (this one)')
    .option('--check', 'ask the gateway for its trading days and compare')
    .option('--broker <name>', 'whom to ask with --check (DEFAULT_BROKER, qmt-remote)')
    .option('--json', 'print the year as JSON, all of its trading days included')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', EXAMPLES)
    .action(async (year: string | undefined, flags: Record<string, unknown>) => {
      const { runCalendar } = await import('./calendar-run.ts');
      await runCalendar(year ?? null, flags);
    });
}

const EXAMPLES = `
Examples:
  bt calendar                                today, and the closures of this year
  bt calendar 2026 --check                   does the gateway of .env know the same days?

Within the calendar of bt a gateway that disagrees about today stops orders; after its end the gateway's days are used.`;
