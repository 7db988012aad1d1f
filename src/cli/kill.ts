import type { Command } from 'commander';
import { newCommand } from './program.ts';

const FOLDER = "the instance's folder (the only one under RUNTIME_DIR, .bt)";

/** `bt kill`: options only; what it needs is loaded when it runs. */
export function killCommand(): Command {
  return newCommand('kill', 'bt kill')
    .summary('stop all orders at once, whatever the strategy does')
    .description(
      'Nothing is placed any more, over restarts too, until "bt resume". It holds while the strategy hangs, the gateway is away, and when no engine runs: then the next start obeys. The same does an empty file KILL in the instance\'s folder.',
    )
    .option('--cancel', 'cancel what is open, as soon as the gateway can be reached')
    .option('--flatten', 'cancel what is open, then sell everything that can be sold today')
    .option('--reason <text>', 'why; it is written down')
    .option('--all', 'every instance under RUNTIME_DIR')
    .option('--state <folder>', FOLDER)
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (flags: Record<string, unknown>) => {
      const { runKill } = await import('./kill-run.ts');
      await runKill(flags);
    });
}

/** `bt pause`. */
export function pauseCommand(): Command {
  return newCommand('pause', 'bt pause')
    .summary('no orders and no hooks, until bt resume')
    .description(
      'The running strategy is not called and nothing is placed, over restarts too; what is open stays open.',
    )
    .option('--reason <text>', 'why; it is written down')
    .option('--state <folder>', FOLDER)
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (flags: Record<string, unknown>) => {
      const { runPause } = await import('./kill-run.ts');
      await runPause(flags);
    });
}
