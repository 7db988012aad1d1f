import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as op from '../../../../../runtime/indicators/alpha/operators.ts';
import { windows } from '../../../../../runtime/indicators/alpha/panel.ts';

const number = fc.double({ min: -1000, max: 1000, noNaN: true });
const list = (from = 1): fc.Arbitrary<Float64Array> =>
  fc.array(number, { minLength: from, maxLength: 12 }).map((values) => Float64Array.from(values));
const gappy = fc
  .array(fc.oneof(number, fc.constant(NaN)), { minLength: 1, maxLength: 12 })
  .map((values) => Float64Array.from(values));
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));

describe('what is done across the securities of a day', () => {
  test('rank: the share of places, the mean place of equal ones, nothing for a gap', () => {
    expect([...op.rank(Float64Array.of(30, 10, NaN, 20, 20))]).toEqual([1, 0.25, NaN, 0.625, 0.625]);
    fc.assert(
      fc.property(gappy, (line) => {
        const ranks = op.rank(line);
        const present = [...line].filter((value) => !Number.isNaN(value)).length;
        line.forEach((value, i) => {
          expect(Number.isNaN(ranks[i] ?? 0)).toBe(Number.isNaN(value));
          line.forEach((other, j) => {
            if (value < other) expect(ranks[i]).toBeLessThan(ranks[j] ?? NaN);
          });
        });
        const whole = [...ranks].filter((value) => !Number.isNaN(value)).reduce((sum, one) => sum + one, 0);
        expect(whole).toBeCloseTo(present === 0 ? 0 : (present + 1) / 2, 9);
      }),
    );
  });

  test('scale: the distances from zero add up to what is asked, the signs stay', () => {
    fc.assert(
      fc.property(list(), (line) => {
        fc.pre(line.some((value) => Math.abs(value) > 1e-3));
        const scaled = op.scale(line, 1);
        expect(scaled.reduce((sum, value) => sum + Math.abs(value), 0)).toBeCloseTo(1, 9);
        scaled.forEach((value, i) => expect(Math.sign(value) * Math.sign(line[i] ?? 0)).toBeGreaterThanOrEqual(0));
      }),
    );
  });

  test('indneutralize: the mean of each group is 0 after it; what is in no group is missing', () => {
    expect([...op.indneutralize(Float64Array.of(1, 3, 5, 9, NaN), ['a', 'a', 'b', null, 'a'])]).toEqual([
      -1,
      1,
      0,
      NaN,
      NaN,
    ]);
    fc.assert(
      fc.property(list(), (line) => {
        const groups = Array.from(line, (_, i) => (i % 2 === 0 ? 'even' : 'odd'));
        const left = op.indneutralize(line, groups);
        for (const group of new Set(groups))
          expect(left.reduce((sum, value, i) => sum + (groups[i] === group ? value : 0), 0)).toBeCloseTo(0, 6);
      }),
    );
  });
});

