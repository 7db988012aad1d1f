import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { constants, createGzip, gzipSync, type Gzip } from 'node:zlib';
import { errorMessage } from '../../domain/errors.ts';
import { encodeValue } from '../../../runtime/state/encode.ts';
import { onNextTurn } from '../../platform/turn.ts';
import { after, monotonic, type Timer } from '../../platform/timers.ts';
import type { RecordLine } from './recording.ts';

/** So often what was written is sent to the disk (wall ms). A line of a hook that still runs gets its text at one turn and leaves at the next. */
const FLUSH_MS = 1_000;
/** Lines that wait for their text while a hook runs, and the time taken for them at once (ms). */
const MOST_LINES = 500;
const SLICE_MS = 2;
/** A disk that does not take so many bytes holds a recording up; it ends then, and trading goes on. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

/** A gzip member of nothing, the last bytes of a recording that was closed: what was cut off ends otherwise. */
export const WHOLE = gzipSync('');

/** Where a recorder puts its lines. */
export interface RecordSink {
  /** Takes a line; it is made into text later, when nobody waits for an answer. */
  write(line: RecordLine): void;
}

/**
 * A recording on the disk: gzip of one JSON text a line, appended to what is there. Never throws and never holds anybody up: a disk that
 * fails or does not keep pace ends the recording with one warning.
 */
export class RecordFile implements RecordSink {
  readonly #warn: (text: string) => void;
  readonly #file: WriteStream;
  readonly #gzip: Gzip;
  readonly #lines: RecordLine[] = [];
  #flush: Timer | null = null;
  #scheduled = false;
  #broken = false;

  constructor(path: string, warn: (text: string) => void) {
    this.#warn = warn;
    this.#file = createWriteStream(path, { flags: 'a', mode: 0o600 });
    this.#gzip = createGzip();
    this.#file.on('error', (error) => this.#break(errorMessage(error)));
    this.#gzip.on('error', (error) => this.#break(errorMessage(error)));
    this.#gzip.pipe(this.#file, { end: false });
    this.#gzip.once('end', () => this.#file.end(WHOLE));
  }

  write(line: RecordLine): void {
    if (this.#broken) return;
    this.#lines.push(line);
    // While a hook runs it is waited for; between two of them there is time.
    if (line.kind === 'dispatch' || this.#lines.length >= MOST_LINES) this.#schedule();
    else this.#later();
  }

  /** Resolves when all is on the disk, or the recording has failed. */
  async close(): Promise<void> {
    while (this.#lines.length > 0) this.#work();
    this.#flush?.cancel();
    if (this.#broken) return;
    this.#gzip.end();
    await finished(this.#file).catch(() => undefined);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    onNextTurn(() => {
      this.#scheduled = false;
      this.#work();
      if (this.#lines.length > 0) this.#schedule();
    });
  }

  /** Makes text of some lines: what else the engine has to do comes in between. */
  #work(): void {
    const until = monotonic() + SLICE_MS;
    let done = 0;
    for (const line of this.#lines) {
      const { text, why } = encodeValue(line, line.kind);
      if (text === null) this.#break(`a value cannot be written: ${why}`);
      if (this.#broken) return;
      this.#gzip.write(`${text}\n`);
      done += 1;
      if (monotonic() > until) break;
    }
    this.#lines.splice(0, done);
    if (this.#gzip.writableLength > MOST_WAITING_BYTES) this.#break('the disk does not keep pace');
    this.#later();
  }

  #later(): void {
    this.#flush ??= after(FLUSH_MS, () => {
      this.#flush = null;
      if (this.#broken) return;
      if (this.#lines.length > 0) this.#schedule();
      this.#gzip.flush(constants.Z_SYNC_FLUSH);
    });
  }

  #break(problem: string): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#lines.length = 0;
    this.#gzip.destroy();
    this.#file.destroy();
    this.#warn(`The recording ends here (${problem}); trading goes on. Check the disk of --record.`);
  }
}
