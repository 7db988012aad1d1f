import type { GatewayOrder, GatewayTrade } from '../../domain/gateway.ts';
import { chinaText } from '../../domain/time.ts';
import type { JsonObject } from '../json.ts';
import { money } from './answers.ts';

/** QMT's codes of a stock buy and sell. */
const ORDER_TYPE = { buy: 23, sell: 24 } as const;
const PRICE_TYPE: Readonly<Record<string, number>> = { limit: 50, market: 88 };

/**
 * The wire's word of each of QMT's codes. Where the deployed back ends differ, the word the Python clients count as open is taken
 * (`filling`, not `partly_filled`).
 */
const WORDS: Readonly<Record<number, string>> = {
  48: 'new',
  49: 'new',
  50: 'open',
  51: 'canceling',
  52: 'partly_canceling',
  53: 'partly_canceled',
  54: 'canceled',
  55: 'filling',
  56: 'filled',
  57: 'rejected',
};

/** `status` of an order. */
export function orderWord({ rawStatus, rawWord }: Pick<GatewayOrder, 'rawStatus' | 'rawWord'>): string {
  return WORDS[rawStatus] ?? rawWord ?? 'unknown';
}

/** An order as the wire shows it; `order_time` in epoch seconds, as both back ends of the reference write it. */
export function orderRow(order: GatewayOrder): JsonObject {
  return {
    order_id: order.orderId,
    security: order.security,
    amount: order.amount,
    filled: order.filled,
    traded_volume: order.filled,
    remaining: order.amount - order.filled,
    status: orderWord(order),
    raw_status: order.rawStatus,
    status_msg: order.statusText,
    side: order.side?.toUpperCase() ?? null,
    is_buy: order.side === null ? null : order.side === 'buy',
    order_type: order.side === null ? null : ORDER_TYPE[order.side],
    ...(order.operation === undefined ? {} : { operation: order.operation }),
    style_type: order.style,
    style: order.style,
    price_type: PRICE_TYPE[order.style] ?? 0,
    order_price: order.limitPrice,
    price: order.avgPrice ?? 0,
    traded_price: order.avgPrice,
    avg_price: order.avgPrice,
    avg_cost: order.avgPrice,
    deal_balance: money(order.filled * (order.avgPrice ?? 0)),
    commission_fee: order.commission,
    commission: order.commission,
    tax: order.tax,
    frozen_cash: order.frozenCash,
    frozen_amount: order.frozenAmount,
    order_remark: order.remark,
    strategy_name: order.strategyName,
    order_time: order.createdAt === null ? null : Math.floor(order.createdAt / 1000),
    order_sysid: order.systemId,
  };
}

export function tradeRow(trade: GatewayTrade): JsonObject {
  return {
    trade_id: trade.tradeId,
    order_id: trade.orderId,
    security: trade.security,
    side: trade.side.toUpperCase(),
    is_buy: trade.side === 'buy',
    amount: trade.amount,
    price: trade.price,
    traded_price: trade.price,
    trade_price: trade.price,
    deal_balance: money(trade.amount * trade.price),
    commission_fee: trade.commission,
    commission: trade.commission,
    tax: trade.tax,
    time: trade.time === null ? null : chinaText(trade.time),
    order_remark: trade.remark,
  };
}

/** How the wait of a place request went; market seconds. */
export interface PlaceWait {
  readonly seconds: number;
  readonly elapsed: number;
  /** Whether the order was final when it ended. */
  readonly final: boolean;
}

/** `broker.place_order`: the order with how long was waited for it. */
export function placeAnswer(row: JsonObject, wait: PlaceWait): JsonObject {
  return {
    ...row,
    timed_out: wait.seconds > 0 && !wait.final,
    async_tracking: !wait.final,
    wait_timeout: wait.seconds,
    elapsed: wait.elapsed,
    last_snapshot: row,
  };
}

/** `broker.cancel_order` that the counter took; `row`: the order as it stands now, null when it is not to be seen. */
export function cancelAnswer(row: JsonObject | null, timedOut: boolean): JsonObject {
  const shown = row === null ? {} : { status: row['status'], raw_status: row['raw_status'], last_snapshot: row };
  return { dtype: 'dict', value: true, ...shown, timed_out: timedOut };
}

/** `broker.cancel_order` that the counter refused. */
export function cancelRefusal(text: string): JsonObject {
  return { dtype: 'dict', value: false, timed_out: false, ...(text === '' ? {} : { message: text }) };
}

/** An order that exists and is no longer to be seen. */
export function unseenOrderRow(orderId: string): JsonObject {
  return { order_id: orderId, status: 'unknown', raw_status: 255 };
}
