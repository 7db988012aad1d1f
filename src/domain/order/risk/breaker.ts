import type { IntentRow } from '../rows.ts';
import type { RiskLimits } from './limits.ts';
import type { Denial } from './rule.ts';

/** Milliseconds of market time in which cancels are counted. */
const CANCELS_MS = 60_000;

/** What the breaker remembers. */
export interface BreakerState {
  /** The kind of the last rejections, and how many came in a row. */
  readonly kind: string | null;
  readonly row: number;
  /** When the last cancels were asked for, market time, epoch ms. */
  readonly cancels: readonly number[];
}

export const BREAKER_AT_REST: BreakerState = { kind: null, row: 0, cancels: [] };

/** Something of an order that the breaker looks at. */
export type BreakerFact =
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'cancel' };

/** The state after a fact, and why buying stops, or null. */
export function afterFact(
  state: BreakerState,
  fact: BreakerFact,
  now: number,
  limits: Pick<RiskLimits, 'breakerRejections' | 'breakerCancels'>,
): { readonly state: BreakerState; readonly denial: Denial | null } {
  switch (fact.kind) {
    case 'accepted':
      return { state: state.row === 0 ? state : { ...state, kind: null, row: 0 }, denial: null };
    case 'rejected':
      return afterRejection(state, fact.reason, limits.breakerRejections);
    case 'cancel':
      return afterCancel(state, now, limits.breakerCancels);
  }
}

/** What it remembers of a day's orders, after a restart too, but for its cancels: when they were is not in these rows. */
export function breakerOf(
  day: string,
  intents: readonly IntentRow[],
  limits: Pick<RiskLimits, 'breakerRejections'>,
): BreakerState {
  const sent = intents.filter((intent) => intent.day === day && intent.sentAt !== null);
  return sent
    .toSorted((one, other) => (one.sentAt ?? 0) - (other.sentAt ?? 0))
    .reduce((state, intent) => remembered(state, intent, limits.breakerRejections), BREAKER_AT_REST);
}

function remembered(state: BreakerState, { state: end, reason }: IntentRow, most: number | null): BreakerState {
  switch (end) {
    case 'rejected':
      return afterRejection(state, reason ?? '', most).state;
    case 'accepted':
    case 'canceling':
    case 'filled':
    case 'canceled':
    case 'expired':
      return BREAKER_AT_REST;
    case 'planned':
    case 'sending':
    case 'unknown':
    case 'not_sent':
    case 'not_placed':
      return state;
  }
}

function afterRejection(
  state: BreakerState,
  reason: string,
  most: number | null,
): { readonly state: BreakerState; readonly denial: Denial | null } {
  const kind = kindOf(reason);
  const row = kind === state.kind ? state.row + 1 : 1;
  if (most === null || row < most) return { state: { ...state, kind, row }, denial: null };
  const text = `limit breaker: ${row} rejections of one kind in a row (${reason}) (BREAKER_REJECTIONS).`;
  return { state: { ...state, kind: null, row: 0 }, denial: { rule: 'breaker', text } };
}

function afterCancel(
  state: BreakerState,
  now: number,
  most: number | null,
): { readonly state: BreakerState; readonly denial: Denial | null } {
  if (most === null) return { state, denial: null };
  const cancels = [...state.cancels.filter((at) => at > now - CANCELS_MS), now];
  if (cancels.length <= most) return { state: { ...state, cancels }, denial: null };
  const text = `limit breaker: ${cancels.length} cancels within a minute, at most ${most} are (BREAKER_CANCELS_PER_MINUTE).`;
  return { state: { ...state, cancels: [] }, denial: { rule: 'breaker', text } };
}

/** A counter's words without what differs from order to order: codes, prices, amounts. */
export function kindOf(reason: string): string {
  return reason
    .replaceAll(/[\d.,]+/gu, '#')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
