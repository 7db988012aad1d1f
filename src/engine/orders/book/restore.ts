import type { Life } from '../../../domain/order/life-types.ts';
import type { FillRow, OrderRow } from '../../../domain/order/rows.ts';
import type { Ledger } from '../../../ledger/ledger.ts';

/** Orders that a restart found half done. */
export interface Restored {
  readonly notSent: number;
  readonly parked: number;
  readonly unknown: number;
  readonly canceling: number;
}

/** Orders with their intents, oldest first, and all their fills, as the ledger holds them. */
export interface LedgerLives {
  readonly lives: readonly Life[];
  readonly fills: readonly FillRow[];
}

/** The orders of that day and all that are not settled. */
export function readLives(ledger: Ledger, day: string): LedgerLives {
  return livesOf(ledger, [...ledger.ordersOf(day), ...unsettled(ledger, day)]);
}

/** The orders since that market time (epoch ms) and all that are not settled. */
export function readLivesSince(ledger: Ledger, since: number, day: string): LedgerLives {
  return livesOf(ledger, [...ledger.ordersSince(since), ...unsettled(ledger, day)]);
}

function unsettled(ledger: Ledger, day: string): OrderRow[] {
  const open = ledger.openIntentsBeside(day);
  return [...ledger.unfinishedOrders(), ...open.flatMap(({ orderId }) => ledger.order(orderId) ?? [])];
}

function livesOf(ledger: Ledger, orders: readonly OrderRow[]): LedgerLives {
  const rows = [...new Map(orders.map((order) => [order.orderId, order])).values()];
  const days = [...new Set(rows.map(({ day }) => day))];
  const intents = Map.groupBy(
    days.flatMap((day) => ledger.intentsOnDay(day)),
    ({ orderId }) => orderId,
  );
  const lives = rows
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map((order): Life => ({ order, intents: intents.get(order.orderId) ?? [] }));
  const known = new Set(lives.flatMap(({ intents: own }) => own.map(({ clientId }) => clientId)));
  const fills = days.flatMap((day) => ledger.fillsOf(day)).filter(({ clientId }) => known.has(clientId));
  return { lives, fills };
}
