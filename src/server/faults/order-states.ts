import type { GatewayOrder } from '../../domain/gateway.ts';
import { orderWord } from '../../protocol/encode/order-answers.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { toText } from '../python.ts';

const NONE: readonly string[] = ['none'];

/**
 * Status words of the orders a request is about: the one it placed (`answer`), the one it names, else all of the account's day,
 * each word once, sorted; `none` when there is no order.
 */
export function orderStates(
  action: string,
  payload: JsonObject,
  answer: JsonObject | null,
  orders: () => readonly GatewayOrder[],
): readonly string[] {
  if (action === 'broker.place_order') {
    const row = answer?.['payload'];
    return isJsonObject(row) && 'status' in row ? [toText(row['status'])] : NONE;
  }
  const all = ordersOf(orders);
  const named = payload['order_id'];
  const concerned = named === undefined ? all : all.filter(({ orderId }) => orderId === toText(named));
  const words = [...new Set(concerned.map(orderWord))].sort();
  return words.length === 0 ? NONE : words;
}

/** A request that names no account a server can find has no orders. */
function ordersOf(orders: () => readonly GatewayOrder[]): readonly GatewayOrder[] {
  try {
    return orders();
  } catch {
    return [];
  }
}
