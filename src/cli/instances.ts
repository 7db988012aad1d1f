import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BtError } from '../domain/errors.ts';
import { loadEnv } from '../platform/env.ts';
import { Settings } from './settings.ts';

/** The database in an instance's folder (ledger/open.ts); named here so that looking for folders loads no SQLite. */
const LEDGER_FILE = 'ledger.db';

/** The instance folders a command may mean: `--state`, or all under RUNTIME_DIR. Throws NO_INSTANCE when there is none. */
export function instanceFolders(flags: Readonly<Record<string, unknown>>): string[] {
  const envFile = flags['envFile'];
  const settings = new Settings(loadEnv({ envFile: typeof envFile === 'string' ? envFile : null }), flags);
  const explicit = settings.text({ flag: '--state' });
  const root = resolve(explicit ?? settings.text({ variables: ['RUNTIME_DIR'] }) ?? '.bt');
  const folders = explicit === null ? subfolders(root) : [root];
  const instances = folders.filter((folder) => existsSync(join(folder, LEDGER_FILE)));
  if (instances.length > 0) return instances;
  throw new BtError(
    'NO_INSTANCE',
    `There is no instance in ${root}. Run this where bt live runs, or name its folder with --state.`,
    {
      fault: 'config',
    },
  );
}

function subfolders(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, entry.name));
}
