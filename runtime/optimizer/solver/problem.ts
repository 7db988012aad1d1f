import { dot, times } from './vectors.ts';
import type { Square } from './vectors.ts';

/** `low <= coefficients * weights <= high`; the bounds may be infinite, and equal. */
export interface Linear {
  readonly coefficients: Float64Array;
  readonly low: number;
  readonly high: number;
}

/** `weights' * matrix * weights <= limit`; the matrix is symmetric and has no negative value. */
export interface Quadratic {
  readonly matrix: Square;
  readonly limit: number;
}

/** What weights must satisfy. */
export interface Feasible {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly linear: readonly Linear[];
  readonly quadratic: readonly Quadratic[];
}

/** `linear * x + x' * matrix * x - limit <= 0`, in units in which a step of 1 is a large one. */
export interface Inequality {
  readonly linear: Float64Array | null;
  readonly matrix: Square | null;
  readonly limit: number;
}

export interface Equality {
  readonly coefficients: Float64Array;
  readonly value: number;
}

export interface Rules {
  readonly equalities: readonly Equality[];
  readonly inequalities: readonly Inequality[];
}

/** Bounds closer than this are one number. */
const SAME = 1e-9;

/** The rules as equations and inequalities; null when one of them can never hold. */
export function rulesOf({ lower, upper, linear, quadratic }: Feasible): Rules | null {
  const equalities: Equality[] = [];
  const inequalities: Inequality[] = [];
  for (const { coefficients, low, high } of [...boundsOf(lower, upper), ...linear]) {
    const unit = coefficients.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const near = SAME * Math.max(1, Math.abs(low), Math.abs(high));
    if (low > high + (Number.isFinite(near) ? near : 0)) return null;
    if (unit === 0) {
      if (low > SAME || high < -SAME) return null;
      continue;
    }
    const scaled = coefficients.map((value) => value / unit);
    if (high - low <= SAME * unit) equalities.push({ coefficients: scaled, value: (low + high) / 2 / unit });
    else {
      if (high < Infinity) inequalities.push({ linear: scaled, matrix: null, limit: high / unit });
      if (low > -Infinity)
        inequalities.push({ linear: scaled.map((value) => -value), matrix: null, limit: -low / unit });
    }
  }
  for (const { matrix, limit } of quadratic) {
    if (!(limit > 0)) return null;
    inequalities.push({ linear: null, matrix: scaledBy(matrix, 1 / limit), limit: 1 });
  }
  const independent = independentOf(equalities);
  return independent === null ? null : { equalities: independent, inequalities };
}

function scaledBy({ size, cells }: Square, factor: number): Square {
  return { size, cells: cells.map((value) => value * factor) };
}

/** Those that say something that the ones before do not; null when two contradict. */
function independentOf(equalities: readonly Equality[]): Equality[] | null {
  const kept: Equality[] = [];
  for (const { coefficients, value } of equalities) {
    const rest = coefficients.slice();
    let left = value;
    for (const one of kept) {
      const share = dot(one.coefficients, rest);
      one.coefficients.forEach((other, i) => (rest[i] = (rest[i] ?? 0) - share * other));
      left -= share * one.value;
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9) kept.push({ coefficients: rest.map((one) => one / length), value: left / length });
    else if (Math.abs(left) > 1e-6) return null;
  }
  return kept;
}

/** How far an inequality is from its limit: below 0 it holds. */
export function excess({ linear, matrix, limit }: Inequality, x: Float64Array): number {
  return (linear === null ? 0 : dot(linear, x)) + (matrix === null ? 0 : dot(x, times(matrix, x))) - limit;
}

/** Bounds of each weight as constraints. */
export function boundsOf(lower: Float64Array, upper: Float64Array): Linear[] {
  return Array.from(lower, (low, i): Linear => {
    const coefficients = new Float64Array(lower.length);
    coefficients[i] = 1;
    return { coefficients, low, high: upper[i] ?? Infinity };
  });
}
