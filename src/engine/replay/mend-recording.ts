import { closeSync, createWriteStream, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { chinaText } from '../../domain/time.ts';
import { shortId } from '../../platform/ids.ts';
import { wallNow } from '../../platform/timers.ts';
import { readLine, wholeText } from './read-recording.ts';
import { WHOLE } from './record-file.ts';

/**
 * Makes a file ready for another run to be appended: one that was cut off is rewritten as far as it goes, and what is damaged is moved
 * aside with one warning. True when it can be written on. Only a file that is no recording is refused (BAD_RECORDING).
 */
export async function mendRecording(path: string, warn: (text: string) => void): Promise<boolean> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true || found.size === 0) return true;
  if (!beginsAsOne(path)) throw otherFile(path);
  try {
    const isBegun = await beginsWithStart(path);
    if (isBegun && endsWhole(path, found.size)) return true;
    await rewrite(path);
    return true;
  } catch (error) {
    return setAside(path, errorMessage(error), warn);
  }
}

/** gzip, or the zeros that a machine without power leaves of it: anything else was given by mistake. */
function beginsAsOne(path: string): boolean {
  const [first, second = null] = bytesOf(path, 0, 2);
  return (first === 0x1f && (second === 0x8b || second === null)) || (first === 0 && (second === 0 || second === null));
}

/** False when there is no whole line in it. */
async function beginsWithStart(path: string): Promise<boolean> {
  for await (const text of wholeText(path)) {
    if (readLine(text.slice(0, text.indexOf('\n'))).kind !== 'start') throw new Error('it does not begin with a start');
    return true;
  }
  return false;
}

function endsWhole(path: string, size: number): boolean {
  return size > WHOLE.length && WHOLE.equals(bytesOf(path, size - WHOLE.length, WHOLE.length));
}

/** Through a draft, piece by piece: a recording of a month is larger than the memory. */
async function rewrite(path: string): Promise<void> {
  const draft = `${path}.${shortId()}.tmp`;
  try {
    await pipeline(wholeText(path), createGzip(), createWriteStream(draft, { mode: 0o600 }));
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function setAside(path: string, why: string, warn: (text: string) => void): boolean {
  const time = chinaText(wallNow()).replace(/\D/gu, '');
  const aside = `${path}.damaged-${time}-${shortId()}`;
  try {
    renameSync(path, aside);
    warn(`The recording ${path} cannot be gone on with (${why}): it is now ${aside}, and a new one begins.`);
    return true;
  } catch (error) {
    const text = `The recording ${path} cannot be gone on with (${why}) nor moved aside (${errorMessage(error)}): this run is not recorded.`;
    warn(`${text} Give another file to --record.`);
    return false;
  }
}

function bytesOf(path: string, from: number, count: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(file, bytes, 0, count, from));
  } finally {
    closeSync(file);
  }
}

function otherFile(path: string): BtError {
  const text = `${path} is no recording, and nothing is written into it. Give --record a new file, or one of bt live --record.`;
  return new BtError('BAD_RECORDING', text, { fault: 'config' });
}
