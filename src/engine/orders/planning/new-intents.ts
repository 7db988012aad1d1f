import type { PlannedOrder } from '../../../domain/order/plan.ts';
import { remarkOf } from '../../../domain/order/remark.ts';
import type { IntentRow, OrderRow } from '../../../domain/order/rows.ts';
import { newClientId, shortId } from '../../../platform/ids.ts';

/** One intent for each wire order, each with an id and a mark of its own, which none of the `known` ones has. */
export function newIntents(
  row: OrderRow,
  orders: readonly PlannedOrder[],
  known: readonly Pick<IntentRow, 'tag'>[],
): IntentRow[] {
  const used = new Set(known.map(({ tag }) => tag));
  return orders.map(({ security, side, amount, price, style }) => {
    let tag = shortId();
    while (used.has(tag)) tag = shortId();
    used.add(tag);
    return {
      clientId: newClientId(),
      orderId: row.orderId,
      day: row.day,
      tag,
      remark: remarkOf(tag, row.request.remark),
      security,
      side,
      amount,
      price,
      style,
      state: 'planned',
      reason: null,
      brokerOrderId: null,
      filled: 0,
      sentAt: null,
      cancels: 0,
      updatedAt: row.createdAt,
    };
  });
}
