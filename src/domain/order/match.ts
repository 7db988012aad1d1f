import type { BrokerOrder, Side } from '../trading.ts';
import { tagIn, tagMark } from './remark.ts';

/** Shares: the smallest step to which servers round. */
const LOT = 100;

/** What is needed to recognise an intent among the broker's orders. */
export interface IntentIdentity {
  readonly tag: string;
  readonly brokerOrderId: string | null;
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly price: number;
  /** Market time at which it was sent, epoch ms; null = never. */
  readonly sentAt: number | null;
}

/** A broker's clock may be this far behind ours; and what was sent is entered within a minute, or was not ours. */
const CLOCK_TOLERANCE_MS = 5_000;
const ENTERED_WITHIN_MS = 60_000;

/**
 * The broker's order that is this intent: by its id, else by our mark in the remark, else (a server that drops remarks) the
 * only unclaimed one that agrees in security, side, time, quantity and price. Two candidates are no evidence: null.
 * `guess: false` leaves out the last way: only an order whose fate is open, at a server that shows no marks, may be recognised by its looks.
 */
export function matchIntent(
  intent: IntentIdentity,
  orders: readonly BrokerOrder[],
  claimed: ReadonlySet<string>,
  guess = true,
): BrokerOrder | null {
  if (intent.brokerOrderId !== null) {
    const row = orders.find((order) => order.orderId === intent.brokerOrderId);
    return row !== undefined && couldBe(intent, row) ? row : null;
  }
  const marked = markedOrders(intent, orders).filter((order) => !claimed.has(order.orderId));
  if (marked.length > 0) return marked.length === 1 ? (marked[0] ?? null) : null;
  if (!guess) return null;
  // Others order as much at a price of their own. A row may say nothing of the price; a server that moves it leaves the order to a person.
  const alike = unmarkedOrders(intent, orders, claimed).filter(
    ({ limitPrice }) => limitPrice === null || limitPrice === intent.price,
  );
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/** Orders of nobody known that may be the intent where a server drops marks: they agree in security, side, time and amount. */
export function unmarkedOrders(
  intent: IntentIdentity,
  orders: readonly BrokerOrder[],
  claimed: ReadonlySet<string>,
): BrokerOrder[] {
  return orders.filter((order) => !claimed.has(order.orderId) && tagIn(order.remark) === null && agrees(intent, order));
}

/** Every order that bears the intent's mark; more than one is what must never be. */
export function markedOrders(intent: IntentIdentity, orders: readonly BrokerOrder[]): BrokerOrder[] {
  const mark = tagMark(intent.tag);
  return orders.filter((order) => order.remark.includes(mark));
}

/** False for a row that has the intent's id and is plainly another order (an id that was answered wrongly, or used again). */
export function couldBe(intent: IntentIdentity, order: BrokerOrder): boolean {
  if (order.security !== intent.security || (order.side !== null && order.side !== intent.side)) return false;
  const tag = tagIn(order.remark);
  return tag === intent.tag || (tag === null && isAmountOf(intent, order));
}

/** A server may round an amount down to a lot; it never makes an order larger. */
function isAmountOf(intent: IntentIdentity, order: BrokerOrder): boolean {
  return order.amount <= intent.amount && intent.amount - order.amount < LOT;
}

function agrees(intent: IntentIdentity, order: BrokerOrder): boolean {
  if (order.security !== intent.security || order.side !== intent.side) return false;
  if (intent.sentAt === null || order.createdAt === null) return false;
  if (order.createdAt < intent.sentAt - CLOCK_TOLERANCE_MS) return false;
  if (order.createdAt > intent.sentAt + ENTERED_WITHIN_MS) return false;
  return isAmountOf(intent, order);
}
