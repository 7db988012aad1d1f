import { mix, unit } from '../platform/random.ts';

/** Trading days `from` … `to` (numbers, both included) on which a security does not trade. */
export interface Suspension {
  readonly from: number;
  readonly to: number;
}

/** A security is suspended at most once in this many trading days (about a year). */
const BLOCK = 250;
const MARGIN = 20;
const MOST_DAYS = 8;
const CATCHES_UP = 0.25;
/** Days after a suspension within which the market part of the walk has caught up. */
export const CATCH_UP_DAYS = MOST_DAYS / CATCHES_UP;

/** The seeded suspensions of a security: in one year of eight, one to eight days. */
export function suspensionsOf(key: number, days: number): Suspension[] {
  const found: Suspension[] = [];
  for (let block = 0; block * BLOCK < days; block += 1) {
    const hash = mix(mix(key, 21), block);
    if (unit(hash) >= 0.125) continue;
    const from = block * BLOCK + MARGIN + Math.floor(unit(mix(hash, 1)) * (BLOCK - 2 * MARGIN));
    if (from < days) found.push({ from, to: from + Math.floor(unit(mix(hash, 2)) * MOST_DAYS) });
  }
  return found;
}

/** A suspension that does not end: what is delisted is not traded. */
export function endOf(lastIndex: number): Suspension {
  return { from: lastIndex + 1, to: Number.MAX_SAFE_INTEGER };
}

/** Whether a trading day falls into a suspension. */
export function isSuspended(suspensions: readonly Suspension[], index: number): boolean {
  return suspensions.some(({ from, to }) => from <= index && index <= to);
}

/**
 * The day that the market part of a company's walk has come to: it stands still while the company is suspended, and catches up
 * afterwards by a quarter of a day each day.
 */
export function marketDay(suspensions: readonly Suspension[], index: number): number {
  const last = suspensions.findLast(({ from }) => from <= index);
  if (last === undefined) return index;
  const missed = Math.min(index, last.to) - last.from + 1;
  return index - Math.max(0, missed - CATCHES_UP * Math.max(0, index - last.to));
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
