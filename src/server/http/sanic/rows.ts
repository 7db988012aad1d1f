import { isSecurity, toQmtCode } from '../../../domain/market/symbol.ts';
import type { BrokerAccount, BrokerPosition, BrokerTrade, Side } from '../../../domain/trading.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { statusWord } from '../../../protocol/status-words.ts';
import type { SeenOrder } from '../rows.ts';

const ORDER_TYPE = { buy: 23, sell: 24 } as const;

export function assetsRow(account: BrokerAccount): JsonObject {
  return {
    总资产: account.totalValue,
    现金: account.availableCash,
    持仓市值: account.marketValue,
    冻结金额: account.frozenCash,
  };
}

/** A list of one holding, as the wrapper writes each. */
export function holdingRow(position: BrokerPosition): readonly JsonObject[] {
  const isRead = position.unreadable === undefined;
  const row = {
    股票代码: codeOf(position.security),
    持仓: isRead ? position.amount : null,
    可用持仓: isRead ? position.closeableAmount : null,
    成本: position.avgCost,
    持仓市值: position.marketValue,
  };
  return [row];
}

/** 状态描述 is ours: the counter's words, where there are any. */
export function orderRow(order: SeenOrder): JsonObject {
  const { statusText } = order;
  return {
    股票代码: codeOf(order.security),
    委托数量: order.amount,
    成交数量: order.filled,
    委托价格: order.limitPrice,
    委托类型: typeOf(order.side),
    委托状态: statusWord(order.rawStatus),
    订单编号: idOf(order.orderId),
    柜台合同编号: order.systemId,
    报单时间: secondsOf(order.createdAt),
    ...(statusText === '' ? {} : { 状态描述: statusText }),
  };
}

/** `order`: the one it is of; null when the list lacks it. */
export function tradeRow(trade: BrokerTrade, order: SeenOrder | null): JsonObject {
  const { amount, price } = trade;
  return {
    股票代码: codeOf(trade.security),
    委托类型: typeOf(trade.side ?? order?.side ?? null),
    成交数量: amount,
    成交均价: price,
    成交金额: price === null ? null : Math.round(amount * price * 10_000) / 10_000,
    成交时间: secondsOf(trade.time),
    成交编号: trade.tradeId,
    柜台合同编号: order?.systemId ?? '',
  };
}

/** A whole number where the gateway's id is one, as the wrapper's are; else its text. */
export function idOf(orderId: string): number | string {
  const number = /^[1-9]\d{0,15}$/u.test(orderId) ? Number(orderId) : Number.NaN;
  return Number.isSafeInteger(number) ? number : orderId;
}

function codeOf(security: string): string {
  return isSecurity(security) ? toQmtCode(security) : security;
}

function typeOf(side: Side | null): number | null {
  return side === null ? null : ORDER_TYPE[side];
}

function secondsOf(time: number | null): number | null {
  return time === null ? null : Math.floor(time / 1000);
}
