import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineDecoder } from '../../../../../src/engine/strategy/process-runner/line-decoder.ts';
import { PacedReader } from '../../../../../src/engine/strategy/process-runner/paced-reader.ts';
import { nextTurn } from '../../../../../src/platform/turn.ts';

/** Longer than a slice. */
function work(): void {
  for (const end = performance.now() + 3; performance.now() < end;);
}

describe('what a strategy sends', () => {
  test('is taken a slice at a time: between two slices everything else has its turn, and the pipe is not read on', async () => {
    const stream = new PassThrough();
    let turn = 0;
    const turns: number[] = [];
    const paused: boolean[] = [];
    const reader = new PacedReader(stream, new LineDecoder(), () => {
      turns.push(turn);
      paused.push(stream.isPaused());
      work();
    });
    stream.end('a\nb\nc\nd\n');
    const until = reader.done.then(() => true);
    for (let over = false; !over; turn += 1) over = await Promise.race([until, nextTurn().then(() => false)]);
    expect(turns).toHaveLength(4);
    expect(new Set(turns.slice(1)).size).toBe(3);
    expect(paused).toEqual([false, true, true, true]);
  });

  test('is taken to its end, also when the stream closes while some of it waits', async () => {
    const stream = new PassThrough();
    const lines: string[] = [];
    const reader = new PacedReader(stream, new LineDecoder(), (line) => {
      lines.push(line);
      work();
    });
    stream.end('a\nb\nrest');
    await reader.done;
    expect(lines).toEqual(['a', 'b', 'rest']);
  });
});

describe('lines of what a strategy prints', () => {
  const lines = (chunks: readonly Buffer[]): string[] => {
    const decoder = new LineDecoder();
    const found: string[] = [];
    for (const chunk of chunks) {
      decoder.add(chunk);
      for (let line = decoder.next(); line !== null; line = decoder.next()) found.push(line);
    }
    const rest = decoder.rest();
    return rest === null ? found : [...found, rest];
  };

  test('property: the same lines, wherever the bytes are cut, in the middle of a character too', () => {
    const text = fc.array(fc.constantFrom('a', '策', '\n', '', '😀'), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (sent, size) => {
        const bytes = Buffer.from(sent);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        expect(lines(chunks)).toEqual(sent === '' ? [] : sent.replace(/\n$/u, '').split('\n'));
      }),
    );
  });

  test('a line without end comes in pieces, and is never held whole', () => {
    const found = lines(Array.from({ length: 100 }, () => Buffer.alloc(1_000, 'x')));
    expect(found.every((line) => line.length <= 4_000)).toBe(true);
    expect(found.join('')).toHaveLength(100_000);
  });

  test('of Windows end at \\r\\n', () => {
    expect(lines([Buffer.from('a\r\nb\r\n')])).toEqual(['a', 'b']);
  });
});
