import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { say } from './say.ts';
import { editorSettings } from './init-editor.ts';
import { GITIGNORE, SETTINGS_FILE } from './init-settings.ts';
import { TYPESCRIPT_STRATEGY } from './init-strategy.ts';
import { packageRoot } from './package-info.ts';

const ENDING = '.ts';
const NAME = /^[\p{L}\d_][\p{L}\d_-]*$/u;
const PRIVATE = 0o600;
const PUBLIC = 0o644;

/** One file to be there afterwards. */
interface Part {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/**
 * Writes a new strategy with its settings into a folder. Throws BAD_CONFIG for a name that cannot be one, FILE_EXISTS when the
 * strategy is there already (then nothing is written), and FILE_NOT_WRITTEN.
 */
export function runInit(given: string, folder: string): void {
  const name = nameOf(given);
  const strategy = `${name}${ENDING}`;
  if (existsSync(join(folder, strategy))) {
    const text = `${strategy} is here already and is not written over: choose another name, or move it away.`;
    throw new BtError('FILE_EXISTS', text, { fault: 'config' });
  }
  const parts: readonly Part[] = [
    { path: strategy, text: TYPESCRIPT_STRATEGY.replaceAll('NAME', name), mode: PUBLIC },
    { path: '.env.local', text: SETTINGS_FILE, mode: PRIVATE },
    { path: 'tsconfig.json', text: editorSettings(folder, packageRoot()), mode: PUBLIC },
    { path: '.gitignore', text: GITIGNORE, mode: PUBLIC },
  ];
  const kept = parts.filter(({ path }) => existsSync(join(folder, path)));
  const made = parts.filter((part) => !kept.includes(part));
  for (const part of made) write(folder, part);
  say(`${report(strategy, made, kept, folder).join('\n')}\n`);
}

function nameOf(given: string): string {
  const name = given.endsWith(ENDING) ? given.slice(0, -ENDING.length) : given;
  if (NAME.test(name)) return name;
  const text = `"${given}" is no name for a strategy: write letters, digits, - and _, like my-strategy. Files are written into the folder you are in.`;
  throw new BtError('BAD_CONFIG', text, { fault: 'config' });
}

function write(folder: string, { path, text, mode }: Part): void {
  try {
    writeFileSync(join(folder, path), text, { flag: 'wx', mode });
  } catch (cause) {
    const why = `${path} cannot be written (${errorMessage(cause)}): look at the rights of this folder.`;
    throw new BtError('FILE_NOT_WRITTEN', why, { fault: 'config', cause });
  }
}

function report(strategy: string, made: readonly Part[], kept: readonly Part[], folder: string): string[] {
  const names = (parts: readonly Part[]): string => parts.map(({ path }) => path).join(', ');
  const paperDay = "--with-stub --at '2026-07-06 09:00' --until 15:31 --speed max";
  return [
    `Written: ${names(made)}.`,
    ...(kept.length === 0 ? [] : [`Here already and left as it is: ${names(kept)}.`]),
    ...ignoresSettings(folder),
    '',
    'Next:',
    `  bt check ${strategy}`,
    '      what in it will not do what it says; nothing yet',
    `  bt live ${strategy} ${paperDay}`,
    '      a day on a paper market, in seconds: no account and no gateway are needed',
    '  Fill in QMT_SERVER_HOST and QMT_SERVER_TOKEN in .env.local, then',
    `  bt live ${strategy} --broker qmt-remote`,
    '      trades through your gateway; one with real money is shown first, and traded when you say --real',
  ];
}

/** The settings hold a token: they do not belong into a repository. */
function ignoresSettings(folder: string): string[] {
  const ignored = readFileSync(join(folder, '.gitignore'), 'utf8').split(/\r?\n/u);
  const missing = GITIGNORE.split('\n').filter((line) => line !== '' && !ignored.includes(line));
  return missing.length === 0 ? [] : [`Add to .gitignore: ${missing.join(' ')} (.env.local holds the token).`];
}
