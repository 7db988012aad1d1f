/*
 * The functions of the formulas as JoinQuant's documentation of alpha101 and alpha191 describes them, on the values of one window (oldest
 * first, none missing) or of one day (a value for each security, NaN = missing).
 */

/** Places among those that have a value, as a share of their number; equal ones share the mean place. */
export function rank(line: Float64Array): Float64Array {
  const order = Array.from(line.keys()).filter((i) => !Number.isNaN(line[i] ?? Number.NaN));
  order.sort((a, b) => compare(line[a] ?? 0, line[b] ?? 0));
  const out = new Float64Array(line.length).fill(Number.NaN);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const value = line[order[from] ?? 0];
    while (to < order.length && line[order[to] ?? 0] === value) to += 1;
    for (const i of order.slice(from, to)) out[i] = (from + to + 1) / 2 / order.length;
  }
  return out;
}

/** Infinities of one sign are equal: their difference is no number. */
function compare(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}

/** In proportion, so that the distances from zero add up to `to`. */
export function scale(line: Float64Array, to: number): Float64Array {
  const whole = line.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + Math.abs(value)), 0);
  return line.map((value) => (value * to) / whole);
}

/** What is left when the mean of the group is taken away; missing where there is no group. */
export function indneutralize(line: Float64Array, groups: readonly (string | null)[]): Float64Array {
  const sums = new Map<string, { sum: number; count: number }>();
  line.forEach((value, i) => {
    const group = groups[i] ?? null;
    if (group === null || Number.isNaN(value)) return;
    const known = sums.get(group) ?? { sum: 0, count: 0 };
    sums.set(group, { sum: known.sum + value, count: known.count + 1 });
  });
  return line.map((value, i) => {
    const known = sums.get(groups[i] ?? '');
    return known === undefined || (groups[i] ?? null) === null ? Number.NaN : value - known.sum / known.count;
  });
}

export function sum(x: Float64Array): number {
  let total = 0;
  for (const value of x) total += value;
  return total;
}

export function mean(x: Float64Array): number {
  return sum(x) / x.length;
}

export function product(x: Float64Array): number {
  return x.reduce((total, value) => total * value, 1);
}

export function tsMin(x: Float64Array): number {
  let least = Infinity;
  for (const value of x) least = Math.min(least, value);
  return least;
}

export function tsMax(x: Float64Array): number {
  let most = -Infinity;
  for (const value of x) most = Math.max(most, value);
  return most;
}

/** On which day of the window, the oldest is the first; of several the oldest. */
export function tsArgMin(x: Float64Array): number {
  return x.indexOf(tsMin(x)) + 1;
}

export function tsArgMax(x: Float64Array): number {
  return x.indexOf(tsMax(x)) + 1;
}

/** How many days ago; the last day of the window is 0. Of several the oldest. */
export function highDay(x: Float64Array): number {
  return x.length - tsArgMax(x);
}

export function lowDay(x: Float64Array): number {
  return x.length - tsArgMin(x);
}

/** The place of the youngest value in its window, as a share of the days; equal ones share the mean place. */
export function tsRank(x: Float64Array): number {
  const last = x.at(-1) ?? Number.NaN;
  let [below, equal] = [0, 0];
  for (const value of x) {
    below += Number(value < last);
    equal += Number(value === last);
  }
  return (below + (equal + 1) / 2) / x.length;
}

/** Of a sample: over n - 1. */
export function stddev(x: Float64Array): number {
  return Math.sqrt(covariance(x, x));
}

export function covariance(x: Float64Array, y: Float64Array): number {
  return together(x, y) / (x.length - 1);
}

/** Missing where one of the two does not move. */
export function correlation(x: Float64Array, y: Float64Array): number {
  const root = Math.sqrt(together(x, x) * together(y, y));
  return root > 0 ? Math.max(-1, Math.min(1, together(x, y) / root)) : Number.NaN;
}

/** The sum of the products of the distances from the means. */
function together(x: Float64Array, y: Float64Array): number {
  if (stands(x) || stands(y)) return x.length < 2 ? Number.NaN : 0;
  const [middle, other] = [mean(x), mean(y)];
  let total = 0;
  for (let i = 0; i < x.length; i += 1) total += ((x[i] ?? 0) - middle) * ((y[i] ?? 0) - other);
  return total;
}

/** Whether all values are the same. */
function stands(x: Float64Array): boolean {
  for (const value of x) if (value !== x[0]) return false;
  return true;
}

/** How much `y` moves with `x`: missing where `x` stands still. */
export function regBeta(y: Float64Array, x: Float64Array): number {
  return together(x, y) / together(x, x);
}

/** The same of the days of which a statement holds. */
export function regBetaWhere(y: Float64Array, x: Float64Array, holds: Float64Array): number {
  const kept = (one: Float64Array): Float64Array => one.filter((_, i) => holds[i] === 1);
  return regBeta(kept(y), kept(x));
}

/** alpha101: a mean in which the oldest value counts n times, the youngest once: so JoinQuant describes it. */
export function decayLinear(x: Float64Array): number {
  return weighted(x, (age) => age + 1);
}

/** alpha191: a mean in which the youngest value counts n times, the oldest once. */
export function decayLinear191(x: Float64Array): number {
  return weighted(x, (age) => x.length - age);
}

/** A mean in which each day counts 0.9 times the next. */
export function wma(x: Float64Array): number {
  return weighted(x, (age) => 0.9 ** age);
}

function weighted(x: Float64Array, weight: (age: number) => number): number {
  let [total, weights] = [0, 0];
  for (let i = 0; i < x.length; i += 1) {
    const one = weight(x.length - 1 - i);
    total += (x[i] ?? 0) * one;
    weights += one;
  }
  return total / weights;
}

/**
 * Of each day m times its value and n - m times the result of the day before, through n; it begins with the first value. A day without a
 * value (an infinity is none) has none, and what lies before it counts less after it for each such day, as in pandas'
 * `ewm(alpha=m/n, adjust=False)`.
 */
export function sma(x: Float64Array, n: number, m: number): Float64Array {
  let [last, weight] = [Number.NaN, 1];
  return x.map((value) => {
    weight *= 1 - m / n;
    if (!Number.isFinite(value)) return Number.NaN;
    last = Number.isNaN(last) ? value : (last * weight + value * (m / n)) / (weight + m / n);
    weight = 1;
    return last;
  });
}

/** Of base and exponent, as JoinQuant's signedpower and the paper's `^`. */
export function power(x: number, exponent: number): number {
  return x ** exponent;
}

export const PLAIN: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': power,
  '<': (a, b) => told(a < b, a, b),
  '<=': (a, b) => told(a <= b, a, b),
  '>': (a, b) => told(a > b, a, b),
  '>=': (a, b) => told(a >= b, a, b),
  '==': (a, b) => told(a === b, a, b),
  '||': (a, b) => told(a === 1 || b === 1, a, b),
  '&&': (a, b) => told(a === 1 && b === 1, a, b),
  min: (a, b) => (Number.isNaN(a + b) ? Number.NaN : Math.min(a, b)),
  max: (a, b) => (Number.isNaN(a + b) ? Number.NaN : Math.max(a, b)),
  signedpower: power,
};

/** 1 or 0; missing when what it is told of is missing. */
function told(holds: boolean, a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Number(holds);
}
