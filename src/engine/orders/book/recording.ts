import type { Life } from '../../../domain/order/life-types.ts';
import type { Recording } from '../../../ledger/ledger.ts';

/** What must be written so that the ledger holds `after` instead of `before`; null when it does. */
export function differenceOf(before: Life, after: Life): Recording | null {
  const known = new Set<unknown>(before.intents);
  const kept = new Set(after.intents.map(({ clientId }) => clientId));
  const intents = after.intents.filter((intent) => !known.has(intent));
  const dropped = before.intents.map(({ clientId }) => clientId).filter((clientId) => !kept.has(clientId));
  const orders = after.order === before.order ? [] : [after.order];
  return intents.length + dropped.length + orders.length === 0 ? null : { orders, intents, dropped };
}

/** All of them, to be written together. */
export function joined(recordings: readonly Recording[]): Recording {
  return {
    orders: recordings.flatMap(({ orders = [] }) => orders),
    intents: recordings.flatMap(({ intents = [] }) => intents),
    dropped: recordings.flatMap(({ dropped = [] }) => dropped),
  };
}
