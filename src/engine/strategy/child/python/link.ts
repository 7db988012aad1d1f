import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { errorCode, errorMessage } from '../../../../domain/errors.ts';
import { after } from '../../../../platform/timers.ts';
import { Blocks, frameOf, HEAD, readFrame } from './frame.ts';

/** Longest message that is taken from Python, bytes. */
const LONGEST = 256 * 1024 * 1024;
/** Between two looks whether Python has opened its end, ms. */
const LOOK_MS = 3;
/** So long the engine has to end this process when Python has ended: it knows why. */
const ENGINE_MS = 10_000;
const NEVER = new Int32Array(new SharedArrayBuffer(4));
const NOT_YET: ReadonlySet<string | null> = new Set(['ENOENT', 'ENXIO']);

/** The paths of the two pipes; Python makes them. */
export interface PipePaths {
  readonly toPython: string;
  readonly fromPython: string;
}

/** What is told when Python has gone, or sends what is no message; never returns. */
export type OnGone = (why: string | null) => never;

/** Both ends block: whoever waits for a message does nothing else, as a synchronous API has it. */
export class PythonLink {
  readonly #to: number;
  readonly #from: number;
  readonly #gone: OnGone;
  /** Most messages fit: one read of the system then gets them. */
  readonly #room = Buffer.alloc(64 * 1024);
  /** What of it is not taken yet. */
  #begin = 0;
  #end = 0;

  private constructor(to: number, from: number, gone: OnGone) {
    this.#to = to;
    this.#from = from;
    this.#gone = gone;
  }

  /** Waits until Python has made and opened the pipes; the engine ends this process when Python never does. */
  static async open({ toPython, fromPython }: PipePaths, gone: OnGone): Promise<PythonLink> {
    const first = await openedForWriting(toPython);
    // Again, blocking: the first look must not wait for a reader.
    const to = openSync(toPython, constants.O_WRONLY);
    closeSync(first);
    return new PythonLink(to, openSync(fromPython, constants.O_RDONLY), gone);
  }

  send(message: unknown, blocks: Blocks = new Blocks()): void {
    const frame = frameOf(message, blocks);
    for (let at = 0; at < frame.length;) at += this.#attempt(() => writeSync(this.#to, frame, at, frame.length - at));
  }

  /** The next message and its blocks, which are its own. Lines for the log come without being asked for, so several may lie in the pipe. */
  receive(): { readonly message: unknown; readonly blocks: Uint8Array } {
    const room = this.#room;
    if (this.#end - this.#begin < HEAD) this.#refill();
    const length = 4 + room.readUInt32LE(this.#begin);
    if (length > LONGEST) this.#gone(`it passed ${length} bytes at once, ${LONGEST} are the most`);
    // A copy: typed arrays may be views of it.
    const frame = Buffer.from(new ArrayBuffer(length));
    const here = Math.min(length, this.#end - this.#begin);
    room.copy(frame, 0, this.#begin, this.#begin + here);
    this.#begin += here;
    for (let held = here; held < length;) held += this.#read(frame, held);
    try {
      return readFrame(frame);
    } catch (error) {
      return this.#gone(`it sent what is no message (${errorMessage(error)})`);
    }
  }

  /** Puts what is left to the front and reads until the head of a message is there. */
  #refill(): void {
    this.#room.copyWithin(0, this.#begin, this.#end);
    this.#end -= this.#begin;
    this.#begin = 0;
    while (this.#end < HEAD) this.#end += this.#read(this.#room, this.#end);
  }

  #read(bytes: Buffer, at: number): number {
    const count = this.#attempt(() => readSync(this.#from, bytes, at, bytes.length - at, null));
    return count === 0 ? this.#gone(null) : count;
  }

  #attempt(io: () => number): number {
    for (;;) {
      try {
        return io();
      } catch (error) {
        if (errorCode(error) !== 'EINTR' && errorCode(error) !== 'EAGAIN') this.#gone(null);
        Atomics.wait(NEVER, 0, 0, 1);
      }
    }
  }
}

/** Waits for the engine, which sees that Python has ended and says why. */
export function waitForTheEnd(): void {
  Atomics.wait(NEVER, 0, 0, ENGINE_MS);
}

async function openedForWriting(path: string): Promise<number> {
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (!NOT_YET.has(errorCode(error))) throw error;
    }
    await new Promise<void>((resolve) => after(LOOK_MS, resolve));
  }
}
