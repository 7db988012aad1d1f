import type { IntentRow, OrderRow } from '../src/domain/order/rows.ts';
import { newOrder as askedFor } from '../src/engine/orders/new-order.ts';
import { newClientId, shortId } from '../src/platform/ids.ts';
import { TEN_O_CLOCK } from './strategy-process.ts';

/** What `newOrder` buys a hundred of. */
export const SECURITY = '518880.XSHG';

const REQUEST = {
  kind: 'amount',
  security: SECURITY,
  quantity: 100,
  style: { kind: 'market', limitPrice: null },
  waitTimeout: null,
  remark: 'bench',
  keep: null,
} as const;
const ASKED = { owner: 'bench', rules: { maxWaitSeconds: 0 }, requestKey: null, placedIn: null, now: TEN_O_CLOCK };

/** An order as a strategy's call makes one, with its one intent; nothing of it is written yet. */
export function newOrder(price: number): { readonly row: OrderRow; readonly intent: IntentRow } {
  const tag = shortId();
  const row: OrderRow = { ...askedFor(REQUEST, ASKED), amount: 100, phase: 'working' };
  const { orderId, day, security, side, amount } = row;
  return {
    row,
    intent: {
      orderId,
      day,
      security,
      side,
      amount,
      clientId: newClientId(),
      tag,
      remark: `bt:${tag}:bench`,
      price,
      style: 'market',
      state: 'planned',
      reason: null,
      brokerOrderId: null,
      filled: 0,
      sentAt: null,
      cancels: 0,
      updatedAt: TEN_O_CLOCK,
    },
  };
}
