import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BtError } from '../domain/errors.ts';
import { isMarkedFollower, LEDGER_FILE } from '../ledger/instance-file.ts';
import { Ledger } from '../ledger/ledger.ts';
import { instanceFolders, instanceRoot, meantFolder } from './instances.ts';

type Flags = Readonly<Record<string, unknown>>;

/**
 * The follower of that name, or in the folder of that name; the only one there is when none is named: what bt live runs beside it is not
 * counted. A folder that `--state` names is taken as it is. Throws NO_INSTANCE, WHICH_INSTANCE.
 */
export function followerFolder(name: string | null, flags: Flags): string {
  const all = instanceFolders(flags);
  const { root, explicit } = instanceRoot(flags);
  const followers = explicit ? all : all.filter(follows);
  if (followers.length > 0) return meantFolder(name, followers, 'followers');
  const there = all.map((folder) => basename(folder)).join(', ');
  throw new BtError(
    'NO_INSTANCE',
    `There is no follower in ${root}, only ${there}: bt follow CONFIG starts one. Run this where it runs, or name its folder with --state.`,
    { fault: 'config' },
  );
}

/** Of one that a version without the mark made, its ledger tells. One that cannot be read is nobody's follower. */
function follows(folder: string): boolean {
  try {
    if (isMarkedFollower(folder)) return true;
    if (!existsSync(join(folder, LEDGER_FILE))) return false;
    const ledger = Ledger.glance(folder);
    try {
      return ledger.signals.hasAny();
    } finally {
      ledger.close();
    }
  } catch {
    return false;
  }
}
