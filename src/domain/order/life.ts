import { changed } from './intent.ts';
import { dueEffects, nextWindow, tellEffects } from './life-effects.ts';
import { applyFact, deny, toBeCancelled } from './life-facts.ts';
import { CLOSED_BEFORE, NEVER_TRIGGERED, type Effect, type Fact, type Life } from './life-types.ts';
import type { OrderRow } from './rows.ts';
import { isFinal } from './state.ts';
import { waitsForPrice } from './stop.ts';

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
    facts.reduce((before, fact) => applyFact(before, fact, now), life),
    now,
  );
  const finished: Effect[] = next.order.phase === 'done' && life.order.phase !== 'done' ? [{ kind: 'finish' }] : [];
  return { life: next, effects: [...tellEffects(life, next), ...dueEffects(next, now), ...finished] };
}

/** What follows from the rows and the time alone. */
function settled(life: Life, now: number): Life {
  const { order } = life;
  if (order.phase === 'parked') {
    if (order.cancelWhy !== null) return deny(life, `cancelled before it was sent: ${order.cancelWhy}`);
    if (nextWindow(order, now) !== null) return life;
    return deny(life, waitsForPrice(order) ? NEVER_TRIGGERED : CLOSED_BEFORE);
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
