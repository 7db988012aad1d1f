import { at, gaps, mapped } from './real.ts';
import type { Real } from './real.ts';

/**
 * Places of the largest (sign 1) or smallest (sign -1) of the last n values; NaN before. Of equal ones the latest, but for the
 * functions that give places: there TA-Lib keeps the first when the one it knew has left the window.
 */
export function extremePlaces(x: Real, n: number, sign: 1 | -1, keepFirst = false): Real {
  const out = gaps(x.length);
  let place = -1;
  for (let i = n - 1; i < x.length; i += 1) {
    if (place < i - n + 1) {
      place = i - n + 1;
      for (let j = place + 1; j <= i; j += 1) {
        const ahead = sign * (at(x, j) - at(x, place));
        if (keepFirst ? ahead > 0 : ahead >= 0) place = j;
      }
    } else if (sign * at(x, i) >= sign * at(x, place)) {
      place = i;
    }
    out[i] = place;
  }
  return out;
}

export function highest(x: Real, n: number): Real {
  return extremePlaces(x, n, 1).map((place) => at(x, place));
}

export function lowest(x: Real, n: number): Real {
  return extremePlaces(x, n, -1).map((place) => at(x, place));
}

/** The middle between highest and lowest of the last n values. */
export function midpoint(high: Real, low: Real, n: number): Real {
  return mapped([highest(high, n), lowest(low, n)], (a, b) => (a + b) / 2);
}

/** `f(value, value n before)`. */
export function withPast(x: Real, n: number, f: (now: number, before: number) => number): Real {
  const out = gaps(x.length);
  for (let i = n; i < x.length; i += 1) out[i] = f(at(x, i), at(x, i - n));
  return out;
}
