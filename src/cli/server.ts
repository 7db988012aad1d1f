import type { Command } from 'commander';
import { newCommand } from './program.ts';
import { serverAuditCommand } from './server-audit.ts';
import { serverCertCommand } from './server-cert.ts';
import { serverDoctorCommand } from './server-doctor.ts';
import { serverHistoryCommand } from './server-history.ts';

/** `bt server`: options only; what it needs is loaded when it runs. */
export function serverCommand(): Command {
  const command = newCommand('server', 'bt server')
    // What stands behind a command of its own is that one's, though both know it.
    .enablePositionalOptions()
    .summary('serve a paper market, or a QMT terminal, over the gateway protocol')
    .description(
      'Serves a paper market, or with --server-type qmt a QMT terminal, over the gateway protocol: this program, the Python client and the JoinQuant helper can all trade on it.',
    )
    .option('--server-type <type>', 'stub: a market of its own, no QMT needed; qmt: in front of a QMT terminal (stub)');
  for (const group of [listenOptions, accountOptions, qmtOptions, stubOptions, logOptions]) group(command);
  // What stands behind a command of its own is that command's, also where both know the option.
  command.enablePositionalOptions();
  return command
    .addCommand(serverCertCommand())
    .addCommand(serverAuditCommand())
    .addCommand(serverHistoryCommand())
    .addCommand(serverDoctorCommand())
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Record<string, unknown>) => {
      const { runServer } = await import('./server-run.ts');
      await runServer(flags);
    });
}

/** Where QMT is. */
function qmtOptions(command: Command): void {
  command
    .option('--data-path <folder>', "qmt: the terminal's userdata_mini, whole path (QMT_DATA_PATH)")
    .option('--python <file>', 'qmt: the Python that has xtquant (BT_PYTHON, python)')
    .option(
      '--xtquant <folder>',
      "qmt: the folder that holds xtquant, where Python does not find it (the terminal's own)",
    )
    .option(
      '--market-orders <style>',
      'qmt: market orders as limit (at their worst price), best_five or opposite (QMT_MARKET_ORDERS, limit)',
    )
    .option('--simulate', 'qmt: on the paper market instead of QMT, which every line says');
}

/** Where it listens, and whom it lets in. */
function listenOptions(command: Command): void {
  command
    .option('--listen <address>', 'address to listen on (QMT_SERVER_LISTEN, 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for any free one (QMT_SERVER_PORT, 58620)')
    .option('--token <text>', 'what clients must say (QMT_SERVER_TOKEN, "stub" where only this machine can reach it)')
    .option('--allowlist <list>', 'addresses or networks that may connect (QMT_SERVER_ALLOWLIST, everybody)')
    .option('--http <address>', 'also serve HTTP at host:port, like 127.0.0.1:7800 (QMT_SERVER_HTTP, none)')
    .option('--http-cors <list>', 'origins whose pages may ask over HTTP (QMT_SERVER_HTTP_CORS, none)')
    .option('--max-connections <number>', 'sessions at a time (QMT_SERVER_MAX_CONNECTIONS, 64)')
    .option('--max-subscriptions <number>', 'tick subscriptions a session (QMT_SERVER_MAX_SUBSCRIPTIONS, 200)')
    .option('--tls-cert <file>', 'certificate (PEM) to serve over TLS (QMT_SERVER_TLS_CERT)')
    .option('--tls-key <file>', 'its key (PEM); switches TLS on (QMT_SERVER_TLS_KEY)');
}

/** Whose orders it takes, and what it answers. */
function accountOptions(command: Command): void {
  command
    .option('--accounts <list>', 'accounts as alias=id[:kind[:folder]], comma separated (QMT_SERVER_ACCOUNTS)')
    .option('--sub-accounts <list>', 'sub-accounts as id[@alias][:limit=N] (QMT_SERVER_SUB_ACCOUNTS)')
    .option('--enable-data', 'answer for market data (QMT_SERVER_ENABLE_DATA, yes)')
    .option('--disable-data', 'refuse data requests')
    .option('--enable-broker', 'answer for accounts and orders (QMT_SERVER_ENABLE_BROKER, yes)')
    .option('--dry-run', 'answer orders as placed and send none, and say so in every answer (QMT_SERVER_DRY_RUN)')
    .option('--record <file>', 'where orders are written down before a terminal hears of them (QMT_SERVER_RECORD)')
    .option('--disable-broker', 'refuse account and order requests: a gateway for market data');
}

/** The market of a stub. */
function stubOptions(command: Command): void {
  command
    .option('--market <kind>', 'simulated: prices, book, fees, rules; reference: constants, accepts all (simulated)')
    .option(
      '--at <time>',
      "start the market clock at this time of Shanghai, like '2026-07-06 09:30:00' (the real time)",
    )
    .option('--speed <number>', 'market seconds per real second, with --at (1)')
    .option('--seed <number>', 'seed of the simulated prices (1)')
    .option('--state <file>', 'keep book and clock in this file: a killed server goes on, a later --at moves it on')
    .option('--faults <seed or file>', 'go wrong on purpose: a whole number draws a plan, else the file of one (never)')
    .option('--print-faults', 'print the plan of --faults and leave');
}

/** What it says, and where its settings are. */
function logOptions(command: Command): void {
  command
    .option('--access-log', 'a line for each request (QMT_SERVER_ACCESS_LOG, orders and cancels only)')
    .option('--no-access-log', 'no line for any request')
    .option('--history <file>', 'keep accounts and holdings of each minute in this file (QMT_SERVER_HISTORY, nowhere)')
    .option('--log-account-overview', 'log what admin.print_account answers (QMT_SERVER_LOG_ACCOUNT, no)')
    .option('--no-log-account-overview', 'keep it out of the log')
    .option('--audit <file>', 'write down who placed and cancelled what (QMT_SERVER_AUDIT; bt server audit shows it)')
    .option('--log-level <level>', 'debug, info, warning or error (LOG_LEVEL, info)')
    .option('--log-file <file>', 'also write the log there as JSON lines (QMT_SERVER_LOG_FILE)')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env');
}

const EXAMPLES = `
Examples:
  bt server --port 58630 --token stub
  bt server --at '2026-07-06 09:30:00' --speed 30 --state book.json
  bt server --http 127.0.0.1:7800
  bt server --faults 7 --print-faults
  bt server --server-type qmt --accounts main=123456:stock --data-path 'C:\\QMT\\userdata_mini'

Ctrl-C stops it cleanly, pressed twice at once.`;
