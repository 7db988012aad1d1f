import { readSync, writeSync } from 'node:fs';
import { errorCode } from '../../../domain/errors.ts';
import { fromFrame, HEAD } from '../border/frames.ts';

const NEVER = new Int32Array(new SharedArrayBuffer(4));
/** Between two looks at a pipe that does not block, ms; none of ours should be one. */
const PAUSE_MS = 1;
const AGAIN: ReadonlySet<string | null> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/** Most answers fit: one read of the system then gets them. */
const room = Buffer.allocUnsafeSlow(16 * 1024);

/** Waits for the one message that comes now and reads it. Without an engine at the other end this process ends. */
export function readMessage(fd: number): unknown {
  let held = readSome(fd, room, 0, 1);
  if (held < HEAD) held = readSome(fd, room, held, HEAD);
  const length = room.readUInt32LE();
  // A copy: typed arrays may be views of it.
  const body = Buffer.allocUnsafe(length);
  room.copy(body, 0, HEAD, held);
  if (held - HEAD < length) readSome(fd, body, held - HEAD, length);
  return fromFrame(body);
}

/** Writes all of it, waiting while the pipe is full. Without an engine at the other end this process ends. */
export function writeWhole(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += attempt(() => writeSync(fd, bytes, at, bytes.length - at)) ?? 0;
}

/** Reads on from `at` until at least `enough` bytes are there; how many are. */
function readSome(fd: number, bytes: Buffer, at: number, enough: number): number {
  let held = at;
  while (held < enough) {
    const from = held;
    const count = attempt(() => readSync(fd, bytes, from, bytes.length - from, null));
    if (count === 0) leave();
    held += count ?? 0;
  }
  return held;
}

/** Null when it has to be tried again. The end of a pipe is 0 bytes, or (on Windows) the error EOF. */
function attempt(io: () => number): number | null {
  try {
    return io();
  } catch (error) {
    if (!AGAIN.has(errorCode(error))) leave();
    Atomics.wait(NEVER, 0, 0, PAUSE_MS);
    return null;
  }
}

/** Ends this process whatever it is doing: its engine is gone. */
export function leave(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('The engine is gone.');
}
