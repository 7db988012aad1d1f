import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataFrame, Series, standardlize, winsorize, winsorize_med } from 'jqdata';
import { codeOf, untyped } from '../helpers.ts';

const values = [1, 2, 3, 4, 100];

describe('winsorize_med', () => {
  test('bounds are the median and so many median distances', () => {
    // median 3, distances 2 1 0 1 97: their median is 1
    expect([...winsorize_med(values, { scale: 2 })]).toEqual([1, 2, 3, 4, 5]);
    expect([...winsorize_med(values)]).toEqual([2, 2, 3, 4, 4]);
    expect([...winsorize_med(values, 1, { inclusive: false })]).toEqual([NaN, 2, 3, 4, NaN]);
  });

  test('infinite values are gaps, or beyond the bounds when they shall stay', () => {
    expect([...winsorize_med([1, 2, 3, Infinity], { scale: 1 })]).toEqual([1, 2, 3, NaN]);
    expect([...winsorize_med([1, 2, 3, 4, Infinity], { inf2nan: false })]).toEqual([2, 2, 3, 4, 4]);
    expect([...winsorize_med([NaN, NaN])]).toEqual([NaN, NaN]);
  });

  test('keeps shape and labels; a table row by row, or column by column', () => {
    const series = winsorize_med(Series(values, { index: ['a', 'b', 'c', 'd', 'e'] }), { scale: 2, axis: 0 });
    expect(series.loc('e')).toBe(5);
    const table = DataFrame({ a: [1, 10], b: [2, 20], c: [3, 90] });
    expect(winsorize_med(table).values).toEqual([
      [1, 2, 3],
      [10, 20, 30],
    ]);
    expect(winsorize_med(table, { axis: 0 }).values).toEqual(table.values);
    expect(winsorize_med([[1, 2, 9]])[0]).toEqual(Float64Array.of(1, 2, 3));
  });
});

describe('winsorize', () => {
  test('by shares of the values in order', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i);
    const cut = winsorize(hundred, { qrange: [0.05, 0.93] });
    expect([Math.min(...cut), Math.max(...cut)]).toEqual([5, 92]);
    expect(winsorize(hundred, { qrange: [0.05, 0.93], inclusive: false }).filter(Number.isNaN).length).toBe(12);
  });

  test('by standard deviations: the bounds are the outermost values inside', () => {
    expect([...winsorize(values, 1)]).toEqual([1, 2, 3, 4, 4]);
    expect([...winsorize(values, { range: [2, NaN] })]).toEqual([2, 2, 3, 4, 100]);
  });

  test('takes exactly one kind of bounds', () => {
    expect(codeOf(() => winsorize(values)).message).toContain('one of scale, range and qrange');
    expect(codeOf(() => winsorize(values, { scale: 1, range: [1, 2] })).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => winsorize(values, { qrange: [5, 95] })).message).toContain('0 to 1');
    expect(codeOf(() => untyped(winsorize_med)(values, { mad: 3 })).message).toContain("'mad'");
  });
});

test('standardlize gives mean 0 and deviation 1 over n, for any numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 }), (numbers) => {
      if (new Set(numbers).size < 2) return;
      const out = standardlize([...numbers, NaN, Infinity]);
      const finite = out.filter(Number.isFinite);
      expect(finite.length).toBe(numbers.length);
      const mean = finite.reduce((a, b) => a + b, 0) / finite.length;
      expect(mean).toBeCloseTo(0, 9);
      expect(finite.reduce((a, b) => a + b * b, 0) / finite.length).toBeCloseTo(1, 9);
    }),
  );
  expect(standardlize([1, 3, Infinity], { inf2nan: false })[2]).toBe(Infinity);
});
