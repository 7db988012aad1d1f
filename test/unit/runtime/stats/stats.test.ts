import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataFrame, Series, stats } from 'jqdata';
import { codeOf, untyped } from '../helpers.ts';

// Anscombe's first set: its figures are published with the regressions of R and of statsmodels.
const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];

describe("Anscombe's first set", () => {
  test('linregress, to be read by name or taken apart', () => {
    const line = stats.linregress(x, y);
    expect(line.slope).toBeCloseTo(0.500_090_909, 8);
    expect(line.intercept).toBeCloseTo(3.000_090_909, 8);
    expect(line.rvalue ** 2).toBeCloseTo(0.666_542_46, 7);
    expect(line.pvalue).toBeCloseTo(0.002_169_63, 7);
    expect(line.stderr).toBeCloseTo(0.117_905_5, 6);
    const [slope, intercept, r, p, error] = line;
    expect([slope, intercept, r, p, error]).toEqual([
      line.slope,
      line.intercept,
      line.rvalue,
      line.pvalue,
      line.stderr,
    ]);
  });

  test('polyfit, OLS and LinearRegression find the same line', () => {
    const [slope, intercept] = stats.polyfit(x, y, 1);
    expect(slope).toBeCloseTo(0.500_090_909, 8);
    expect(intercept).toBeCloseTo(3.000_090_909, 8);
    const fit = stats.OLS(y, stats.add_constant(x)).fit();
    expect(fit.params[1]).toBeCloseTo(0.500_090_909, 8);
    expect(fit.rsquared).toBeCloseTo(0.666_542_46, 7);
    expect(fit.rsquared_adj).toBeCloseTo(0.629_491_6, 6);
    const model = stats.LinearRegression().fit(
      x.map((value) => [value]),
      y,
    );
    expect(model.coef_[0]).toBeCloseTo(0.500_090_909, 8);
    expect(model.intercept_).toBeCloseTo(3.000_090_909, 8);
    expect(model.predict([[10]])[0]).toBeCloseTo(8.001, 6);
    expect(model.score(DataFrame({ x }), y)).toBeCloseTo(0.666_542_46, 7);
  });

  test('pearsonr and spearmanr', () => {
    expect(stats.pearsonr(x, y).statistic).toBeCloseTo(0.816_420_5, 6);
    expect(stats.pearsonr(x, y).pvalue).toBeCloseTo(0.002_169_63, 7);
    expect(stats.spearmanr(x, y).correlation).toBeCloseTo(0.818_181_8, 6);
    expect([...stats.rankdata([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2]);
  });
});

describe('what the regressions take', () => {
  test('weights count distances, and the last points more than the first', () => {
    const points = [0, 1, 2, 3];
    const values = [0, 1, 2, 7];
    // Minimal by hand: Σ w²·d·x = 0 with w = 1 2 3 4
    const [slope, intercept] = stats.polyfit(points, values, 1, { w: [1, 2, 3, 4] });
    const left = points.map((p, i) => (i + 1) ** 2 * ((values[i] ?? 0) - (slope ?? 0) * p - (intercept ?? 0)));
    expect(left.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 9);
    expect(left.reduce((sum, value, i) => sum + value * i, 0)).toBeCloseTo(0, 9);
  });

  test('Series, tables, and gaps that are refused or left out', () => {
    expect(stats.linregress(Series(x), Series(y)).slope).toBeCloseTo(0.500_090_909, 8);
    const gap = [...y.slice(0, -1), NaN];
    expect(codeOf(() => stats.OLS(gap, x)).message).toContain("missing: 'drop'");
    expect(stats.OLS(gap, stats.add_constant(x), { missing: 'drop' }).fit().nobs).toBe(10);
    expect(codeOf(() => stats.linregress([1, 1], [1, 2])).message).toContain('same value');
    expect(codeOf(() => stats.linregress([1], [1])).message).toContain('at least 2');
    expect(codeOf(() => stats.polyfit(x, [1, 2], 1)).message).toContain('same rows');
    expect(codeOf(() => untyped(stats.polyfit)(x, y, 1, { weights: y })).message).toContain("'weights'");
    expect(codeOf(() => stats.LinearRegression().predict([[1]])).message).toContain('after fit()');
  });

  test('large numbers keep their digits, for any line', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }), (slope, intercept) => {
        const days = Array.from({ length: 30 }, (_, i) => 20_000 + i);
        const values = days.map((day) => slope * day + intercept);
        const [a = NaN, b = NaN] = stats.polyfit(days, values, 1);
        expect(a).toBeCloseTo(slope, 6);
        expect(Math.abs(b - intercept)).toBeLessThan(1e-3);
        expect(stats.polyval([2, 1, 0], 3)).toBe(21);
      }),
    );
  });
});
