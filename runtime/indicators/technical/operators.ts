import { afterGaps, at, gaps, mapped } from '../talib/functions/real.ts';
import type { Real } from '../talib/functions/real.ts';
import { extremePlaces } from '../talib/functions/windows.ts';

/*
 * The functions in which Chinese terminals (and JoinQuant after them) write indicators, under their names there. Series of one
 * length in time order; where a window is not full yet, or holds a gap, the result is a gap.
 */

function windowed(x: Real, n: number, f: (values: Real) => number): Real {
  const out = gaps(x.length);
  for (let i = n - 1; i < x.length; i += 1) out[i] = f(x.subarray(i - n + 1, i + 1));
  return out;
}

function total(values: Real): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += at(values, i);
  return sum;
}

export function MA(x: Real, n: number): Real {
  return windowed(x, n, (values) => total(values) / n);
}

/** n = 0: from the first value on. */
export function SUM(x: Real, n: number): Real {
  if (n > 0) return windowed(x, n, total);
  let sum = 0;
  return afterGaps(x, (y) => y.map((value) => (sum += value)));
}

/** Y = (2X + (n - 1)Y') / (n + 1), from the first value on. */
export function EMA(x: Real, n: number): Real {
  return SMA(x, n + 1, 2);
}

/** Y = (mX + (n - m)Y') / n, from the first value on. A gap in between keeps Y'. */
export function SMA(x: Real, n: number, m: number): Real {
  let last = NaN;
  return x.map((value) => {
    if (Number.isNaN(value)) return last;
    last = Number.isNaN(last) ? value : (m * value + (n - m) * last) / n;
    return last;
  });
}

/** Y = aX + (1 - a)Y' with a weight of its own each day, kept inside 0.0001 … 0.9999. */
export function DMA(x: Real, weights: Real): Real {
  let last = NaN;
  return x.map((value, i) => {
    const raw = at(weights, i);
    if (Number.isNaN(raw) || Number.isNaN(value)) return last;
    const weight = Math.min(Math.max(raw, 0.0001), 0.9999);
    last = Number.isNaN(last) ? value : weight * value + (1 - weight) * last;
    return last;
  });
}

/** The value n bars ago. */
export function REF(x: Real, n: number): Real {
  return x.map((_, i) => at(x, i - n));
}

/** The highest, the lowest of the last n. */
export function HHV(x: Real, n: number): Real {
  return windowed(x, n, (values) => values.reduce((a, b) => Math.max(a, b), -Infinity));
}

export function LLV(x: Real, n: number): Real {
  return windowed(x, n, (values) => values.reduce((a, b) => Math.min(a, b), Infinity));
}

/** Bars since the highest, the lowest of the last n: 0 = now. */
export function HHVBARS(x: Real, n: number): Real {
  return extremePlaces(x, n, 1).map((place, i) => i - place);
}

export function LLVBARS(x: Real, n: number): Real {
  return extremePlaces(x, n, -1).map((place, i) => i - place);
}

/** Standard deviation over n, as JoinQuant calculates its bands. */
export function STD(x: Real, n: number): Real {
  return windowed(x, n, (values) => {
    const mean = total(values) / n;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  });
}

/** Mean distance from the mean. */
export function AVEDEV(x: Real, n: number): Real {
  return windowed(x, n, (values) => {
    const mean = total(values) / n;
    return values.reduce((sum, value) => sum + Math.abs(value - mean), 0) / n;
  });
}

/** Slope of the line through the last n values, per bar. */
export function SLOPE(x: Real, n: number): Real {
  const middle = (n - 1) / 2;
  const spread = (n * (n * n - 1)) / 12;
  return windowed(x, n, (values) => values.reduce((sum, value, i) => sum + (i - middle) * value, 0) / spread);
}

/** How often something was so in the last n bars. */
export function COUNT(x: Real, n: number): Real {
  return windowed(x, n, total);
}

/** 1 where a is above b and was not before. */
export function CROSS(a: Real, b: Real): Real {
  return mapped([a, b, REF(a, 1), REF(b, 1)], (x = NaN, y = NaN, before = NaN, other = NaN) =>
    x > y && before < other ? 1 : 0,
  );
}

/** Bars since something was so; a gap when it never was. */
export function BARSLAST(x: Real): Real {
  let since = NaN;
  return x.map((value) => (since = value === 1 ? 0 : since + 1));
}

/** `f` of the values of each bar. */
export function each(inputs: readonly Real[], f: (...values: number[]) => number): Real {
  return mapped(inputs, f);
}

/** Bars after which what came before the first weighs less than 1e-9 in EMA(n), in SMA(n, m). */
export function afterEma(n: number): number {
  return afterSma(n + 1, 2);
}

export function afterSma(n: number, m: number): number {
  return n <= m ? 1 : Math.ceil(Math.log(1e-9) / Math.log((n - m) / n));
}
