import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excess, rulesOf } from '../../../../runtime/optimizer/solver/problem.ts';
import type { Feasible, Linear } from '../../../../runtime/optimizer/solver/problem.ts';
import { solve } from '../../../../runtime/optimizer/solver/solve.ts';
import type { Target } from '../../../../runtime/optimizer/solver/solve.ts';
import { dot, times } from '../../../../runtime/optimizer/solver/vectors.ts';
import type { Square } from '../../../../runtime/optimizer/solver/vectors.ts';

const FINE = 1e-10;

function square(...rows: readonly (readonly number[])[]): Square {
  return { size: rows.length, cells: Float64Array.from(rows.flat()) };
}

function within(size: number, low: number, high: number, linear: readonly Linear[] = []): Feasible {
  return {
    lower: new Float64Array(size).fill(low),
    upper: new Float64Array(size).fill(high),
    linear,
    quadratic: [],
  };
}

const sumIs = (size: number, low: number, high = low): Linear => ({
  coefficients: new Float64Array(size).fill(1),
  low,
  high,
});
const variance = (risk: Square): Target => ({ kind: 'variance', risk, pull: new Float64Array(risk.size) });

function weights(target: Target, feasible: Feasible): number[] {
  const found = solve(target, feasible, FINE);
  return 'weights' in found ? [...found.weights] : [NaN];
}

function expectNear(found: readonly number[], known: readonly number[], digits = 6): void {
  expect(found).toHaveLength(known.length);
  known.forEach((one, i) => expect(found[i]).toBeCloseTo(one, digits));
}

