import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** What all of them have that stop an instance and let it go on. */
function stopping(name: string, summary: string, description: string): Command {
  return newCommand(name, `bt ${name}`)
    .summary(summary)
    .description(description)
    .argument('[instance]', 'its name, or that of its folder (the only one there is)')
    .option('--reason <text>', 'why; it is written down')
    .option('--all', 'every instance under RUNTIME_DIR')
    .option('--state <folder>', "the instance's folder (all under RUNTIME_DIR, .bt)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env');
}

/** `bt kill`: options only; what it needs is loaded when it runs. */
export function killCommand(): Command {
  return stopping(
    'kill',
    'stop all orders at once, whatever the strategy does',
    'Nothing is placed any more, over restarts too, until "bt resume". It holds while the strategy hangs, the gateway is away, and when no engine runs: then the next start obeys. The same does an empty file KILL in the instance\'s folder.',
  )
    .option('--cancel', 'cancel what is open, as soon as the gateway can be reached')
    .option('--flatten', 'cancel what is open, then sell everything that can be sold today')
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runKill } = await import('./kill-run.ts');
      await runKill(instance ?? null, flags);
    });
}

/** `bt pause`. */
export function pauseCommand(): Command {
  return stopping(
    'pause',
    'no orders and no hooks, until bt resume',
    'The running strategy is not called and nothing is placed, over restarts too; what is open stays open.',
  ).action(async (instance: string | undefined, flags: Record<string, unknown>) => {
    const { runPause } = await import('./kill-run.ts');
    await runPause(instance ?? null, flags);
  });
}

/** `bt resume`. */
export function resumeCommand(): Command {
  return stopping(
    'resume',
    'let a halted, paused or killed strategy go on',
    'Lets a strategy go on that was halted after three errors in a row, and orders that a limit, bt pause or bt kill has stopped: then --reason is needed. What came up more than EVENT_TIME_OUT (60 s) before is skipped. With other code start bt live again instead.',
  ).action(async (instance: string | undefined, flags: Record<string, unknown>) => {
    const { runResume } = await import('./kill-run.ts');
    await runResume(instance ?? null, flags);
  });
}
