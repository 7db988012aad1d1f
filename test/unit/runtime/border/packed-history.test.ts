import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packHistory, unpackHistory } from '../../../../runtime/border/packed-history.ts';
import type { HistoryBlock } from '../../../../runtime/host.ts';

const numbers = (length: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.double(), { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));
const block: fc.Arbitrary<HistoryBlock> = fc
  .tuple(fc.constantFrom('000001.XSHE', '600000.XSHG'), fc.integer({ min: 0, max: 3 }))
  .chain(([security, length]) =>
    fc.record({
      security: fc.constant(security),
      time: fc.constant(Float64Array.from({ length }, (_, i) => i)),
      columns: fc.dictionary(fc.constantFrom('open', 'close', 'money'), numbers(length)).map((one) => ({ ...one })),
    }),
  );

describe('history in one block', () => {
  test('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.array(block), (blocks) => {
        expect(unpackHistory(packHistory(blocks))).toEqual(blocks);
      }),
    );
  });

  test('equal times cross once, and the sender keeps its arrays', () => {
    const time = Float64Array.of(1, 2);
    const blocks = ['a', 'b'].map((security) => ({
      security,
      time: time.slice(),
      columns: { close: Float64Array.of(3, 4) },
    }));
    const packed = packHistory(blocks);
    expect(packed.numbers).toHaveLength(6);
    const [first, second] = unpackHistory(structuredClone(packed));
    expect(second?.time).toBe(first?.time);
    expect(second?.columns['close']).toEqual(Float64Array.of(3, 4));
    expect(blocks[0]?.columns.close).toHaveLength(2);
  });
});