describe('what is done over the days of a window', () => {
  test('places count from the oldest day on; the first of equal ones', () => {
    const x = Float64Array.of(3, 9, 1, 9, 1);
    expect([op.tsArgMax(x), op.tsArgMin(x), op.tsMax(x), op.tsMin(x)]).toEqual([2, 3, 9, 1]);
    fc.assert(fc.property(list(), (one) => one[op.tsArgMax(one) - 1] === op.tsMax(one)));
  });

  test('ts_rank is the rank of the youngest in its window', () => {
    fc.assert(fc.property(list(), (x) => close(op.tsRank(x), op.rank(x).at(-1) ?? NaN)));
  });

  test('decay_linear is a mean in which the oldest counts most', () => {
    expect(op.decayLinear(Float64Array.of(3, 0, 0))).toBe(1.5);
    expect(op.decayLinear(Float64Array.of(0, 0, 3))).toBe(0.5);
    fc.assert(
      fc.property(list(), (x) => {
        const mean = op.decayLinear(x);
        return mean >= op.tsMin(x) - 1e-9 && mean <= op.tsMax(x) + 1e-9;
      }),
    );
  });

  test('of alpha191 the youngest counts most; in wma each day 0.9 times the next', () => {
    expect(op.decayLinear191(Float64Array.of(0, 0, 3))).toBe(1.5);
    expect(op.wma(Float64Array.of(0, 1))).toBeCloseTo(1 / 1.9, 12);
    fc.assert(
      fc.property(list(), (x) => {
        const turned = Float64Array.from(x).reverse();
        return close(op.decayLinear191(x), op.decayLinear(turned)) && close(op.wma(x.fill(7)), 7);
      }),
    );
  });

  test('days since the extremes: today is none, of equal ones the oldest counts', () => {
    expect([op.highDay(Float64Array.of(3, 9, 1, 9, 1)), op.lowDay(Float64Array.of(3, 9, 1, 9, 1))]).toEqual([3, 2]);
    expect(op.highDay(Float64Array.of(1, 2))).toBe(0);
  });

  test('the slope of a line is found again, also on chosen days; nothing where nothing moves or no day is chosen', () => {
    const x = Float64Array.of(1, 2, 4, 7);
    fc.assert(
      fc.property(number, number, (slope, start) => {
        expect(
          op.regBeta(
            x.map((value) => start + slope * value),
            x,
          ),
        ).toBeCloseTo(slope, 6);
      }),
    );
    expect(op.regBeta(x, Float64Array.of(2, 2, 2, 2))).toBeNaN();
    expect(op.regBetaWhere(Float64Array.of(2, 99, 8, 14), x, Float64Array.of(1, 0, 1, 1))).toBeCloseTo(2, 12);
    expect(op.regBetaWhere(x, x, Float64Array.of(0, 1, 0, 0))).toBeNaN();
    expect(op.regBetaWhere(x, x, new Float64Array(4))).toBeNaN();
  });

  test('sma goes on from its last value; before the first and on days without one it is missing', () => {
    expect([...op.sma(Float64Array.of(NaN, 4, 8, NaN), 4, 1)]).toEqual([NaN, 4, 5, NaN]);
    // A gap of a day weighs what lies before it by 0.75 twice, as pandas does.
    expect(op.sma(Float64Array.of(4, Infinity, 8), 4, 1)[2]).toBeCloseTo((4 * 0.5625 + 8 * 0.25) / 0.8125, 12);
    fc.assert(
      fc.property(gappy, (x) => {
        const kept = [...x].filter((value) => !Number.isNaN(value));
        op.sma(x, 5, 2).forEach((value, i) => {
          expect(Number.isNaN(value)).toBe(Number.isNaN(x[i] ?? 0));
          if (Number.isNaN(value)) return;
          expect(value).toBeGreaterThanOrEqual(Math.min(...kept) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...kept) + 1e-9);
        });
      }),
    );
  });

  test('correlation stays within -1 and 1, is even, knows no scale; nothing where one stands still', () => {
    expect(op.correlation(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNaN();
    expect(op.correlation(Float64Array.of(0.1, 0.1, 0.1), Float64Array.of(1, 2, 3))).toBeNaN();
    fc.assert(
      fc.property(list(2), fc.double({ min: 0.1, max: 10, noNaN: true }), (x, factor) => {
        const y = x.map((value, i) => Math.sin(i * 3) + value / 7);
        const value = op.correlation(x, y);
        if (Number.isNaN(value)) return;
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        expect(op.correlation(y, x)).toBeCloseTo(value, 9);
        if (op.tsMax(x) - op.tsMin(x) > 1e-3)
          expect(
            op.correlation(
              x.map((one) => one * factor),
              y,
            ),
          ).toBeCloseTo(value, 6);
      }),
    );
  });

  test('stddev is the root of the covariance with itself, over n - 1', () => {
    expect(op.stddev(Float64Array.of(1, 2, 3, 4))).toBeCloseTo(Math.sqrt(5 / 3), 12);
    fc.assert(fc.property(list(2), (x) => close(op.stddev(x) ** 2, op.covariance(x, x))));
  });

  test('windows end on each day that has so many before it; a gap makes a gap, and an infinity is one', () => {
    const late = [NaN, Infinity, 1, 2].map((value) => Float64Array.of(value));
    expect(windows([late], 2, op.sum).map((line) => [...line])).toEqual([[NaN], [NaN], [3]]);
    const two = [late, [5, NaN, 5, 5].map((value) => Float64Array.of(value))];
    expect(windows(two, 2, (a, b) => op.sum(a) + op.sum(b)).map((line) => [...line])).toEqual([[NaN], [NaN], [13]]);
    const panel = [1, 2, NaN, 4, 5, 6].map((value) => Float64Array.of(value, 1));
    expect(windows([panel], 2, op.sum).map((line) => [...line])).toEqual([
      [3, 2],
      [NaN, 2],
      [NaN, 2],
      [9, 2],
      [11, 2],
    ]);
    expect(windows([panel], 9, op.sum)).toEqual([]);
  });
});

test('what is told of something missing is missing', () => {
  for (const name of ['<', '<=', '>', '>=', '==', '||', '&&', 'min', 'max', '+']) {
    expect([name, op.PLAIN[name]?.(NaN, 1)]).toEqual([name, NaN]);
    expect([name, op.PLAIN[name]?.(1, NaN)]).toEqual([name, NaN]);
  }
});
