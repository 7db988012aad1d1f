/** How a strategy's signals become orders of ours: one entry of the configuration, checked. */
export interface FollowRules {
  /** The name signals come under; unique. */
  readonly name: string;
  /** `ratio`: the source's shares times `ratio`; `fixed`: each buy is for `fixedValue`; `mirror`: the source's weights of its picture. */
  readonly mode: 'ratio' | 'fixed' | 'mirror';
  /** Used by `ratio`, above 0; 1 = share by share. */
  readonly ratio: number;
  /** CNY; used by `fixed`. */
  readonly fixedValue: number | null;
  /** CNY that this strategy may use, for ever: its own part of the account. Null = the whole account; only where it is the only strategy. */
  readonly cash: number | null;
  /** Codes of JoinQuant that are followed; empty = all. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly sides: 'both' | 'buy' | 'sell';
  /** CNY; a buy above it is cut to it. Null = no limit. */
  readonly maxOrderValue: number | null;
  /** CNY of buys a trading day. Null = no limit. */
  readonly maxDayValue: number | null;
  /** Odd tails are sold with the rest of a holding. */
  readonly oddLots: boolean;
  /** What comes out below one lot: left out, made one lot, or collected until it makes one. */
  readonly smallLots: 'skip' | 'roundUp' | 'collect';
  /** A limit at the signal's price, a limit at the opponent's best, or a protected market order. */
  readonly price: 'signal' | 'opponent' | 'market';
  /** How much worse than that price may be, as a part of it: 0.003 = 0.3 %. */
  readonly slippage: number;
  /** Older signals are refused. */
  readonly maxAgeSeconds: number;
  readonly outsideHours: 'refuse' | 'queue';
  /** A buy waits so long (market seconds) for sells that came with it, and then for their end; 0 = it does not. Absent = 1. */
  readonly rotationSeconds?: number;
  /** What a signal that nobody fills does. */
  readonly requote: RequoteRules;
}

export interface RequoteRules {
  /** Unfilled for so long, an order is cancelled and the rest ordered anew; market seconds. */
  readonly afterSeconds: number;
  /** At most so often; 0 = never. */
  readonly times: number;
  /** Nothing is ordered anew later than that after the first order; market seconds. */
  readonly totalSeconds: number;
}

/** Seconds by which a sender's clock may be ahead of ours. */
export const CLOCK_AHEAD_SECONDS = 30;
/** Market ms for which a buy waits at most for sells of its rotation, from the moment it may be ordered. */
export const SELLS_FIRST_MS = 20_000;

export function rotationMs({ rotationSeconds = 1 }: Pick<FollowRules, 'rotationSeconds'>): number {
  return rotationSeconds * 1000;
}
