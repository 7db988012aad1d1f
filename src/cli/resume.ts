import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt resume`: options only; what it needs is loaded when it runs. */
export function resumeCommand(): Command {
  return newCommand('resume', 'bt resume')
    .summary('let a halted strategy go on')
    .description(
      'Lets a strategy go on that was halted after three errors in a row. What came up more than EVENT_TIME_OUT (60 s) before is skipped. With other code start bt live again instead.',
    )
    .option('--state <folder>', "the instance's folder (the only one under RUNTIME_DIR, .bt)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (flags: Record<string, unknown>) => {
      const { runResume } = await import('./resolve-run.ts');
      await runResume(flags);
    });
}
