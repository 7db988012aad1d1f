import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt check FILE`: options only; what it needs is loaded when it runs. */
export function checkCommand(): Command {
  return newCommand('check', 'bt check')
    .summary('look through a strategy before it runs')
    .description(
      'Lists what in a strategy will not do what it says: names that are not defined or not supported, and what means something else than in Python.',
    )
    .argument('<file>', 'the strategy, a .py, .ts or .js file')
    .option('--python <path>', 'the Python of a .py file (BT_PYTHON, .venv, python3, py -3)')
    .option('--python2', 'the .py file is Python 2, as bt live --python2 runs it')
    .option('--json', 'print the list as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Record<string, unknown>) => {
      const { runCheck } = await import('./check-run.ts');
      await runCheck(file, flags);
    });
}

const EXAMPLES = `
Examples:
  bt check strategies/demo.ts

Nothing is run and nothing connects. bt live does the same at its start and refuses errors; --force starts all the same.
Exit codes: 0 nothing, or warnings only; 1 errors.`;
