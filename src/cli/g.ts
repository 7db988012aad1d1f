import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt g [INSTANCE]`. */
export function gCommand(): Command {
  return newCommand('g', 'bt g')
    .summary('show what an instance keeps in g')
    .description('Shows g, and what the strategy has added to context, as they were kept after the last task.')
    .argument('[instance]', 'its name, or the name of its folder (the only one there is)')
    .option('--json', 'as it is kept: JSON, in which what JSON does not know is tagged')
    .option('--state <folder>', "the instance's folder (one under RUNTIME_DIR, .bt)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', EXAMPLES)
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runG } = await import('./g-run.ts');
      runG(instance ?? null, flags);
    });
}

const EXAMPLES = `
Examples:
  bt g demo
  bt g demo --json | jq .g.stocks

It reads only; a running bt live is not disturbed.`;
