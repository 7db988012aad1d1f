import type { Side } from '../trading.ts';
import type { IntentState, OrderRequest } from './types.ts';

/** One strategy order as written down. */
export interface OrderRow {
  readonly orderId: string;
  readonly day: string;
  readonly security: string;
  readonly side: Side;
  readonly request: OrderRequest;
  readonly amount: number;
  /** True when the strategy was told that the order waits for its sending window. */
  readonly parked: boolean;
  /** Why nothing was sent; else null. */
  readonly denied: string | null;
  readonly createdAt: number;
}

/** One intent = one wire order. */
export interface IntentRow {
  readonly clientId: string;
  readonly orderId: string;
  readonly day: string;
  readonly tag: string;
  readonly remark: string;
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly price: number;
  readonly style: 'limit' | 'market';
  readonly state: IntentState;
  readonly reason: string | null;
  readonly brokerOrderId: string | null;
  readonly filled: number;
  readonly sentAt: number | null;
  readonly updatedAt: number;
}

export interface FillRow {
  readonly day: string;
  readonly brokerOrderId: string;
  readonly tradeId: string;
  readonly ordinal: number;
  readonly clientId: string;
  readonly amount: number;
  readonly price: number;
  readonly time: number;
  readonly commission: number | null;
  readonly tax: number | null;
}

/** What makes a fill one fill: the ledger's primary key, as one text. */
export function fillKey(fill: FillRow): string {
  return JSON.stringify([fill.day, fill.brokerOrderId, fill.tradeId, fill.price, fill.amount, fill.ordinal]);
}
