import { at, gaps } from './real.ts';
import type { Real } from './real.ts';

/** Accumulation and distribution from the first day on. */
export function ad(high: Real, low: Real, close: Real, volume: Real): Real {
  const out = gaps(close.length);
  let total = 0;
  for (let i = 0; i < close.length; i += 1) {
    const range = at(high, i) - at(low, i);
    const own = at(close, i) - at(low, i) - (at(high, i) - at(close, i));
    if (!(range <= 0)) total += (own / range) * at(volume, i);
    out[i] = total;
  }
  return out;
}

/** Difference of two exponential averages of it, both seeded with the first day. */
export function adOsc(high: Real, low: Real, close: Real, volume: Real, fast: number, slow: number): Real {
  const line = ad(high, low, close, volume);
  const out = gaps(line.length);
  let quick = at(line, 0);
  let lazy = quick;
  for (let i = 0; i < line.length; i += 1) {
    if (i > 0) {
      quick = (2 / (fast + 1)) * at(line, i) + (1 - 2 / (fast + 1)) * quick;
      lazy = (2 / (slow + 1)) * at(line, i) + (1 - 2 / (slow + 1)) * lazy;
    }
    if (i >= Math.max(fast, slow) - 1) out[i] = quick - lazy;
  }
  return out;
}

/** The volume of days that rose less that of days that fell, from the first day on. */
export function obv(close: Real, volume: Real): Real {
  const out = gaps(close.length);
  let total = at(volume, 0);
  for (let i = 0; i < close.length; i += 1) {
    const before = i === 0 ? at(close, 0) : at(close, i - 1);
    if (at(close, i) > before) total += at(volume, i);
    else if (at(close, i) < before) total -= at(volume, i);
    out[i] = total;
  }
  return out;
}

/** Money of days whose typical price rose, in percent of the money of days on which it moved. */
export function mfi(high: Real, low: Real, close: Real, volume: Real, n: number): Real {
  const typical = close.map((price, i) => (at(high, i) + at(low, i) + price) / 3);
  const out = gaps(close.length);
  for (let i = n; i < close.length; i += 1) {
    let rising = 0;
    let falling = 0;
    for (let j = i - n + 1; j <= i; j += 1) {
      const money = at(typical, j) * at(volume, j);
      if (at(typical, j) < at(typical, j - 1)) falling += money;
      else if (!(at(typical, j) <= at(typical, j - 1))) rising += money;
    }
    out[i] = rising + falling < 1 ? 0 : (100 * rising) / (rising + falling);
  }
  return out;
}
