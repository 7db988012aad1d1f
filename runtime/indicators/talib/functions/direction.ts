import { at, gaps, isZero, mapped } from './real.ts';
import type { Real } from './real.ts';

/** The day's range with the gap from yesterday's close; the first day has none. */
export function trueRange(high: Real, low: Real, close: Real): Real {
  const out = gaps(close.length);
  for (let i = 1; i < close.length; i += 1) {
    const before = at(close, i - 1);
    out[i] = Math.max(at(high, i) - at(low, i), Math.abs(before - at(high, i)), Math.abs(before - at(low, i)));
  }
  return out;
}

export function atr(high: Real, low: Real, close: Real, n: number): Real {
  const range = trueRange(high, low, close);
  const out = gaps(close.length);
  let last = 0;
  for (let i = 1; i < close.length; i += 1) {
    last = i <= n ? last + at(range, i) / n : (last * (n - 1) + at(range, i)) / n;
    if (i >= n) out[i] = last;
  }
  return out;
}

/** In percent of the close; of one day it is the range itself, as TA-Lib has it. */
export function natr(high: Real, low: Real, close: Real, n: number): Real {
  if (n <= 1) return trueRange(high, low, close);
  return mapped([atr(high, low, close, n), close], (range, price) => (isZero(price) ? 0 : (range / price) * 100));
}

/** How far the day went beyond yesterday's range, upwards (1) or downwards (-1); 0 when it went further the other way. */
function movement(high: Real, low: Real, side: 1 | -1): Real {
  const out = gaps(high.length);
  for (let i = 1; i < high.length; i += 1) {
    const up = at(high, i) - at(high, i - 1);
    const down = at(low, i - 1) - at(low, i);
    const [own, other] = side === 1 ? [up, down] : [down, up];
    out[i] = Number.isNaN(own + other) ? NaN : own > 0 && own > other ? own : 0;
  }
  return out;
}

/** Wilder's running sum: the first n - 1 as they are, then each day loses an n-th and gains the new one. */
function wilderSum(x: Real, n: number): Real {
  const out = gaps(x.length);
  let last = 0;
  for (let i = 1; i < x.length; i += 1) {
    last = i < n ? last + at(x, i) : last - last / n + at(x, i);
    if (i >= n - 1) out[i] = last;
  }
  return out;
}

export function directionalMovement(high: Real, low: Real, n: number, side: 1 | -1): Real {
  return n <= 1 ? movement(high, low, side) : wilderSum(movement(high, low, side), n);
}

/** The movement of n days in percent of their true range. */
export function directionalIndex(high: Real, low: Real, close: Real, n: number, side: 1 | -1): Real {
  const range = trueRange(high, low, close);
  const sums =
    n <= 1 ? [movement(high, low, side), range] : [wilderSum(movement(high, low, side), n), wilderSum(range, n)];
  const scale = n <= 1 ? 1 : 100;
  const out = mapped(sums, (move, size) => (isZero(size) ? 0 : scale * (move / size)));
  return out.fill(NaN, 0, Math.min(n, out.length));
}

/** Distance of the two indices in percent of their sum; where there is no movement at all NaN stands after the start. */
function rawDx(high: Real, low: Real, close: Real, n: number): Real {
  const scale = n <= 1 ? 100 : 1;
  const plus = directionalIndex(high, low, close, n, 1).map((value) => value * scale);
  const minus = directionalIndex(high, low, close, n, -1).map((value) => value * scale);
  return mapped([plus, minus], (a, b) => (isZero(a + b) ? NaN : (100 * Math.abs(a - b)) / (a + b)));
}

/** Days without movement keep the value before; the first one is 0. */
export function dx(high: Real, low: Real, close: Real, n: number): Real {
  const raw = rawDx(high, low, close, n);
  const out = gaps(raw.length);
  for (let i = n; i < raw.length; i += 1) {
    out[i] = Number.isNaN(at(raw, i)) ? (i === n ? 0 : at(out, i - 1)) : at(raw, i);
  }
  return out;
}

export function adx(high: Real, low: Real, close: Real, n: number): Real {
  const raw = rawDx(high, low, close, n);
  const out = gaps(raw.length);
  let last = 0;
  for (let i = n; i < raw.length; i += 1) {
    const value = at(raw, i);
    if (!Number.isNaN(value)) last = i < 2 * n ? last + value / n : (last * (n - 1) + value) / n;
    if (i >= 2 * n - 1) out[i] = last;
  }
  return out;
}

export function adxr(high: Real, low: Real, close: Real, n: number): Real {
  const index = adx(high, low, close, n);
  return index.map((value, i) => (value + at(index, i - n + 1)) / 2);
}
