import { minimize } from './barrier.ts';
import { leastVariance, mostOf } from './goals.ts';
import { parity } from './parity.ts';
import type { Parity } from './parity.ts';
import { rulesOf } from './problem.ts';
import type { Feasible, Rules } from './problem.ts';
import { bestRatio } from './sharpe.ts';
import type { Sharpe } from './sharpe.ts';
import type { Square } from './vectors.ts';

/** What weights are to be best at. Profits and risk are of one length of time. */
export type Target =
  | { readonly kind: 'variance'; readonly risk: Square; readonly pull: Float64Array }
  | { readonly kind: 'value'; readonly values: Float64Array }
  | Sharpe
  | Parity;

/** The best weights, or why there are none. */
export type Solution = { readonly weights: Float64Array } | { readonly problem: string };

const IMPOSSIBLE = 'no weights satisfy all constraints and bounds: loosen some';

export function solve(target: Target, feasible: Feasible, tolerance: number): Solution {
  const rules = rulesOf(feasible);
  if (rules === null) return { problem: IMPOSSIBLE };
  const found = weightsFor(target, feasible, rules, tolerance);
  if (found === null) return { problem: IMPOSSIBLE };
  return found instanceof Float64Array ? { weights: cleaned(found, feasible) } : found;
}

function weightsFor(
  target: Target,
  feasible: Feasible,
  rules: Rules,
  tolerance: number,
): Float64Array | { readonly problem: string } | null {
  const size = feasible.lower.length;
  switch (target.kind) {
    case 'variance':
      return minimize(leastVariance(target.risk, target.pull), rules, size, tolerance);
    case 'value':
      return minimize(mostOf(target.values), rules, size, tolerance);
    case 'sharpe':
      return bestRatio(target, feasible, rules, tolerance);
    case 'parity':
      return parity(target, rules, size, tolerance);
  }
}

/** On its bound, where it is next to it. */
function cleaned(weights: Float64Array, { lower, upper }: Feasible): Float64Array {
  const near = 1e-7;
  return weights.map((weight, i) => {
    const [low, high] = [lower[i] ?? 0, upper[i] ?? 0];
    if (weight < low + near) return low;
    return weight > high - near ? high : weight;
  });
}
