import { ma } from './ma-types.ts';
import { at, firstValue, gaps, isZero, mapped } from './real.ts';
import type { Real } from './real.ts';

/** Variance of the last n values, over n. */
export function variance(x: Real, n: number): Real {
  const out = gaps(x.length);
  let total = 0;
  let squares = 0;
  for (let i = 0; i < x.length; i += 1) {
    total += at(x, i);
    squares += at(x, i) * at(x, i);
    if (i < n - 1) continue;
    const mean = total / n;
    out[i] = squares / n - mean * mean;
    total -= at(x, i - n + 1);
    squares -= at(x, i - n + 1) * at(x, i - n + 1);
  }
  return out;
}

export function stddev(x: Real, n: number, deviations: number): Real {
  return variance(x, n).map((value) => (value > 0 && !isZero(value) ? Math.sqrt(value) * deviations : value - value));
}

/** Upper, middle and lower band. */
export function bbands(x: Real, n: number, up: number, down: number, type: number): readonly Real[] {
  const middle = ma(x, n, type);
  // TA-Lib begins its sums where the average begins.
  const from = Math.max(0, firstValue(middle) - n + 1);
  const deviation = gaps(x.length);
  deviation.set(stddev(x.subarray(from), n, 1), Math.min(from, x.length));
  return [
    mapped([middle, deviation], (m, d) => m + d * up),
    middle,
    mapped([middle, deviation], (m, d) => m - d * down),
  ];
}

/** Correlation of the last n pairs; 0 where one of them does not move. */
export function correl(x: Real, y: Real, n: number): Real {
  const sums = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  const add = (i: number, sign: number): void => {
    const a = at(x, i);
    const b = at(y, i);
    sums.x += sign * a;
    sums.y += sign * b;
    sums.xx += sign * a * a;
    sums.yy += sign * b * b;
    sums.xy += sign * a * b;
  };
  const out = gaps(x.length);
  for (let i = 0; i < x.length; i += 1) {
    add(i, 1);
    if (i < n - 1) continue;
    const spread = (sums.xx - sums.x ** 2 / n) * (sums.yy - sums.y ** 2 / n);
    out[i] = Number.isNaN(spread) ? NaN : spread < 1e-14 ? 0 : (sums.xy - (sums.x * sums.y) / n) / Math.sqrt(spread);
    add(i - n + 1, -1);
  }
  return out;
}

/** How much y's daily changes follow x's, over the last n changes. */
export function beta(x: Real, y: Real, n: number): Real {
  const change = (of: Real, i: number): number => {
    const before = at(of, i - 1);
    return isZero(before) ? 0 : (at(of, i) - before) / before;
  };
  const out = gaps(x.length);
  for (let i = n; i < x.length; i += 1) {
    const sums = { x: 0, y: 0, xx: 0, xy: 0 };
    for (let j = i - n + 1; j <= i; j += 1) {
      const a = change(x, j);
      const b = change(y, j);
      sums.x += a;
      sums.y += b;
      sums.xx += a * a;
      sums.xy += a * b;
    }
    const below = n * sums.xx - sums.x ** 2;
    out[i] = isZero(below) ? 0 : (n * sums.xy - sums.x * sums.y) / below;
  }
  return out;
}

/** The line through the last n values, as `f(slope, value at its first place)`. */
export function regression(x: Real, n: number, f: (slope: number, first: number) => number): Real {
  const places = (n * (n - 1)) / 2;
  const squares = (n * (n - 1) * (2 * n - 1)) / 6;
  const divisor = places ** 2 - n * squares;
  const out = gaps(x.length);
  for (let i = n - 1; i < x.length; i += 1) {
    let total = 0;
    let weighted = 0;
    for (let back = 0; back < n; back += 1) {
      total += at(x, i - back);
      weighted += back * at(x, i - back);
    }
    const slope = (n * weighted - places * total) / divisor;
    out[i] = f(slope, (total - slope * places) / n);
  }
  return out;
}
