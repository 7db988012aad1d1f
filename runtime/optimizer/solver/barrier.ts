import { excess } from './problem.ts';
import type { Equality, Inequality, Rules } from './problem.ts';
import { addDiagonal, addMatrix, addOuter, dot, plus, solverOf, times, zeros } from './vectors.ts';
import type { Square } from './vectors.ts';

/*
 * An interior-point method: Newton's steps on the goal and a wall of logarithms before each limit, the wall made thinner until what it
 * costs is less than the tolerance. Convex goals end at their least value; others at one that no small step lowers.
 */

/** What is to be made small. `curvature` may be any matrix without negative values that is near the second derivatives. */
export interface Goal {
  value(x: Float64Array): number;
  gradient(x: Float64Array): Float64Array;
  curvature(x: Float64Array): Square;
}

/** How far a limit may be passed where the rules leave no room at all: a feasible set may be a single point. */
const RELAXED = 1e-7;
const STEPS = 80;
const THINNER = 12;

/** The weights at which the goal is least under the rules; null when nothing satisfies them. `tolerance`: of the goal, in its own units. */
export function minimize(goal: Goal, rules: Rules, size: number, tolerance: number): Float64Array | null {
  const start = insideOf(rules, size);
  return start === null ? null : descend(goal, rules, start, tolerance);
}

/** A point at which the rules hold when each limit may be passed by `room`. */
export interface Inside {
  readonly point: Float64Array;
  readonly room: number;
}

export function descend(goal: Goal, rules: Rules, { point, room }: Inside, tolerance: number): Float64Array {
  const walls = rules.inequalities.length;
  let x = point;
  for (let weight = 1; ; weight *= THINNER) {
    x = settle(weighed(goal, weight), rules, x, room);
    if (walls / weight <= tolerance) return x;
  }
}

function weighed(goal: Goal, weight: number): Goal {
  return {
    value: (x) => weight * goal.value(x),
    gradient: (x) => goal.gradient(x).map((one) => weight * one),
    curvature: (x) => {
      const { size, cells } = goal.curvature(x);
      return { size, cells: cells.map((one) => weight * one) };
    },
  };
}

/** Newton's steps to the least value of a goal with its walls. */
function settle(goal: Goal, { equalities, inequalities }: Rules, start: Float64Array, room: number): Float64Array {
  const total = (x: Float64Array): number => {
    let sum = goal.value(x);
    for (const one of inequalities) {
      const left = room - excess(one, x);
      if (!(left > 0)) return Infinity;
      sum -= Math.log(left);
    }
    return sum;
  };
  let x = start;
  for (let step = 0; step < STEPS; step += 1) {
    const slope = goal.gradient(x).slice();
    const bend = goal.curvature(x);
    const matrix = { size: bend.size, cells: bend.cells.slice() };
    for (const one of inequalities) addWall(one, x, room, slope, matrix);
    const move = newtonStep(matrix, slope, equalities);
    const gain = -dot(slope, move);
    if (!(gain > 1e-10)) return x;
    const next = shorten(total, x, move, gain);
    if (next === null) return x;
    x = next;
  }
  return x;
}

function addWall(wall: Inequality, x: Float64Array, room: number, slope: Float64Array, matrix: Square): void {
  const left = room - excess(wall, x);
  const only = wall.matrix === null ? onlyPlace(wall.linear) : -1;
  if (only >= 0) {
    const value = wall.linear?.[only] ?? 0;
    slope[only] = (slope[only] ?? 0) + value / left;
    addDiagonal(matrix, only, (value / left) ** 2);
    return;
  }
  const normal =
    wall.matrix === null ? (wall.linear ?? new Float64Array(x.length)) : times(wall.matrix, x).map((one) => 2 * one);
  normal.forEach((value, i) => (slope[i] = (slope[i] ?? 0) + value / left));
  addOuter(matrix, normal, 1 / left ** 2);
  if (wall.matrix !== null) addMatrix(matrix, wall.matrix, 2 / left);
}

