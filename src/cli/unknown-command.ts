import type { Command } from 'commander';
import { closestName } from '../domain/closest-name.ts';

/**
 * Throws where a command line names a command that there is not. Commander looks at `--help` first, and would show the help of the
 * command above as if that had been asked for.
 */
export function refuseUnknownCommand(program: Command, args: readonly string[]): void {
  let command = program;
  let isHelp = false;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') return;
    if (word.startsWith('-')) {
      const takes = takesValue(command, word);
      if (takes === null) return;
      if (takes) at += 1;
      continue;
    }
    const names = commandsOf(command);
    if (names.length === 0) return;
    if (word === 'help') {
      isHelp = true;
      continue;
    }
    const next = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (next === undefined) {
      // A file, or another argument of its own.
      if (command.registeredArguments.length > 0 && !isHelp) return;
      return refuse(command, word, names);
    }
    command = next;
  }
}

function commandsOf(command: Command): string[] {
  return command.commands.map((each) => each.name());
}

const HELP: ReadonlySet<string> = new Set(['-h', '--help']);

/** Whether the word behind an option is its value; null for one that is not known, which is commander's to refuse. */
function takesValue(command: Command, word: string): boolean | null {
  const name = word.split('=')[0] ?? word;
  if (HELP.has(name)) return false;
  const option = command.options.find(({ long, short }) => long === name || short === name);
  if (option === undefined) return null;
  return (option.required || option.optional) && name === word;
}

function refuse(command: Command, word: string, names: readonly string[]): never {
  const near = closestName(word, names);
  const guess = near === null ? '' : `\n(Did you mean ${near}?)`;
  command.error(`error: unknown command '${word}'${guess}`, { code: 'commander.unknownCommand', exitCode: 1 });
}
