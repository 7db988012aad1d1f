import { isFinal, nextState, type IntentEvent } from './state.ts';
import type { IntentState } from './types.ts';
import type { FillRow, IntentRow } from './rows.ts';

/** What may change on an intent after it was written. */
export interface IntentChange {
  readonly state: IntentState;
  readonly reason?: string | null;
  readonly brokerOrderId?: string | null;
  readonly filled?: number;
  readonly sentAt?: number;
  readonly updatedAt: number;
}

/** News about one intent, from an answer or from the broker's lists. */
export interface IntentNews {
  readonly clientId: string;
  readonly event: IntentEvent;
  readonly reason?: string | null;
  readonly brokerOrderId?: string;
  readonly filled?: number;
  readonly sentAt?: number;
}

/** What a piece of news makes of an intent. Throws ILLEGAL_TRANSITION (fault bug). */
export function changeOf(intent: IntentRow, news: IntentNews, now: number): IntentChange {
  return {
    state: nextState(intent.state, news.event),
    updatedAt: now,
    ...(news.reason === undefined ? {} : { reason: news.reason }),
    ...(news.brokerOrderId === undefined ? {} : { brokerOrderId: news.brokerOrderId }),
    ...(news.filled === undefined ? {} : { filled: Math.max(intent.filled, news.filled) }),
    ...(news.sentAt === undefined ? {} : { sentAt: news.sentAt }),
  };
}

/** False for news that say what is known already; they are not written. */
export function differs(intent: IntentRow, change: IntentChange): boolean {
  return (
    change.state !== intent.state ||
    (change.filled !== undefined && change.filled !== intent.filled) ||
    (change.brokerOrderId !== undefined && change.brokerOrderId !== intent.brokerOrderId) ||
    (change.reason !== undefined && change.reason !== intent.reason)
  );
}

/** Shares that the trades list has shown of an intent. */
export function listed(fills: readonly FillRow[]): number {
  return fills.reduce((sum, fill) => sum + fill.amount, 0);
}

/** Reason of an order of an earlier day of which a person must say how much was filled. */
export const UNSEEN_END = 'its day ended before its end was seen';

/** True for an order that only a person can settle: no list shows it any more. */
export function isUnseenEnd({ state, reason }: Pick<IntentRow, 'state' | 'reason'>): boolean {
  return state === 'unknown' && reason === UNSEEN_END;
}

/** True when an intent is final and its fills add up to what the broker says was filled. */
export function isSettled(intent: IntentRow, fills: readonly FillRow[]): boolean {
  return isFinal(intent.state) && listed(fills) === intent.filled;
}

/**
 * Shares of an intent that cash and holdings do not show yet: what may still be filled, and what the broker calls filled
 * but has not listed as a trade (the two lists are never read at one moment, and one may lag).
 */
export function restOf(intent: IntentRow, fills: readonly FillRow[]): number {
  const expected = isFinal(intent.state) ? intent.filled : intent.amount;
  return Math.max(0, expected - listed(fills));
}
