import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { privateFolder, writePrivateBytes } from '../platform/private-files.ts';

/** A larger file is no list or table of a strategy's. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The files of a strategy: what it writes lies in the instance's folder, private like all of it; what it reads is looked for there, then
 * beside the strategy. A path that leads out of these is refused.
 */
export class StrategyFiles {
  readonly #own: string;
  readonly #beside: string;

  /** `folder`: the instance's; `strategyFile`: absolute. */
  constructor(folder: string, strategyFile: string) {
    this.#own = join(folder, 'files');
    this.#beside = dirname(strategyFile);
  }

  /** Throws NO_SUCH_FILE, BAD_PATH, FILE_TOO_LARGE or FILE_UNUSABLE. */
  read(path: string): Uint8Array {
    const name = inside(path);
    const found = [this.#own, this.#beside].map((folder) => join(folder, name)).find(isFile);
    if (found === undefined) {
      throw new BtError(
        'NO_SUCH_FILE',
        `There is no file "${name}", neither in ${this.#own} nor in ${this.#beside}. Put it beside the strategy, or write it first.`,
        { fault: 'strategy' },
      );
    }
    return withReason(name, () => {
      checkSize(name, statSync(found).size);
      return new Uint8Array(readFileSync(found));
    });
  }

  /** Replaces the file, by the whole content or not at all, or adds to it. Throws BAD_PATH, FILE_TOO_LARGE or FILE_UNUSABLE. */
  write(path: string, content: Uint8Array, append: boolean): void {
    const name = inside(path);
    const file = join(this.#own, name);
    withReason(name, () => {
      checkSize(name, content.length + (append && isFile(file) ? statSync(file).size : 0));
      privateFolder(dirname(file));
      if (append) appendFileSync(file, content, { mode: 0o600, flush: true });
      else writePrivateBytes(file, content);
    });
  }
}

function inside(path: string): string {
  const name = normalize(path);
  const leaves = isAbsolute(name) || name.split(sep).includes('..') || name === '.' || path.includes('\0');
  if (!leaves && path.length <= 200) return name;
  throw new BtError(
    'BAD_PATH',
    `"${path.slice(0, 80)}" is no path of a strategy's file. Write a relative one, like 'list.csv'.`,
    {
      fault: 'strategy',
    },
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function checkSize(name: string, bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new BtError('FILE_TOO_LARGE', `"${name}" would hold ${bytes} bytes; ${MOST_BYTES} are the most. Split it.`, {
    fault: 'strategy',
  });
}

function withReason<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BtError) throw error;
    throw new BtError(
      'FILE_UNUSABLE',
      `The file "${name}" cannot be used: ${errorMessage(error)}. Check its rights and the disk.`,
      {
        fault: 'config',
        cause: error,
      },
    );
  }
}
