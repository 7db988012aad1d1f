import { afterGaps, at, gaps, isZero, mapped } from './real.ts';
import type { Real } from './real.ts';

/** The mean of the last n values. */
export function sma(x: Real, n: number): Real {
  return sum(x, n).map((total) => total / n);
}

/** The sum of the last n values. */
export function sum(x: Real, n: number): Real {
  const out = gaps(x.length);
  let total = 0;
  for (let i = 0; i < x.length; i += 1) {
    total += at(x, i);
    if (i < n - 1) continue;
    out[i] = total;
    total -= at(x, i - n + 1);
  }
  return out;
}

/** Exponential, seeded at `start` with the mean of the n values that end there. */
export function ema(x: Real, n: number, start = n - 1, k = 2 / (n + 1)): Real {
  const out = gaps(x.length);
  if (x.length <= start) return out;
  let last = 0;
  for (let i = start - n + 1; i <= start; i += 1) last += at(x, i);
  last /= n;
  out[start] = last;
  for (let i = start + 1; i < x.length; i += 1) {
    last += (at(x, i) - last) * k;
    out[i] = last;
  }
  return out;
}

/** Weights 1 … n, the last value's is the largest. */
export function wma(x: Real, n: number): Real {
  const out = gaps(x.length);
  const weights = (n * (n + 1)) / 2;
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < x.length; i += 1) {
    total += at(x, i);
    weighted += at(x, i) * Math.min(i + 1, n);
    if (i < n - 1) continue;
    out[i] = weighted / weights;
    weighted -= total;
    total -= at(x, i - n + 1);
  }
  return out;
}

export function dema(x: Real, n: number): Real {
  const one = ema(x, n);
  const two = afterGaps(one, (y) => ema(y, n));
  return mapped([one, two], (a, b) => 2 * a - b);
}

export function tema(x: Real, n: number): Real {
  const one = ema(x, n);
  const two = afterGaps(one, (y) => ema(y, n));
  const three = afterGaps(two, (y) => ema(y, n));
  return mapped([one, two, three], (a, b, c) => c + (3 * a - 3 * b));
}

/** Weights rise to the middle and fall again: a mean of means. */
export function trima(x: Real, n: number): Real {
  const [inner, outer] = n % 2 === 1 ? [(n + 1) / 2, (n + 1) / 2] : [n / 2, n / 2 + 1];
  return afterGaps(sma(x, inner), (y) => sma(y, outer));
}

/** Kaufman's: as fast as two days where the price goes straight, as slow as thirty where it wavers. */
export function kama(x: Real, n: number): Real {
  const out = gaps(x.length);
  if (x.length <= n) return out;
  const slowest = 2 / (30 + 1);
  const span = 2 / (2 + 1) - slowest;
  let way = 0;
  for (let i = 1; i < n; i += 1) way += Math.abs(at(x, i) - at(x, i - 1));
  let last = at(x, n - 1);
  for (let i = n; i < x.length; i += 1) {
    way += Math.abs(at(x, i) - at(x, i - 1));
    const change = at(x, i) - at(x, i - n);
    const efficiency = way <= change || isZero(way) ? 1 : Math.abs(change / way);
    const step = (efficiency * span + slowest) ** 2;
    last += (at(x, i) - last) * step;
    out[i] = last;
    way -= Math.abs(at(x, i - n + 1) - at(x, i - n));
  }
  return out;
}

/** Tillson's: six exponential averages with a volume factor v. */
export function t3(x: Real, n: number, v: number): Real {
  const averages: Real[] = [x];
  for (let i = 0; i < 6; i += 1) averages.push(afterGaps(averages[i] ?? x, (y) => ema(y, n)));
  const [, , , e3 = x, e4 = x, e5 = x, e6 = x] = averages;
  const c1 = -(v ** 3);
  const c2 = 3 * (v ** 2 - c1);
  const c3 = -6 * v ** 2 - 3 * (v - c1);
  const c4 = 1 + 3 * v - c1 + 3 * v ** 2;
  return mapped([e3, e4, e5, e6], (a, b, c, d) => c1 * d + c2 * c + c3 * b + c4 * a);
}
