import { tradedMoney } from '../../market/repo.ts';
import type { PlannedOrder } from '../plan.ts';
import { BUYING } from './buying-rules.ts';
import { denied, over, type Denial, type RecentOrder, type Rule, type RuleInputs, type Total } from './rule.ts';

/** Which limit these orders, of one strategy order, break first; null = none. Pure. */
export function limitDenial(orders: readonly PlannedOrder[], inputs: RuleInputs): Denial | null {
  const total = totalOf(orders);
  if (total === null) return null;
  const rules = total.side === 'buy' ? [...COUNTING, ...BUYING] : COUNTING;
  for (const rule of rules) {
    const denial = rule(orders, total, inputs);
    if (denial !== null) return denial;
  }
  return null;
}

/** How many equal orders came within the guard's time before this one. */
export function equalBefore(orders: readonly PlannedOrder[], { limits, recent, now }: RuleInputs): number {
  const total = totalOf(orders);
  if (total === null || limits.duplicateSeconds === null) return 0;
  const since = now - limits.duplicateSeconds * 1000;
  return recent.filter((one) => one.at >= since && isEqual(one, total)).length;
}

/** What the guard remembers of an order. */
export function recentOf(orders: readonly PlannedOrder[], at: number): RecentOrder | null {
  const total = totalOf(orders);
  return total === null ? null : { ...total, at };
}

function isEqual(one: RecentOrder, { security, side, amount, price }: Total): boolean {
  return one.security === security && one.side === side && one.amount === amount && one.price === price;
}

function totalOf(orders: readonly PlannedOrder[]): Total | null {
  const [first] = orders;
  if (first === undefined) return null;
  const { security, side, price } = first;
  const amount = orders.reduce((sum, order) => sum + order.amount, 0);
  return { security, side, price, amount, value: tradedMoney(security, amount, price) };
}

/** Of both sides. */
const COUNTING: readonly Rule[] = [
  (orders, _total, { limits, tally }) =>
    over(tally.orders + orders.length, limits.maxDailyOrders)
      ? denied(
          'daily_orders',
          `with this one (${orders.length} at the exchange) it would be order ${tally.orders + orders.length} of the day, at most ${limits.maxDailyOrders} are sent (MAX_DAILY_TRADES)`,
        )
      : null,
  (orders, _total, { limits, tally }) =>
    over(tally.orders + tally.cancels + orders.length, limits.maxDailyActions)
      ? denied(
          'daily_actions',
          `${tally.orders + tally.cancels} orders and cancels were sent today, this one is ${orders.length} more, at most ${limits.maxDailyActions} are sent (MAX_DAILY_ACTIONS)`,
        )
      : null,
  (orders, { security }, inputs) =>
    equalBefore(orders, inputs) >= 2
      ? denied(
          'duplicate',
          `the same order of ${security} came three times within ${inputs.limits.duplicateSeconds} s (DUPLICATE_ORDER_SECONDS)`,
        )
      : null,
];
