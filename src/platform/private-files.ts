import { chmodSync, closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { shortId } from './ids.ts';

/**
 * What belongs to an instance is its user's alone: orders, holdings and a lock that a reader could hold. Where the system has no such
 * rights (Windows) the folder's own apply. What fails is thrown as Node throws it.
 */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OTHERS = 0o077;

/** Makes a folder that nobody else can enter, with those above it. One that exists may be shared on purpose, and stays as it is. */
export function privateFolder(path: string): void {
  makeFolder(resolve(path));
}

/** Closes a folder of ours that an earlier version made for everybody to read. */
export function closeFolder(path: string): void {
  closeToOthers(path, FOLDER_MODE);
}

/** A file that nobody else can open, empty when it is new: its owner may be a library that asks for no rights. */
export function privateFile(path: string): void {
  closeSync(openSync(path, 'a', FILE_MODE));
  closeToOthers(path, FILE_MODE);
}

/** Replaces a private file so that a crash at any instant leaves the old or the new content, whole and on the disk. */
export function writePrivate(path: string, content: string): void {
  // As bytes: Node's short way for a text knows no flush.
  writePrivateBytes(path, Buffer.from(content, 'utf8'));
}

/** The same with bytes. */
export function writePrivateBytes(path: string, content: Uint8Array): void {
  const draft = `${path}.${shortId()}.tmp`;
  try {
    writeFileSync(draft, content, { flag: 'wx', mode: FILE_MODE, flush: true });
    renameSync(draft, path);
  } catch (error) {
    discard(draft);
    throw error;
  }
}

/** What keeps a file from being written may keep its draft from being removed. */
function discard(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // The first failure is the one to tell.
  }
}

/** As `mkdir -p`. Node's own never returns where the system says that a folder above is missing though it is there (`/proc/x/y`). */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, FOLDER_MODE);
  } catch (error) {
    // Somebody else was quicker.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}

function closeToOthers(path: string, mode: number): void {
  if (process.platform === 'win32' || (statSync(path).mode & OTHERS) === 0) return;
  chmodSync(path, mode);
}
