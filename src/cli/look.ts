import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** What all commands have that look at an instance: which one, and how it is shown. */
function looking(name: string, summary: string, description: string): Command {
  return newCommand(name, `bt ${name}`)
    .summary(summary)
    .description(description)
    .argument('[instance]', 'its name, or that of its folder (the only one there is)')
    .option('--state <folder>', "the instance's folder (all under RUNTIME_DIR, .bt)")
    .option('--json', 'as JSON (docs/operator.md)')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env');
}

const DAY = 'of this day, YYYY-MM-DD (today, or the last one the instance ran on a simulated clock)';

/** `bt status`: options only; what it needs is loaded when it runs. */
export function statusCommand(): Command {
  return looking(
    'status',
    'what an instance is doing: gateway, strategy, account, orders, limits',
    'Shows one instance, running or not; of several, which there are and how they stand. Nothing is changed.',
  )
    .option('--watch [seconds]', 'again each so many seconds (2), until Ctrl-C')
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runStatus } = await import('./look/status-run.ts');
      await runStatus(instance ?? null, flags);
    });
}

export function ordersCommand(): Command {
  return looking('orders', 'the orders of a day', 'Shows the orders of a day, as the ledger holds them.')
    .option('--day <date>', DAY)
    .option('--history', 'each state of each order: when, why, by whom')
    .option('--open', 'only those of which something may still happen')
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runOrders } = await import('./look/list-runs.ts');
      await runOrders(instance ?? null, flags);
    });
}

export function tradesCommand(): Command {
  return looking('trades', 'the fills of a day', 'Shows the fills of a day, as the ledger holds them.')
    .option('--day <date>', DAY)
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runTrades } = await import('./look/list-runs.ts');
      await runTrades(instance ?? null, flags);
    });
}

export function positionsCommand(): Command {
  return looking(
    'positions',
    'what is held, with cost, price and profit',
    'Shows the account as the running engine sees it; of one that does not run as it was seen last, with the time.',
  ).action(async (instance: string | undefined, flags: Record<string, unknown>) => {
    const { runPositions } = await import('./look/list-runs.ts');
    await runPositions(instance ?? null, flags);
  });
}

export function riskCommand(): Command {
  return looking(
    'risk',
    'limits with how much is used, what stops orders, and what limits did today',
    'Shows the limits of the running engine, or of the last run. docs/limits.md says what each does.',
  )
    .option('--day <date>', DAY)
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runRisk } = await import('./look/list-runs.ts');
      await runRisk(instance ?? null, flags);
    });
}

export function logCommand(): Command {
  return looking('log', "an instance's log", 'Shows the last lines of the log that its runs write.')
    .option('-f, --follow', 'and what comes, until Ctrl-C')
    .option('--lines <number>', 'so many lines (50)')
    .option('--level <level>', 'this level and what is more urgent: debug, info, warning or error')
    .option('--source <names>', 'only of these sources, separated by commas: bt, engine, order, strategy …')
    .option('--grep <text>', 'only lines that hold this text')
    .action(async (instance: string | undefined, flags: Record<string, unknown>) => {
      const { runLog } = await import('./look/log-run.ts');
      await runLog(instance ?? null, flags);
    });
}

/** `bt instances`. */
export function instancesCommand(): Command {
  return newCommand('instances', 'bt instances')
    .summary('every instance there is, and how it stands')
    .description('Lists the instances under RUNTIME_DIR: what they trade, whether they run, what stops them.')
    .option('--state <folder>', 'the folder of one instance (all under RUNTIME_DIR, .bt)')
    .option('--json', 'as JSON (docs/operator.md)')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (flags: Record<string, unknown>) => {
      const { runInstances } = await import('./look/status-run.ts');
      await runInstances(flags);
    });
}
