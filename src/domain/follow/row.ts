import type { Signal, SignalEnd } from './signal.ts';

/**
 * `waiting`: nothing of it is at the exchange, it waits for its turn. `ordered`: its order number `attempt` is written down, or is about to be.
 * `done`: it has ended.
 */
export type SignalPhase = 'waiting' | 'ordered' | 'done';

/** One signal as written down: all that its life needs, so that whoever reads it can go on with it. Market time, epoch ms. */
export interface SignalRow extends Omit<Signal, 'picture'> {
  readonly key: string;
  /** `correction`: a person's, from a deviation; its amount is ours. */
  readonly origin: 'source' | 'correction';
  /** Day on which it came, `YYYY-MM-DD`. */
  readonly day: string;
  readonly phase: SignalPhase;
  /** What it waits for, in words; null = nothing in particular. */
  readonly waitsFor: string | null;
  /** When it is looked at again. */
  readonly notBefore: number;
  /** From when its age counts: its receipt, or the opening that it was queued for. */
  readonly freshFrom: number;
  /** Orders so far, those included of which nothing was sent. */
  readonly attempt: number;
  readonly requotes: number;
  /** Shares that the rules make of it; null = not reckoned yet. */
  readonly asked: number | null;
  /** Shares of them that limits, holdings and cash let through. */
  readonly wanted: number | null;
  /** Shares filled by orders that have ended. */
  readonly filled: number;
  readonly firstOrderedAt: number | null;
  /** When its open order is judged; null = it is left alone. */
  readonly quoteAt: number | null;
  /** What it leaves to later ones of its security and side (below 0: what it took of earlier ones), shares. */
  readonly carry: number;
  /** CNY of a buy, as it counts on `orderedDay`. */
  readonly value: number;
  readonly orderedDay: string | null;
  /** What was changed on its way, in words. */
  readonly notes: readonly string[];
  readonly end: SignalEnd['kind'] | null;
  /** Stable word for an end that was refused; else null. */
  readonly code: string | null;
  readonly reason: string | null;
  readonly endedAt: number | null;
}

/** The end of a row that is done. */
export function endOf({ end, filled, reason }: SignalRow): SignalEnd | null {
  return end === null ? null : { kind: end, filled, reason };
}

/** What must be followed to its end. */
export function isOpen({ phase }: SignalRow): boolean {
  return phase !== 'done';
}
