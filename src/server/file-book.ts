import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ExclusiveLock } from '../platform/exclusive-lock.ts';
import type { BookStore } from './book-store.ts';
import { journalLine, readState, writeFailed, writeState } from './state-file.ts';
import type { ServerState, StateDelta } from './state-file.ts';
import { lockState } from './state-lock.ts';

/** A file in which more than this was appended is written whole again. */
const MAX_APPENDED_BYTES = 1_000_000;

/** A book in a state file with its lock. */
export class FileBook implements BookStore {
  readonly name: string;
  readonly #lock: ExclusiveLock;
  /** Open behind what was written whole by this process; null = nothing may be appended. */
  #file: FileHandle | null = null;
  #inode: number | null = null;
  #appended = 0;

  /** Throws BtError STATE_LOCKED or STATE_UNUSABLE. */
  constructor(path: string) {
    this.name = path;
    this.#lock = lockState(path);
  }

  get appends(): boolean {
    return this.#file !== null && this.#appended < MAX_APPENDED_BYTES;
  }

  read(): ServerState | null {
    return readState(this.name);
  }

  async write(state: ServerState): Promise<void> {
    await this.#close();
    await writeState(this.name, state);
    this.#file = await open(this.name, 'a').catch(() => null);
    this.#inode = (await this.#file?.stat())?.ino ?? null;
    this.#appended = 0;
  }

  async append(delta: StateDelta): Promise<void> {
    const line = journalLine(delta);
    try {
      await this.#file?.appendFile(line);
      await this.#file?.datasync();
      // A file that was moved away takes bytes as before, and nobody would find them.
      if ((await stat(this.name)).ino !== this.#inode) throw new Error('another file stands in its place');
      this.#appended += line.length;
    } catch (error) {
      // What is half written must not have anything behind it.
      await this.#close();
      throw writeFailed(this.name, error);
    }
  }

  release(): void {
    void this.#close();
    this.#lock.release();
  }

  async #close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close().catch(() => {});
  }
}
