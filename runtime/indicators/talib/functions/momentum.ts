import { ema } from './averages.ts';
import { ma, maOf } from './ma-types.ts';
import { afterGaps, at, gaps, isZero, mapped, withGaps } from './real.ts';
import type { Real } from './real.ts';
import { extremePlaces, withPast } from './windows.ts';

/** Wilder's averages of the last rises and falls, as `f(rise, fall)`; the first after n changes. */
function risesAndFalls(x: Real, n: number, f: (rise: number, fall: number) => number): Real {
  const out = gaps(x.length);
  let rise = 0;
  let fall = 0;
  for (let i = 1; i < x.length; i += 1) {
    const change = at(x, i) - at(x, i - 1);
    const up = change < 0 ? 0 : change;
    const down = change < 0 ? -change : 0;
    if (i <= n) {
      rise += up;
      fall += down;
    } else {
      rise = rise * (n - 1) + up;
      fall = fall * (n - 1) + down;
    }
    if (i < n) continue;
    rise /= n;
    fall /= n;
    out[i] = f(rise, fall);
  }
  return out;
}

export function rsi(x: Real, n: number): Real {
  return risesAndFalls(x, n, (rise, fall) => (isZero(rise + fall) ? 0 : 100 * (rise / (rise + fall))));
}

export function cmo(x: Real, n: number): Real {
  return risesAndFalls(x, n, (rise, fall) => (isZero(rise + fall) ? 0 : 100 * ((rise - fall) / (rise + fall))));
}

/** Line, signal and their difference: averages of any kind. */
export function macdExt(x: Real, fast: Average, slow: Average, signal: Average): readonly Real[] {
  const [quick, lazy] = fast.n <= slow.n ? [fast, slow] : [slow, fast];
  const start = afterLookback(lazy);
  // TA-Lib seeds the fast average where the slow one begins.
  const from = Math.max(0, start - afterLookback(quick));
  const line = mapped([shifted(x, from, quick), ma(x, lazy.n, lazy.type)], (a, b) => a - b);
  return withSignal(line, maOf(line, signal.n, signal.type));
}

export interface Average {
  readonly n: number;
  readonly type: number;
}

function afterLookback({ n, type }: Average): number {
  const probe = ma(new Float64Array(6 * n + 64).fill(1), n, type);
  return probe.findIndex((value) => !Number.isNaN(value));
}

function shifted(x: Real, from: number, { n, type }: Average): Real {
  const out = gaps(x.length);
  if (from < x.length) out.set(ma(x.subarray(from), n, type), from);
  return out;
}

function withSignal(line: Real, signal: Real): readonly Real[] {
  const shown = line.map((value, i) => (Number.isNaN(at(signal, i)) ? NaN : value));
  return [shown, signal, mapped([line, signal], (a, b) => a - b)];
}

/** `fixed`: the factors of 1979, not those of the periods 12 and 26. */
export function macd(x: Real, fast: number, slow: number, signal: number, fixed = false): readonly Real[] {
  const [quick, lazy] = fast <= slow ? [fast, slow] : [slow, fast];
  const one = ema(x, quick, lazy - 1, fixed ? 0.15 : 2 / (quick + 1));
  const two = ema(x, lazy, lazy - 1, fixed ? 0.075 : 2 / (lazy + 1));
  const line = mapped([one, two], (a, b) => a - b);
  return withSignal(
    line,
    afterGaps(line, (y) => ema(y, signal)),
  );
}

/** Difference of two averages, in percent of the slow one when `percent`. */
export function oscillator(x: Real, fast: number, slow: number, type: number, percent: boolean): Real {
  const [quick, lazy] = fast <= slow ? [fast, slow] : [slow, fast];
  return mapped([ma(x, quick, type), ma(x, lazy, type)], (a, b) => {
    if (!percent) return a - b;
    return isZero(b) ? 0 : ((a - b) / b) * 100;
  });
}

export function trix(x: Real, n: number): Real {
  let line = x;
  for (let i = 0; i < 3; i += 1) line = afterGaps(line, (y) => ema(y, n));
  return afterGaps(line, (y) => rateOfChange(y, 1));
}

/** In percent; 0 where the value before was 0. */
export function rateOfChange(x: Real, n: number): Real {
  return withPast(x, n, (now, before) => (before === 0 ? 0 : (now / before - 1) * 100));
}

/** The raw stochastic: where the close stands between the lowest low and the highest high of n days, in percent. */
function rawK(high: Real, low: Real, close: Real, n: number): Real {
  const tops = extremePlaces(high, n, 1);
  const floors = extremePlaces(low, n, -1);
  return close.map((price, i) => {
    const floor = at(low, at(floors, i));
    const range = (at(high, at(tops, i)) - floor) / 100;
    return range === 0 ? 0 : (price - floor) / range;
  });
}

