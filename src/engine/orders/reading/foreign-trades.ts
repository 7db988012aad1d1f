import { isSecurity } from '../../../domain/market/symbol.ts';
import { countFills } from '../../../domain/order/fills.ts';
import { tradedMoney } from '../../../domain/market/repo.ts';
import { holdOf } from '../../../domain/order/reserves.ts';
import { FINAL_BROKER_STATUSES, type BrokerOrder, type BrokerTrade, type Side } from '../../../domain/trading.ts';

/** A trade of somebody else in the account. */
export interface ForeignTrade {
  /** The same each time a list shows it. */
  readonly key: string;
  /** At the broker. */
  readonly orderId: string;
  readonly security: string;
  /** Null when the list of orders does not tell. */
  readonly side: Side | null;
  readonly amount: number;
  /** Null when the venue does not say. */
  readonly price: number | null;
}

/** What a reading shows of others in the account. */
export interface Others {
  readonly trades: readonly ForeignTrade[];
  /** Open orders of others. */
  readonly orders: readonly BrokerOrder[];
}

export const NO_OTHERS: Others = { trades: [], orders: [] };

/** The rows of both lists that belong to none of our orders (`ours`: their ids at the broker). */
export function othersIn(
  orders: readonly BrokerOrder[],
  trades: readonly BrokerTrade[],
  ours: ReadonlySet<string>,
): Others {
  const foreign = trades.filter((trade) => !ours.has(trade.orderId) && trade.amount > 0);
  // Most accounts have none, and ten thousand orders.
  const sides = new Map(foreign.length === 0 ? [] : orders.map(({ orderId, side }) => [orderId, side]));
  return {
    trades: countFills(foreign).map(({ trade, ordinal }) => ({
      key: JSON.stringify([trade.orderId, trade.tradeId, trade.price, trade.amount, ordinal]),
      orderId: trade.orderId,
      security: trade.security,
      side: sides.get(trade.orderId) ?? null,
      amount: trade.amount,
      price: trade.price,
    })),
    orders: orders.filter(({ orderId, status }) => !ours.has(orderId) && !FINAL_BROKER_STATUSES.has(status)),
  };
}

/**
 * CNY that open buys of others freeze, fees included, in an account that holds those of their trades (`held`, by key): the list of
 * orders may be older, and what is paid is not frozen. `whole`: CNY of the whole account: a buy for more than that is none (an odd
 * row), nor is one of what is no security. `day`: trading day, `YYYY-MM-DD`.
 */
export function foreignHold(
  { orders, trades }: Others,
  held: ReadonlySet<string>,
  { day, whole }: { readonly day: string; readonly whole: number },
): number {
  const paid = Map.groupBy(
    trades.filter(({ key }) => held.has(key)),
    ({ orderId }) => orderId,
  );
  const real = orders.filter(({ security, amount, filled, limitPrice }) => {
    return isSecurity(security) && (amount - filled) * (limitPrice ?? 0) <= whole;
  });
  return holdOf(
    real.map(({ orderId, security, side, amount, filled, limitPrice, avgPrice }) => {
      const own = paid.get(orderId) ?? [];
      const shares = own.reduce((sum, trade) => sum + trade.amount, 0);
      const money = own.reduce((sum, trade) => sum + tradedMoney(security, trade.amount, trade.price ?? 0), 0);
      return {
        security,
        // An order whose side is not told may be a buy.
        side: side ?? 'buy',
        rest: Math.max(0, amount - Math.max(filled, shares)),
        price: limitPrice ?? 0,
        day,
        filledMoney: Math.max(tradedMoney(security, filled, avgPrice ?? 0), money),
      };
    }),
  );
}
