import { BtError } from '../../domain/errors.ts';
import type { Side } from '../../domain/trading.ts';
import type { JsonObject } from '../json.ts';
import { accountPayload } from './requests.ts';
import type { AccountScope } from './requests.ts';

export interface WireOrder {
  /** Canonical code. */
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  /** The limit, or the worst price of a market-style order: always explicit, CNY. */
  readonly price: number;
  readonly style: 'limit' | 'market';
  readonly remark: string;
  /** Idempotency key: constant for the order's life. */
  readonly clientId: string;
}

/**
 * Payload of broker.place_order, spelled so that the deployed server has nothing to fill in: explicit price in `style`
 * (a top-level one would lose against its own snapshot), `market` in accord with it, no waiting, and `exact`, so that ours enters
 * it as it is (the deployed one does not know the word and gets nothing that it would change).
 * Throws BtError BAD_WIRE_ORDER for what must not be sent.
 */
export function placeOrderPayload(order: WireOrder, scope: AccountScope): JsonObject {
  if (!Number.isSafeInteger(order.amount) || order.amount <= 0) throw badOrder(`amount ${order.amount}`);
  if (!Number.isFinite(order.price) || order.price <= 0) throw badOrder(`price ${order.price}`);
  if (order.clientId.trim() === '') throw badOrder('an empty client id');
  const isMarket = order.style === 'market';
  const payload = {
    ...accountPayload(scope),
    security: order.security,
    side: order.side === 'buy' ? 'BUY' : 'SELL',
    amount: order.amount,
    style: isMarket ? { type: 'market', protect_price: order.price } : { type: 'limit', price: order.price },
    market: isMarket,
    wait_timeout: 0,
    order_remark: order.remark,
    idempotency_key: order.clientId,
    exact: true,
  };
  refuseLoneSurrogates(payload);
  return payload;
}

/** A lone surrogate places the order, ends the connection, and then ends every connection that lists orders. */
function refuseLoneSurrogates(payload: JsonObject): void {
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value === 'string' && !value.isWellFormed()) throw badOrder(`${name}, which is not well-formed Unicode`);
  }
}

function badOrder(what: string): BtError {
  return new BtError('BAD_WIRE_ORDER', `An order with ${what} was not sent. Correct that value of the order.`, {
    fault: 'bug',
  });
}
