import { canCancel, canSendOrder, nextCancelTime, nextSendTimeOfDay } from '../market/session.ts';
import { chinaDay } from '../time.ts';
import type { Side } from '../trading.ts';
import { changed, type IntentNews } from './intent.ts';
import type { IntentRow, OrderRow } from './rows.ts';
import { isFinal } from './state.ts';
import type { IntentState } from './types.ts';

/** An order with its intents: all that decides what happens to it next. The same data whether it comes from memory or from a ledger. */
export interface Life {
  readonly order: OrderRow;
  readonly intents: readonly IntentRow[];
}

/** Something that has become known about an order. That time has passed is none: `advance` is told the time anyway. */
export type Fact =
  /** What was asked for has become wire orders, to be sent now. `waitUntil`: as in the row. */
  | {
      readonly kind: 'planned';
      readonly side: Side;
      readonly amount: number;
      readonly costBefore: number | null;
      readonly waitUntil: number | null;
      readonly intents: readonly IntentRow[];
    }
  /** It can be sent from `opensAt` on and is planned again then. */
  | {
      readonly kind: 'parked';
      readonly side: Side;
      readonly amount: number;
      readonly costBefore: number | null;
      readonly opensAt: number;
    }
  /** Nothing of it will be sent. */
  | { readonly kind: 'denied'; readonly reason: string }
  /** Trading waits, so nothing of a plan was sent: an order that had waited for its window waits on. */
  | { readonly kind: 'held' }
  /** Somebody wants it cancelled; `insists`: also later, when it is not possible now. */
  | { readonly kind: 'cancel'; readonly why: string; readonly insists: boolean }
  /** The cancel is not possible now, or has not been confirmed. */
  | { readonly kind: 'cancel_failed' }
  /** Who held this life in memory is gone; only the rows are left. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'news'; readonly news: IntentNews };

/** What is to be done about an order. Each can be done twice without harm: who does it knows what is under way. */
export type Effect =
  /** Ask for a quote, plan, and tell `planned`, `parked` or `denied`. */
  | { readonly kind: 'plan' }
  | { readonly kind: 'place'; readonly clientIds: readonly string[] }
  | { readonly kind: 'cancel'; readonly clientId: string; readonly why: string }
  /** Look at it again at that market time, epoch ms. */
  | { readonly kind: 'wake'; readonly at: number }
  | { readonly kind: 'finish' }
  | { readonly kind: 'tell'; readonly change: LifeChange };

/** One change of state, of an intent or (intent null) of the order as a whole. */
export interface LifeChange {
  readonly intent: IntentRow | null;
  readonly from: IntentState | null;
  readonly to: IntentState;
  readonly reason: string | null;
}

export const NOT_SENT_AT_RESTART = 'not sent: bt stopped before its turn';
export const DAY_ENDED = 'the trading day ended';
const CLOSED_BEFORE = 'the trading day ended before it could be sent';

/**
 * The one reducer of an order's life: what the facts make of it, and what is to be done next. Pure. Asked again with the same life
 * and no facts it says the same again, so a driver may ask at any time, and after a restart asks with what the ledger holds.
 * Throws ILLEGAL_TRANSITION (fault bug) for news that cannot happen.
 */
export function advance(
  life: Life,
  facts: readonly Fact[],
  now: number,
): { readonly life: Life; readonly effects: readonly Effect[] } {
  const next = settled(
    facts.reduce((before, fact) => taken(before, fact, now), life),
    now,
  );
  const finished: Effect[] = next.order.phase === 'done' && life.order.phase !== 'done' ? [{ kind: 'finish' }] : [];
  return { life: next, effects: [...tellings(life, next), ...due(next, now), ...finished] };
}

function taken(life: Life, fact: Fact, now: number): Life {
  const { order } = life;
  switch (fact.kind) {
    case 'planned':
      return planned(life, fact, now);
    case 'parked': {
      const { side, amount, costBefore, opensAt } = fact;
      return { ...life, order: { ...order, phase: 'parked', side, amount, costBefore, opensAt } };
    }
    case 'denied':
      return deny(life, fact.reason);
    case 'held':
      return waitsOn(life) ? parkedAgain(life) : life;
    case 'cancel':
      return cancelAsked(life, fact);
    case 'cancel_failed':
      return order.cancelInsists ? life : { ...life, order: { ...order, cancelWhy: null } };
    case 'restarted':
      return restarted(life, now);
    case 'news':
      return { ...life, intents: life.intents.map((intent) => changed(intent, fact.news, now)) };
  }
}

