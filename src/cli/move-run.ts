import { existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { BtError } from '../domain/errors.ts';
import { INSTANCE_FILE, LEDGER_FILE, markExported, markImported, refuseExported } from '../ledger/instance-file.ts';
import { lockInstance } from '../ledger/lock.ts';
import { privateFolder } from '../platform/private-files.ts';
import { say } from './say.ts';
import { readableFile } from './files.ts';
import { packInstance, unpackInstance } from './instance-file.ts';
import { instanceFolder, instanceRoot } from './instances.ts';
import { STUB_BOOK } from './live-state.ts';

type Flags = Readonly<Record<string, unknown>>;

/** What makes an instance, the ledger as it stands with its log; bt's logs, the built strategy and the lock belong to the machine. */
const FILES = [LEDGER_FILE, `${LEDGER_FILE}-wal`, INSTANCE_FILE, STUB_BOOK];
/** Orders and account numbers are nobody else's. */
const PRIVATE = 0o600;

/** Runs `bt export`. */
export function runExport(instance: string, file: string, flags: Flags): void {
  const folder = instanceFolder(instance, flags);
  const path = resolve(file);
  if (existsSync(path)) throw refused('FILE_EXISTS', `The file ${path} exists: name another one.`);
  const lock = lockInstance(folder);
  try {
    refuseExported(folder);
    const names = FILES.filter((name) => existsSync(join(folder, name)));
    const files = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
    // The mark first: a folder that was left must not start, also when the export is killed here.
    markExported(folder, path);
    try {
      writeFileSync(path, packInstance({ folder: basename(folder), files }), { flag: 'wx', mode: PRIVATE });
    } catch (error) {
      markExported(folder, null);
      throw error;
    }
  } finally {
    lock.release();
  }
  say(
    `${basename(folder)} is in ${path}. bt live does not start it here any more: two engines with one ledger would take each other's orders for their own. To undo it, move ${folder} away and bt import that file.\n`,
  );
}

/** Runs `bt import`. */
export function runImport(file: string, flags: Flags): void {
  const path = readableFile('the packed instance', file);
  const { folder, files } = unpackInstance(readFileSync(path), path);
  const { root, explicit } = instanceRoot(flags);
  const target = explicit ? root : join(root, basename(folder));
  if (existsSync(target) && readdirSync(target).length > 0)
    throw refused(
      'INSTANCE_EXISTS',
      `There is something in ${target} already, perhaps this instance: move that folder away, or name another with --state.`,
    );
  // Beside it first, the ledger last: a folder that is half written is no instance.
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  privateFolder(part);
  for (const [name, bytes] of [...files].toReversed())
    writeFileSync(join(part, basename(name)), bytes, { mode: PRIVATE });
  markImported(part, true);
  if (existsSync(target)) rmdirSync(target);
  renameSync(part, target);
  say(`The instance is in ${target}. Start it with the same strategy, name and gateway.\n`);
}

function refused(code: string, text: string): BtError {
  return new BtError(code, text, { fault: 'config' });
}