export interface Prices {
  readonly high: Real;
  readonly low: Real;
  readonly close: Real;
}

/** Fast K and its average. */
export function stochF({ high, low, close }: Prices, k: number, d: Average): readonly Real[] {
  const fast = rawK(high, low, close, k);
  const average = maOf(fast, d.n, d.type);
  return [fast.map((value, i) => (Number.isNaN(at(average, i)) ? NaN : value)), average];
}

/** The average of fast K, and the average of that. */
export function stoch(prices: Prices, k: number, slowK: Average, slowD: Average): readonly Real[] {
  const slow = maOf(rawK(prices.high, prices.low, prices.close, k), slowK.n, slowK.type);
  const average = maOf(slow, slowD.n, slowD.type);
  return [slow.map((value, i) => (Number.isNaN(at(average, i)) ? NaN : value)), average];
}

export function stochRsi(x: Real, n: number, k: number, d: Average): readonly Real[] {
  const strength = rsi(x, n);
  const first = n;
  const tail = strength.subarray(Math.min(first, x.length));
  return stochF({ high: tail, low: tail, close: tail }, k, d).map((part) => {
    const out = gaps(x.length);
    out.set(part, Math.min(first, x.length));
    return out;
  });
}

export function willR(high: Real, low: Real, close: Real, n: number): Real {
  const tops = extremePlaces(high, n, 1);
  const floors = extremePlaces(low, n, -1);
  return close.map((price, i) => {
    const top = at(high, at(tops, i));
    const range = (top - at(low, at(floors, i))) / -100;
    return range === 0 ? 0 : (top - price) / range;
  });
}

/** Days since the highest high (up) and the lowest low (down) of n days and today: 100 = today. */
export function aroon(high: Real, low: Real, n: number): readonly [down: Real, up: Real] {
  const since = (places: Real): Real => places.map((place, i) => (100 / n) * (n - (i - place)));
  return [since(extremePlaces(low, n + 1, -1)), since(extremePlaces(high, n + 1, 1))];
}

/** Pressure of buyers over three spans. */
export function ultimate(high: Real, low: Real, close: Real, periods: readonly number[]): Real {
  const [short = 7, middle = 14, long = 28] = [...periods].sort((a, b) => a - b);
  const pressure = gaps(close.length);
  const range = gaps(close.length);
  for (let i = 1; i < close.length; i += 1) {
    const before = at(close, i - 1);
    const floor = Math.min(at(low, i), before);
    pressure[i] = at(close, i) - floor;
    range[i] = Math.max(at(high, i), before) - floor;
  }
  const out = gaps(close.length);
  for (let i = long; i < close.length; i += 1) {
    const share = (n: number): number => {
      let above = 0;
      let below = 0;
      for (let j = i - n + 1; j <= i; j += 1) {
        above += at(pressure, j);
        below += at(range, j);
      }
      return isZero(below) ? 0 : above / below;
    };
    out[i] = (100 * (4 * share(short) + 2 * share(middle) + share(long))) / 7;
  }
  return out;
}

/**
 * How far the typical price is from its mean, in 0.015 mean absolute deviations. Summed in the order of TA-Lib's ring, so that a
 * price that stands still is 0 here where it is 0 there.
 */
export function cci(high: Real, low: Real, close: Real, n: number): Real {
  const typical = mapped([high, low, close], (a, b, c) => (a + b + c) / 3);
  const out = gaps(close.length);
  for (let i = n - 1; i < close.length; i += 1) {
    const oldest = (i + 1) % n;
    const ring = Array.from({ length: n }, (_, slot) => at(typical, i + 1 - oldest + slot - (slot < oldest ? 0 : n)));
    const mean = ring.reduce((sum, value) => sum + value, 0) / n;
    const deviation = ring.reduce((sum, value) => sum + Math.abs(value - mean), 0) / n;
    const distance = at(typical, i) - mean;
    out[i] = distance === 0 || deviation === 0 ? 0 : distance / (0.015 * deviation);
  }
  return out;
}

export function bop(open: Real, high: Real, low: Real, close: Real): Real {
  return mapped([open, high, low, close], (o, h, l, c) => (h - l < 1e-14 ? 0 : (c - o) / (h - l)));
}

/** Aroon up minus down. */
export function aroonOsc(high: Real, low: Real, n: number): Real {
  const tops = extremePlaces(high, n + 1, 1);
  const floors = extremePlaces(low, n + 1, -1);
  return withGaps(
    mapped([tops, floors], (top, floor) => (100 / n) * (top - floor)),
    n,
  );
}
