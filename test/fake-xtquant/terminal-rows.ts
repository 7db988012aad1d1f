import type { ExchangeOrder, ExchangePosition, ExchangeTick, ExchangeTrade } from '../../src/exchange/types.ts';
import { toQmtCode } from '../../src/domain/market/symbol.ts';
import { chinaText } from '../../src/domain/time.ts';
import type { Bars } from '../../src/domain/trading.ts';
import { tickSize } from '../../src/domain/market/tick.ts';
import { lotOf } from '../../src/server/adapters/qmt/volume-units.ts';

/** The vendor's rows (source: vendor's documentation, xttype and xtdata); times in seconds, volumes of quotes and bars in lots. */
export type SdkRow = Record<string, unknown>;

export function orderRow(accountId: string, order: ExchangeOrder): SdkRow {
  return {
    account_type: 2,
    account_id: accountId,
    stock_code: toQmtCode(order.security),
    order_id: Number(order.orderId),
    order_sysid: order.sysId,
    order_time: Math.floor(order.createdAt / 1000),
    order_type: order.side === 'buy' ? 23 : 24,
    order_volume: order.amount,
    // The counter's own codes, not the number that was sent.
    price_type: order.style === 'limit' ? 50 : 88,
    price: order.price,
    traded_volume: order.filled,
    traded_price: order.avgPrice ?? 0,
    order_status: order.status,
    status_msg: order.statusText === '' ? '' : { $gbk: order.statusText },
    strategy_name: order.strategyName,
    order_remark: order.remark,
    direction: 48,
    offset_flag: order.side === 'buy' ? 48 : 49,
  };
}

export function tradeRow(accountId: string, trade: ExchangeTrade): SdkRow {
  return {
    account_type: 2,
    account_id: accountId,
    stock_code: toQmtCode(trade.security),
    order_type: trade.side === 'buy' ? 23 : 24,
    traded_id: trade.tradeId,
    traded_time: Math.floor(trade.time / 1000),
    traded_price: trade.price,
    traded_volume: trade.amount,
    traded_amount: trade.amount * trade.price,
    order_id: Number(trade.orderId),
    order_sysid: '',
    strategy_name: '',
    order_remark: trade.remark,
    direction: 48,
    offset_flag: trade.side === 'buy' ? 48 : 49,
    commission: trade.commission + trade.tax,
  };
}

export function positionRow(accountId: string, position: ExchangePosition): SdkRow {
  return {
    account_type: 2,
    account_id: accountId,
    stock_code: toQmtCode(position.security),
    volume: position.amount,
    can_use_volume: position.closeableAmount,
    open_price: position.avgCost,
    avg_price: position.avgCost,
    market_value: position.marketValue,
    frozen_volume: position.frozenAmount,
    on_road_volume: 0,
    yesterday_volume: position.closeableAmount,
    direction: 48,
  };
}

const LEVELS = 5;

export function tickRow({ quote, bids, asks, dayHigh, dayLow, money }: ExchangeTick): SdkRow {
  const lot = lotOf(quote.security);
  const five = (values: readonly number[]): number[] =>
    Array.from({ length: LEVELS }, (_, level) => values[level] ?? 0);
  return {
    time: quote.time,
    timetag: quote.time === null ? '' : chinaText(quote.time).replaceAll('-', ''),
    lastPrice: quote.lastPrice ?? 0,
    open: quote.dayOpen ?? 0,
    high: dayHigh ?? 0,
    low: dayLow ?? 0,
    lastClose: quote.preClose ?? 0,
    amount: money,
    volume: (quote.volume ?? 0) / lot,
    pvolume: quote.volume ?? 0,
    stockStatus: quote.paused === true ? 1 : 13,
    openInt: quote.paused === true ? 1 : 13,
    askPrice: five(asks.map(({ price }) => price)),
    bidPrice: five(bids.map(({ price }) => price)),
    askVol: five(asks.map(({ volume }) => volume / lot)),
    bidVol: five(bids.map(({ volume }) => volume / lot)),
  };
}

export function instrumentRow({ quote }: ExchangeTick): SdkRow {
  return {
    InstrumentName: quote.name,
    PreClose: quote.preClose ?? 0,
    UpStopPrice: quote.highLimit ?? 0,
    DownStopPrice: quote.lowLimit ?? 0,
    InstrumentStatus: quote.paused === true ? 1 : 0,
    PriceTick: tickSize(quote.security),
    OpenDate: '19910403',
    CreateDate: '0',
    ExpireDate: '99999999',
    IsTrading: true,
  };
}

/** Names of the vendor's fields, and ours. */
const COLUMNS: Readonly<Record<string, string>> = {
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  volume: 'volume',
  amount: 'money',
};

/** `$frame` of index and columns; `unit`: of the volumes, shares. */
export function barFrame(bars: Bars, daily: boolean, unit: number): SdkRow {
  const index = Array.from(bars.time, (time) =>
    chinaText(time)
      .replaceAll(/\D/g, '')
      .slice(0, daily ? 8 : 14),
  );
  const columns = Object.entries(COLUMNS).map(([name, ours]) => {
    const values = Array.from(bars.columns[ours] ?? [], (value) => (name === 'volume' ? value / unit : value));
    return [name, values.map((value) => (Number.isNaN(value) ? { $nan: true } : value))] as const;
  });
  const rest = { suspendFlag: index.map(() => 0), preClose: index.map(() => 0) };
  return { $frame: [index, { time: Array.from(bars.time), ...Object.fromEntries(columns), ...rest }] };
}
