import { listed } from '../../domain/order/intent.ts';
import { isFinal } from '../../domain/order/state.ts';
import type { BrokerPosition, Side } from '../../domain/trading.ts';
import type { OrderBook } from '../orders/book/order-book.ts';

/** Market ms by which a counter's account may lag behind its list of orders. */
const LAG_MS = 10_000;

/** Shares of an own order that the broker calls filled and has not listed as trades: a reading of the account may hold them. */
export interface UnlistedFill {
  readonly clientId: string;
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  /** Nothing more of the order will be filled. */
  readonly isLast: boolean;
  /** When its row last told something new, epoch ms. */
  readonly since: number;
}

export function unlistedFills(book: OrderBook, today: string): UnlistedFill[] {
  const own = book.intents().filter(({ day }) => day === today);
  return own.flatMap(({ clientId, security, side, state, filled, updatedAt }) => {
    const amount = filled - listed(book.fillsOfIntent(clientId));
    return amount > 0 ? [{ clientId, security, side, amount, isLast: isFinal(state), since: updatedAt }] : [];
  });
}

/**
 * Those that a reading holds which is not what was `expected` without them, shares by client id: of each security all, where they
 * make up the difference, else as many of them as there is room for in it.
 */
export function heldIn(
  positions: readonly BrokerPosition[],
  fills: readonly UnlistedFill[],
  expected: ReadonlyMap<string, number>,
): Map<string, number> {
  const read = new Map(positions.map(({ security, amount }) => [security, amount]));
  const held = new Map<string, number>();
  for (const [security, own] of Map.groupBy(fills, (fill) => fill.security)) {
    let left = (read.get(security) ?? 0) - (expected.get(security) ?? 0);
    const isAll = left !== 0 && left === own.reduce((sum, fill) => sum + signed(fill), 0);
    for (const fill of own) {
      const rest = left - signed(fill);
      // Not on the other side of nothing, and nearer to it.
      const hasRoom = Math.abs(rest) < Math.abs(left) && rest * left >= 0;
      if (!isAll && !hasRoom) continue;
      left = rest;
      held.set(fill.clientId, fill.amount);
    }
  }
  return held;
}

/** `expected` with these shares of own fills. */
export function expectedWith(
  expected: ReadonlyMap<string, number>,
  fills: readonly UnlistedFill[],
  held: ReadonlyMap<string, number>,
): Map<string, number> {
  const amounts = new Map(expected);
  for (const fill of fills)
    if (held.has(fill.clientId)) amounts.set(fill.security, (amounts.get(fill.security) ?? 0) + signed(fill));
  return amounts;
}

/** Those that any reading made now holds: a counter does not lag so long. A clock that was set back does not keep them away. */
export function heldByNow(fills: readonly UnlistedFill[], now: number): Map<string, number> {
  return new Map(fills.filter((fill) => !mayLag(fill, now)).map(({ clientId, amount }) => [clientId, amount]));
}

/** True while nobody can say whether a reading holds what has just been filled: the trades of an order that has ended come soon. */
export function isListSoon(fills: readonly UnlistedFill[], now: number): boolean {
  return fills.some((fill) => fill.isLast && mayLag(fill, now));
}

function mayLag({ since }: UnlistedFill, now: number): boolean {
  return now >= since && now - since < LAG_MS;
}

function signed({ side, amount }: UnlistedFill): number {
  return side === 'buy' ? amount : -amount;
}
