import type { BrokerTrade } from '../trading.ts';

/** One fill; `ordinal` tells equal trade ids within one list apart (gateways hash order, second, price and amount). */
export interface CountedFill<T = BrokerTrade> {
  readonly trade: T;
  readonly ordinal: number;
}

/**
 * Numbers the rows of ONE whole trades list: rows with the same (order id, trade id) are counted, never merged. Read again,
 * the same list gives the same keys, so a ledger that stores (day, order, trade, ordinal) once keeps the highest count seen.
 */
export function countFills<T extends BrokerTrade>(trades: readonly T[]): CountedFill<T>[] {
  const seen = new Map<string, number>();
  return trades.map((trade) => {
    // Rows that differ in price or amount are different fills whatever their id says: each then keeps its number when a list
    // lacks one of them.
    const { orderId, tradeId, price, amount } = trade;
    const key = `${price} ${amount} ${orderId.length} ${orderId}${tradeId}`;
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    return { trade, ordinal };
  });
}

/** Shares and volume-weighted price of some fills; price is null without any. */
export function sumFills(fills: Iterable<{ readonly amount: number; readonly price: number }>): {
  readonly amount: number;
  readonly price: number | null;
} {
  let amount = 0;
  let money = 0;
  for (const fill of fills) {
    amount += fill.amount;
    money += fill.amount * fill.price;
  }
  return { amount, price: amount > 0 ? money / amount : null };
}
