import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Output } from '../../../src/platform/terminal.ts';
import type { OutputStream } from '../../../src/platform/terminal.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** A pipe or terminal whose reader takes what the test says. */
class FakeStream implements OutputStream {
  readonly isTTY: boolean;
  writable = true;
  writableLength = 0;
  readonly written: string[] = [];
  blocking: boolean | null = null;
  readonly _handle = {
    setBlocking: (blocking: boolean): void => {
      this.blocking = blocking;
    },
  };
  readonly #listeners: Record<string, ((error: Error) => void)[]> = {};

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: string, done?: () => void): boolean {
    this.written.push(text);
    this.writableLength += text.length;
    if (this.writableLength === 0) done?.();
    return false;
  }

  on(event: string, listener: (error: Error) => void): this {
    (this.#listeners[event] ??= []).push(listener);
    return this;
  }

  emit(event: string): void {
    for (const listener of this.#listeners[event] ?? []) listener(new Error('write EPIPE'));
  }

  /** The reader has taken everything. */
  drain(): void {
    this.writableLength = 0;
    this.emit('drain');
  }
}

const LINE = `${'x'.repeat(1023)}\n`;

describe('a document', () => {
  test('goes whole, however long it is, to who reads slowly', async () => {
    const stream = new FakeStream(false);
    const text = LINE.repeat(8192);
    const taken: (() => void)[] = [];
    stream.write = (given, done): boolean => {
      stream.written.push(given);
      if (done !== undefined) taken.push(done);
      return false;
    };
    let isDone = false;
    const writing = new Output(stream).document(text).then(() => (isDone = true));
    await Promise.resolve();
    expect([stream.written[0]?.length, isDone]).toEqual([text.length, false]);
    taken[0]?.();
    expect(await writing).toBe(true);
  });

  test('that a full disk does not take is a failure, and not an empty file', async () => {
    const file = openSync('/dev/full', 'w');
    const stream = Object.assign(new FakeStream(false), { fd: file });
    await expect(new Output(stream).document('{}\n')).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    closeSync(file);
  });

  test('whose reader has gone is nobody’s', async () => {
    const stream = new FakeStream(false);
    stream.writable = false;
    await new Output(stream).document('{}\n');
    expect(stream.written).toEqual([]);
  });
});

describe('an output that nobody reads', () => {
  test('takes 4 MB and counts the rest, which it says as soon as somebody reads', () => {
    const stream = new FakeStream(false);
    const output = new Output(stream);
    for (let i = 0; i < 4096 + 1234; i += 1) output.write(LINE);
    expect(stream.written).toHaveLength(4096);
    stream.drain();
    expect(stream.written.at(-1)).toBe('… 1,234 lines were not shown\n');
    output.write('next\n');
    expect(stream.written.at(-1)).toBe('next\n');
    stream.drain();
    expect(stream.written).toHaveLength(4096 + 2);
  });

  test('is not waited for if it is a terminal', () => {
    const terminal = new FakeStream(true);
    void new Output(terminal);
    expect(terminal.blocking).toBe(false);
  });

  test('ends nothing when it has gone', () => {
    const stream = new FakeStream(false);
    const output = new Output(stream);
    stream.writable = false;
    stream.emit('error');
    output.write('two\nlines\n');
    expect(stream.written).toEqual([]);
    stream.writable = true;
    output.write('again\n');
    expect(stream.written).toEqual(['… 2 lines were not shown\n', 'again\n']);
  });
});

test('a file is written at once, and one that cannot be written is tried again with the next line', () => {
  const folder = temporaryFolder('terminal');
  const path = join(folder, 'out.txt');
  const readOnly = openSync(path, 'w+');
  const file = (fd: number): OutputStream => Object.assign(new FakeStream(false), { fd });
  const output = new Output(file(readOnly));
  output.write('one\n');
  expect(readFileSync(path, 'utf8')).toBe('one\n');
  ftruncateSync(readOnly);
  closeSync(readOnly);
  output.write('two\n');
  output.write('three\n');
  const again = openSync(path, 'a');
  expect(again).toBe(readOnly); // the number that was free
  output.write('four\n');
  closeSync(again);
  expect(readFileSync(path, 'utf8')).toBe('… 2 lines were not shown\nfour\n');
});
