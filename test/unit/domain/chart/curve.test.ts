import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curveOf } from '../../../../src/domain/chart/curve.ts';

const BOX = { left: 10, top: 20, width: 100, height: 50 };

test('runs from left to right, the highest at the top and the lowest at the bottom', () => {
  expect(curveOf([1, 3, 2], BOX)).toEqual({ points: '10.0,70.0 60.0,20.0 110.0,45.0', low: 1, high: 3 });
});

test('stands where its places are', () => {
  expect(curveOf([1, 3, 2], BOX, [0, 30, 40])?.points).toBe('10.0,70.0 85.0,20.0 110.0,45.0');
});

test('is flat at the bottom when nothing moves, and none of fewer than two values', () => {
  expect(curveOf([5, 5], BOX)?.points).toBe('10.0,70.0 110.0,70.0');
  expect([curveOf([], BOX), curveOf([1], BOX)]).toEqual([null, null]);
});

test('stays in its box, whatever the values are', () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { minLength: 2, maxLength: 50 });
  fc.assert(
    fc.property(values, (all) => {
      const points = curveOf(all, BOX)?.points.split(' ') ?? [];
      expect(points).toHaveLength(all.length);
      for (const point of points) {
        const [x = Number.NaN, y = Number.NaN] = point.split(',').map(Number);
        expect(x >= 10 && x <= 110 && y >= 20 && y <= 70).toBe(true);
      }
    }),
  );
});
