import { readdirSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { allCommands } from '../../../src/cli/commands.ts';

const PAGES = ['docs/gateway.md', 'docs/gateway.zh-CN.md'];
const ROOT = new URL('../../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** Every line of a code block that starts our program. */
function commandLines(page: string): string[] {
  const blocks = [...read(page).matchAll(/^```\n([^]*?)^```/gmu)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split('\n')).filter((line) => line.startsWith('bt '));
}

/** The command that a line names, and the options behind it. */
function parsed(line: string): { command: Command; flags: string[] } {
  const [, name = '', ...rest] = line.split(' ');
  const top = allCommands().find((one) => one.name() === name);
  if (top === undefined) throw new Error(`there is no bt ${name}`);
  const command = top.commands.find((one) => one.name() === rest[0]) ?? top;
  return { command, flags: rest.filter((word) => word.startsWith('--')) };
}

describe.each(PAGES)('%s', (page) => {
  test('has only commands and options that are there', () => {
    const lines = commandLines(page);
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) {
      const { command, flags } = parsed(line);
      const known = command.options.map(({ long }) => long);
      for (const flag of flags) expect(known, line).toContain(flag);
      const type = /--server-type (\w+)/u.exec(line)?.[1];
      const described = command.options.find(({ long }) => long === '--server-type')?.description;
      if (type !== undefined) expect(described, line).toContain(`${type}:`);
    }
  });

  test('names only variables that are read', () => {
    const names = new Set(read(page).match(/\b(?:QMT|BT|MINIQMT)_[A-Z_]+\b/gu));
    const sources = ['src/cli', 'src/venues/qmt-remote'].flatMap((folder) =>
      readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => read(`${folder}/${file.replaceAll('\\', '/')}`)),
    );
    expect(names.size).toBeGreaterThan(3);
    for (const name of names)
      expect(
        sources.some((text) => text.includes(name)),
        name,
      ).toBe(true);
  });

  test('says in prose only options that bt server has', () => {
    const prose = [...read(page).matchAll(/`(--[a-z-]+)`/gu)].map(([, flag]) => flag);
    const server = allCommands().find((one) => one.name() === 'server');
    const known = [server, ...(server?.commands ?? [])].flatMap((one) => one?.options.map(({ long }) => long) ?? []);
    for (const flag of prose) expect(known).toContain(flag);
  });
});

test('both pages have the same blocks', () => {
  const [english, chinese] = PAGES.map((page) => read(page).match(/^```\n[^]*?^```/gmu));
  expect(chinese).toEqual(english);
});
