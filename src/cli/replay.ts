import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt replay FILE`: options only; what it needs is loaded when it runs. */
export function replayCommand(): Command {
  return newCommand('replay', 'bt replay')
    .summary('play a recorded day again')
    .description(
      'Runs the strategy of a recording (bt live --record) with the answers, clock and chance it had, and says where it does otherwise. ' +
        'Nothing is sent anywhere.',
    )
    .argument('<file>', 'the recording')
    .option('--strategy <file>', 'play this file instead of the recorded one: what would it have done?')
    .option('--python <path>', 'the Python of a .py file (BT_PYTHON, .venv, python3, py -3)')
    .option('--no-compat', 'as bt live')
    .option('--python2', 'as bt live')
    .option('--debugpy <port>', 'as bt live')
    .option('--until <time>', "play nothing later than this time of Shanghai, like '2026-07-06 10:30'")
    .option('--hook <name>', 'tell differences of this hook or task only')
    .option('--all', 'go on after the first difference')
    .option('--inspect', 'wait for a debugger before the strategy is loaded')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Record<string, unknown>) => {
      const { runReplay } = await import('./replay-run.ts');
      await runReplay(file, flags);
    });
}

const EXAMPLES = `
Examples:
  bt live strategies/demo.ts --broker qmt-remote --record today.rec
  bt replay today.rec                              the same code must do the same
  bt replay today.rec --strategy better.ts --all   where would the changed code have acted otherwise?

With changed code only what acts is compared (orders, cancels, tasks, settings); what is logged or kept in g may differ.
Exit codes: 0 identical, 1 it cannot be played, 2 it differs.`;
