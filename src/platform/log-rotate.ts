import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { RotationOptions } from './log-record.ts';
import { chinaDayText } from './log-time.ts';

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;
const DEFAULT_KEEP = 30;
const RETRY_MS = 60_000;
/** A pipe that nobody reads refuses instead of waiting. */
const OPEN_FLAGS = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NONBLOCK;

interface OpenFile {
  readonly fd: number;
  readonly day: string;
  size: number;
}

/**
 * An append-only file written synchronously. A new day (China) or too many bytes sets it aside as
 * `name.YYYY-MM-DD.N.log`. A full disk or a read-only folder is reported once; lines are then dropped and counted,
 * and the file is tried again each minute: trading must not stop because a log cannot be written.
 */
export class RotatingFile {
  private readonly path: string;
  private readonly maxBytes: number;
  private readonly keep: number;
  private readonly now: () => number;
  private readonly trouble: (text: string) => void;
  private open: OpenFile | null = null;
  private closed = false;
  private dropped = 0;
  private retryAt = Number.NEGATIVE_INFINITY;
  private rotationReported = false;
  /** The last line was not written to its end. */
  private torn = false;

  constructor(path: string, trouble: (text: string) => void, options: RotationOptions) {
    this.path = resolve(path);
    this.trouble = trouble;
    this.maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.keep = options.keep ?? DEFAULT_KEEP;
    this.now = options.wallNow ?? (() => Date.now());
  }

  write(line: string): void {
    if (this.closed) return;
    if (this.dropped > 0 && this.now() < this.retryAt) {
      this.dropped += 1;
      return;
    }
    try {
      this.append(Buffer.from(this.torn ? `\n${line}` : line, 'utf8'));
      this.torn = false;
      this.recovered();
    } catch (error) {
      this.broken(error);
    }
  }

  close(): void {
    this.closed = true;
    this.release();
  }

  private append(bytes: Buffer): void {
    let file = this.open ?? this.acquire();
    if (file.size > 0 && (file.day !== this.day() || file.size + bytes.length > this.maxBytes)) {
      file = this.rotate(file);
    }
    for (let written = 0; written < bytes.length;) {
      const count = writeSync(file.fd, bytes, written);
      written += count;
      file.size += count;
      this.torn = written < bytes.length;
    }
  }

  private acquire(): OpenFile {
    mkdirSync(dirname(this.path), { recursive: true });
    const fd = openSync(this.path, OPEN_FLAGS, 0o600);
    const { size, mtimeMs } = fstatSync(fd);
    this.open = { fd, size, day: size > 0 ? chinaDayText(mtimeMs) : this.day() };
    return this.open;
  }

  /** Where another program holds the file (Windows), it simply grows on. */
  private rotate(file: OpenFile): OpenFile {
    this.release();
    try {
      renameSync(this.path, this.asideName(file.day));
      this.prune();
    } catch (error) {
      if (!this.rotationReported)
        this.trouble(`log file ${this.path} cannot be set aside (${reason(error)}); it grows on`);
      this.rotationReported = true;
    }
    const next = this.acquire();
    this.open = { ...next, day: this.day() };
    return this.open;
  }

  private asideName(day: string): string {
    const used = this.aside()
      .filter((file) => file.day === day)
      .map((file) => file.number);
    const number = Math.max(0, ...used) + 1;
    return join(dirname(this.path), `${this.stem()}.${day}.${number}${extname(this.path)}`);
  }

  private prune(): void {
    const files = this.aside().toSorted((a, b) => (a.day === b.day ? a.number - b.number : a.day < b.day ? -1 : 1));
    for (const file of files.slice(0, Math.max(0, files.length - this.keep))) {
      rmSync(join(dirname(this.path), file.name), { force: true });
    }
  }

  private aside(): { name: string; day: string; number: number }[] {
    const prefix = `${this.stem()}.`;
    const suffix = extname(this.path);
    return readdirSync(dirname(this.path)).flatMap((name) => {
      if (!name.startsWith(prefix) || !name.endsWith(suffix)) return [];
      const middle = name.slice(prefix.length, name.length - suffix.length);
      const match = /^(\d{4}-\d{2}-\d{2})\.(\d+)$/u.exec(middle);
      return match === null ? [] : [{ name, day: match[1] ?? '', number: Number(match[2]) }];
    });
  }

  private stem(): string {
    return basename(this.path, extname(this.path));
  }

  private day(): string {
    return chinaDayText(this.now());
  }

  private recovered(): void {
    if (this.dropped === 0) return;
    this.trouble(`log file ${this.path} is written again; ${this.dropped} lines are missing in it`);
    this.dropped = 0;
  }

  private broken(error: unknown): void {
    this.release();
    if (this.dropped === 0) {
      this.trouble(
        `log file ${this.path} cannot be written (${reason(error)}); going on without it, free space or rights`,
      );
    }
    this.dropped += 1;
    this.retryAt = this.now() + RETRY_MS;
  }

  private release(): void {
    const file = this.open;
    this.open = null;
    if (file === null) return;
    try {
      closeSync(file.fd);
    } catch {
      // Nothing left to save: the bytes are with the system already.
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
