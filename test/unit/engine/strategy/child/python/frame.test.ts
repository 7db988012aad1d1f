import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Blocks, frameOf, readFrame } from '../../../../../../src/engine/strategy/child/python/frame.ts';

interface Fixture {
  readonly name: string;
  readonly message: unknown;
  readonly blocks: readonly string[];
  readonly frame: string;
}
const FIXTURES = JSON.parse(
  readFileSync(new URL('../../../../../python/frames.json', import.meta.url), 'utf8'),
) as readonly Fixture[];

function blocksOf(hex: readonly string[]): Blocks {
  const blocks = new Blocks();
  for (const one of hex) blocks.add(Buffer.from(one, 'hex'));
  return blocks;
}

describe('a frame', () => {
  it.each(FIXTURES)('is written byte for byte as both sides have it: $name', ({ message, blocks, frame }) => {
    expect(frameOf(message, blocksOf(blocks)).toString('hex')).toBe(frame);
  });

  it.each(FIXTURES)('is read again: $name', ({ message, blocks, frame }) => {
    const read = readFrame(Buffer.from(frame, 'hex'));
    expect(read.message).toEqual(message);
    const whole = blocksOf(blocks);
    expect(read.blocks).toHaveLength(whole.length);
  });

  it('gives each block back under the offset that it got, whatever their lengths', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 6 }), fc.string({ unit: 'grapheme' }), (all, text) => {
        const blocks = new Blocks();
        const offsets = all.map((one) => blocks.add(one));
        const frame = frameOf([text], blocks);
        const read = readFrame(frame);
        expect(read.message).toEqual([text]);
        all.forEach((one, i) => {
          const offset = offsets[i] ?? -1;
          expect(offset % 8).toBe(0);
          expect(Uint8Array.from(read.blocks.subarray(offset, offset + one.length))).toEqual(one);
        });
      }),
    );
  });

  it('refuses a JSON that is longer than what came', () => {
    expect(() => readFrame(Buffer.from('0c00000064000000005b5d00000000', 'hex'))).toThrow(RangeError);
  });
});
