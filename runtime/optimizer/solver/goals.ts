import type { Goal } from './barrier.ts';
import { addMatrix, addOuter, dot, plus, times, zeros } from './vectors.ts';
import type { Square } from './vectors.ts';

/** The greatest sum of the values, each times its weight. */
export function mostOf(values: Float64Array): Goal {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const unit = largest > 0 ? largest : 1;
  const slope = values.map((value) => -value / unit);
  return { value: (x) => dot(slope, x), gradient: () => slope, curvature: () => zeros(values.length) };
}

/** The least `x' matrix x - 2 pull x`: the variance, or with `pull` that of the distance from a benchmark. */
export function leastVariance(matrix: Square, pull: Float64Array): Goal {
  let unit = 0;
  for (let i = 0; i < matrix.size; i += 1) unit = Math.max(unit, matrix.cells[i * matrix.size + i] ?? 0);
  const scale = unit > 0 ? unit : 1;
  const scaled: Square = { size: matrix.size, cells: matrix.cells.map((one) => one / scale) };
  const aim = pull.map((one) => one / scale);
  const twice: Square = { size: scaled.size, cells: scaled.cells.map((one) => 2 * one) };
  return {
    value: (x) => dot(x, times(scaled, x)) - 2 * dot(aim, x),
    gradient: (x) => plus(times(twice, x), aim, -2),
    curvature: () => twice,
  };
}

/** The greatest `profits x - ratio * deviation`, which at the best ratio is `riskFree`. */
export function beyondRatio(matrix: Square, profits: Float64Array, ratio: number): Goal {
  const deviation = (x: Float64Array): number => Math.sqrt(Math.max(dot(x, times(matrix, x)), 1e-18));
  return {
    value: (x) => ratio * deviation(x) - dot(profits, x),
    gradient: (x) => {
      const share = ratio / deviation(x);
      return plus(
        times(matrix, x).map((one) => one * share),
        profits,
        -1,
      );
    },
    curvature: (x) => {
      const out = zeros(matrix.size);
      const size = deviation(x);
      addMatrix(out, matrix, ratio / size);
      addOuter(out, times(matrix, x), -ratio / size ** 3);
      return out;
    },
  };
}

/** How far the shares of the risk are from a budget; the curvature is Gauss and Newton's. */
export function riskShares(matrix: Square, budget: Float64Array): Goal {
  const parts = (x: Float64Array) => {
    const pull = times(matrix, x);
    const whole = Math.max(dot(x, pull), 1e-18);
    const off = x.map((weight, i) => (weight * (pull[i] ?? 0)) / whole - (budget[i] ?? 0));
    return { pull, whole, off };
  };
  /** Derivatives of each share, a line for each. */
  const lines = (x: Float64Array): Float64Array[] => {
    const { pull, whole } = parts(x);
    return Array.from(x, (weight, i) => {
      const row = matrix.cells.subarray(i * matrix.size, (i + 1) * matrix.size);
      const share = (weight * (pull[i] ?? 0)) / whole;
      return row.map((one, j) => {
        const own = i === j ? (pull[i] ?? 0) : 0;
        return (own + weight * one - 2 * share * (pull[j] ?? 0)) / whole;
      });
    });
  };
  return {
    value: (x) => parts(x).off.reduce((sum, one) => sum + one * one, 0),
    gradient: (x) => {
      const { off } = parts(x);
      return lines(x).reduce((sum, line, i) => plus(sum, line, 2 * (off[i] ?? 0)), new Float64Array(x.length));
    },
    curvature: (x) => {
      const out = zeros(matrix.size);
      for (const line of lines(x)) addOuter(out, line, 2);
      return out;
    },
  };
}
