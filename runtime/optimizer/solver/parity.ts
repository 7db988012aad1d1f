import { descend, insideOf } from './barrier.ts';
import { riskShares } from './goals.ts';
import { excess } from './problem.ts';
import type { Rules } from './problem.ts';
import { addDiagonal, dot, solverOf, times } from './vectors.ts';
import type { Square } from './vectors.ts';

export interface Parity {
  readonly kind: 'parity';
  readonly risk: Square;
  /** Shares of the risk, above 0, that add up to 1. */
  readonly budget: Float64Array;
}
/** Shares of the risk do not depend on the sum of the weights: it is as large as the rules allow. */
export function parity({ risk, budget }: Parity, rules: Rules, size: number, tolerance: number): Float64Array | null {
  const exact = exactParity(risk, budget);
  const longest = exact === null ? null : stretched(exact, rules);
  if (longest !== null) return longest;
  const start = insideOf(rules, size);
  if (start === null) return null;
  const found = descend(riskShares(risk, budget), rules, start, tolerance);
  return stretched(found, rules) ?? found;
}

/** Weights with exactly these shares of the risk, whatever the rules: the least `x' risk x / 2 - budget * log(x)`. */
function exactParity(risk: Square, budget: Float64Array): Float64Array | null {
  let x = budget.map((share, i) => Math.sqrt(share / (risk.cells[i * risk.size + i] ?? 1)));
  if (!x.every((weight) => Number.isFinite(weight) && weight > 0)) return null;
  for (let step = 0; step < 200; step += 1) {
    const pull = times(risk, x);
    const slope = x.map((weight, i) => (pull[i] ?? 0) - (budget[i] ?? 0) / weight);
    const matrix = { size: risk.size, cells: risk.cells.slice() };
    x.forEach((weight, i) => addDiagonal(matrix, i, (budget[i] ?? 0) / weight ** 2));
    const move = solverOf(matrix)(slope.map((one) => -one));
    const gain = -dot(slope, move);
    if (gain < 1e-22) return x;
    // Self-concordant: this length is always inside and lowers the value.
    const length = gain < 0.01 ? 1 : 1 / (1 + Math.sqrt(gain / Math.min(...budget)));
    x = x.map((weight, i) => Math.max(weight + length * (move[i] ?? 0), weight / 10));
  }
  return x;
}

/** The longest multiple of the weights that the rules allow; null when there is none. */
function stretched(x: Float64Array, { equalities, inequalities }: Rules): Float64Array | null {
  const near = 1e-9;
  let [low, high] = [0, Infinity];
  for (const { coefficients, value } of equalities) {
    const along = dot(coefficients, x);
    if (Math.abs(along) < near) {
      if (Math.abs(value) > near) return null;
      continue;
    }
    [low, high] = [Math.max(low, value / along), Math.min(high, value / along)];
  }
  for (const one of inequalities) {
    const along = one.linear === null ? 0 : dot(one.linear, x);
    if (one.matrix !== null) high = Math.min(high, Math.sqrt(one.limit / dot(x, times(one.matrix, x))));
    else if (along > 0) high = Math.min(high, one.limit / along);
    else if (along < 0) low = Math.max(low, one.limit / along);
  }
  if (!Number.isFinite(high) || low > high * (1 + near)) return null;
  const out = x.map((weight) => weight * high);
  return inequalities.every((one) => excess(one, out) < 1e-7) ? out : null;
}
