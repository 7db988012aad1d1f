import type { Rng } from '../../../src/platform/random.ts';

/** One of the values, each as likely as its weight. */
export function weighted<T>(rng: Rng, choices: readonly (readonly [number, T])[]): T {
  const total = choices.reduce((sum, [weight]) => sum + weight, 0);
  let at = rng.next() * total;
  for (const [weight, value] of choices) {
    at -= weight;
    if (at < 0) return value;
  }
  const last = choices.at(-1);
  if (last === undefined) throw new Error('nothing to choose from');
  return last[1];
}

/** One of the values, all equally likely. */
export function pick<T>(rng: Rng, values: readonly T[]): T {
  const value = values[rng.int(values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}

/** A number in [low, high). */
export function between(rng: Rng, low: number, high: number): number {
  return low + rng.next() * (high - low);
}
