import { isFinal, nextState, type IntentEvent } from './state.ts';
import type { FillRow, IntentRow } from './rows.ts';

/** News about one intent, from an answer or from the broker's lists. */
export interface IntentNews {
  readonly clientId: string;
  readonly event: IntentEvent;
  readonly reason?: string | null;
  readonly brokerOrderId?: string;
  readonly filled?: number;
  readonly sentAt?: number;
}

/** The intent after the news, or itself when they are not about it or say what is known already. Throws ILLEGAL_TRANSITION (fault bug). */
export function changed(intent: IntentRow, news: IntentNews, now: number): IntentRow {
  if (intent.clientId !== news.clientId) return intent;
  const state = nextState(intent.state, news.event);
  const reason = news.reason === undefined ? intent.reason : news.reason;
  const brokerOrderId = news.brokerOrderId ?? intent.brokerOrderId;
  const filled = Math.max(intent.filled, news.filled ?? 0);
  const sentAt = news.sentAt ?? intent.sentAt;
  const cancels = intent.cancels + (news.event === 'cancel_requested' ? 1 : 0);
  const isKnown =
    state === intent.state &&
    cancels === intent.cancels &&
    reason === intent.reason &&
    brokerOrderId === intent.brokerOrderId &&
    filled === intent.filled &&
    sentAt === intent.sentAt;
  return isKnown ? intent : { ...intent, state, reason, brokerOrderId, filled, sentAt, cancels, updatedAt: now };
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
