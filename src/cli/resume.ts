import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt resume`: options only; what it needs is loaded when it runs. */
export function resumeCommand(): Command {
  return newCommand('resume', 'bt resume')
    .summary('let a halted, paused or killed strategy go on')
    .description(
      'Lets a strategy go on that was halted after three errors in a row, and orders that a limit, bt pause or bt kill has stopped: then --reason is needed. What came up more than EVENT_TIME_OUT (60 s) before is skipped. With other code start bt live again instead.',
    )
    .option('--reason <text>', 'why orders may go on; it is written down')
    .option('--state <folder>', "the instance's folder (the only one under RUNTIME_DIR, .bt)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (flags: Record<string, unknown>) => {
      const { runResume } = await import('./kill-run.ts');
      await runResume(flags);
    });
}