describe('weights with a known answer', () => {
  test('least variance of two that do not move together: in inverse proportion to their variances', () => {
    expectNear(weights(variance(square([0.04, 0], [0, 0.01])), within(2, 0, 1, [sumIs(2, 1)])), [0.2, 0.8]);
  });

  test('least variance of two that do: (b - c) / (a + b - 2c), and all in one when that is below 0', () => {
    expectNear(weights(variance(square([0.09, 0.01], [0.01, 0.04])), within(2, 0, 1, [sumIs(2, 1)])), [3 / 11, 8 / 11]);
    expectNear(weights(variance(square([0.09, 0.05], [0.05, 0.04])), within(2, 0, 1, [sumIs(2, 1)])), [0, 1]);
  });

  test('least variance when nothing need be held is nothing', () => {
    expectNear(weights(variance(square([0.09, 0.01], [0.01, 0.04])), within(2, 0, 1, [sumIs(2, 0, 1)])), [0, 0], 4);
  });

  test('greatest value: the best up to their bound, then the next, none below 0', () => {
    const values = Float64Array.of(0.1, 0.3, -0.2, 0.2);
    expectNear(weights({ kind: 'value', values }, within(4, 0, 0.4, [sumIs(4, 0, 1)])), [0.2, 0.4, 0, 0.4]);
    expectNear(weights({ kind: 'value', values }, within(4, 0, 0.2, [sumIs(4, 0, 1)])), [0.2, 0.2, 0, 0.2]);
  });

  test('greatest value at a limited deviation: on the circle, along the profits', () => {
    const feasible = {
      ...within(2, 0, 1, [sumIs(2, 0, 1)]),
      quadratic: [{ matrix: square([1, 0], [0, 1]), limit: 0.25 }],
    };
    expectNear(weights({ kind: 'value', values: Float64Array.of(0.3, 0.4) }, feasible), [0.3, 0.4]);
  });

  test('greatest ratio: the inverse covariances times what is earned beyond the risk-free rate', () => {
    const risk = square([0.04, 0.006], [0.006, 0.09]);
    const target: Target = { kind: 'sharpe', risk, profits: Float64Array.of(0.1, 0.2), riskFree: 0.02, sum: 1 };
    // solve(risk, [0.08, 0.18]) in proportion to 0.00612 and 0.00672
    expectNear(weights(target, within(2, 0, 1, [sumIs(2, 1)])), [0.00612 / 0.01284, 0.00672 / 0.01284], 4);
  });

  test('the same with a limit on the deviation that does not bind, and less of the riskier one with one that does', () => {
    const risk = square([0.04, 0.006], [0.006, 0.09]);
    const target: Target = { kind: 'sharpe', risk, profits: Float64Array.of(0.1, 0.2), riskFree: 0.02, sum: 1 };
    const limited = (limit: number): number[] =>
      weights(target, { ...within(2, 0, 1, [sumIs(2, 1)]), quadratic: [{ matrix: risk, limit }] });
    expectNear(limited(1), weights(target, within(2, 0, 1, [sumIs(2, 1)])), 3);
    const [, risky = NaN] = limited(0.032);
    expect(risky).toBeLessThan(0.5);
    const x = Float64Array.of(1 - risky, risky);
    expect(dot(x, times(risk, x))).toBeCloseTo(0.032, 5);
  });

  test('the ratio of a loss says nothing', () => {
    const risk = square([0.04, 0], [0, 0.09]);
    const target: Target = { kind: 'sharpe', risk, profits: Float64Array.of(-0.1, 0.01), riskFree: 0.02, sum: 1 };
    expect(solve(target, within(2, 0, 1, [sumIs(2, 1)]), FINE)).toEqual({
      problem: 'no weights earned more than the risk-free rate: the ratio says nothing then',
    });
  });

  test('equal shares of the risk of independent ones: in inverse proportion to their deviations', () => {
    const parity: Target = {
      kind: 'parity',
      risk: square([0.04, 0, 0], [0, 0.01, 0], [0, 0, 0.0016]),
      budget: Float64Array.of(1 / 3, 1 / 3, 1 / 3),
    };
    const all = 5 + 10 + 25;
    expectNear(weights(parity, within(3, 0, 1, [sumIs(3, 0, 1)])), [5 / all, 10 / all, 25 / all]);
    // A bound on the calmest one: the others share as before, all together as much as fits.
    expectNear(weights(parity, within(3, 0, 0.25, [sumIs(3, 0, 1)])), [0.05, 0.1, 0.25]);
  });

  test('shares as the budget says', () => {
    const risk = square([0.04, 0.01], [0.01, 0.09]);
    const found = Float64Array.from(
      weights({ kind: 'parity', risk, budget: Float64Array.of(0.7, 0.3) }, within(2, 0, 1, [sumIs(2, 1)])),
    );
    const pull = times(risk, found);
    expect(((found[0] ?? NaN) * (pull[0] ?? NaN)) / dot(found, pull)).toBeCloseTo(0.7, 9);
  });

  test('a feasible set of one point is found', () => {
    const found = weights(variance(square([0.09, 0.01], [0.01, 0.04])), within(2, 0, 0.5, [sumIs(2, 1)]));
    expectNear(found, [0.5, 0.5]);
  });

  test('bounds that are one number, and constraints that say the same twice', () => {
    const feasible = { ...within(3, 0, 1, [sumIs(3, 1), sumIs(3, 1)]), lower: Float64Array.of(0.2, 0, 0) };
    feasible.upper[0] = 0.2;
    expectNear(weights(variance(square([1, 0, 0], [0, 1, 0], [0, 0, 3])), feasible), [0.2, 0.6, 0.2]);
  });
});

describe('what cannot be satisfied', () => {
  const risk = square([0.09, 0.01], [0.01, 0.04]);
  test.each([
    ['bounds too low for the sum', within(2, 0, 0.4, [sumIs(2, 1)])],
    ['a bound whose low is above its high', within(2, 0.6, 0.4)],
    ['two sums', within(2, 0, 1, [sumIs(2, 1), sumIs(2, 0.5)])],
    ['a sum above its constraint', within(2, 0, 1, [sumIs(2, 0.9, 1), { ...sumIs(2, 0, 0.5) }])],
    ['a deviation of 0', { ...within(2, 0, 1, [sumIs(2, 1)]), quadratic: [{ matrix: risk, limit: 0 }] }],
    ['a deviation too small', { ...within(2, 0, 1, [sumIs(2, 1)]), quadratic: [{ matrix: risk, limit: 0.01 }] }],
  ] as const)('%s has no weights', (_what, feasible) => {
    for (const target of [variance(risk), { kind: 'parity', risk, budget: Float64Array.of(0.5, 0.5) }] as Target[])
      expect(solve(target, feasible, FINE)).toEqual({ problem: expect.stringContaining('loosen some') as string });
  });
});

