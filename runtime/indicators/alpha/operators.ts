/*
 * The functions of WorldQuant's formulas as JoinQuant's documentation of alpha101 describes them, on the values of one window (oldest
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
  return x.reduce((total, value) => total + value, 0);
}

export function product(x: Float64Array): number {
  return x.reduce((total, value) => total * value, 1);
}

export function tsMin(x: Float64Array): number {
  return x.reduce((least, value) => Math.min(least, value), Infinity);
}

export function tsMax(x: Float64Array): number {
  return x.reduce((most, value) => Math.max(most, value), -Infinity);
}

/** On which day of the window, the oldest is the first; of several the oldest. */
export function tsArgMin(x: Float64Array): number {
  return x.indexOf(tsMin(x)) + 1;
}

export function tsArgMax(x: Float64Array): number {
  return x.indexOf(tsMax(x)) + 1;
}

/** The place of the youngest value in its window, as a share of the days; equal ones share the mean place. */
export function tsRank(x: Float64Array): number {
  const last = x.at(-1) ?? Number.NaN;
  const below = x.reduce((count, value) => count + Number(value < last), 0);
  const equal = x.reduce((count, value) => count + Number(value === last), 0);
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
  if (x.every((value) => value === x[0]) || y.every((value) => value === y[0])) return x.length < 2 ? Number.NaN : 0;
  const [mean, other] = [sum(x) / x.length, sum(y) / y.length];
  return x.reduce((total, value, i) => total + (value - mean) * ((y[i] ?? Number.NaN) - other), 0);
}

/** A mean in which the oldest value counts n times, the youngest once: so JoinQuant describes it. */
export function decayLinear(x: Float64Array): number {
  const n = x.length;
  return x.reduce((total, value, i) => total + value * (n - i), 0) / ((n * (n + 1)) / 2);
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
  '==': (a, b) => told(a === b, a, b),
  '||': (a, b) => told(a === 1 || b === 1, a, b),
  min: (a, b) => (Number.isNaN(a + b) ? Number.NaN : Math.min(a, b)),
  max: (a, b) => (Number.isNaN(a + b) ? Number.NaN : Math.max(a, b)),
  signedpower: power,
};

/** 1 or 0; missing when what it is told of is missing. */
function told(holds: boolean, a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Number(holds);
}
