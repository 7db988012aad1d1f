import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { writePrivate } from '../platform/private-files.ts';

/** What an instance is, in its folder: whose it is, and which ledger is its own. */
export const INSTANCE_FILE = 'instance.json';
/** The ledger's database beside it; named here so that looking for folders loads no SQLite. */
export const LEDGER_FILE = 'ledger.db';

/** Which ledger an instance has, and how far it had come: in the ledger itself and beside it. */
export interface LedgerMark {
  readonly id: string;
  /** Grows with each start and each time the ledger's log is moved into its file. */
  readonly counter: number;
}

const EXPORTED = 'exported_to';
const IMPORTED = 'imported';
const FOLLOWS = 'follows';

type Content = Readonly<Record<string, unknown>>;

/** Null when there is none. Throws STATE_REFUSED when it cannot be read: what it says must not be guessed. */
export function readInstanceFile(folder: string): Content | null {
  const path = join(folder, INSTANCE_FILE);
  if (!existsSync(path)) return null;
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new Error('it is no object');
    return content as Content;
  } catch (error) {
    throw new BtError(
      'STATE_REFUSED',
      `${path} cannot be read (${errorMessage(error)}). Restore it from a backup; or move it away, and the ledger beside it is taken as it stands.`,
      { fault: 'config', cause: error },
    );
  }
}

/** Writes these members and keeps the others. */
export function writeInstanceFile(folder: string, members: Content): void {
  const content = { ...readInstanceFile(folder), ...members };
  writePrivate(join(folder, INSTANCE_FILE), `${JSON.stringify(content, null, 2)}\n`);
}

/** Null when the instance has had no ledger yet, or one of a version that did not mark it. */
export function readMark(folder: string): LedgerMark | null {
  const mark = readInstanceFile(folder)?.['ledger'];
  if (typeof mark !== 'object' || mark === null || !('id' in mark) || !('counter' in mark)) return null;
  const { id, counter } = mark;
  return typeof id === 'string' && typeof counter === 'number' ? { id, counter } : null;
}

export function writeMark(folder: string, mark: LedgerMark): void {
  writeInstanceFile(folder, { ledger: mark });
}

/** Marks the folder as the one an instance has left for that file; null takes the mark away. */
export function markExported(folder: string, file: string | null): void {
  writeInstanceFile(folder, { [EXPORTED]: file ?? undefined });
}

/** Marks the folder as one that was unpacked and has not been started yet: its strategy may lie elsewhere now. */
export function markImported(folder: string, imported: boolean): void {
  writeInstanceFile(folder, { [IMPORTED]: imported ? true : undefined });
}

export function isImported(folder: string): boolean {
  return readInstanceFile(folder)?.[IMPORTED] === true;
}

/** Marks the folder as that of a follower: commands about signals mean those alone. */
export function markFollower(folder: string): void {
  if (!isMarkedFollower(folder)) writeInstanceFile(folder, { [FOLLOWS]: true });
}

export function isMarkedFollower(folder: string): boolean {
  return readInstanceFile(folder)?.[FOLLOWS] === true;
}

/** Refuses a folder whose instance was exported: it may run elsewhere. Throws INSTANCE_MOVED. */
export function refuseExported(folder: string): void {
  const file = readInstanceFile(folder)?.[EXPORTED];
  if (file === undefined) return;
  const text = typeof file === 'string' ? file : 'a file';
  throw new BtError(
    'INSTANCE_MOVED',
    `The instance in ${folder} was exported to ${text} and may run elsewhere: two engines with one ledger take each other's orders for their own. ` +
      `To go on here, end it there and export it there, move this folder away and bt import that file. ` +
      `When the file was never started anywhere, delete "${EXPORTED}" in ${join(folder, INSTANCE_FILE)} instead.`,
    { fault: 'config' },
  );
}
