import { viewOfSub } from '../../src/domain/order/sub-portfolios.ts';
import { pindexOf } from '../../src/domain/order/types.ts';
import type { AccountView, OrderRequest, OrderView } from '../../src/domain/order/types.ts';
import type { Quote } from '../../src/domain/trading.ts';
import { roundBuyAmount, roundSellAmount } from '../../src/domain/market/lot.ts';
import { currentHost } from '../host.ts';
import { Order } from '../objects/order.ts';
import { pyRepr } from '../text/python-text.ts';
import { speak } from '../objects/speak.ts';
import { badArgument, bindArguments, isPlainObject, required } from './arguments.ts';
import type { Reader } from './arguments.ts';
import { defineApi, RUNNING } from './define-api.ts';
import { AMOUNT_ARGS, ofSub } from './orders.ts';
import type { Style } from './orders.ts';
import { isIterable } from './readers.ts';

/** One order of a batch, by name as `order` takes it. */
export interface BatchOrder {
  readonly security: string;
  /** Above 0 buys, below 0 sells. */
  readonly amount: number;
  readonly style?: Style | null;
  readonly side?: 'long';
  readonly pindex?: number;
  readonly close_today?: false;
}

/** What a market order may cost above the latest price, at most. */
const PROTECTION = 1.02;

const readBatch: Reader<readonly OrderRequest[]> = (value, where) => {
  if (!isIterable(value)) throw badArgument(where, `must be a list of { security, amount }, was ${pyRepr(value)}.`);
  return Array.from(value, (item, index): OrderRequest => {
    if (!isPlainObject(item))
      throw badArgument(`${where}[${index}]`, `must be { security, amount }, was ${pyRepr(item)}.`);
    const { security, amount, style, pindex } = bindArguments(`${where}[${index}]`, AMOUNT_ARGS, [item]);
    if (amount === 0) throw badArgument(`${where}[${index}]`, `amount of ${security} must not be 0.`);
    const rest = { waitTimeout: null, remark: null, keep: null, ...ofSub(pindex) };
    return { kind: 'amount', security, quantity: amount, style, ...rest };
  });
};

/**
 * Sends several orders together, all or none: when one of them cannot be placed as the account stands (paused, no price, below a
 * lot, more sold than is closeable, more bought than there is cash) none is sent, the reason is logged and the list is empty. What
 * is sent is waited for together, as by `order`; null stands for one that was refused after all.
 */
export const batch_submit_orders: (orders: Iterable<BatchOrder>) => (Order | null)[] = defineApi(
  { name: 'batch_submit_orders', phases: RUNNING, args: { orders: required(readBatch) } },
  ({ orders }) => {
    if (orders.length === 0) return [];
    const problem = problemOf(orders);
    if (problem !== null) {
      speak('order', 'warning', `batch_submit_orders: ${problem}; none of the ${orders.length} orders was sent.`);
      return [];
    }
    return currentHost()
      .placeOrders(orders)
      .map((view) => (view === null ? null : new Order(view)));
  },
);

const readIds: Reader<readonly string[]> = (value, where) => {
  if (!isIterable(value)) throw badArgument(where, `must be a list of orders or order ids, was ${pyRepr(value)}.`);
  return Array.from(value, (item) => {
    if (item instanceof Order) return item.order_id;
    if (typeof item === 'string' || typeof item === 'number') return String(item);
    throw badArgument(where, `must hold orders or order ids, was ${pyRepr(item)}.`);
  });
};

/** Cancels each of these orders, or order ids; the answers as of cancel_order. */
export const batch_cancel_orders: (orders: Iterable<Order | string | number>) => (Order | null)[] = defineApi(
  { name: 'batch_cancel_orders', phases: RUNNING, args: { orders: required(readIds) } },
  ({ orders }) =>
    orders.map((id) => {
      const view: OrderView | null = currentHost().cancelOrder(id);
      return view === null ? null : new Order(view);
    }),
);

/** Why not all of them can be placed, in words; null = nothing is known against it. Each sub-portfolio's as it stands. */
function problemOf(orders: readonly OrderRequest[]): string | null {
  const host = currentHost();
  const account = host.account();
  const quotes = host.quotes(orders.map(({ security }) => security));
  const quoteOf = new Map(orders.map((order, at) => [order, quotes[at] ?? null]));
  for (const [pindex, own] of Map.groupBy(orders, pindexOf)) {
    const view = viewOfSub(account, pindex);
    if (view === null) return `there is no sub-portfolio ${pindex}`;
    const problem = problemIn(view, own, (order) => quoteOf.get(order) ?? null);
    if (problem !== null) return problem;
  }
  return null;
}

function problemIn(
  account: AccountView,
  orders: readonly OrderRequest[],
  quoteOf: (order: OrderRequest) => Quote | null,
): string | null {
  const closeable = new Map(account.positions.map((held) => [held.security, held.closeableAmount]));
  let cash = account.availableCash;
  for (const order of orders) {
    const { security, quantity } = order;
    const quote = quoteOf(order);
    const price = priceOf(order, quote);
    if (quote?.paused === true) return `${security} is suspended`;
    if (price === null) return `${security} has no price`;
    // Nothing is reserved for one that waits for its price.
    if (order.style.stop !== undefined) continue;
    if (quantity > 0) {
      const amount = roundBuyAmount(security, quantity);
      if (amount === 0) return `${quantity} ${security} is less than a lot`;
      cash -= amount * price;
      if (cash < 0) return `there is not enough cash for ${amount} ${security} beside what stands before it`;
      continue;
    }
    const left = closeable.get(security) ?? 0;
    if (-quantity > left) return `${-quantity} ${security} is more than the ${left} that are closeable`;
    if (roundSellAmount(security, -quantity, left) === 0) return `${-quantity} ${security} is less than a lot`;
    closeable.set(security, left + quantity);
  }
  return null;
}

/** What one share may cost. */
function priceOf({ style }: OrderRequest, quote: Quote | null): number | null {
  const last = quote?.lastPrice ?? quote?.preClose ?? null;
  if (last === null) return null;
  return style.limitPrice ?? Math.min(last * PROTECTION, quote?.highLimit ?? Number.POSITIVE_INFINITY);
}
