import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt page`: options only; what it needs is loaded when it runs. */
export function pageCommand(): Command {
  return newCommand('page', 'bt page')
    .summary('serve a page that shows every instance in a browser')
    .description(
      'Serves a page with account, positions, orders, tasks, limits, log and health of every instance under RUNTIME_DIR, and with the buttons that stop them.',
    )
    .argument('[address]', 'where, as host:port (PAGE_LISTEN, 127.0.0.1:8787)')
    .option('--state <folder>', 'only the instance in this folder (all under RUNTIME_DIR, .bt)')
    .option('--log-level <level>', 'debug, info, warning or error (LOG_LEVEL, info)')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', EXAMPLES)
    .action(async (address: string | undefined, flags: Record<string, unknown>) => {
      const { runPage } = await import('./page-run.ts');
      await runPage(address ?? null, flags);
    });
}

const EXAMPLES = `
It asks for a token: PAGE_TOKEN, or one that is made up and shown at the start. Whoever has it can stop and sell.
Others reach it only where it is told to listen for them; then set PAGE_TLS_CERT and PAGE_TLS_KEY, or use SSH:
  ssh -L 8787:127.0.0.1:8787 the-machine
PAGE_ORIGIN is the address that people see where another server passes the page on, like https://desk.example.

A run can serve its own page: bt live FILE --page 127.0.0.1:8787`;
