import { readSync, writeSync } from 'node:fs';
import { errorCode } from '../../../domain/errors.ts';
import { fromFrame, HEAD } from '../border/frames.ts';

const NEVER = new Int32Array(new SharedArrayBuffer(4));
/** Between two looks at a pipe that does not block, ms; none of ours should be one. */
const PAUSE_MS = 1;
const AGAIN: ReadonlySet<string | null> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/** Waits for a whole message on a pipe and reads it. Without an engine at the other end this process ends. */
export function readMessage(fd: number): unknown {
  const length = readExactly(fd, HEAD).readUInt32LE();
  return fromFrame(readExactly(fd, length));
}

/** Writes all of it, waiting while the pipe is full. Without an engine at the other end this process ends. */
export function writeWhole(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += attempt(() => writeSync(fd, bytes, at, bytes.length - at)) ?? 0;
}

function readExactly(fd: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length;) {
    const count = attempt(() => readSync(fd, bytes, at, length - at, null));
    if (count === 0) leave();
    at += count ?? 0;
  }
  return bytes;
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
