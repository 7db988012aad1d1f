import { mix, unit } from '../platform/random.ts';

/** Trading days `from` … `to` (numbers, both included) on which a security does not trade. */
export interface Suspension {
  readonly from: number;
  readonly to: number;
}

/** A security is suspended at most once in this many trading days (about a year). */
const BLOCK = 250;
const MARGIN = 20;

/** The seeded suspensions of a security: in one year of eight, one to eight days. */
export function suspensionsOf(key: number, days: number): Suspension[] {
  const found: Suspension[] = [];
  for (let block = 0; block * BLOCK < days; block += 1) {
    const hash = mix(mix(key, 21), block);
    if (unit(hash) >= 0.125) continue;
    const from = block * BLOCK + MARGIN + Math.floor(unit(mix(hash, 1)) * (BLOCK - 2 * MARGIN));
    if (from < days) found.push({ from, to: from + Math.floor(unit(mix(hash, 2)) * 8) });
  }
  return found;
}

/** Whether a trading day falls into a suspension. */
export function isSuspended(suspensions: readonly Suspension[], index: number): boolean {
  return suspensions.some(({ from, to }) => from <= index && index <= to);
}

/**
 * Trading days of the security's own life up to and including a day: suspended ones do not count, so the walk of its price
 * stands still meanwhile and goes on where it stopped.
 */
export function ownDays(suspensions: readonly Suspension[], index: number): number {
  let own = index;
  for (const { from, to } of suspensions) if (from <= index) own -= Math.min(index, to) - from + 1;
  return own;
}
