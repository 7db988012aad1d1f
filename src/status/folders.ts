import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { INSTANCE_FILE, isMarkedFollower, LEDGER_FILE, readInstanceFile } from '../ledger/instance-file.ts';
import { hasControl } from '../platform/control-socket.ts';
import { hasKillFile } from '../platform/kill-file.ts';

/** Whose an instance is, as its folder says. */
export interface InstanceFacts {
  readonly folder: string;
  /** The folder's name. */
  readonly instance: string;
  readonly name: string;
  readonly broker: string;
  readonly endpoint: string;
  /** Its alias at the gateway. */
  readonly account: string | null;
  readonly clock: string;
  /** It carries out signals. */
  readonly follows: boolean;
}

/** What stands for something that an instance's file does not say. */
const UNTOLD = '?';

/** True for a folder that holds an instance, or a word of a person for one whose first start did not come through. */
export function isInstance(folder: string): boolean {
  return existsSync(join(folder, LEDGER_FILE)) || hasKillFile(folder);
}

/** The instances under RUNTIME_DIR, by name. */
export function instancesUnder(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => join(root, entry.name))
    .filter(isInstance)
    .toSorted();
}

/** Throws STATE_REFUSED when its file cannot be read. */
export function instanceFacts(folder: string): InstanceFacts {
  const content = readInstanceFile(folder) ?? {};
  const text = (key: string): string | null => {
    const value = content[key];
    return typeof value === 'string' ? value : null;
  };
  const instance = basename(folder);
  return {
    folder,
    instance,
    name: text('name') ?? instance,
    broker: text('broker') ?? UNTOLD,
    endpoint: text('endpoint') ?? UNTOLD,
    account: text('subAccount') ?? text('account'),
    clock: text('clock') ?? 'wall',
    follows: isMarkedFollower(folder),
  };
}

/** True when an engine may be running there. */
export function mayRun(folder: string): boolean {
  return hasControl(folder);
}

/** Files whose change says that something of the instance has changed. */
export const TELLING_FILES: readonly string[] = [
  LEDGER_FILE,
  `${LEDGER_FILE}-wal`,
  INSTANCE_FILE,
  'control.json',
  'KILL',
];
