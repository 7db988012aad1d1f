import type { GatewayOrder, GatewayPosition, GatewayTrade } from '../../../domain/gateway.ts';
import { chinaText } from '../../../domain/time.ts';
import type { JsonObject } from '../../json.ts';
import { positionRow } from '../account-answers.ts';
import { money } from '../answers.ts';

/** QMT's codes in the words of the recorded stub, where they are not ours. */
export const RECORDED_WORDS: Readonly<Record<number, string>> = {
  48: 'new',
  49: 'submitted',
  50: 'open',
  51: 'canceling',
  52: 'partly_canceling',
  53: 'partly_canceled',
  54: 'canceled',
  55: 'partly_filled',
  56: 'filled',
  57: 'rejected',
};
/** Its orders have these fields from their execution on, be it of nothing. */
const EXECUTED: ReadonlySet<number> = new Set([53, 55, 56, 57]);
const PRICE_TYPE: Readonly<Record<string, number>> = { limit: 50, market: 88 };

/** An order as the recorded stub shows it: whole seconds, the code of a buy for sells too, a label once it has one. */
export function recordedOrderRow(order: GatewayOrder): JsonObject {
  const isExecuted = order.filled > 0 || EXECUTED.has(order.rawStatus);
  return {
    order_id: order.orderId,
    security: order.security === '' ? null : order.security,
    amount: order.amount,
    filled: order.filled,
    traded_volume: order.filled,
    status: RECORDED_WORDS[order.rawStatus] ?? order.rawWord ?? 'unknown',
    side: order.side === 'buy' ? 'BUY' : 'SELL',
    style_type: order.style,
    style: order.style,
    order_price: order.limitPrice ?? 0,
    price: order.avgPrice ?? 0,
    order_type: 23,
    is_buy: order.side === 'buy',
    commission_fee: order.commission,
    commission: order.commission,
    tax: order.tax,
    deal_balance: money(order.filled * (order.avgPrice ?? 0)),
    frozen_cash: order.frozenCash,
    frozen_amount: order.frozenAmount,
    order_remark: order.remark,
    strategy_name: order.strategyName,
    status_msg: order.statusText,
    price_type: PRICE_TYPE[order.style] ?? 0,
    order_time: Math.floor((order.createdAt ?? 0) / 1000),
    order_sysid: order.systemId,
    raw_status: order.rawStatus,
    ...(isExecuted ? executedFields(order) : {}),
    ...(order.subAccountId === null ? {} : { sub_account_id: order.subAccountId }),
  };
}

/** It says less of a trade than ours: neither its side nor its remark. */
export function recordedTradeRow(trade: GatewayTrade): JsonObject {
  return {
    trade_id: trade.tradeId,
    order_id: trade.orderId,
    security: trade.security === '' ? null : trade.security,
    amount: trade.amount,
    price: trade.price,
    traded_price: trade.price,
    trade_price: trade.price,
    deal_balance: money(trade.amount * trade.price),
    commission_fee: trade.commission,
    commission: trade.commission,
    tax: trade.tax,
    time: trade.time === null ? null : chinaText(trade.time),
  };
}

/** `frozen_volume` comes last, and only where something was frozen once. */
export function recordedPositionRow(position: GatewayPosition): JsonObject {
  const { frozen_volume: frozen, ...row } = positionRow(position);
  return position.frozenAmount === null ? row : { ...row, frozen_volume: frozen };
}

function executedFields({ amount, filled, avgPrice }: GatewayOrder): JsonObject {
  return { remaining: amount - filled, traded_price: avgPrice, avg_price: avgPrice, avg_cost: avgPrice };
}
