import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt server doctor`. */
export function serverDoctorCommand(): Command {
  return newCommand('doctor', 'bt server doctor')
    .summary('look whether QMT can be served from this machine')
    .description(
      'Looks at Node, Python, xtquant, the terminal, its accounts and quotes, the port, the clock and the token, and says of each line that ' +
        'it is ok or what to do. Nothing is ordered and nothing is changed. A running server may go on.',
    )
    .option('--data-path <folder>', "the terminal's userdata_mini (QMT_DATA_PATH)")
    .option('--python <path>', 'the Python that has xtquant (BT_PYTHON, python)')
    .option('--xtquant <folder>', "a folder that holds xtquant (the terminal's own copy)")
    .option('--accounts <list>', 'accounts as alias=id[:type] (QMT_SERVER_ACCOUNTS, QMT_ACCOUNT_ID)')
    .option('--listen <address>', 'address the server is to listen on (QMT_SERVER_LISTEN, 127.0.0.1)')
    .option('--port <number>', 'its port (QMT_SERVER_PORT, 58620)')
    .option('--token <text>', 'what clients must say (QMT_SERVER_TOKEN)')
    .option('--json', 'as JSON')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Record<string, unknown>) => {
      const { runServerDoctor } = await import('./server-doctor-run.ts');
      await runServerDoctor(flags);
    });
}

const EXAMPLES = `
Example:
  bt server doctor --data-path 'C:\\国金QMT交易端\\userdata_mini' --accounts main=123456:stock

Exit code 1 says that something has to be put right.`;