function planned(
  life: Life,
  { side, amount, costBefore, waitUntil, intents }: Extract<Fact, { kind: 'planned' }>,
  now: number,
): Life {
  const { order } = life;
  // Cancelled, or ended, while it was being planned.
  if (order.phase === 'done' || order.cancelWhy !== null) return life;
  // The machine slept over a night meanwhile: an order is its day's.
  if (chinaDay(now) > order.day) return deny(life, CLOSED_BEFORE);
  return { order: { ...order, phase: 'working', side, amount, costBefore, waitUntil }, intents };
}

function deny(life: Life, reason: string): Life {
  return { ...life, order: { ...life.order, phase: 'done', denied: reason } };
}

function cancelAsked(life: Life, fact: Extract<Fact, { kind: 'cancel' }>): Life {
  return life.order.phase === 'done' ? life : toBeCancelled(life, fact.why, fact.insists);
}

/** The first reason stands; who insists does so for everybody. */
function toBeCancelled({ order, intents }: Life, why: string, insists: boolean): Life {
  const cancelInsists = insists || (order.cancelWhy !== null && order.cancelInsists);
  return { order: { ...order, cancelWhy: order.cancelWhy ?? why, cancelInsists }, intents };
}

/** True for an order that waited for its window and of which nothing has left. */
function waitsOn({ order, intents }: Life): boolean {
  return order.opensAt !== null && order.phase === 'working' && intents.every(({ state }) => state === 'planned');
}

/** Its plan was never sent and is thrown away: it is planned anew. */
function parkedAgain({ order }: Life): Life {
  return { order: { ...order, phase: 'parked', waitUntil: null }, intents: [] };
}

/** What was PLANNED was never sent; what was SENDING may have been; a cancel may not have been asked for, so the order counts as open. */
function restarted(life: Life, now: number): Life {
  if (life.order.phase === 'new') return deny(life, NOT_SENT_AT_RESTART);
  if (waitsOn(life)) return parkedAgain(life);
  const intents = life.intents.map((intent) => {
    const { clientId, state } = intent;
    switch (state) {
      case 'planned':
        return changed(intent, { clientId, event: 'not_sent', reason: NOT_SENT_AT_RESTART }, now);
      case 'sending':
        return changed(
          intent,
          { clientId, event: 'outcome_unknown', reason: 'bt stopped while it was being sent' },
          now,
        );
      case 'canceling':
        return changed(
          intent,
          { clientId, event: 'cancel_refused', reason: 'bt stopped while it was being cancelled' },
          now,
        );
      case 'unknown':
      case 'accepted':
      case 'filled':
      case 'canceled':
      case 'rejected':
      case 'not_sent':
      case 'not_placed':
      case 'expired':
        return intent;
    }
  });
  const { order } = life;
  return { order: order.cancelInsists ? order : { ...order, cancelWhy: null }, intents };
}

/** What follows from the rows and the time alone. */
function settled(life: Life, now: number): Life {
  const { order } = life;
  if (order.phase === 'parked') {
    if (order.cancelWhy !== null) return deny(life, `cancelled before it was sent: ${order.cancelWhy}`);
    return nextWindow(order, now) === null ? deny(life, CLOSED_BEFORE) : life;
  }
  if (order.phase === 'new') return order.cancelWhy === null ? life : deny(life, order.cancelWhy);
  if (life.intents.length === 0) return life;
  // Also of one that had been given up, and turns up after its wait.
  const waited = waitEnded(life, now) ? toBeCancelled(life, waitReason(order), true) : life;
  const kept = withoutUnsent(waited, now);
  const ended = kept.intents.every(({ state }) => isFinal(state));
  const phase = ended ? 'done' : 'working';
  return phase === kept.order.phase ? kept : { ...kept, order: { ...kept.order, phase } };
}

