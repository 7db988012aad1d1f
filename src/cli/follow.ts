import type { Command } from 'commander';
import { marketOptions } from './live.ts';
import { newCommand } from './program.ts';

const FOLDER = "the follower's folder (all under RUNTIME_DIR, .bt)";
const WHICH = 'its name, or that of its folder (the only follower there is)';
const ENV_FILE = 'read settings from this file before .env.local and .env';

/** `bt follow CONFIG`: options only; what it needs is loaded when it runs. */
export function followCommand(): Command {
  const command = newCommand('follow', 'bt follow')
    .summary('carry out signals of a strategy that runs elsewhere')
    .description(
      'Takes signals of strategies that run at JoinQuant, by HTTP or from Redis, and trades them by the rules of a configuration, each once.',
    )
    .argument('[config]', 'the configuration, JSON with comments')
    // Options of its own commands are theirs.
    .enablePositionalOptions();
  return marketOptions(command)
    .option('--name <text>', "name of this instance (the configuration's name)")
    .option('--state <folder>', 'keep its state there (RUNTIME_DIR, .bt; with --at or --with-stub a temporary one)')
    .option('--report <file>', 'write orders, trades and errors there as JSON at the end')
    .option('--seed <number>', 'seed of the paper market of --with-stub (1)')
    .option(
      '--positions <which>',
      'on an account with holdings: all (follows with everything) or own (only what it bought)',
    )
    .option('--import <file...>', "make a configuration of the older receiver's files, or of the folder they are in")
    .option('--out <file>', 'the configuration that --import writes (follow.jsonc)')
    .option('--log-level <level>', 'debug, info, warning or error (LOG_LEVEL, info)')
    .option('--log-file <file>', 'also write the log there as JSON lines (bt.log in the state folder)')
    .option('--env-file <file>', ENV_FILE)
    .addHelpText('after', EXAMPLES)
    .action(async (config: string | undefined, flags: Record<string, unknown>) => {
      const { runFollowCommand } = await import('./follow-run.ts');
      await runFollowCommand(config ?? null, flags);
    })
    .addCommand(statusCommand())
    .addCommand(correctCommand());
}

function statusCommand(): Command {
  return newCommand('status', 'bt follow status')
    .summary('what is wanted and held, and how the signals of the day ended')
    .description('Per strategy and code: wanted by its source, held, why they differ; then the signals of the day.')
    .argument('[instance]', WHICH)
    .option('--day <day>', 'signals of that day, like 2026-07-06 (today)')
    .option('--json', 'as JSON')
    .option('--state <folder>', FOLDER)
    .option('--env-file <file>', ENV_FILE)
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runFollowStatus } = await import('./follow-status.ts');
      await runFollowStatus(instance ?? null, flags);
    });
}

function correctCommand(): Command {
  return newCommand('correct', 'bt follow correct')
    .summary('order what is missing by the last picture of the sources')
    .description(
      'Shows the orders that would make holdings what the sources say; with --yes the running follower gives them.',
    )
    .argument('[instance]', WHICH)
    .option('--strategy <name>', 'of this strategy only')
    .option('--yes', 'give the orders')
    .option('--state <folder>', FOLDER)
    .option('--env-file <file>', ENV_FILE)
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runFollowCorrect } = await import('./follow-status.ts');
      await runFollowCorrect(instance ?? null, flags);
    });
}

const EXAMPLES = `
Examples:
  bt follow follow.jsonc --broker qmt-remote
  bt follow follow.jsonc --with-stub --at '2026-07-06 09:34:30' --until 10:00
  bt follow status
  bt follow correct --yes

Ctrl-C ends it and leaves open orders at the broker; the next start goes on with them.
Exit codes: 0 clean end; 1 configuration error; 3 unsettled orders remain.`;
