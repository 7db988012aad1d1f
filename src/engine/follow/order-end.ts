import { REQUOTED, type OrderEnded } from '../../domain/follow/life.ts';
import { isSettled } from '../../domain/order/intent.ts';
import { NOT_SENT_AT_RESTART, type Life } from '../../domain/order/life-types.ts';
import type { FillRow, IntentRow } from '../../domain/order/rows.ts';
import { chinaDay } from '../../domain/time.ts';
import { orderView } from '../../domain/order/order-view.ts';
import type { FollowParts } from './parts.ts';

const UNWATCHED = 'nobody watched its close: what was filled of it then shows in the holdings';

/** Its day was over when it was looked at next: no list says any more what was filled of it. */
export function isUnwatched({ state, day, updatedAt }: Pick<IntentRow, 'state' | 'day' | 'updatedAt'>): boolean {
  return state === 'expired' && chinaDay(updatedAt) > day;
}

/** An order of a signal with what is known of its trades. */
export interface KnownOrder {
  readonly life: Life;
  readonly fills: ReadonlyMap<string, readonly FillRow[]>;
}

/** From the book, or, of an earlier day, from the ledger; null = that key was never ordered under. */
export function orderOfKey(
  key: string,
  { trading, ledger }: Pick<FollowParts, 'trading' | 'ledger'>,
): KnownOrder | null {
  const row = ledger.orderOfKey(key);
  if (row === null) return null;
  const kept = trading.book.life(row.orderId);
  const life = kept ?? { order: row, intents: ledger.intentsOfOrder(row.orderId) };
  const fillsOf = (clientId: string): readonly FillRow[] =>
    kept === null ? ledger.fillsOfIntent(clientId) : trading.book.fillsOfIntent(clientId);
  return { life, fills: new Map(life.intents.map(({ clientId }) => [clientId, fillsOf(clientId)])) };
}

/** True when nothing of it changes any more but, perhaps, the list of its trades. */
export function isDone({ life }: KnownOrder): boolean {
  return life.order.phase === 'done';
}

/** True when its trades add up, too. */
export function isListed({ life, fills }: KnownOrder): boolean {
  return life.intents.every((intent) => isSettled(intent, fills.get(intent.clientId) ?? []));
}

/** How a done order ended. `mayRetry`: planning it failed for a reason that passes, or trading waits. */
export function orderEnded(attempt: number, { life, fills }: KnownOrder, mayRetry: boolean): OrderEnded {
  const { order, intents } = life;
  const view = orderView(life, [...fills.values()].flat());
  const base = { kind: 'order_ended', attempt, filled: view.filled, reason: view.reason } as const;
  if (intents.length === 0) {
    const isUnsent = mayRetry || order.denied === NOT_SENT_AT_RESTART;
    return { ...base, planned: null, how: isUnsent ? 'unsent' : 'over' };
  }
  const planned = order.amount;
  if (intents.some(isUnwatched))
    return { ...base, planned, how: 'over', reason: `${view.reason ?? 'its day ended'}; ${UNWATCHED}` };
  const unfilled = intents.filter(({ state }) => state !== 'filled');
  const isOurs = order.cancelWhy?.startsWith(REQUOTED) === true;
  if (isOurs && unfilled.every(({ state }) => state === 'canceled' || state === 'not_sent'))
    return { ...base, planned, how: 'requote', reason: order.cancelWhy };
  // What was certainly never written may be ordered again; anything else is of the exchange, or of a person.
  const isUnsent =
    order.cancelWhy === null && unfilled.length > 0 && unfilled.every(({ state }) => state === 'not_sent');
  return { ...base, planned, how: isUnsent ? 'unsent' : 'over' };
}
