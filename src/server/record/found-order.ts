import type { GatewayOrder } from '../../domain/gateway.ts';
import type { KeptRequest } from './types.ts';

/** So much of a remark a counter may leave, and it still tells one order from another. */
const LEAST_REMARK = 11;

/**
 * The order that a request has become whose call was cut off: the only one of the day's list that bears its remark, is of its security,
 * side and amount, and is not another request's. Null = nobody can say. `alike`: all requests of the day and account with its remark.
 */
export function foundOrder(
  request: KeptRequest,
  orders: readonly GatewayOrder[],
  alike: readonly KeptRequest[],
): GatewayOrder | null {
  const others = alike.filter(({ seq, state }) => seq !== request.seq && state !== 'refused');
  // Two under one remark that are both looked for: which is which nobody knows.
  if (others.some(({ orderId }) => orderId === null)) return null;
  const taken = new Set(others.map(({ orderId }) => orderId));
  const candidates = orders.filter(
    (order) =>
      order.security === request.security &&
      isKind(order, request) &&
      order.amount === request.amount &&
      isRemark(order.remark, request.remark) &&
      !taken.has(order.orderId),
  );
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** What gives something back has no side on the counter's rows; a counter that shows no operation shows the side alone. */
function isKind(order: GatewayOrder, request: KeptRequest): boolean {
  if (order.operation === undefined) return order.side === request.side;
  return order.operation === request.operation;
}

/** Counters keep the first bytes of a remark. */
function isRemark(shown: string, sent: string): boolean {
  return shown === sent || (shown.length >= LEAST_REMARK && sent.startsWith(shown));
}
