import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameDecoder } from '../../../../../src/engine/strategy/border/frame-decoder.ts';
import { fromFrame, HEAD, toFrame } from '../../../../../src/engine/strategy/border/frames.ts';

const there = (message: unknown): unknown => fromFrame(toFrame(message).subarray(HEAD));

describe('a message', () => {
  test('property: arrives as structuredClone would give it', () => {
    const typed = fc.constantFrom(new Float64Array([1, Number.NaN, -0]), new Int32Array(3), new Uint8Array([1]));
    const plain = fc.anything({
      withDate: true,
      withMap: true,
      withSet: true,
      withBigInt: true,
      withNullPrototype: true,
    });
    fc.assert(
      fc.property(fc.oneof(plain, fc.array(fc.oneof(plain, typed))), (message) => {
        expect(there(message)).toStrictEqual(structuredClone(message));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [Number.NaN],
    [-0],
    [Number.POSITIVE_INFINITY],
    [undefined],
    [[undefined]],
    [{ a: undefined }],
    ['\ud800'],
    [{ ['__proto__']: 1 }],
    ['x'.repeat(200_000)],
    [new Date(5)],
    [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]],
  ])('%j is not changed on the way', (message) => {
    expect(there(message)).toStrictEqual(message);
    expect(Object.is(there(message), -0)).toBe(Object.is(message, -0));
  });

  test('that refers to itself arrives whole; one with a function is refused', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const arrived = there(circle) as typeof circle;
    expect(arrived.self).toBe(arrived);
    expect(() => toFrame({ a: { toJSON: () => 1 } })).toThrow(/could not be cloned/u);
  });
});

describe('frames out of a pipe', () => {
  const decode = (bytes: Buffer, cuts: readonly number[], longest = 1e6): { found: unknown[]; broken: number[] } => {
    const broken: number[] = [];
    const decoder = new FrameDecoder({ longest, onBroken: (length) => broken.push(length) });
    const found: unknown[] = [];
    const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
    let at = 0;
    for (const end of ends) {
      decoder.add(bytes.subarray(at, end));
      for (let body = decoder.next(); body !== null; body = decoder.next()) found.push(fromFrame(body));
      at = end;
    }
    return { found, broken };
  };

  test('property: the same messages, wherever the bytes are cut', () => {
    const messages = fc.array(fc.oneof(fc.string(), fc.constant(new Float64Array(50)), fc.constant(null)));
    fc.assert(
      fc.property(messages, fc.array(fc.nat()), (sent, cuts) => {
        const { found, broken } = decode(Buffer.concat(sent.map((message) => toFrame(message))), cuts);
        expect(found).toEqual(sent);
        expect(broken).toEqual([]);
      }),
    );
  });

  test('a length above the limit is told once, and nothing after it is believed', () => {
    const bytes = Buffer.concat([toFrame('good'), Buffer.from([0, 0, 0, 9]), toFrame('bad'), toFrame('bad')]);
    expect(decode(bytes, [3, 9, 15])).toEqual({ found: ['good'], broken: [9 * 2 ** 24] });
  });
});