/** Covariances of random walks, so that they are those of something. */
const cases = fc.record({
  size: fc.integer({ min: 2, max: 6 }),
  seeds: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 120, maxLength: 120 }),
  high: fc.double({ min: 0.6, max: 1, noNaN: true }),
  floor: fc.double({ min: 0, max: 0.9, noNaN: true }),
});

function drawn({ size, seeds, high, floor }: { size: number; seeds: number[]; high: number; floor: number }) {
  const lines = Array.from({ length: size }, (_, i) => seeds.slice(i * 20, i * 20 + 20));
  const cells = lines.flatMap((a, i) =>
    lines.map((b, j) => a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0) / 200 + (i === j ? 1e-3 : 0)),
  );
  const profits = Float64Array.from(lines, (line) => (line[0] ?? 0) / 5);
  const risk: Square = { size, cells: Float64Array.from(cells) };
  const feasible: Feasible = { ...within(size, 0, high, [sumIs(size, floor, 1)]), quadratic: [] };
  return { risk, profits, feasible };
}

/** Points of the feasible set near a point: mixtures with its corners. */
function others(x: Float64Array, { lower, upper, linear }: Feasible): Float64Array[] {
  const size = x.length;
  const sum = (y: Float64Array): number => y.reduce((total, one) => total + one, 0);
  const whole = linear[0] ?? sumIs(size, 0, 1);
  const corners = Array.from({ length: size }, (_, i) => {
    const y = Float64Array.from(lower);
    for (let k = 0; k < size; k += 1) {
      const at = (i + k) % size;
      y[at] = Math.max(0, Math.min(upper[at] ?? 0, whole.high - sum(y)));
    }
    return y;
  });
  const low = corners.map((corner) =>
    corner.map((one) => (one * Math.max(whole.low, 0)) / Math.max(sum(corner), 1e-9)),
  );
  return [...corners, ...low].flatMap((corner) =>
    [1e-4, 0.01, 0.3, 1].map((share) => x.map((one, i) => one + share * ((corner[i] ?? 0) - one))),
  );
}

describe('whatever the market', () => {
  test('the weights satisfy the constraints, and no other feasible ones are better', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { risk, profits, feasible } = drawn(one);
        const rules = rulesOf(feasible);
        const goals: [Target, (x: Float64Array) => number][] = [
          [variance(risk), (x) => dot(x, times(risk, x))],
          [{ kind: 'value', values: profits }, (x) => -dot(profits, x)],
        ];
        for (const [target, value] of goals) {
          const found = solve(target, feasible, FINE);
          if (!('weights' in found)) throw new Error(found.problem);
          for (const rule of rules?.inequalities ?? []) expect(excess(rule, found.weights)).toBeLessThan(2e-5);
          const best = value(found.weights);
          for (const other of others(found.weights, feasible)) expect(best).toBeLessThanOrEqual(value(other) + 1e-5);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('no other weights of that sum have a better ratio', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { risk, profits } = drawn(one);
        const feasible = within(one.size, 0, 1, [sumIs(one.size, 1)]);
        const found = solve({ kind: 'sharpe', risk, profits, riskFree: 0, sum: 1 }, feasible, FINE);
        if (!('weights' in found)) return profits.every((profit) => profit <= 1e-9);
        const ratio = (x: Float64Array): number => dot(profits, x) / Math.sqrt(dot(x, times(risk, x)));
        const best = ratio(found.weights);
        return others(found.weights, feasible).every((other) => ratio(other) <= best + 1e-4);
      }),
      { numRuns: 40 },
    );
  });

  test('every security has its share of the risk when bounds leave room', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { risk } = drawn(one);
        const budget = new Float64Array(one.size).fill(1 / one.size);
        const x = Float64Array.from(
          weights({ kind: 'parity', risk, budget }, within(one.size, 0, 1, [sumIs(one.size, 1)])),
        );
        const pull = times(risk, x);
        const whole = dot(x, pull);
        expect(x.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
        x.forEach((weight, i) => expect((weight * (pull[i] ?? 0)) / whole).toBeCloseTo(1 / one.size, 4));
      }),
      { numRuns: 40 },
    );
  });
});
