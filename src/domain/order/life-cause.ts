import { saysSomebodyCancelled } from './counter-words.ts';
import type { IntentNews } from './intent.ts';
import type { IntentRow, OrderRow } from './rows.ts';
import type { Actor } from './types.ts';

/** Why an order is to be cancelled when its strategy asks for it. */
export const CANCEL_ORDER = 'cancel_order';
/** Why it is when its operator does. */
export const OPERATOR_CANCEL = 'bt cancel';

const WHOSE: ReadonlyMap<string, Actor> = new Map([
  [CANCEL_ORDER, 'strategy'],
  [OPERATOR_CANCEL, 'operator'],
]);

/** An end that we asked for has our reason, whatever the counter calls it: `用户撤单` is what it calls every cancel. */
export function caused({ cancelWhy }: Pick<OrderRow, 'cancelWhy'>, news: IntentNews): IntentNews {
  return news.event === 'canceled' && cancelWhy !== null ? { ...news, reason: cancelWhy } : news;
}

/** Who is behind a change of an intent; null = nobody in particular. */
export function actorOf({ cancelWhy }: OrderRow, { state, reason }: IntentRow): Actor | null {
  const ours = cancelWhy === null ? 'bt' : (WHOSE.get(cancelWhy) ?? 'bt');
  switch (state) {
    case 'canceling':
      return ours;
    case 'canceled':
      if (cancelWhy !== null) return ours;
      return saysSomebodyCancelled(reason ?? '') ? 'somebody' : 'counter';
    case 'rejected':
      return 'counter';
    case 'planned':
    case 'sending':
    case 'unknown':
    case 'accepted':
    case 'filled':
    case 'not_sent':
    case 'not_placed':
    case 'expired':
      return null;
  }
}
