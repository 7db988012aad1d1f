import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt export INSTANCE FILE`. */
export function exportCommand(): Command {
  return newCommand('export', 'bt export')
    .summary('pack an instance into one file, to move it to another machine')
    .description(
      'Writes the ledger of an instance (orders, fills, due tasks, g, what is registered) and whose it is into one checked file. ' +
        'Refuses an instance that runs, and a file that exists. From then on bt live refuses to start the folder that was left.',
    )
    .argument('<instance>', 'its name, or the name of its folder')
    .argument('<file>', 'the file to write')
    .option('--state <folder>', "the instance's folder (one under RUNTIME_DIR, .bt)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (instance: string, file: string, flags: Record<string, unknown>) => {
      const { runExport } = await import('./move-run.ts');
      runExport(instance, file, flags);
    });
}

/** `bt import FILE`. */
export function importCommand(): Command {
  return newCommand('import', 'bt import')
    .summary('unpack an instance that bt export has packed')
    .description('Makes the instance of such a file here. Refuses a damaged file, and an instance that exists already.')
    .argument('<file>', 'the file that bt export has written')
    .option('--state <folder>', 'put it there (a folder of its own under RUNTIME_DIR, .bt)')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Record<string, unknown>) => {
      const { runImport } = await import('./move-run.ts');
      runImport(file, flags);
    });
}

const EXAMPLES = `
Example: on the old machine, after bt live has ended
  bt export demo demo.instance
and on the new one, beside the same strategy and settings
  bt import demo.instance
  bt live strategies/demo.ts --broker qmt-remote

Run it on one machine only: two engines that hold the same ledger would take each other's orders for their own.`;
