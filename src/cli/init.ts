import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt init NAME`: options only; what it needs is loaded when it runs. */
export function initCommand(): Command {
  return newCommand('init', 'bt init')
    .summary('write a strategy, its settings and what an editor needs')
    .description(
      'Writes into this folder NAME.ts, a strategy that runs and says what each part is for, and, where they are missing, .env.local (settings to fill in), tsconfig.json (so that an editor knows the functions) and .gitignore. Nothing that exists is changed.',
    )
    .argument('<name>', "the strategy's name: letters, digits, - and _")
    .addHelpText('after', EXAMPLES)
    .action(async (name: string) => {
      const { runInit } = await import('./init-run.ts');
      runInit(name, process.cwd());
    });
}

const EXAMPLES = `
Examples:
  bt init my-strategy
  bt check my-strategy.ts`;
