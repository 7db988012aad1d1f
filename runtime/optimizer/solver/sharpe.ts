import { descend, insideOf, minimize } from './barrier.ts';
import { beyondRatio, leastVariance, mostOf } from './goals.ts';
import { boundsOf, rulesOf } from './problem.ts';
import type { Feasible, Linear, Rules } from './problem.ts';
import { dot, times, zeros } from './vectors.ts';
import type { Square } from './vectors.ts';

export interface Sharpe {
  readonly kind: 'sharpe';
  readonly risk: Square;
  readonly profits: Float64Array;
  readonly riskFree: number;
  /** What the weights add up to; the rules say it too. */
  readonly sum: number;
}

interface Problem {
  readonly problem: string;
}

const LOSS: Problem = { problem: 'no weights earned more than the risk-free rate: the ratio says nothing then' };

/** What is earned in a year when nothing is. */
const NOTHING = 1e-9;

/** The weights with the greatest ratio of what they earn beyond the risk-free rate to their deviation; null when nothing satisfies the rules. */
export function bestRatio(
  target: Sharpe,
  feasible: Feasible,
  rules: Rules,
  tolerance: number,
): Float64Array | Problem | null {
  const { profits, riskFree, sum } = target;
  const earned = profits.map((profit) => profit - riskFree / sum);
  const inside = insideOf(rules, profits.length);
  if (inside === null) return null;
  const richer = (fine: number): Float64Array => descend(mostOf(earned), rules, inside, fine);
  // Roughly first: it must only be somewhere where something is earned.
  const rough = richer(1e-2);
  const start = dot(earned, rough) > NOTHING ? rough : richer(tolerance);
  if (!(dot(earned, start) > NOTHING)) return LOSS;
  return feasible.quadratic.length === 0 && inside.room === 0
    ? amongMultiples(target, earned, feasible, start, tolerance)
    : byRounds(target, rules, start, tolerance);
}

/**
 * The ratio is that of any multiple of the weights: the least risk among those that earn what the start does beyond the risk-free
 * rate. One more unknown is the multiple, which turns each limit into one through zero.
 */
function amongMultiples(
  { risk, sum }: Sharpe,
  earned: Float64Array,
  { lower, upper, linear }: Feasible,
  start: Float64Array,
  tolerance: number,
): Float64Array {
  const size = earned.length;
  const profit = dot(earned, start);
  const wide = (coefficients: Float64Array, last: number): Float64Array => Float64Array.of(...coefficients, last);
  const through = (coefficients: Float64Array, low: number, high: number): Linear => ({ coefficients, low, high });
  const limits = [...boundsOf(lower, upper), ...linear].flatMap(({ coefficients, low, high }): Linear[] => {
    if (low === high) return [through(wide(coefficients, -high), 0, 0)];
    return [
      ...(high < Infinity ? [through(wide(coefficients, -high), -Infinity, 0)] : []),
      ...(low > -Infinity ? [through(wide(coefficients, -low), 0, Infinity)] : []),
    ];
  });
  const whole = through(wide(new Float64Array(size).fill(1), -sum), 0, 0);
  const free = new Float64Array(size + 1);
  const rules = rulesOf({
    lower: free.map(() => -Infinity),
    upper: free.map(() => Infinity),
    linear: [...limits, whole, through(wide(earned, 0), profit, profit)],
    quadratic: [],
  });
  const larger = zeros(size + 1);
  for (let i = 0; i < size; i += 1) larger.cells.set(risk.cells.subarray(i * size, (i + 1) * size), i * (size + 1));
  const point = wide(start, 1);
  const found = rules === null ? point : descend(leastVariance(larger, free), rules, { point, room: 0 }, tolerance);
  const weights = found.slice(0, size);
  const multiple = weights.reduce((all, weight) => all + weight, 0) / sum;
  return weights.map((weight) => weight / multiple);
}

const ROUNDS = 40;

/** With a limit on the deviation: the weights that go furthest beyond the last ratio, until it rises no more. */
function byRounds(
  { risk, profits, riskFree }: Sharpe,
  rules: Rules,
  start: Float64Array,
  tolerance: number,
): Float64Array {
  const ratioOf = (x: Float64Array): number =>
    (dot(profits, x) - riskFree) / Math.sqrt(Math.max(dot(x, times(risk, x)), 1e-18));
  let best = start;
  for (let round = 0; round < ROUNDS; round += 1) {
    const ratio = ratioOf(best);
    const next = minimize(beyondRatio(risk, profits, ratio), rules, profits.length, tolerance / 100);
    if (next === null || !(ratioOf(next) > ratio)) return best;
    const rose = ratioOf(next) > ratio * (1 + 1e-10);
    best = next;
    if (!rose) return best;
  }
  return best;
}
