import { Command, CommanderError } from 'commander';
import { cleanLine } from '../platform/exit-text.ts';
import { writeErr, writeOut } from '../platform/terminal.ts';

/** What a user wrote comes back in the error; a screen is enough. */
const LONGEST_ERROR = 1_000;

/** A command whose errors are short, end with a hint, and throw instead of leaving the process. */
export function newCommand(name: string, path: string): Command {
  return new Command(name)
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', 'show this help')
    .configureHelp({ styleTitle: (text) => text })
    .configureOutput({
      writeOut,
      writeErr,
      outputError: (text, write) => {
        write(`bt: ${cleanLine(oneLine(text), LONGEST_ERROR)} (see ${path} --help)\n`);
      },
    });
}

/** Exit code of a CommanderError (0 after --help and --version, 1 for anything the user wrote wrong); else null. */
export function usageExitCode(error: unknown): 0 | 1 | null {
  if (!(error instanceof CommanderError)) return null;
  return error.exitCode === 0 ? 0 : 1;
}

/** Commander puts its guess on a second line. */
function oneLine(text: string): string {
  return text
    .replace(/^error: /u, '')
    .trimEnd()
    .replace(/\n\(Did you mean (.*)\?\)$/u, ', did you mean $1?');
}
