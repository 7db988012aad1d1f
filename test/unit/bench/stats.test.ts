import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentile, quietRatio, spreadOf } from '../../../bench/stats.ts';

const readings = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 200 });

describe('percentile', () => {
  test.each([
    [0, 1],
    [0.2, 1],
    [0.21, 2],
    [0.5, 3],
    [0.99, 5],
    [1, 5],
  ])('%d of five readings', (share, expected) => {
    expect(percentile([5, 3, 1, 2, 4], share)).toBe(expected);
  });

  test('sorts numbers as numbers and leaves the readings as they were', () => {
    const given = [100, 9, 20];
    expect(percentile(given, 0.5)).toBe(20);
    expect(given).toEqual([100, 9, 20]);
  });

  test('is a reading that at least this share does not exceed, and no smaller one is', () => {
    fc.assert(
      fc.property(readings, fc.double({ noNaN: true, min: 0.001, max: 1 }), (all, share) => {
        const found = percentile(all, share);
        const upTo = all.filter((reading) => reading <= found).length;
        const below = all.filter((reading) => reading < found).length;
        expect(all).toContain(found);
        expect(upTo).toBeGreaterThanOrEqual(share * all.length);
        expect(below).toBeLessThan(share * all.length);
      }),
    );
  });
});

describe('spreadOf', () => {
  test('puts the quantities in order', () => {
    fc.assert(
      fc.property(readings, (all) => {
        const { count, min, p50, p99, max } = spreadOf(all);
        expect([count, min, max]).toEqual([all.length, Math.min(...all), Math.max(...all)]);
        expect([min, p50, p99, max].toSorted((a, b) => a - b)).toEqual([min, p50, p99, max]);
      }),
    );
  });

  test('refuses to say anything about nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('quietRatio', () => {
  const floor = [100, 100, 100, 100, 100, 100, 100, 100];

  test('is not moved by rounds that were disturbed, as long as a quarter was not', () => {
    expect(quietRatio([120, 120, 700, 700, 700, 700, 700, 700], floor, 'lowest')).toBe(1.2);
    expect(quietRatio([80, 80, 80, 20, 20, 20, 20, 20], floor, 'highest')).toBe(0.8);
  });

  test('nor made better by a single lucky round', () => {
    expect(quietRatio([10, 120, 120, 120, 120, 120, 120, 120], floor, 'lowest')).toBe(1.2);
    expect(quietRatio([900, 80, 80, 80, 80, 80, 80, 80], floor, 'highest')).toBe(0.8);
  });
});
