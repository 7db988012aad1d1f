import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { behindCommand, program } from '../../../src/cli/main.ts';
import { refuseUnknownCommand } from '../../../src/cli/unknown-command.ts';

/** What is said of a command line; null = it goes on to its command. */
function refusal(line: string): string | null {
  const bt = program();
  for (const command of [bt, ...bt.commands])
    command.configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  try {
    refuseUnknownCommand(bt, behindCommand(line.split(' ')));
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    expect([error.code, error.exitCode]).toEqual(['commander.unknownCommand', 1]);
    return error.message;
  }
}

test.each([
  ['orderz', "unknown command 'orderz'\n(Did you mean orders?)"],
  ['orderz --help', "unknown command 'orderz'\n(Did you mean orders?)"],
  ['--help servr', "unknown command 'servr'\n(Did you mean server?)"],
  ['help frobnicate', "unknown command 'frobnicate'"],
  ['--env-file a.env frobnicate -h', "unknown command 'frobnicate'"],
  ['server frobnicate --help', "unknown command 'frobnicate'"],
  ['server --port 1 doctr', "unknown command 'doctr'\n(Did you mean doctor?)"],
  ['server help doctr', "unknown command 'doctr'\n(Did you mean doctor?)"],
  ['notify tset --help', "unknown command 'tset'\n(Did you mean test?)"],
])('bt %s names no command, and says so whether help was asked for or not', (line, text) => {
  expect(refusal(line)).toBe(`error: ${text}`);
});

test.each([
  '--help',
  'help',
  'help server',
  'help help',
  'server --port 58630',
  'server --port=58630',
  'server --prot 58630',
  'server doctor --help',
  'server help doctor',
  'follow rules.json --help',
  'follow status --help',
  'live orderz --help',
  'status some-instance -h',
  '--version',
  '-- orderz',
])('bt %s goes on', (line) => {
  expect(refusal(line)).toBeNull();
});
