import type { OrderRow } from '../../domain/order/rows.ts';
import type { OrderRequest } from '../../domain/order/types.ts';
import { chinaDay } from '../../domain/time.ts';
import { newClientId } from '../../platform/ids.ts';

export interface NewOrderOptions {
  readonly owner: string;
  readonly rules: { readonly maxWaitSeconds: number };
  readonly requestKey: string | null;
  readonly placedIn: string | null;
  /** Market time, epoch ms. */
  readonly now: number;
}

/** The row of an order that has just been asked for: its side is what the request says, until it is planned. */
export function newOrder(request: OrderRequest, options: NewOrderOptions): OrderRow {
  const { owner, rules, requestKey, placedIn, now } = options;
  const isMarket = request.style.kind === 'market';
  const seconds = Math.max(0, request.waitTimeout ?? (isMarket ? rules.maxWaitSeconds : 0));
  const keep = seconds === 0 || (request.keep ?? !isMarket);
  const orderId = newClientId();
  return {
    orderId,
    day: chinaDay(now),
    owner,
    requestKey: requestKey ?? orderId,
    placedIn,
    security: request.security,
    side: request.quantity < 0 ? 'sell' : 'buy',
    request,
    amount: 0,
    phase: 'new',
    opensAt: null,
    waitMs: seconds * 1000,
    waitUntil: null,
    atEnd: keep ? 'keep' : 'cancel',
    cancelWhy: null,
    cancelInsists: false,
    denied: null,
    costBefore: null,
    callPrice: null,
    triggeredAt: null,
    triggerPrice: null,
    createdAt: now,
  };
}
