import { createReadStream, createWriteStream, renameSync, statSync, writeFileSync, type WriteStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { finished } from 'node:stream/promises';
import { constants, createGunzip, createGzip, gzipSync, type Gzip } from 'node:zlib';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { decodeValue } from '../../../runtime/state/decode.ts';
import { encodeValue } from '../../../runtime/state/encode.ts';
import { shortId } from '../../platform/ids.ts';
import { onNextTurn } from '../../platform/turn.ts';
import { after, monotonic, type Timer } from '../../platform/timers.ts';
import {
  FORMAT,
  VERSION,
  type CallRecord,
  type RecordedDispatch,
  type RecordedRun,
  type RecordLine,
  type StartRecord,
} from './recording.ts';

/** What was written is on its way to the disk after this at the latest (wall ms). */
const FLUSH_MS = 1_000;
/** Lines that wait for their text while a hook runs, and the time taken for them at once (ms). */
const MOST_LINES = 500;
const SLICE_MS = 2;
/** A disk that does not take so many bytes holds a recording up; it ends then, and trading goes on. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

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
    this.#gzip.pipe(this.#file);
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

/** The runs of a recording, oldest first. BtError BAD_RECORDING; one that was cut off is read as far as it goes. */
export async function readRecording(path: string): Promise<readonly RecordedRun[]> {
  const runs: { start: StartRecord; dispatches: RecordedDispatch[]; unfinished: CallRecord[] }[] = [];
  for await (const text of linesOf(path)) {
    const line = readLine(path, text);
    if (line.kind === 'start') {
      runs.push({ start: line, dispatches: [], unfinished: [] });
      continue;
    }
    const run = runs.at(-1);
    if (run === undefined) throw badRecording(path, 'it does not begin with a start');
    if (line.kind === 'call') {
      run.unfinished.push(line);
      continue;
    }
    const { kind: _kind, ...dispatch } = line;
    run.dispatches.push({ ...dispatch, calls: run.unfinished.splice(0) });
  }
  if (runs.length === 0) throw badRecording(path, 'it is empty');
  return runs;
}

/** Whole lines, as far as they go: the end of a recording whose process was killed lacks its last part. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  file.on('error', (error) => gunzip.destroy(error));
  const texts = new StringDecoder('utf8');
  let rest = '';
  let count = 0;
  try {
    for await (const chunk of file.pipe(gunzip)) {
      const lines = (rest + texts.write(chunk as Buffer)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        count += 1;
        yield line;
      }
    }
  } catch (error) {
    if (count === 0) throw badRecording(path, errorMessage(error));
  }
}

/** Makes a recording whole that was cut off, so that another run can follow it; a file that is not there is made. Throws BAD_RECORDING. */
export async function mendRecording(path: string): Promise<void> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true || found.size === 0) return;
  const runs: string[] = [];
  for await (const line of linesOf(path)) runs.push(`${line}\n`);
  await readRecording(path); // it is one
  const draft = `${path}.${shortId()}.tmp`;
  writeFileSync(draft, gzipSync(runs.join('')), { mode: 0o600 });
  renameSync(draft, path);
}

function readLine(path: string, text: string): RecordLine {
  let line: unknown;
  try {
    line = decodeValue(text);
  } catch (error) {
    throw badRecording(path, `a line cannot be read (${errorMessage(error)})`);
  }
  const kind = isRecord(line) ? line['kind'] : null;
  if (kind === 'start') checkFormat(path, line as Record<string, unknown>);
  else if (kind !== 'call' && kind !== 'dispatch') throw badRecording(path, `a line is of kind ${String(kind)}`);
  return line as RecordLine; // written by RecordFile of this version
}

function checkFormat(path: string, { format, version }: Readonly<Record<string, unknown>>): void {
  if (format !== FORMAT) throw badRecording(path, 'it was not written by bt live --record');
  if (version !== VERSION) {
    throw badRecording(
      path,
      `it is of version ${String(version)}, this bt reads version ${VERSION}: use the bt that wrote it`,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function badRecording(path: string, why: string): BtError {
  return new BtError(
    'BAD_RECORDING',
    `${path} is no recording that can be replayed: ${why}. Give a file of bt live --record.`,
    {
      fault: 'config',
    },
  );
}
