import { isRepo } from '../market/repo.ts';
import { tickSize } from '../market/tick.ts';
import type { BrokerOrder, BrokerTrade } from '../trading.ts';
import type { IntentRow } from './rows.ts';

/** Highest and lowest price of a security's day, CNY; null = not known. */
export interface DayPrices {
  readonly high: number | null;
  readonly low: number | null;
}

type Ordered = Pick<IntentRow, 'security' | 'side' | 'amount' | 'price'>;

/** Where the day's limits are not known: a price this many times better than the order's is no price of that security. */
const BETTER_FACTOR = 10;

/** Why a trade cannot be one of the order, in words; null = it can. A tick is for counters that list an average. */
export function fillDoubt(
  order: Ordered,
  trade: BrokerTrade & { readonly price: number },
  day: DayPrices,
): string | null {
  const { side, amount, price: limit } = order;
  const { price } = trade;
  const tick = tickSize(order.security) * (1 + 1e-6);
  if (trade.side !== null && trade.side !== side) return `it is a ${trade.side}, and the order a ${side}`;
  if (trade.amount > amount) return `its amount of ${trade.amount} is more than the ${amount} ordered`;
  if (side === 'buy' ? price > limit + tick : price < limit - tick)
    return `its price of ${price} is ${side === 'buy' ? 'above' : 'below'} the order's limit of ${limit}`;
  // A lend that asks for any rate is given the market's.
  const high = day.high ?? (isRepo(order.security) ? Number.POSITIVE_INFINITY : limit * BETTER_FACTOR);
  const low = day.low ?? limit / BETTER_FACTOR;
  if (price > high + tick) return `its price of ${price} is above ${high}, the highest of the day`;
  if (price < low - tick) return `its price of ${price} is below ${low}, the lowest of the day`;
  return null;
}

/** Why a broker's row of the order cannot be true, in words; null = it can. */
export function orderDoubt({ amount }: Ordered, row: BrokerOrder): string | null {
  return row.filled > amount ? `${row.filled} of ${amount} are called filled` : null;
}
