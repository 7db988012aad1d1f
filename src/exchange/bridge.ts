import type { Rng } from '../platform/random.ts';

/** A point the path must pass; `flat`: it stays at that height until the next point. */
export interface PathPoint {
  readonly at: number;
  readonly height: number;
  readonly flat?: boolean;
}

export interface PathBounds {
  readonly low: number;
  readonly high: number;
  /** Standard deviation of a step of length 1. */
  readonly sigma: number;
}

/**
 * A random path through given points (ascending; the first at 0, the last at `steps`), read at 0, 1 … `steps` and rounded:
 * Brownian bridges between the points, reflected into [low, high]. Takes the same count of random numbers for the same points.
 */
export function bridge(
  points: readonly PathPoint[],
  steps: number,
  { low, high, sigma }: PathBounds,
  rng: Rng,
): Int32Array {
  const path = new Int32Array(steps + 1);
  let next = 1;
  let from = points[0] ?? { at: 0, height: low };
  let [at, height] = [from.at, from.height];
  path[0] = height;
  for (let step = 1; step <= steps; step += 1) {
    let to = points[next];
    while (to !== undefined && to.at <= step) {
      [from, at, height] = [to, to.at, to.height];
      next += 1;
      to = points[next];
    }
    if (at < step && to !== undefined && from.flat !== true) {
      const [done, left] = [step - at, to.at - at];
      const spread = sigma * Math.sqrt((done * (left - done)) / left);
      height = reflect(height + ((to.height - height) * done) / left + spread * rng.normal(), low, high);
      at = step;
    }
    path[step] = Math.round(height);
  }
  return path;
}

function reflect(value: number, low: number, high: number): number {
  const folded = value > high ? 2 * high - value : value < low ? 2 * low - value : value;
  return Math.min(Math.max(folded, low), high);
}
