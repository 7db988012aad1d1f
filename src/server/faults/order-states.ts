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
  orders: () => readonly JsonObject[],
): readonly string[] {
  if (action === 'broker.place_order') {
    const row = answer?.['payload'];
    return isJsonObject(row) && 'status' in row ? [toText(row['status'])] : NONE;
  }
  const rows = rowsOf(orders);
  const named = payload['order_id'];
  const concerned = named === undefined ? rows : rows.filter((row) => toText(row['order_id']) === toText(named));
  const words = [...new Set(concerned.map((row) => toText(row['status'])))].sort();
  return words.length === 0 ? NONE : words;
}

/** A request that names no account a server can find has no orders. */
function rowsOf(orders: () => readonly JsonObject[]): readonly JsonObject[] {
  try {
    return orders();
  } catch {
    return [];
  }
}
