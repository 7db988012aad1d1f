import { simulatedClockText } from '../../domain/follow/refusal.ts';
import type { Signal, SourcePicture } from '../../domain/follow/signal.ts';

/** What came of a packet, in whichever format. */
export type Reading =
  | { readonly kind: 'signal'; readonly signal: Signal }
  /** What the source holds, without an order. */
  | { readonly kind: 'picture'; readonly strategy: string; readonly picture: SourcePicture }
  /** Somebody tries his passphrase: nothing is to be done. */
  | { readonly kind: 'hello'; readonly strategy: string }
  | Unusable;

/** Authentic, and nothing that can be followed; told to its sender, who can mend it. */
export interface Unusable {
  readonly kind: 'unusable';
  readonly strategy: string;
  /** `STALE`, `AHEAD`, `BAD_SIGNAL`. */
  readonly code: string;
  readonly reason: string;
}

/** Sender's and our clock may differ by so much, ms. */
export const CLOCK_TOLERANCE_MS = 60_000;

/** What a sender's time stamp is compared with: market time, epoch ms. */
export interface Moment {
  readonly now: number;
  /** It is of a simulated clock, which is nobody else's: no clock is wrong then. */
  readonly isSimulated: boolean;
}

/** Why a time stamp of the sender's is not of now; null = it is. `validMs`: how long it holds. */
export function notOfNow(
  stamp: number,
  { now, isSimulated }: Moment,
  validMs: number,
): Pick<Unusable, 'code' | 'reason'> | null {
  if (stamp > now + CLOCK_TOLERANCE_MS) {
    const why = isSimulated
      ? simulatedClockText(now)
      : "one of the two clocks is wrong. Correct the clock of this machine, or of the sender's.";
    const reason = `it is of ${secondsText(stamp - now)} from now: ${why}`;
    return { code: 'AHEAD', reason };
  }
  if (now <= stamp + validMs) return null;
  const why = isSimulated
    ? simulatedClockText(now)
    : 'it came late, is played again, or one of the two clocks is wrong. It is not followed.';
  const reason = `it was sent ${secondsText(now - stamp)} ago, and holds for ${secondsText(validMs)}: ${why}`;
  return { code: 'STALE', reason };
}

function secondsText(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
