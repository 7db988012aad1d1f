import { mix, mixInto, mixRoot, unit } from '../../platform/random.ts';

/** Evenly between two numbers, by key and label. */
export function between(key: number, label: number, low: number, high: number): number {
  return low + (high - low) * unit(mix(key, label));
}

/** About normally distributed with mean 0 and deviation 1, within ±3.5. */
export function normal(key: number, label: number): number {
  const hash = mix(key, label);
  return (unit(hash) + unit(mix(hash, 1)) + unit(mix(hash, 2)) + unit(mix(hash, 3)) - 2) * Math.sqrt(3);
}

/** Log-normal around a median, kept within bounds. */
export function logNormal(
  key: number,
  label: number,
  median: number,
  sigma: number,
  bounds: readonly [number, number],
): number {
  return Math.min(bounds[1], Math.max(bounds[0], median * Math.exp(sigma * normal(key, label))));
}

/** A smooth random curve over whole steps within ±1, which bends each `period` steps. */
export function curve(key: number, label: number, period: number, at: number): number {
  const own = mix(key, label);
  const shifted = at + (own % period);
  const knot = Math.floor(shifted / period);
  const share = shifted / period - knot;
  const left = 2 * unit(mix(own, knot)) - 1;
  return left + share * (2 * unit(mix(own, knot + 1)) - 1 - left);
}

/** Independent at each step, within ±1. */
export function noise(key: number, label: number, at: number): number {
  return 2 * unit(mix(mix(key, label), at)) - 1;
}

interface Curve {
  /** Its own key. */
  readonly own: number;
  readonly period: number;
  /** The step of the first value. */
  readonly first: number;
  readonly height: number;
}

/** Adds such a curve to `rows` values from a place on. */
export function addCurve(into: Float64Array, place: number, rows: number, curve: Curve): void {
  const { own, period, first, height } = curve;
  const root = mixRoot(own);
  const shift = own % period;
  let knot = Math.floor((first + shift) / period);
  let left = 2 * unit(mixInto(root, knot)) - 1;
  let right = 2 * unit(mixInto(root, knot + 1)) - 1;
  for (let row = 0; row < rows; row += 1) {
    const shifted = first + row + shift;
    if (shifted >= (knot + 1) * period) {
      knot += 1;
      left = right;
      right = 2 * unit(mixInto(root, knot + 1)) - 1;
    }
    into[place + row] = (into[place + row] ?? 0) + height * (left + (shifted / period - knot) * (right - left));
  }
}