/** The place of the only number that is not 0, for bounds; -1 when there are several. */
function onlyPlace(linear: Float64Array | null): number {
  if (linear === null) return -1;
  const place = linear.findIndex((value) => value !== 0);
  return linear.findLastIndex((value) => value !== 0) === place ? place : -1;
}

/** The step to the least value of the quadratic model that keeps the equalities. */
function newtonStep(matrix: Square, slope: Float64Array, equalities: readonly Equality[]): Float64Array {
  const solve = solverOf(matrix);
  const free = solve(slope.map((one) => -one));
  if (equalities.length === 0) return free;
  const pulls = equalities.map(({ coefficients }) => solve(coefficients));
  const between = zeros(equalities.length);
  equalities.forEach(({ coefficients }, i) => {
    pulls.forEach((pull, j) => (between.cells[i * between.size + j] = dot(coefficients, pull)));
  });
  const prices = solverOf(between)(Float64Array.from(equalities, ({ coefficients }) => dot(coefficients, free)));
  return pulls.reduce((move, pull, i) => plus(move, pull, -(prices[i] ?? 0)), free);
}

/** The longest step that lowers the total as much as its slope promises in part; null when none does. */
function shorten(
  total: (x: Float64Array) => number,
  x: Float64Array,
  move: Float64Array,
  gain: number,
): Float64Array | null {
  const now = total(x);
  // Below this nothing can be told of two totals.
  const noise = 1e-13 * Math.abs(now);
  for (let length = 1; length > 1e-12; length /= 2) {
    const next = plus(x, move, length);
    if (total(next) <= now - 0.1 * length * gain + noise) return next;
  }
  return null;
}

/** A point at which all rules hold, with room to spare where there is any; null when there is none. */
export function insideOf(rules: Rules, size: number): Inside | null {
  const { equalities, inequalities } = rules;
  let nearest = new Float64Array(size);
  for (const { coefficients, value } of equalities)
    nearest = Float64Array.from(plus(nearest, coefficients, value - dot(coefficients, nearest)));
  // One more unknown: by how much the worst limit is passed.
  const wide = (x: Float64Array, last: number): Float64Array => Float64Array.of(...x, last);
  const lifted: Rules = {
    equalities: equalities.map(({ coefficients, value }) => ({ coefficients: wide(coefficients, 0), value })),
    inequalities: [
      ...inequalities.map((one) => lift(one, size)),
      // It need not be passed by less than nothing for ever.
      { linear: wide(new Float64Array(size), -1), matrix: null, limit: 1 },
    ],
  };
  const worst = Math.max(0, ...inequalities.map((one) => excess(one, nearest)));
  let x = wide(nearest, worst + 1);
  const passed: Goal = {
    value: (at) => at[size] ?? 0,
    gradient: () => wide(new Float64Array(size), 1),
    curvature: () => zeros(size + 1),
  };
  for (let weight = 1; ; weight *= THINNER) {
    x = settle(weighed(passed, weight), lifted, x, 0);
    const least = x[size] ?? Infinity;
    const point = x.slice(0, size);
    if (least < -1e-4) return { point, room: 0 };
    if (lifted.inequalities.length / weight > RELAXED / 4) continue;
    if (least < -RELAXED) return { point, room: 0 };
    return least < RELAXED / 2 ? { point, room: RELAXED } : null;
  }
}

/** `f(x) - last <= 0`. */
function lift({ linear, matrix, limit }: Inequality, size: number): Inequality {
  const wide = new Float64Array(size + 1);
  if (linear !== null) wide.set(linear);
  wide[size] = -1;
  if (matrix === null) return { linear: wide, matrix: null, limit };
  const lifted = zeros(size + 1);
  for (let i = 0; i < size; i += 1) lifted.cells.set(matrix.cells.subarray(i * size, (i + 1) * size), i * (size + 1));
  return { linear: wide, matrix: lifted, limit };
}
