import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Mask, maskNumbers } from '../../../../../runtime/objects/array/mask.ts';
import { NdArray } from '../../../../../runtime/objects/array/nd-array.ts';
import { codeOf } from '../../helpers.ts';

const anyBits = fc.array(fc.boolean(), { maxLength: 40 });

test('a mask of booleans, of bytes and of a generator is the same, and a list of booleans', () => {
  fc.assert(
    fc.property(anyBits, (bits) => {
      const made = [Mask.ofBits(bits), Mask.ofBits(Uint8Array.from(bits, Number)), Mask.ofBits(bits.values())];
      for (const mask of made) {
        expect([...mask]).toEqual(bits);
        expect(mask.length).toBe(bits.length);
        expect([...maskNumbers(mask)]).toEqual(bits.map(Number));
      }
    }),
  );
});

test('its operators are those of the conditions, one by one', () => {
  const anyPairs = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 40 });
  fc.assert(
    fc.property(anyPairs, (pairs) => {
      const [a, b] = [0, 1].map((side) => Mask.ofBits(pairs.map((pair) => pair[side])));
      expect([...(a?.and(b ?? []) ?? [])]).toEqual(pairs.map(([p, q]) => p && q));
      expect([...(a?.or(b ?? []) ?? [])]).toEqual(pairs.map(([p, q]) => p || q));
      expect([...(a?.not() ?? [])]).toEqual(pairs.map(([p]) => !p));
      expect(a?.sum()).toBe(pairs.filter(([p]) => p).length);
    }),
  );
});

test('loc() keeps the cells where a mask holds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.double(), fc.boolean()), { maxLength: 40 }), (cells) => {
      const array = NdArray.holding(Float64Array.from(cells, ([value]) => value));
      const mask = Mask.ofBits(cells.map(([, bit]) => bit));
      const kept = array.loc(mask);
      expect(kept).toBeInstanceOf(NdArray);
      expect([...kept]).toEqual(cells.filter(([, bit]) => bit).map(([value]) => value));
    }),
  );
});

test('masks of two lengths do not meet', () => {
  const mask = Mask.ofBits([true, false]);
  expect(codeOf(() => mask.and([true])).code).toBe('BAD_ARGUMENT');
  expect(codeOf(() => mask.or([true, true, true])).code).toBe('BAD_ARGUMENT');
});
