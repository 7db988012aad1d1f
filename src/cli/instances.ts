import { basename, resolve } from 'node:path';
import { BtError } from '../domain/errors.ts';
import { readInstanceFile } from '../ledger/instance-file.ts';
import { loadEnv } from '../platform/env.ts';
import { instancesUnder, isInstance } from '../status/folders.ts';
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

/** The instance folders a command may mean: `--state`, or all under RUNTIME_DIR; none where there is none. */
export function allInstances(flags: Flags): string[] {
  const { root, explicit } = instanceRoot(flags);
  return explicit ? [root].filter(isInstance) : instancesUnder(root);
}

/** As `allInstances`. Throws NO_INSTANCE when there is none. */
export function instanceFolders(flags: Flags): string[] {
  const instances = allInstances(flags);
  if (instances.length > 0) return instances;
  throw new BtError(
    'NO_INSTANCE',
    `There is no instance in ${instanceRoot(flags).root}. Run this where bt live runs, or name its folder with --state.`,
    { fault: 'config' },
  );
}

/** Those of that name, or in the folder of that name; all of them when none is named. */
export function namedFolders(folders: readonly string[], name: string | null): string[] {
  return folders.filter((folder) => name === null || basename(folder) === name || nameOf(folder) === name);
}

/**
 * The one instance of that name, or in the folder of that name; the only one there is when none is named. Throws NO_INSTANCE,
 * WHICH_INSTANCE. `otherwise`: what else can be done then, a sentence.
 */
export function instanceFolder(name: string | null, flags: Flags, otherwise = ''): string {
  return meantFolder(name, instanceFolders(flags), 'instances', otherwise);
}

/** As `instanceFolder`, of these. */
export function meantFolder(name: string | null, all: readonly string[], kind: string, otherwise = ''): string {
  const meant = namedFolders(all, name);
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  const why = `${meant.length} ${kind} ${name === null ? 'are there' : `are called "${name}"`}`;
  throw whichInstance(why, all, { code: meant.length === 0 ? 'NO_INSTANCE' : 'WHICH_INSTANCE', otherwise });
}

interface Which {
  readonly code: string;
  readonly otherwise: string;
}

export function whichInstance(
  why: string,
  folders: readonly string[],
  { code, otherwise }: Which = { code: 'WHICH_INSTANCE', otherwise: '' },
): BtError {
  const there = folders.map((folder) => basename(folder)).join(', ');
  const more = otherwise === '' ? '' : ` ${otherwise}`;
  return new BtError(code, `${why}: name one of ${there}, or its folder with --state.${more}`, { fault: 'config' });
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
