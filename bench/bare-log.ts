import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';

/** SQLite begins its log anew after this many pages, each with a header of 24 bytes. */
export const LOG_PAGE_BYTES = 4_096 + 24;
const LOG_BYTES = 1_000 * LOG_PAGE_BYTES;

/** A file that is written round and round, as a write-ahead log is: the least a durable record can cost. */
export class BareLog {
  readonly #file: number;
  readonly #data = Buffer.alloc(LOG_BYTES, 'x');
  #at = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Durable when it returns. */
  write(bytes: number): void {
    if (this.#at + bytes > LOG_BYTES) this.#at = 0;
    writeSync(this.#file, this.#data, 0, bytes, this.#at);
    fdatasyncSync(this.#file);
    this.#at += bytes;
  }

  close(): void {
    closeSync(this.#file);
  }
}
