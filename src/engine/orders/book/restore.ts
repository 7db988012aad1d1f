import type { Life } from '../../../domain/order/life-types.ts';
import type { FillRow, IntentRow, OrderRow } from '../../../domain/order/rows.ts';
import { chinaDay, chinaInstant } from '../../../domain/time.ts';
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

/** What a start needs: the orders that are not settled, and of a day all that was sent and filled. */
export interface StartingLives extends LedgerLives {
  /** Of those orders and of that day, in the order in which they were planned. */
  readonly intents: readonly IntentRow[];
}

/**
 * Ten thousand orders may have ended on that day. Nothing follows from their rows, which are read when somebody asks for them; the
 * broker's lists are of their intents and fills.
 */
export function readStart(ledger: Ledger, day: string): StartingLives {
  return livesOf(ledger, unsettled(ledger, day), day);
}

/** The orders since the beginning of the day on which a run began (epoch ms) and all that are not settled. */
export function readLivesOfRun(ledger: Ledger, startedAt: number): LedgerLives {
  const day = chinaDay(startedAt);
  return livesOf(ledger, [...ledger.ordersSince(chinaInstant(day, '00:00')), ...unsettled(ledger, day)], null);
}

function unsettled(ledger: Ledger, day: string): OrderRow[] {
  const open = ledger.openIntentsBeside(day);
  return [...ledger.unfinishedOrders(), ...open.flatMap(({ orderId }) => ledger.order(orderId) ?? [])];
}

/** These orders, of whatever days. */
export function readLivesOf(ledger: Ledger, orders: readonly OrderRow[]): LedgerLives {
  return livesOf(ledger, orders, null);
}

/** `whole`: a day of which the intents and fills of all orders are wanted; null = none. */
function livesOf(ledger: Ledger, orders: readonly OrderRow[], whole: string | null): StartingLives {
  const rows = new Map(orders.map((order) => [order.orderId, order]));
  const days = new Set([...rows.values()].map(({ day }) => day));
  if (whole !== null) days.add(whole);
  const inOrder = [...days].toSorted();
  const intents = inOrder
    .flatMap((day) => ledger.intentsOnDay(day))
    .filter(({ orderId, day }) => day === whole || rows.has(orderId));
  const ofOrder = Map.groupBy(intents, ({ orderId }) => orderId);
  const lives = [...rows.values()]
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map((order): Life => ({ order, intents: ofOrder.get(order.orderId) ?? [] }));
  const known = new Set(intents.map(({ clientId }) => clientId));
  const fills = inOrder.flatMap((day) => ledger.fillsOf(day)).filter(({ clientId }) => known.has(clientId));
  return { lives, intents, fills };
}
