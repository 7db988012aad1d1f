import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt cancel ID`, `bt cancel --all`. */
export function cancelCommand(): Command {
  return newCommand('cancel', 'bt cancel')
    .summary('cancel an open order, or all of an instance')
    .description(
      'Has the running engine cancel an order of its own, and says what became of it. What cannot be cancelled now is asked for again when it can. The strategy goes on: bt pause or bt kill --cancel stop it.',
    )
    .argument('[id]', "the order: its id (bt orders), its broker's, or the 8 characters in its remark")
    .option('--all', 'all that is open or waits, of this instance alone')
    .option('--instance <name>', 'of this instance (the only one, or the one that has the order)')
    .option('--state <folder>', "the instance's folder (all under RUNTIME_DIR, .bt)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (id: string | undefined, flags: Record<string, unknown>) => {
      const { runCancel } = await import('./cancel-run.ts');
      await runCancel(id ?? null, flags);
    });
}
