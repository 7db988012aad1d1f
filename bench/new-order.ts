import type { IntentRow, OrderRow } from '../src/domain/order/rows.ts';
import { newClientId, shortId } from '../src/platform/ids.ts';
import { CONTEXT, TEN_O_CLOCK } from './strategy-process.ts';

/** What `newOrder` buys a hundred of. */
export const SECURITY = '518880.XSHG';

/** An order as a strategy's call makes one, with its one intent; nothing of it is written yet. */
export function newOrder(price: number): { readonly row: OrderRow; readonly intent: IntentRow } {
  const tag = shortId();
  const common = { orderId: newClientId(), day: CONTEXT.tradingDay, security: SECURITY, side: 'buy' } as const;
  const request = {
    kind: 'amount',
    security: SECURITY,
    quantity: 100,
    style: { kind: 'market', limitPrice: null },
    waitTimeout: null,
    remark: 'bench',
    keep: null,
  } as const;
  return {
    row: {
      ...common,
      owner: 'bench',
      requestKey: common.orderId,
      placedIn: null,
      request,
      amount: 100,
      phase: 'working',
      opensAt: null,
      waitMs: 0,
      waitUntil: null,
      atEnd: 'keep',
      cancelWhy: null,
      cancelInsists: false,
      denied: null,
      costBefore: null,
      triggeredAt: null,
      triggerPrice: null,
      createdAt: TEN_O_CLOCK,
    },
    intent: {
      ...common,
      clientId: newClientId(),
      tag,
      remark: `bt:${tag}:bench`,
      amount: 100,
      price,
      style: 'market',
      state: 'planned',
      reason: null,
      brokerOrderId: null,
      filled: 0,
      sentAt: null,
      updatedAt: TEN_O_CLOCK,
    },
  };
}
