import { chinaDay } from '../time.ts';
import { changed } from './intent.ts';
import { caused } from './life-cause.ts';
import { canTrigger, isMet, waitsForPrice } from './stop.ts';
import { CLOSED_BEFORE, NOT_SENT_AT_RESTART, type Fact, type Life } from './life-types.ts';

/** The life after one more fact. Throws ILLEGAL_TRANSITION (fault bug) for news that cannot happen. */
export function applyFact(life: Life, fact: Fact, now: number): Life {
  const { order } = life;
  switch (fact.kind) {
    case 'planned':
      return planned(life, fact, now);
    case 'parked': {
      const { side, amount, costBefore, quoted, opensAt } = fact;
      const callPrice = order.callPrice ?? quoted;
      return { ...life, order: { ...order, phase: 'parked', side, amount, costBefore, callPrice, opensAt } };
    }
    case 'price':
      return priced(life, fact.price, now);
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
      return { ...life, intents: life.intents.map((intent) => changed(intent, caused(order, fact.news), now)) };
  }
}

function planned(
  life: Life,
  { side, amount, costBefore, quoted, waitUntil, intents }: Extract<Fact, { kind: 'planned' }>,
  now: number,
): Life {
  const { order } = life;
  // Cancelled, or ended, while it was being planned.
  if (order.phase === 'done' || order.cancelWhy !== null) return life;
  // The machine slept over a night meanwhile: an order is its day's.
  if (chinaDay(now) > order.day) return deny(life, CLOSED_BEFORE);
  const callPrice = order.callPrice ?? quoted;
  return { order: { ...order, phase: 'working', side, amount, costBefore, callPrice, waitUntil }, intents };
}

/** Once: a price that comes again, or when it is to be cancelled, changes nothing. */
function priced(life: Life, price: number, now: number): Life {
  const { order } = life;
  const { stop } = order.request.style;
  if (stop === undefined || !waitsForPrice(order) || order.cancelWhy !== null) return life;
  if (!canTrigger(order, now) || !isMet(stop, order.side, price)) return life;
  return { ...life, order: { ...order, triggeredAt: now, triggerPrice: price } };
}

/** Ends it: nothing of it will be sent. */
export function deny(life: Life, reason: string): Life {
  return { ...life, order: { ...life.order, phase: 'done', denied: reason } };
}

function cancelAsked(life: Life, fact: Extract<Fact, { kind: 'cancel' }>): Life {
  return life.order.phase === 'done' ? life : toBeCancelled(life, fact.why, fact.insists);
}

/** The first reason stands; who insists does so for everybody. */
export function toBeCancelled({ order, intents }: Life, why: string, insists: boolean): Life {
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
