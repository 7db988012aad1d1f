/** Numbers in time order; NaN = missing. What the functions of this folder take and give, always of the input's length. */
export type Real = Float64Array;

/** TA-Lib takes what is closer to zero than this for zero. */
const EPSILON = 1e-14;

export function isZero(value: number): boolean {
  return -EPSILON < value && value < EPSILON;
}

/** The value at a place; NaN outside. */
export function at(x: Real, i: number): number {
  return x[i] ?? NaN;
}

/** As many missing values. */
export function gaps(length: number): Real {
  return new Float64Array(length).fill(NaN);
}

/** Place of the first value that is none of NaN; the length when there is none. */
export function firstValue(x: Real): number {
  const found = x.findIndex((value) => !Number.isNaN(value));
  return found < 0 ? x.length : found;
}

/** Calculates on what follows the leading gaps, which the result keeps: how one function is applied to another's result. */
export function afterGaps(x: Real, run: (x: Real) => Real): Real {
  const first = firstValue(x);
  if (first === 0) return run(x);
  const out = gaps(x.length);
  if (first < x.length) out.set(run(x.subarray(first)), first);
  return out;
}

/** One value from each place of the inputs. Up to four of them without a list for each place: this is the inner loop of most lines. */
export function mapped(inputs: readonly Real[], f: (...values: number[]) => number): Real {
  const [a = new Float64Array(0), b, c, d] = inputs;
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i += 1) {
    if (b === undefined) out[i] = f(at(a, i));
    else if (c === undefined) out[i] = f(at(a, i), at(b, i));
    else if (d === undefined) out[i] = f(at(a, i), at(b, i), at(c, i));
    else if (inputs.length === 4) out[i] = f(at(a, i), at(b, i), at(c, i), at(d, i));
    else out[i] = f(...inputs.map((x) => at(x, i)));
  }
  return out;
}

/** The same with gaps before `start`. */
export function withGaps(x: Real, start: number): Real {
  return x.slice().fill(NaN, 0, Math.min(start, x.length));
}
