import { chinaDay, chinaMidnight, DAY } from '../../domain/time.ts';
import type { NoticeLevel } from '../notice.ts';

/** What a service allows. */
export interface Pace {
  /** Least wall ms between two messages. */
  readonly gapMs: number;
  /** Most messages of a day of Shanghai; null = no such limit. */
  readonly perDay: number | null;
}

/** What was sent so far. */
export interface Sent {
  /** Wall ms of the last one; null = none. */
  readonly last: number | null;
  readonly day: string;
  /** On `day`. */
  readonly count: number;
}

/** Of a day's messages this share is kept for what is critical, and for the digest. */
const KEPT = 0.4;

/** Wall ms at which the next message may go out; at most `now` = at once. */
export function nextAt(
  { gapMs, perDay }: Pace,
  sent: Sent,
  level: NoticeLevel,
  isDigest: boolean,
  now: number,
): number {
  // A clock that was set back makes nobody wait longer than the gap.
  const gap = sent.last === null ? now : Math.min(sent.last, now) + gapMs;
  if (perDay === null || sent.day !== chinaDay(now)) return gap;
  const most = level === 'critical' || isDigest ? perDay : Math.max(1, Math.floor(perDay * (1 - KEPT)));
  return sent.count < most ? gap : Math.max(gap, chinaMidnight(now) + DAY);
}

/** The count after one more. */
export function countOn(sent: Sent, now: number): Sent {
  const day = chinaDay(now);
  return { last: now, day, count: sent.day === day ? sent.count + 1 : 1 };
}
