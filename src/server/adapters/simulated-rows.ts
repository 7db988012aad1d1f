import { chinaText } from '../../domain/time.ts';
import type { ExchangeAccount, ExchangeOrder, ExchangePosition, ExchangeTrade } from '../../exchange/types.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { AccountConfig } from '../options.ts';
import { dictAnswer, money } from '../wire-answers.ts';
import { statusWord } from './simulated-status.ts';

/** QMT's codes of a stock buy and sell. */
const ORDER_TYPE = { buy: 23, sell: 24 } as const;
const PRICE_TYPE = { limit: 50, market: 88 } as const;

/** An order as the wire shows it; times as text, because the Python client reads whole seconds as nanoseconds. */
export function orderRow(order: ExchangeOrder): JsonObject {
  return {
    order_id: order.orderId,
    security: order.security,
    amount: order.amount,
    filled: order.filled,
    traded_volume: order.filled,
    remaining: order.amount - order.filled,
    status: statusWord(order.status),
    raw_status: order.status,
    status_msg: order.statusText,
    side: order.side.toUpperCase(),
    is_buy: order.side === 'buy',
    order_type: ORDER_TYPE[order.side],
    style_type: order.style,
    style: order.style,
    price_type: PRICE_TYPE[order.style],
    order_price: order.price,
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
    order_time: chinaText(order.createdAt),
    order_sysid: order.sysId,
  };
}

export function tradeRow(trade: ExchangeTrade): JsonObject {
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
    time: chinaText(trade.time),
    order_remark: trade.remark,
  };
}

export function positionRow(position: ExchangePosition): JsonObject {
  return {
    security: position.security,
    amount: position.amount,
    available_amount: position.closeableAmount,
    closeable_amount: position.closeableAmount,
    can_use_volume: position.closeableAmount,
    frozen_volume: position.frozenAmount,
    avg_cost: position.avgCost,
    last_price: position.lastPrice,
    current_price: position.lastPrice,
    name: position.name,
    market_value: position.marketValue,
    position_value: position.marketValue,
  };
}

export function accountRow(
  config: AccountConfig,
  account: ExchangeAccount,
  positions: readonly ExchangePosition[],
): JsonObject {
  return dictAnswer({
    account_id: account.accountId,
    account_type: config.type,
    available_cash: account.availableCash,
    transferable_cash: account.transferableCash,
    frozen_cash: account.frozenCash,
    market_value: account.marketValue,
    positions: positions.map(positionRow),
    total_value: account.totalValue,
    total_asset: account.totalValue,
  });
}
