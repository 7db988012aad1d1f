import { flushOutputs } from '../platform/terminal.ts';
import { sayErr } from './say.ts';
import { checkLanguage } from '../platform/language.ts';
import { allCommands } from './commands.ts';
import { EXIT, failureText, isDebug } from './failure.ts';
import { packageVersion } from './package-info.ts';
import { newCommand, usageExitCode } from './program.ts';
import { refuseUnknownCommand } from './unknown-command.ts';

/** Runs one command line and leaves the process with its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  process.on('uncaughtException', (error) => {
    process.exit(report(error));
  });
  try {
    checkLanguage();
    const bt = program();
    const words = behindCommand(args);
    refuseUnknownCommand(bt, words);
    await bt.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = usageExitCode(error) ?? report(error);
  }
  // A timer that someone forgot must not keep a finished command.
  await flushOutputs();
  process.exit();
}

/** `--env-file FILE` may stand before the command, as the reference's does: it is the command's. */
export function behindCommand(args: readonly string[]): string[] {
  const [first = '', second] = args;
  if (first.startsWith('--env-file=') && second !== undefined) return [second, first, ...args.slice(2)];
  const command = args[2];
  if (first !== '--env-file' || second === undefined || command === undefined) return [...args];
  return [command, first, second, ...args.slice(3)];
}

/** All that `bt` understands. */
export function program(): ReturnType<typeof newCommand> {
  const bt = newCommand('bt', 'bt')
    .description('Runs JoinQuant-style strategies live through a QMT gateway.')
    .version(packageVersion(), '-V, --version', 'show the version')
    // Else options would be taken from behind a command that has commands of its own.
    .enablePositionalOptions()
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', EXAMPLES);
  for (const command of allCommands()) bt.addCommand(command);
  return bt;
}

const EXAMPLES = `
Examples:
  bt live strategies/demo.ts --broker qmt-remote            trade through the gateway of .env
  bt live strategies/demo.ts --with-stub --at '2026-07-06 09:34:30' --speed 30
                                                            the same on a paper market of its own
  bt server --server-type stub --port 58630 --token stub    a paper market for several clients

Settings come from options, the environment, --env-file, .env.local and .env of this folder, in that order.
BT_DEBUG=1 shows the stack of an error.`;

function report(error: unknown): number {
  sayErr(`${failureText(error, isDebug())}\n`);
  return EXIT.failed;
}
