import type { BrokerOrder } from '../../domain/trading.ts';
import { decodeOrders } from '../../protocol/decode/orders.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';

/** An order with what only its row on the wire says. */
export interface SeenOrder extends BrokerOrder {
  /** QMT's code, 48 … 57 or 255; null where the row tells none. */
  readonly rawStatus: number | null;
  /** The exchange's number; empty until it was reported. */
  readonly systemId: string;
  /** `limit`, `market`, or a word of the gateway's own. */
  readonly type: string;
  readonly strategy: string;
  /** What only a credit account does; null = a plain buy or sell. */
  readonly operation: string | null;
}

/** The rows of `broker.orders`. Throws BAD_ANSWER. */
export function seenOrders(payload: unknown): SeenOrder[] {
  const rows: readonly unknown[] = Array.isArray(payload) ? payload : [];
  return decodeOrders(payload).map((order, at) => seen(order, rows[at]));
}

/** One row. Throws BAD_ANSWER for what is no row. */
export function seenOrder(row: JsonObject): SeenOrder {
  const [order] = seenOrders([row]);
  if (order === undefined) throw new RangeError('one row is one order');
  return order;
}

function seen(order: BrokerOrder, row: unknown): SeenOrder {
  const fields = isJsonObject(row) ? row : {};
  const { raw_status: raw, order_sysid: systemId } = fields;
  return {
    ...order,
    rawStatus: typeof raw === 'number' && Number.isInteger(raw) ? raw : null,
    systemId: textOf(systemId),
    type: textOf(fields['style_type']),
    strategy: textOf(fields['strategy_name']),
    operation: typeof fields['operation'] === 'string' ? fields['operation'] : null,
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}
