import { Command, CommanderError } from 'commander';

/** A command whose errors are short, end with a hint, and throw instead of leaving the process. */
export function newCommand(name: string, path: string): Command {
  return new Command(name)
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', 'show this help')
    .configureHelp({ styleTitle: (text) => text })
    .configureOutput({
      outputError: (text, write) => {
        write(`bt: ${oneLine(text)} (see ${path} --help)\n`);
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
