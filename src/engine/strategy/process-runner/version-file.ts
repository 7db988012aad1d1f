import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { shortId } from '../../../platform/ids.ts';

/**
 * The account's version where the strategy's process can read it at any time without asking (1 µs): processes share no memory
 * in Node, so it is a file of four bytes that lives in the page cache. Both hold it open; its name is gone at once.
 */
export class VersionFile {
  readonly fd: number;
  readonly #bytes = Buffer.alloc(4);
  #open = true;

  /** Throws what the file system says. */
  constructor(folder: string) {
    const path = join(folder, `account-version-${shortId()}`);
    this.fd = openSync(path, 'wx+', 0o600);
    rmSync(path);
    this.write(0);
  }

  /** Throws what the file system says: the strategy must not go on with an account that it takes for current. */
  write(version: number): void {
    if (!this.#open) return;
    this.#bytes.writeInt32LE(version | 0);
    writeSync(this.fd, this.#bytes, 0, this.#bytes.length, 0);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.fd);
  }
}
