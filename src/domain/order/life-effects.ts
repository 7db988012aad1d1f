import { canCancel, lastSendTime, nextCancelTime, nextSendTimeOfDay } from '../market/session.ts';
import { priceText } from '../number-text.ts';
import { chinaDay } from '../time.ts';
import { actorOf } from './life-cause.ts';
import type { Effect, Life, LifeChange } from './life-types.ts';
import type { IntentRow, OrderRow } from './rows.ts';
import { canTrigger, nextEdge, stopText, waitsForPrice } from './stop.ts';

/** What is to be done about it now, and when it must be looked at again. */
export function dueEffects({ order, intents }: Life, now: number): Effect[] {
  switch (order.phase) {
    case 'new':
      return [{ kind: 'plan' }];
    case 'parked': {
      if (waitsForPrice(order)) return watches(order, now);
      const at = nextWindow(order, now);
      if (at !== null && at > now) return [{ kind: 'wake', at }];
      // It may wait on, for a gate or a quote: it ends with the close all the same.
      return [{ kind: 'plan' }, { kind: 'wake', at: lastSendTime(order.day, order.security) }];
    }
    case 'working':
      return [...places(intents), ...cancels(order, intents, now), ...wakes(order, intents, now)];
    case 'done':
      return [];
  }
}

/** In the continuous auction the price is looked at; a new look begins where one begins or ends, and the day ends all the same. */
function watches(order: OrderRow, now: number): Effect[] {
  const { day, security } = order;
  const edge = chinaDay(now) === day ? nextEdge(now, security) : null;
  const wake: Effect = { kind: 'wake', at: edge ?? lastSendTime(day, security) };
  return canTrigger(order, now) ? [{ kind: 'watch' }, wake] : [wake];
}

function places(intents: readonly IntentRow[]): Effect[] {
  const unsent = intents.filter(({ state }) => state === 'planned').map(({ clientId }) => clientId);
  return unsent.length === 0 ? [] : [{ kind: 'place', clientIds: unsent }];
}

function cancels({ cancelWhy, day, security }: OrderRow, intents: readonly IntentRow[], now: number): Effect[] {
  // With its day an order ends, and its id may be another order's.
  if (cancelWhy === null || !canCancel(now, security) || chinaDay(now) !== day) return [];
  return intents.filter(canBeCancelled).map(({ clientId }) => ({ kind: 'cancel', clientId, why: cancelWhy }));
}

function canBeCancelled({ state, brokerOrderId }: IntentRow): boolean {
  return brokerOrderId !== null && (state === 'accepted' || state === 'canceling');
}

function wakes(order: OrderRow, intents: readonly IntentRow[], now: number): Effect[] {
  const { waitUntil, cancelWhy, cancelInsists, atEnd, day, security } = order;
  if (cancelWhy === null)
    return atEnd === 'cancel' && waitUntil !== null && waitUntil > now ? [{ kind: 'wake', at: waitUntil }] : [];
  if (!cancelInsists || chinaDay(now) !== day || !intents.some(canBeCancelled)) return [];
  const at = nextCancelTime(now, security);
  return at === null || at <= now ? [] : [{ kind: 'wake', at }];
}

/** When a parked order can be sent, epoch ms: now or later on its day; null once its day is over. */
export function nextWindow({ day, opensAt, security }: OrderRow, now: number): number | null {
  if (chinaDay(now) > day) return null;
  const from = Math.max(now, opensAt ?? now);
  return nextSendTimeOfDay(from, security);
}

/** Every change of state between the two, to be told. */
export function tellEffects(before: Life, after: Life): Effect[] {
  return changesBetween(before, after).map((change) => ({ kind: 'tell', change }));
}

/** Every change of state between the two. */
export function changesBetween(before: Life, after: Life): LifeChange[] {
  const known = new Map(before.intents.map((intent) => [intent.clientId, intent]));
  const changes: LifeChange[] = after.intents.flatMap((intent) => {
    const from = known.get(intent.clientId)?.state ?? null;
    return from === intent.state
      ? []
      : [{ intent, from, to: intent.state, reason: intent.reason, by: actorOf(after.order, intent) }];
  });
  const { phase, denied, triggeredAt } = after.order;
  const waits = { intent: null, from: null, to: 'planned', by: null } as const;
  if (phase === 'parked' && before.order.phase !== 'parked')
    changes.push({ ...waits, reason: waitsForPrice(after.order) ? `waits for ${stopOf(after.order)}` : null });
  if (triggeredAt !== null && before.order.triggeredAt === null)
    changes.push({ ...waits, from: 'planned', reason: `goes on, its price has come: ${stopOf(after.order)}` });
  if (denied !== null && before.order.denied === null)
    changes.push({
      intent: null,
      from: before.order.phase === 'parked' ? 'planned' : null,
      to: 'not_sent',
      reason: denied,
      by: null,
    });
  return changes;
}

/** `stop_loss at 9.5`, and the price that triggered it. */
function stopOf({ request, triggerPrice }: OrderRow): string {
  const { stop } = request.style;
  const came = triggerPrice === null ? '' : ` (it is ${priceText(triggerPrice)})`;
  return stop === undefined ? 'a price' : `${stopText(stop)}${came}`;
}
