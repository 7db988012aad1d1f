import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { allCommands } from '../../../src/cli/commands.ts';
import { completionScript, levelsOf } from '../../../src/cli/completion-script.ts';
import { newCommand } from '../../../src/cli/program.ts';

function program() {
  const bt = newCommand('bt', 'bt').version('1.0.0', '-V, --version');
  for (const command of allCommands()) bt.addCommand(command);
  return bt;
}

/** What bash offers for a line whose last word is being written. */
function offered(...words: readonly string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(' ');
  const script = `${completionScript('bash', program())}
COMP_WORDS=(bt ${list}); COMP_CWORD=${words.length}; _bt; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('in bash', () => {
  test('commands are completed, and options of the command that was named', () => {
    expect(offered('li')).toEqual(['live']);
    expect(offered('live', '--with')).toEqual(['--with-stub']);
    expect(offered('live', 'x.ts', '--day')).toEqual(['--day-report']);
    expect(offered('server', '--with')).toEqual([]);
  });

  test('a command of a command has its own', () => {
    expect(offered('notify', 'te')).toEqual(['test']);
    expect(offered('server', 'doc')).toEqual(['doctor']);
    expect(offered('completion', '--he')).toEqual(['--help']);
  });

  test('what is no word of ours is left to the shell, which knows files', () => {
    expect(offered('live', 'strategies/de')).toEqual([]);
    expect(completionScript('bash', program())).toContain('complete -o default');
  });
});

test('every command and option is in each shell’s lines', () => {
  const levels = levelsOf(program());
  expect(levels.length).toBeGreaterThan(20);
  for (const shell of ['bash', 'zsh', 'fish', 'powershell'] as const) {
    const script = completionScript(shell, program());
    for (const { commands, options } of levels) {
      for (const name of commands) expect(script).toContain(name);
      for (const option of options)
        expect(script).toContain(shell === 'fish' ? `'${option.replace(/^-+/u, '')}'` : option);
    }
  }
});

test('names need no quoting, and every command stands in a group of the help', () => {
  for (const { commands, options } of levelsOf(program()))
    for (const word of [...commands, ...options]) expect(word).toMatch(/^[a-zA-Z0-9-]+$/u);
  const groups = new Set(allCommands().map((command) => command.helpGroup()));
  expect([...groups]).toEqual(['Try:', 'Run:', 'Watch:', 'Stop and settle:', 'Serve:', 'The shell:']);
});
