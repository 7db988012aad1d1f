import { createReadStream, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { constants, createGunzip } from 'node:zlib';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { decodeValue } from '../../../runtime/state/decode.ts';
import {
  FORMAT,
  VERSION,
  type CallRecord,
  type RecordedDispatch,
  type RecordedRun,
  type RecordLine,
  type StartRecord,
} from './recording.ts';

/**
 * The runs of a recording, oldest first. One that was cut off or is damaged is read as far as it goes; what keeps the rest from being
 * read is told to `onDamage`. BtError BAD_RECORDING when nothing of it can be read.
 */
export async function readRecording(
  path: string,
  onDamage: (why: string) => void = () => undefined,
): Promise<readonly RecordedRun[]> {
  const runs: { start: StartRecord; dispatches: RecordedDispatch[]; unfinished: CallRecord[] }[] = [];
  try {
    for await (const text of wholeText(path)) {
      for (const line of text.slice(0, -1).split('\n')) take(readLine(line));
    }
  } catch (error) {
    if (runs.length === 0) throw badRecording(path, errorMessage(error));
    onDamage(errorMessage(error));
  }
  if (runs.length === 0) throw badRecording(path, 'it is empty');
  return runs;

  function take(line: RecordLine): void {
    if (line.kind === 'start') {
      runs.push({ start: line, dispatches: [], unfinished: [] });
      return;
    }
    const run = runs.at(-1);
    if (run === undefined) throw new Error('it does not begin with a start');
    if (line.kind === 'call') {
      run.unfinished.push(line);
      return;
    }
    const { kind: _kind, ...dispatch } = line;
    run.dispatches.push({ ...dispatch, calls: run.unfinished.splice(0) });
  }
}

/**
 * The text of a recording in pieces of whole lines, as far as they go: the end of one whose process was killed lacks its last part.
 * Throws when it is damaged.
 */
export async function* wholeText(path: string): AsyncGenerator<string> {
  const { size } = statSync(path);
  const file = createReadStream(path);
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  file.on('error', (error) => gunzip.destroy(error));
  const texts = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of file.pipe(gunzip)) {
      const text = texts.write(chunk as Buffer);
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) yield rest + text.slice(0, end);
      rest = (end > 0 ? '' : rest) + text.slice(end);
    }
    // What is no gzip behind a whole part is passed over without a word.
    if (gunzip.bytesWritten < size) throw new Error(`nothing can be read from byte ${gunzip.bytesWritten} on`);
  } finally {
    file.destroy();
  }
}

/** A line of a recording. Throws an Error that says what is wrong with it. */
export function readLine(text: string): RecordLine {
  let line: unknown;
  try {
    line = decodeValue(text);
  } catch (error) {
    throw new Error(`a line cannot be read (${errorMessage(error)})`, { cause: error });
  }
  const kind = isRecord(line) ? line['kind'] : null;
  if (kind === 'start') checkFormat(line as Record<string, unknown>);
  else if (kind !== 'call' && kind !== 'dispatch') throw new Error(`a line is of kind ${String(kind)}`);
  return line as RecordLine; // written by RecordFile of this version
}

function checkFormat({ format, version }: Readonly<Record<string, unknown>>): void {
  if (format !== FORMAT) throw new Error('it was not written by bt live --record');
  if (version !== VERSION) {
    throw new Error(`it is of version ${String(version)}, this bt reads version ${VERSION}: use the bt that wrote it`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function badRecording(path: string, why: string): BtError {
  const text = `${path} is no recording that can be replayed: ${why}. Give a file of bt live --record.`;
  return new BtError('BAD_RECORDING', text, { fault: 'config' });
}
