import { Option, type Command } from 'commander';
import { newCommand } from './program.ts';

/** Where it trades, and on whose time. */
export function marketOptions(command: Command): Command {
  return command
    .option('--broker <name>', 'where to trade: qmt-remote, a QMT gateway, or qmt-http, a wrapper (DEFAULT_BROKER)')
    .option('--data <name>', 'market data that the broker has not: qmt-remote (DATA_SOURCE)')
    .option('--with-stub', 'trade on a paper market inside this process instead of a gateway')
    .option('--at <time>', "simulated clock from this time of Shanghai, like '2026-07-06 09:34:30'")
    .option('--speed <number>', 'market seconds per real second of the simulated clock; max: skip all waiting (1)')
    .option('--until <time>', "end at this time of the first day, like 09:41, or at '2026-07-08 15:31:00'")
    .option(
      '--page <address>',
      'serve a page of this run there, like 127.0.0.1:8787 (PAGE_TOKEN, PAGE_TLS_CERT, PAGE_TLS_KEY)',
    )
    .option('--metrics <address>', 'serve /metrics and /health there, like 127.0.0.1:9310 (METRICS_LISTEN)')
    .option(
      '--day-report <folder>',
      'write the page of each day there at 15:30, as bt report --html (DAY_REPORT_FOLDER)',
    )
    .option('--clock <kind>', "wall: the real time; gateway: the paper gateway's own clock (wall)")
    .option('--real', 'a gateway with real money may be traded: asked for once, at the first start, with what is there')
    .addOption(new Option('--i-know-what-i-do').hideHelp());
}

/** `bt live FILE`: options only; what it needs is loaded when it runs. */
export function liveCommand(): Command {
  const command = newCommand('live', 'bt live')
    .summary('run a strategy live')
    .description('Runs a JoinQuant-style strategy on exchange time and trades through a broker.')
    .argument('<file>', 'the strategy, a .py, .ts or .js file');
  return marketOptions(command)
    .option('--name <text>', "name of this instance (STRATEGY_NAME, the file's name)")
    .option('--state <folder>', 'keep its state there (RUNTIME_DIR, .bt; with --at or --with-stub a temporary one)')
    .option('--report <file>', 'write orders, trades, triggers and errors there as JSON at the end')
    .option('--record <file>', 'record what the strategy sees and does there, for bt replay; goes on at its end')
    .option('--seed <number>', 'seed of the paper market of --with-stub (1)')
    .option(
      '--positions <which>',
      'on an account with holdings: all (sees and sells everything) or own (only what it bought)',
    )
    .option('--frequency <which>', 'when handle_data and every_bar run: minute, or day, once at 9:30 (minute)')
    .option('--python <path>', 'the Python that runs a .py file (BT_PYTHON, .venv, python3, py -3)')
    .option('--no-compat', 'a .py file runs without the manners of old pandas (df.sort, pd.Panel …) that are added')
    .option('--python2', 'the .py file is Python 2: convert it, and divide as there')
    .option('--debugpy <port>', 'wait for a debugger of Python at this port of this machine')
    .option('--fresh', 'begin a new life: initialize runs again, g is empty; orders and positions stay')
    .option('--force', 'start in spite of errors of the check, and of data which no source serves')
    .option('--log-level <level>', 'debug, info, warning or error (LOG_LEVEL, info)')
    .option('--log-file <file>', 'also write the log there as JSON lines (bt.log in the state folder)')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Record<string, unknown>) => {
      const { runLiveCommand } = await import('./live-run.ts');
      await runLiveCommand(file, flags);
    });
}

const EXAMPLES = `
The gateway: QMT_SERVER_HOST, QMT_SERVER_PORT (58620), QMT_SERVER_TOKEN, QMT_SERVER_ACCOUNT_KEY,
QMT_SERVER_SUB_ACCOUNT, QMT_SERVER_TLS_CERT; the wrapper: QMT_HTTP_URL, QMT_HTTP_TOKEN, QMT_HTTP_ACCOUNT_ID,
QMT_HTTP_ACCOUNT_TYPE, QMT_HTTP_QMT_DIR, QMT_HTTP_TLS_CERT, QMT_HTTP_TIMEOUT;
from the environment, --env-file, .env.local or .env.

Examples:
  bt live strategies/demo.ts --broker qmt-remote
  bt live strategies/demo.ts --with-stub --at '2026-07-06 09:34:30' --speed 30 --until 09:41

Ctrl-C ends it after the running hook and says what is still open at the broker; pressed twice it ends
that hook too, and the run within 10 s; three times it leaves at once.
Exit codes: 0 clean end; 1 configuration or load error, or a report that cannot be written; 2 strategy error,
tasks that the ledger could not record, or left 10 s after the second Ctrl-C; 3 unsettled orders remain;
130 left by the third Ctrl-C.`;
