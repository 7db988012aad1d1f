import { FINAL_INTENT_STATES } from '../../src/domain/order/types.ts';
import type { OrderView } from '../../src/domain/order/types.ts';
import { currentHost } from '../host.ts';
import { createDict } from '../objects/dict.ts';
import type { Dict } from '../objects/dict.ts';
import { findStatus, statusOf } from '../objects/order-status.ts';
import type { OrderStatus } from '../objects/order-status.ts';
import { Order } from '../objects/order.ts';
import { Trade } from '../objects/trade.ts';
import { pyRepr } from '../text/python-text.ts';
import { badArgument, optional, required } from './arguments.ts';
import type { Reader } from './arguments.ts';
import { defineApi, RUNNING } from './define-api.ts';
import { nullable, readSecurity } from './readers.ts';

const readOrderId: Reader<string> = (value, where) => {
  if (value instanceof Order) return value.order_id;
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw badArgument(where, `must be an Order or an order id, was ${pyRepr(value)}. Check the order for null first.`);
};

const readStatus: Reader<OrderStatus> = (value, where) => {
  const status = findStatus(value);
  if (status !== null) return status;
  throw badArgument(where, `must be an OrderStatus such as OrderStatus.held, was ${pyRepr(value)}.`);
};

/** Cancels; the order as it is afterwards, or null when no order of ours has this id. */
export const cancel_order: (order: Order | string | number) => Order | null = defineApi(
  { name: 'cancel_order', phases: RUNNING, args: { order: required(readOrderId) } },
  (a) => {
    const view = currentHost().cancelOrder(a.order);
    return view === null ? null : new Order(view);
  },
);

/** Today's unfinished orders by id, oldest first. */
export const get_open_orders: () => Dict<Order> = defineApi(
  { name: 'get_open_orders', phases: RUNNING, args: {} },
  () =>
    orderDict(
      currentHost()
        .orders()
        .filter((view) => !FINAL_INTENT_STATES.has(view.state)),
      'get_open_orders()',
    ),
);

/** Named arguments of get_orders. */
export interface GetOrdersOptions {
  readonly order_id?: string | number | null;
  readonly security?: string | null;
  readonly status?: OrderStatus | null;
}

export interface GetOrders {
  (options?: GetOrdersOptions): Dict<Order>;
  (order_id: string | number | null, security?: string | null, status?: OrderStatus | null): Dict<Order>;
}

/** Today's orders by id, oldest first; each argument narrows. */
export const get_orders: GetOrders = defineApi(
  {
    name: 'get_orders',
    phases: RUNNING,
    args: {
      order_id: optional(nullable(readOrderId), null),
      security: optional(nullable(readSecurity), null),
      status: optional(nullable(readStatus), null),
    },
  },
  (a) => {
    const wanted = (view: OrderView): boolean =>
      (a.order_id === null || view.orderId === a.order_id) &&
      (a.security === null || view.security === a.security) &&
      (a.status === null || statusOf(view) === a.status);
    return orderDict(currentHost().orders().filter(wanted), 'get_orders()');
  },
);

/** Today's fills by id, oldest first. Venues repeat ids: the second of a kind is keyed `id#2`. */
export const get_trades: () => Dict<Trade> = defineApi({ name: 'get_trades', phases: RUNNING, args: {} }, () => {
  const seen = new Map<string, number>();
  const entries = currentHost()
    .trades()
    .map((view): [string, Trade] => {
      const times = (seen.get(view.tradeId) ?? 0) + 1;
      seen.set(view.tradeId, times);
      return [times === 1 ? view.tradeId : `${view.tradeId}#${times}`, new Trade(view)];
    });
  return createDict(entries, 'get_trades()');
});

function orderDict(views: readonly OrderView[], what: string): Dict<Order> {
  return createDict(
    views.map((view): [string, Order] => [view.orderId, new Order(view)]),
    what,
  );
}
