import type { Side } from '../trading.ts';
import type { Actor, IntentState, OrderRequest } from './types.ts';

/**
 * Where an order is in its life. `new`: its call waits, it is about to be planned. `parked`: it waits for its sending window, or for its stop price.
 * `working`: it has intents. `done`: nothing more happens to it by itself.
 */
export type OrderPhase = 'new' | 'parked' | 'working' | 'done';

/** One strategy order as written down: all that its life needs, so that whoever reads it can go on with it. Market time, epoch ms. */
export interface OrderRow {
  readonly orderId: string;
  /** Trading day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Whose it is: the strategy's name. */
  readonly owner: string;
  /** Unique: asked for twice under one key, it is one order. The caller's, else its own id. */
  readonly requestKey: string;
  /** The call into the strategy that placed it (a task's key, else the id of that call); null = none has. */
  readonly placedIn: string | null;
  readonly security: string;
  readonly side: Side;
  readonly request: OrderRequest;
  readonly amount: number;
  readonly phase: OrderPhase;
  /** When the window opens that it waits, or waited, for; null = it never had to. */
  readonly opensAt: number | null;
  /** Milliseconds of continuous trading for which it is waited; 0 = it is not. */
  readonly waitMs: number;
  /** When that wait ends; null = not begun, or it ends with the day. */
  readonly waitUntil: number | null;
  /** What happens to what is open then. */
  readonly atEnd: 'cancel' | 'keep';
  /** Why it is to be cancelled; null = it is not. */
  readonly cancelWhy: string | null;
  /** A cancel that is not possible now is repeated when it is. */
  readonly cancelInsists: boolean;
  /** Why nothing was sent; else null. */
  readonly denied: string | null;
  /** Average cost of the holding it sells from, CNY a share; null for a buy, or where it was not known. */
  readonly costBefore: number | null;
  /** Last price, CNY, of the first quote it was planned on: what its call saw. Null = it was refused before, or adopted. */
  readonly callPrice: number | null;
  /** When the price came that it waited for (market time); null = it has none, or waits for it. */
  readonly triggeredAt: number | null;
  /** That price, CNY. */
  readonly triggerPrice: number | null;
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
  /** How often its cancel was asked for. */
  readonly cancels: number;
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

/** One state of an order, as it came. */
export interface OrderChangeRow {
  readonly orderId: string;
  /** The part of it that changed; null = the order as a whole. */
  readonly clientId: string | null;
  /** Market time, epoch ms. */
  readonly at: number;
  readonly state: IntentState;
  readonly reason: string | null;
  /** Who is behind it; null = nobody in particular. */
  readonly by: Actor | null;
}

/** What makes a fill one fill: the ledger's primary key. Broker ids may come again within a day, client ids never. */
export function isSameFill(a: FillRow, b: FillRow): boolean {
  return (
    a.clientId === b.clientId &&
    a.tradeId === b.tradeId &&
    a.ordinal === b.ordinal &&
    a.amount === b.amount &&
    a.price === b.price &&
    a.day === b.day
  );
}
