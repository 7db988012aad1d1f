import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt server history`. */
export function serverHistoryCommand(): Command {
  return newCommand('history', 'bt server history')
    .summary('show what accounts held, minute by minute')
    .description(
      'Shows what `bt server --history FILE` has kept: money, holdings, profit and days held, each minute of the session or at the end of ' +
        'each day. A minute that the gateway did not tell is shown as missing. The server may be running.',
    )
    .option('--history <file>', 'the file (QMT_SERVER_HISTORY)')
    .option('--account <alias>', 'which account (the only one there is)')
    .option('--start <time>', "from this day or time of China on, like '2026-07-06 10:00' (the last day there is)")
    .option('--end <time>', 'up to this day or time (the last there is)')
    .option('--every <unit>', 'minute, or day: its last minute (minute)')
    .option('--limit <number>', 'rows at most, the latest (240)')
    .option('--positions', 'with the holdings of each row')
    .option('--json', 'as JSON, with the holdings of each row')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Record<string, unknown>) => {
      const { runServerHistory } = await import('./server-history-run.ts');
      await runServerHistory(flags);
    });
}

const EXAMPLES = `
Examples:
  bt server history --history history.db --every day
  bt server history --history history.db --start '2026-07-06 10:00' --end '2026-07-06 10:05' --positions`;
