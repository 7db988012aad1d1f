import type { Command } from 'commander';
import { afterEach, describe, expect, test } from 'vitest';
import { allCommands } from '../../../src/cli/commands.ts';
import { textWidth } from '../../../src/cli/wrap-text.ts';
import { useLanguage } from '../../../src/platform/language.ts';
import { englishIn } from '../../english.ts';

afterEach(() => useLanguage(null));

function withCommandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap((each) => withCommandsOf(each))];
}

const commands = allCommands().flatMap((command) => withCommandsOf(command));

describe('help in Chinese', () => {
  test.each(commands.map((command) => [command.name(), command] as const))(
    '%s: no sentence is English',
    (_, command) => {
      useLanguage('zh');
      const help = command.helpInformation();
      expect(help).toMatch(/[\u3400-\u9fff]/u);
      expect(englishIn(help)).toEqual([]);
    },
  );

  test('is broken into lines that a terminal holds', () => {
    useLanguage('zh');
    for (const command of commands) {
      for (const line of command.helpInformation().split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(80);
    }
  });
});

test('help in English is what was written', () => {
  useLanguage('en');
  for (const command of commands) expect(command.helpInformation()).not.toMatch(/[\u3400-\u9fff]/u);
});
