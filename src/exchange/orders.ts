import { mix, unit } from '../platform/random.ts';
import type { OrderData, TradeData } from './data.ts';
import { yuan } from './data.ts';
import type { ExchangeOrder, ExchangeOrderRequest, ExchangeTrade, QmtStatus } from './types.ts';

/** QMT numbers the orders of a day from just above 2^30. */
const FIRST_ORDER_ID = 1_073_741_824;

/** What an order is given when it is placed. */
export interface NewOrder {
  readonly request: ExchangeOrderRequest;
  readonly security: string;
  readonly seq: number;
  readonly serial: number;
  readonly key: number;
  readonly now: number;
  readonly day: string;
}

/** An order as it was asked for, before anything is decided about it. */
export function newOrder({ request, security, seq, serial, key, now, day }: NewOrder): OrderData {
  const { side, style, remark, strategyName, price, amount } = request;
  return {
    seq,
    serial,
    key,
    security,
    side,
    style,
    remark,
    strategyName,
    day,
    amount: Number.isSafeInteger(amount) ? amount : 0,
    price: price !== null && Number.isFinite(price) ? price : 0,
    limit: 0,
    status: 48,
    statusText: '',
    createdAt: now,
    mode: 'waiting',
    queue: 0,
    waitAt: null,
    reportAt: null,
    joinAt: null,
    cancelAt: null,
    filled: 0,
    filledMoney: 0,
    fills: 0,
    commission: 0,
    tax: 0,
    frozenCash: 0,
    frozenAmount: 0,
  };
}

/** Random whole milliseconds in [low, high) of market time, fixed for an order and a step of its life. */
export function delay(order: Pick<OrderData, 'key'>, step: number, low: number, high: number): number {
  return low + Math.floor(unit(mix(order.key, step)) * (high - low));
}

/** Status of an order that is not final, from its facts. */
export function liveStatus(order: OrderData): QmtStatus {
  if (order.cancelAt !== null) return order.filled > 0 ? 52 : 51;
  if (order.waitAt !== null) return 48;
  if (order.reportAt !== null) return 49;
  return order.filled > 0 ? 55 : 50;
}

/** Makes an order final: 56 when complete, 53 or 54 when its rest ends with `text`. */
export function finish(order: OrderData, text: string): void {
  order.mode = 'done';
  order.joinAt = null;
  order.cancelAt = null;
  order.status = order.filled === order.amount ? 56 : order.filled > 0 ? 53 : 54;
  order.statusText = order.status === 56 ? '' : text;
}

export function orderId(order: Pick<OrderData, 'seq'>): string {
  return String(FIRST_ORDER_ID + order.seq);
}

/** The row of an order. `ordinal`: number of its account, which keeps the exchange's ids apart between accounts. */
export function orderRow(order: OrderData, ordinal: number): ExchangeOrder {
  const { security, side, style, amount, filled, price, status, statusText, remark, strategyName } = order;
  const reported = order.status !== 57 && order.waitAt === null && order.reportAt === null;
  return {
    security,
    side,
    style,
    amount,
    filled,
    price,
    status,
    statusText,
    remark,
    strategyName,
    orderId: orderId(order),
    sysId: reported ? String((ordinal + 1) * 10_000_000 + order.seq) : '',
    avgPrice: filled > 0 ? yuan(order.filledMoney / filled) : null,
    createdAt: order.createdAt,
    tradingDay: order.day,
    frozenCash: yuan(order.frozenCash),
    frozenAmount: order.frozenAmount,
    commission: yuan(order.commission),
    tax: yuan(order.tax),
  };
}

export function tradeRow(trade: TradeData, ordinal: number): ExchangeTrade {
  const { security, side, amount, time, remark } = trade;
  const number = String(trade.seq).padStart(6, '0') + String(trade.fill).padStart(4, '0');
  return {
    security,
    side,
    amount,
    time,
    remark,
    tradeId: `${ordinal + 1}${number}`,
    orderId: orderId(trade),
    price: yuan(trade.price),
    commission: yuan(trade.commission),
    tax: yuan(trade.tax),
  };
}
