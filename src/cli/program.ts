import { Command, CommanderError, Help } from 'commander';
import { cleanLine } from '../platform/exit-text.ts';
import { language } from '../platform/language.ts';
import { writeErr, writeOut } from '../platform/terminal.ts';
import { inLanguage } from '../words/in-language.ts';
import { SCREEN_WIDTH, textWidth, wrapLines, wrapPage } from './wrap-text.ts';

/** What a user wrote comes back in the error; a screen is enough. */
const LONGEST_ERROR = 1_000;

/** Help is written in English and shown in the reader's language, before it is broken into lines. */
const IN_LANGUAGE: Partial<Help> = {
  styleTitle: (text) => inLanguage(text),
  styleDescriptionText: (text) => inLanguage(text),
  displayWidth: textWidth,
  boxWrap(text, width) {
    return language() === 'en' ? Help.prototype.boxWrap.call(this, text, width) : wrapLines(text, width);
  },
};

/** A command whose errors are short, end with a hint, and throw instead of leaving the process. */
export function newCommand(name: string, path: string): Command {
  return new Command(name)
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', 'show this help')
    .configureHelp(IN_LANGUAGE)
    .configureOutput({
      writeOut: (text) => writeOut(wrapPage(inLanguage(text), SCREEN_WIDTH)),
      writeErr: (text) => writeErr(wrapPage(inLanguage(text), SCREEN_WIDTH)),
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
