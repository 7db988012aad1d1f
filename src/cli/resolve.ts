import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt resolve ID`: options only; what it needs is loaded when it runs. */
export function resolveCommand(): Command {
  return newCommand('resolve', 'bt resolve')
    .summary('settle an order of unknown fate')
    .description(
      'Says what became of an order whose fate bt could not find out. Until then its security is not traded.',
    )
    .argument('<id>', 'the order: its 8 characters in the remark (bt:XXXXXXXX), or its id in the log')
    .option('--as <order>', "it is this order of the broker's list")
    .option('--filled <shares>', 'it is of an earlier day, and so many of its shares were filled')
    .option('--price <price>', "what they cost, CNY a share (the order's own price)")
    .option('--not-placed', 'it never came to be: you have looked in the terminal')
    .option('--state <folder>', "the instance's folder (the one under RUNTIME_DIR, .bt, that has the order)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, flags: Record<string, unknown>) => {
      const { runResolve } = await import('./resolve-run.ts');
      await runResolve(id, flags);
    });
}

/** `bt adopt ORDER`. */
export function adoptCommand(): Command {
  return newCommand('adopt', 'bt adopt')
    .summary("take another instance's order into this one")
    .description(
      'Takes an order of the broker that this instance did not place into its ledger, to track it and to be able to cancel it.',
    )
    .argument('<order>', "the order's id in the broker's list")
    .option('--state <folder>', "the instance's folder (the only one under RUNTIME_DIR, .bt)")
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (order: string, flags: Record<string, unknown>) => {
      const { runAdopt } = await import('./resolve-run.ts');
      await runAdopt(order, flags);
    });
}

const EXAMPLES = `
Examples:
  bt resolve k3v9x0aa --as 1073741901      the terminal shows it as order 1073741901
  bt resolve k3v9x0aa --not-placed         the terminal shows no such order
  bt resolve k3v9x0aa --filled 500         an order of an earlier day: 500 shares of it were filled

A running bt live is asked to do it; if none runs, its ledger is written here.`;
