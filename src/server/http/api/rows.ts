import { chinaText } from '../../../domain/time.ts';
import type { BrokerAccount, BrokerPosition, BrokerTrade, Bars, SecurityInfo } from '../../../domain/trading.ts';
import type * as z from 'zod';
import { decodeTick } from '../../../protocol/decode/quotes.ts';
import { isJsonObject } from '../../../protocol/json.ts';
import type { AccountConfig } from '../../account-types.ts';
import { worthOf } from '../../monitor/worth.ts';
import { HttpProblem } from '../../../net/http/problem.ts';
import type { SeenOrder } from '../rows.ts';
import type { AccountRow, BarsTable, InstrumentRow, OrderRow, PositionRow, QuoteRow, TradeRow } from './schemas.ts';

/** Shanghai time in ISO 8601. */
export function isoTime(time: number): string {
  return `${chinaText(time).replace(' ', 'T')}+08:00`;
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : isoTime(time);
}

export function accountRow(
  { key, type }: AccountConfig,
  account: BrokerAccount,
  simulated: boolean,
): z.output<typeof AccountRow> {
  return {
    account: key,
    account_id: account.accountId,
    account_type: type,
    simulated,
    available_cash: account.availableCash,
    frozen_cash: account.frozenCash,
    transferable_cash: account.transferableCash,
    market_value: account.marketValue,
    total_value: account.totalValue,
  };
}

const UNKNOWN_WORTH = { profit: null, profitRate: null };

export function positionRow(position: BrokerPosition): z.output<typeof PositionRow> {
  const isRead = position.unreadable === undefined;
  const { profit, profitRate } = isRead ? worthOf(position) : UNKNOWN_WORTH;
  return {
    security: position.security,
    name: position.name,
    amount: isRead ? position.amount : null,
    closeable_amount: isRead ? position.closeableAmount : null,
    avg_cost: position.avgCost,
    last_price: position.lastPrice,
    market_value: position.marketValue,
    profit,
    profit_rate: profitRate,
  };
}

export function orderRow(order: SeenOrder): z.output<typeof OrderRow> {
  return {
    order_id: order.orderId,
    system_id: order.systemId,
    security: order.security,
    side: order.side,
    operation: order.operation,
    type: order.type,
    amount: order.amount,
    filled: order.filled,
    limit_price: order.limitPrice,
    avg_price: order.avgPrice,
    status: order.status,
    raw_status: order.rawStatus,
    status_text: order.statusText,
    remark: order.remark,
    strategy: order.strategy,
    created_at: isoOrNull(order.createdAt),
  };
}

export function tradeRow(trade: BrokerTrade): z.output<typeof TradeRow> {
  const { tradeId, orderId, security, side, amount, price, time, commission, tax } = trade;
  return {
    trade_id: tradeId,
    order_id: orderId,
    security,
    side,
    amount,
    price,
    time: isoOrNull(time),
    commission,
    tax,
  };
}

/** A tick payload of the wire. Throws 502 when it cannot be read. */
export function quoteRow(payload: unknown): z.output<typeof QuoteRow> {
  const quote = decodeTick(payload);
  if (quote === null) throw new HttpProblem(502, 'BAD_ANSWER', 'The gateway answered with what is no quote.');
  const fields = isJsonObject(payload) ? payload : {};
  return {
    security: quote.security,
    time: isoOrNull(quote.time),
    last_price: quote.lastPrice,
    pre_close: quote.preClose,
    open: quote.dayOpen,
    high: positive(fields['high']),
    low: positive(fields['low']),
    high_limit: quote.highLimit,
    low_limit: quote.lowLimit,
    volume: quote.volume,
    money: finite(fields['money']),
    paused: quote.paused,
    bids: levels(fields['bid_prices'], fields['bid_volumes']),
    asks: levels(fields['ask_prices'], fields['ask_volumes']),
  };
}

/** The wire pads a book of fewer levels with zeros. */
function levels(prices: unknown, volumes: unknown): { price: number; volume: number }[] {
  if (!Array.isArray(prices) || !Array.isArray(volumes)) return [];
  return prices.flatMap((value: unknown, at) => {
    const price = positive(value);
    const volume = finite(volumes[at]);
    return price === null || volume === null ? [] : [{ price, volume }];
  });
}

function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function positive(value: unknown): number | null {
  const number = finite(value);
  return number !== null && number > 0 ? number : null;
}

export function barsTable(bars: Bars, frequency: string, adjust: string): z.output<typeof BarsTable> {
  const at = (name: string, row: number): number | null => finite(bars.columns[name]?.[row]);
  return {
    security: bars.security,
    frequency,
    adjust,
    bars: Array.from(bars.time, (time, row) => ({
      time: isoTime(time),
      open: at('open', row),
      high: at('high', row),
      low: at('low', row),
      close: at('close', row),
      volume: at('volume', row),
      money: at('money', row),
    })),
  };
}

export function instrumentRow(info: SecurityInfo): z.output<typeof InstrumentRow> {
  return {
    security: info.security,
    display_name: info.displayName,
    name: info.name,
    type: info.type,
    start_date: info.startDate,
    end_date: info.endDate,
  };
}
