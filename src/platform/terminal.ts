import { fstatSync, writeFileSync } from 'node:fs';
import { BtError } from '../domain/errors.ts';
import { cleanScreen } from './exit-text.ts';
import { notShown } from './line-ration.ts';
import { after } from './timers.ts';

/** What waits for a reader at most, in bytes: some ten thousand lines. More is dropped and counted. */
const MOST_WAITING = 4 * 1024 * 1024;
/** What a reader gets to take the rest when the program ends, wall ms. */
const LAST_LOOK_MS = 1_000;

/** One of the process's own outputs, as far as it is used here. */
export interface OutputStream {
  readonly fd?: number;
  readonly isTTY?: boolean;
  readonly writable: boolean;
  /** Bytes that nobody has taken yet. */
  readonly writableLength: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'drain', listener: () => void): unknown;
}

/**
 * Standard output or standard error as a best-effort sink: writing to it never waits, never throws and ends nothing, whether the
 * reader has stopped (Ctrl-S), has gone (EPIPE) or its disk is full. What nobody takes is dropped and counted.
 */
export class Output {
  readonly #stream: OutputStream;
  /** Of a file: it takes what it is given at once, and its stream would end with the first error. */
  readonly #file: number | null;
  #dropped = 0;

  constructor(stream: OutputStream) {
    this.#stream = stream;
    this.#file = isFile(stream) ? (stream.fd ?? null) : null;
    if (stream.isTTY === true) letGo(stream);
    stream.on('error', () => undefined);
    stream.on('drain', () => this.#tellDropped());
  }

  /** Writes lines, their last end of line included. */
  write(text: string): void {
    const clean = cleanScreen(text);
    if (!this.#tellDropped() || !this.#pass(clean)) this.#dropped += clean.split('\n').length - 1;
  }

  /**
   * Writes a document, whole: resolves when its reader has taken it, however slowly, or has gone (false). Half of one, or a word of what
   * is missing, would be read for what it is not. Throws OUTPUT_FAILED when a file cannot hold it.
   */
  async document(text: string): Promise<boolean> {
    const clean = cleanScreen(text);
    if (this.#file !== null) {
      if (writeWhole(this.#file, clean)) return true;
      throw new BtError('OUTPUT_FAILED', 'The output cannot be written: is its disk full? Make room and repeat.', {
        fault: 'config',
      });
    }
    if (!this.#stream.writable) return false;
    const error = await new Promise<unknown>((resolve) => {
      const fits = this.#stream.write(clean, resolve);
      // A terminal that somebody has stopped is not waited for: what fits into the stream's own buffer is as good as taken.
      if (fits && this.#stream.isTTY === true) resolve(null);
    });
    return (error ?? null) === null;
  }

  /** Resolves when all has been taken, or will not be soon. */
  async flush(): Promise<void> {
    const stream = this.#stream;
    if (this.#file !== null || !stream.writable) return;
    this.#tellDropped();
    await new Promise<void>((resolve) => {
      const timer = after(LAST_LOOK_MS, resolve);
      stream.write('', () => {
        timer.cancel();
        resolve();
      });
    });
  }

  #tellDropped(): boolean {
    if (this.#dropped === 0) return true;
    if (!this.#pass(`${notShown(this.#dropped)}\n`)) return false;
    this.#dropped = 0;
    return true;
  }

  /** False when it was not taken. */
  #pass(text: string): boolean {
    if (this.#file !== null) return writeWhole(this.#file, text);
    const stream = this.#stream;
    if (!stream.writable || stream.writableLength + text.length > MOST_WAITING) return false;
    stream.write(text);
    return true;
  }
}

let out: Output | null = null;
let err: Output | null = null;

/** Lines for standard output. */
export function writeOut(text: string): void {
  out ??= new Output(process.stdout);
  out.write(text);
}

/** A document for standard output: JSON, or a table, of any length. False: nobody reads it any more. Throws OUTPUT_FAILED. */
export function writeDocument(text: string): Promise<boolean> {
  out ??= new Output(process.stdout);
  return out.document(text);
}

/** Lines for standard error. */
export function writeErr(text: string): void {
  err ??= new Output(process.stderr);
  err.write(text);
}

/** Before the process ends: what can still be shown is. Takes a second at most. */
export async function flushOutputs(): Promise<void> {
  await Promise.all([out?.flush(), err?.flush()]);
}

/** True when standard output is a terminal. */
export function isTerminal(): boolean {
  return process.stdout.isTTY;
}

function isFile(stream: OutputStream): boolean {
  if (stream.fd === undefined || stream.isTTY === true) return false;
  try {
    const kind = fstatSync(stream.fd);
    return kind.isFile() || kind.isCharacterDevice();
  } catch {
    return false;
  }
}

function writeWhole(file: number, text: string): boolean {
  try {
    writeFileSync(file, text);
    return true;
  } catch {
    return false; // a full disk: the next line is tried again
  }
}

/** Node waits for a terminal at each write (except on Windows): one that nobody reads would stop the whole process. */
function letGo(stream: OutputStream): void {
  const { _handle: handle } = stream as { readonly _handle?: { setBlocking?: (blocking: boolean) => unknown } };
  handle?.setBlocking?.(false);
}
