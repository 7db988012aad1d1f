import { describe, expect, test } from 'vitest';
import { DataFrame, date, fmt, has, isnull, len, notnull, Series, sorted } from 'jqdata';
import { codeOf } from '../../helpers.ts';

describe("Python's own functions", () => {
  test('has: lists by value, texts, sets, dicts, tables', () => {
    expect(has(['a', 'b'], 'a')).toBe(true);
    expect(has(['a', 'b'], '0')).toBe(false);
    expect(has([date(2026, 7, 6)], date(2026, 7, 6))).toBe(true);
    expect(has('平安银行', '银行')).toBe(true);
    expect(has(new Set([1]), 1)).toBe(true);
    expect(has({ a: 1 }, 'a')).toBe(true);
    expect(has(new DataFrame({ close: [1] }), 'close')).toBe(true);
    expect(has(new Series([1], { index: ['x'] }), 'x')).toBe(true);
    expect(has(new Series([1], { index: ['x'] }).index, 'y')).toBe(false);
    expect(codeOf(() => has(5, 5)).code).toBe('BAD_ARGUMENT');
  });

  test('len: of anything that has a length', () => {
    expect([len([1, 2]), len('平安'), len({ a: 1 }), len(new Set([1])), len(new DataFrame({ a: [1, 2, 3] }))]).toEqual([
      2, 2, 1, 1, 3,
    ]);
    expect(codeOf(() => len(5)).code).toBe('BAD_ARGUMENT');
  });

  test('sorted: numbers as numbers, key, reverse, ties keep their order', () => {
    expect(sorted([100, 9, 20])).toEqual([9, 20, 100]);
    expect(sorted(['b', 'a'], { reverse: true })).toEqual(['b', 'a']);
    expect(sorted(new Set(['bb', 'a', 'cc']), { key: (text) => text.length })).toEqual(['a', 'bb', 'cc']);
  });

  test('fmt: the percent operator', () => {
    expect(fmt('%s %.2f%%', '000001.XSHE', 2.71528)).toBe('000001.XSHE 2.72%');
    expect(codeOf(() => fmt('%d %d', 1)).code).toBe('BAD_ARGUMENT');
  });

  test('isnull and notnull of one value, a list, a Series', () => {
    expect([isnull(null), isnull(Number.NaN), isnull(0), notnull('')]).toEqual([true, true, false, true]);
    expect(isnull([1, null])).toEqual([false, true]);
    expect(notnull(new Series([1, Number.NaN])).tolist()).toEqual([true, false]);
  });
});
