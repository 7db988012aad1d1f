import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt server audit`. */
export function serverAuditCommand(): Command {
  return newCommand('audit', 'bt server audit')
    .summary('who placed and cancelled what, and what came of it')
    .description(
      'Shows what a server has written down of orders, cancels and connections, oldest first, also of the files that it has set aside. ' +
        'Whatever was asked and never answered is shown as such.',
    )
    .option('--file <file>', "the server's audit (QMT_SERVER_AUDIT, gateway-<port>/audit.jsonl under RUNTIME_DIR)")
    .option('--port <number>', 'the port of the server whose audit is meant (QMT_SERVER_PORT, 58620)')
    .option('--day <day>', 'only of this day of Shanghai, like 2026-07-06')
    .option('--account <alias>', 'only requests that named this account')
    .option('--order <id>', 'only of this order')
    .option('--json', 'the lines as they are written')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .action(async (flags: Record<string, unknown>) => {
      const { runServerAudit } = await import('./server-audit-run.ts');
      await runServerAudit(flags);
    });
}
