import { changesBetween } from '../../../domain/order/life-effects.ts';
import type { Life } from '../../../domain/order/life-types.ts';
import type { OrderChangeRow } from '../../../domain/order/rows.ts';
import type { Recording } from '../../../ledger/ledger.ts';

/** What must be written so that the ledger holds `after`, which came about at `now`, instead of `before`; null when it does. */
export function differenceOf(before: Life, after: Life, now: number): Recording | null {
  const known = new Set<unknown>(before.intents);
  const kept = new Set(after.intents.map(({ clientId }) => clientId));
  const intents = after.intents.filter((intent) => !known.has(intent));
  const dropped = before.intents.map(({ clientId }) => clientId).filter((clientId) => !kept.has(clientId));
  const orders = after.order === before.order ? [] : [after.order];
  if (intents.length + dropped.length + orders.length === 0) return null;
  return { orders, intents, dropped, changes: historyOf(before, after, now) };
}

/** The states between the two, for those who look at an order later. */
export function historyOf(before: Life, after: Life, now: number): OrderChangeRow[] {
  const { orderId } = after.order;
  return changesBetween(before, after).map(({ intent, to, reason, by }) => {
    return { orderId, clientId: intent?.clientId ?? null, at: now, state: to, reason, by };
  });
}

/** All of them, to be written together. */
export function joined(recordings: readonly Recording[]): Recording {
  return {
    orders: recordings.flatMap(({ orders = [] }) => orders),
    intents: recordings.flatMap(({ intents = [] }) => intents),
    dropped: recordings.flatMap(({ dropped = [] }) => dropped),
    changes: recordings.flatMap(({ changes = [] }) => changes),
  };
}
