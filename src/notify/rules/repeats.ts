import { MINUTE } from '../../domain/time.ts';

/** Equal messages within this time (wall ms) are one, with a count. */
export const REPEAT_MS = 10 * MINUTE;

/** The last entry of a key. */
export interface LastOfKey {
  /** When it may be sent at the earliest, wall ms; a first one: when it was told. */
  readonly notBefore: number;
  /** Part of it is on its way, or was delivered: what it says is fixed. */
  readonly isTaken: boolean;
}

export type Placing =
  /** An entry of its own. */
  | { readonly kind: 'new'; readonly notBefore: number }
  /** One more of the last entry. */
  | { readonly kind: 'count' };

/**
 * Where a notice goes that equals an earlier one: onto that while nobody has heard it, else into one entry that is told when ten minutes
 * have passed. So there is at most one message of a key in ten minutes, and none is lost from the count.
 */
export function placeNotice(last: LastOfKey | null, now: number): Placing {
  if (last === null) return { kind: 'new', notBefore: now };
  if (!last.isTaken) return { kind: 'count' };
  // A clock that was set back does not silence anybody for longer than that.
  const over = Math.min(last.notBefore, now) + REPEAT_MS;
  return { kind: 'new', notBefore: now >= over ? now : over };
}
