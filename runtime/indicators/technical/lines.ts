import { each, HHV, LLV, MA, REF, SMA } from './operators.ts';
import type { Bars } from './bars.ts';
import type { Real } from '../talib/functions/real.ts';

/** Lines that several indicators are made of. */

export function trueRange({ high, low, close }: Bars): Real {
  return each([high, low, REF(close, 1)], (h = NaN, l = NaN, before = NaN) =>
    Math.max(h - l, Math.abs(before - h), Math.abs(before - l)),
  );
}

/** How far the close is above the lowest low of n bars, in percent of their range; 0 when they have none. */
export function rsv({ high, low, close }: Bars, n: number): Real {
  return each([close, LLV(low, n), HHV(high, n)], (c = NaN, floor = NaN, top = NaN) =>
    top === floor ? 0 : ((c - floor) / (top - floor)) * 100,
  );
}

/** The same below the highest high. */
export function below({ high, low, close }: Bars, n: number): Real {
  return each([close, LLV(low, n), HHV(high, n)], (c = NaN, floor = NaN, top = NaN) =>
    top === floor ? 0 : ((top - c) / (top - floor)) * 100,
  );
}

/** Average rise in percent of the average change. */
export function strength(x: Real, n: number): Real {
  const change = each([x, REF(x, 1)], (now = NaN, before = NaN) => now - before);
  const rises = SMA(
    change.map((value) => Math.max(value, 0)),
    n,
    1,
  );
  const moves = SMA(change.map(Math.abs), n, 1);
  return each([rises, moves], (up = NaN, all = NaN) => (up / all) * 100);
}

export function bias(x: Real, n: number): Real {
  return each([x, MA(x, n)], (value = NaN, mean = NaN) => ((value - mean) / mean) * 100);
}

/** The mean of several lines, bar by bar. */
export function meanOf(lines: readonly Real[]): Real {
  return each(lines, (...values) => values.reduce((sum, value) => sum + value, 0) / values.length);
}

export function minus(a: Real, b: Real): Real {
  return each([a, b], (x = NaN, y = NaN) => x - y);
}

export function over(a: Real, b: Real): Real {
  return each([a, b], (x = NaN, y = NaN) => x / y);
}

/** Change since n bars ago, as a share of the value then. */
export function growth(x: Real, n: number): Real {
  return each([x, REF(x, n)], (now = NaN, then = NaN) => (now - then) / then);
}

/** The typical price that counts the close twice. */
export function weighted({ high, low, close }: Bars): Real {
  return each([high, low, close], (h = NaN, l = NaN, c = NaN) => (2 * c + h + l) / 4);
}

/** The distance of the weighted price from a mean, as a share of it. */
export function distance(bars: Bars, n: number): Real {
  return each([weighted(bars), MA(bars.close, n)], (price = NaN, mean = NaN) => Math.abs(price - mean) / mean);
}