function waitEnded({ order, intents }: Life, now: number): boolean {
  if (order.atEnd !== 'cancel' || order.waitUntil === null || order.cancelWhy !== null) return false;
  return now >= order.waitUntil && intents.some(({ state }) => !isFinal(state));
}

function waitReason({ waitMs }: OrderRow): string {
  return `its wait of ${waitMs / 1000} s ended`;
}

/** What is to be cancelled and has not been sent is not sent. */
function withoutUnsent(life: Life, now: number): Life {
  const { cancelWhy } = life.order;
  if (cancelWhy === null || life.intents.every(({ state }) => state !== 'planned')) return life;
  const reason = `cancelled before it was sent: ${cancelWhy}`;
  const intents = life.intents.map((intent) =>
    intent.state === 'planned'
      ? changed(intent, { clientId: intent.clientId, event: 'not_sent', reason }, now)
      : intent,
  );
  return { ...life, intents };
}

/** What is to be done about it now, and when it must be looked at again. */
function due({ order, intents }: Life, now: number): Effect[] {
  switch (order.phase) {
    case 'new':
      return [{ kind: 'plan' }];
    case 'parked': {
      const at = nextWindow(order, now);
      return at === null || at <= now ? [{ kind: 'plan' }] : [{ kind: 'wake', at }];
    }
    case 'working':
      return [...places(intents), ...cancels(order, intents, now), ...wakes(order, intents, now)];
    case 'done':
      return [];
  }
}

function places(intents: readonly IntentRow[]): Effect[] {
  const unsent = intents.filter(({ state }) => state === 'planned').map(({ clientId }) => clientId);
  return unsent.length === 0 ? [] : [{ kind: 'place', clientIds: unsent }];
}

function cancels({ cancelWhy, day }: OrderRow, intents: readonly IntentRow[], now: number): Effect[] {
  // With its day an order ends, and its id may be another order's.
  if (cancelWhy === null || !canCancel(now) || chinaDay(now) !== day) return [];
  return intents.filter(canBeCancelled).map(({ clientId }) => ({ kind: 'cancel', clientId, why: cancelWhy }));
}

function canBeCancelled({ state, brokerOrderId }: IntentRow): boolean {
  return brokerOrderId !== null && (state === 'accepted' || state === 'canceling');
}

function wakes(order: OrderRow, intents: readonly IntentRow[], now: number): Effect[] {
  const { waitUntil, cancelWhy, cancelInsists, atEnd, day } = order;
  if (cancelWhy === null)
    return atEnd === 'cancel' && waitUntil !== null && waitUntil > now ? [{ kind: 'wake', at: waitUntil }] : [];
  if (!cancelInsists || chinaDay(now) !== day || !intents.some(canBeCancelled)) return [];
  const at = nextCancelTime(now);
  return at === null || at <= now ? [] : [{ kind: 'wake', at }];
}

/** When a parked order can be sent, epoch ms: now or later on its day; null once its day is over. */
function nextWindow({ day, opensAt }: OrderRow, now: number): number | null {
  if (chinaDay(now) > day) return null;
  const from = Math.max(now, opensAt ?? now);
  return canSendOrder(from) ? from : nextSendTimeOfDay(from);
}

function tellings(before: Life, after: Life): Effect[] {
  const known = new Map(before.intents.map((intent) => [intent.clientId, intent]));
  const changes: LifeChange[] = after.intents.flatMap((intent) => {
    const from = known.get(intent.clientId)?.state ?? null;
    return from === intent.state ? [] : [{ intent, from, to: intent.state, reason: intent.reason }];
  });
  const { phase, denied } = after.order;
  if (phase === 'parked' && before.order.phase !== 'parked')
    changes.push({ intent: null, from: null, to: 'planned', reason: null });
  if (denied !== null && before.order.denied === null)
    changes.push({
      intent: null,
      from: before.order.phase === 'parked' ? 'planned' : null,
      to: 'not_sent',
      reason: denied,
    });
  return changes.map((change) => ({ kind: 'tell', change }));
}
