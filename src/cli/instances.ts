import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { BtError } from '../domain/errors.ts';
import { LEDGER_FILE, readInstanceFile } from '../ledger/instance-file.ts';
import { loadEnv } from '../platform/env.ts';
import { Settings } from './settings.ts';

type Flags = Readonly<Record<string, unknown>>;

/** The folder under which instances are: `--state`, else RUNTIME_DIR. */
export function instanceRoot(flags: Flags): { readonly root: string; readonly explicit: boolean } {
  const envFile = flags['envFile'];
  const settings = new Settings(loadEnv({ envFile: typeof envFile === 'string' ? envFile : null }), flags);
  const explicit = settings.text({ flag: '--state' });
  const root = resolve(explicit ?? settings.text({ variables: ['RUNTIME_DIR'] }) ?? '.bt');
  return { root, explicit: explicit !== null };
}

/** The instance folders a command may mean: `--state`, or all under RUNTIME_DIR. Throws NO_INSTANCE when there is none. */
export function instanceFolders(flags: Flags): string[] {
  const { root, explicit } = instanceRoot(flags);
  const folders = explicit ? [root] : subfolders(root);
  const instances = folders.filter((folder) => existsSync(join(folder, LEDGER_FILE)));
  if (instances.length > 0) return instances;
  throw new BtError(
    'NO_INSTANCE',
    `There is no instance in ${root}. Run this where bt live runs, or name its folder with --state.`,
    { fault: 'config' },
  );
}

/**
 * The one instance of that name, or in the folder of that name; the only one there is when none is named. Throws NO_INSTANCE,
 * WHICH_INSTANCE.
 */
export function instanceFolder(name: string | null, flags: Flags): string {
  const all = instanceFolders(flags);
  const meant = name === null ? all : all.filter((folder) => basename(folder) === name || nameOf(folder) === name);
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  const there = all.map((folder) => basename(folder)).join(', ');
  throw new BtError(
    meant.length === 0 ? 'NO_INSTANCE' : 'WHICH_INSTANCE',
    `${meant.length} instances ${name === null ? 'are there' : `are called "${name}"`}: name one of ${there}, or its folder with --state.`,
    { fault: 'config' },
  );
}

/** The name an instance was started with; null when its folder does not say. */
function nameOf(folder: string): string | null {
  try {
    const name = readInstanceFile(folder)?.['name'];
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

function subfolders(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, entry.name));
}
