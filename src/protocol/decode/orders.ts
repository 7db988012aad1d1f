import type { BrokerOrder, BrokerTrade, Side } from '../../domain/trading.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { brokerStatus } from '../status.ts';
import {
  answerObject,
  answerRows,
  field,
  isEmptyAnswer,
  optionalNumber,
  optionalPrice,
  optionalText,
  optionalTime,
  pick,
  required,
  requiredId,
  rowReader,
  securityCode,
  shares,
  Unusable,
  wireCode,
  wireId,
  wirePrice,
  wireText,
} from './fields.ts';

const readOrder = rowReader({
  orderId: field(requiredId, 'order_id', 'entrust_id'),
  security: field(securityCode, 'security'),
  amount: field(shares, 'amount', 'order_volume', 'volume'),
  filled: field(shares, 'filled', 'traded_volume'),
  limitPrice: field(optionalPrice, 'order_price'),
  remark: field(optionalText, 'order_remark', 'remark'),
  statusText: field(optionalText, 'status_msg'),
  createdAt: field(optionalTime, 'order_time', 'add_time', 'time'),
});

const readTrade = rowReader({
  tradeId: field(requiredId, 'trade_id'),
  orderId: field(requiredId, 'order_id', 'entrust_id'),
  security: field(securityCode, 'security'),
  amount: field(shares, 'amount', 'traded_volume', 'volume'),
  time: field(optionalTime, 'time', 'trade_time'),
  commission: field(optionalNumber, 'commission', 'commission_fee'),
  tax: field(optionalNumber, 'tax'),
});

/** Names of an order's average fill price; the last one holds the limit in some answers until there is a fill. */
const FILL_PRICE_NAMES = ['traded_price', 'avg_price', 'avg_cost', 'price'];
const TRADE_PRICE_NAMES = ['price', 'traded_price', 'trade_price'];

/** `broker.orders`: every row; one that cannot be read says so in `unreadable`. BAD_ANSWER when it is no list. */
export function decodeOrders(payload: unknown): BrokerOrder[] {
  return answerRows(payload, 'broker.orders').map(orderOrOdd);
}

/** `broker.order_status`; null for `{}`, the answer for an unknown id. */
export function decodeOrder(payload: unknown): BrokerOrder | null {
  const row = answerObject(payload, 'broker.order_status');
  return isEmptyAnswer(row) ? null : required(orderOf(row), 'broker.order_status');
}

/** `broker.trades`: every row; one that cannot be read says so in `unreadable`. Two equal rows are two fills. */
export function decodeTrades(payload: unknown): BrokerTrade[] {
  return answerRows(payload, 'broker.trades').map(tradeOrOdd);
}

/** The order a partial row (in an answer to placing or cancelling) describes; null when the row lacks too much. */
export function orderIfComplete(row: unknown): BrokerOrder | null {
  const order = isJsonObject(row) ? orderOf(row) : null;
  return order instanceof Unusable ? null : order;
}

function orderOf(row: JsonObject): BrokerOrder | Unusable {
  const read = readOrder(row);
  if (read instanceof Unusable) return read;
  const status = brokerStatus(pick(row, ['status', 'state']), row['raw_status']);
  return {
    ...read,
    side: sideOf(row),
    avgPrice: read.filled > 0 ? firstPrice(row, FILL_PRICE_NAMES) : null,
    // The reference's stub keeps "canceled" for an order cancelled after a part was filled.
    status: status === 'canceled' && read.filled > 0 ? 'partly_canceled' : status,
  };
}

function tradeOf(row: JsonObject): BrokerTrade | Unusable {
  const read = readTrade(row);
  if (read instanceof Unusable) return read;
  // One row of somebody else's without a price must not keep the whole list from being read.
  return { ...read, side: toldSide(row), price: firstPrice(row, TRADE_PRICE_NAMES) };
}

/** Somebody else's odd row must not keep the whole list from being read: it says whose it is, as far as it does, and no figure. */
function orderOrOdd(row: JsonObject): BrokerOrder {
  const order = orderOf(row);
  if (!(order instanceof Unusable)) return order;
  return { ...NO_ORDER, ...named(row), side: sideOf(row), unreadable: order.why };
}

function tradeOrOdd(row: JsonObject): BrokerTrade {
  const trade = tradeOf(row);
  if (!(trade instanceof Unusable)) return trade;
  const { orderId, security } = named(row);
  return { ...NO_TRADE, orderId, security, side: toldSide(row), unreadable: trade.why };
}

function named(row: JsonObject): Pick<BrokerOrder, 'orderId' | 'security' | 'remark'> {
  return {
    orderId: wireId(pick(row, ['order_id', 'entrust_id'])) ?? '',
    security: wireCode(row['security']) ?? '',
    remark: wireText(pick(row, ['order_remark', 'remark'])) ?? '',
  };
}

const NO_ORDER: BrokerOrder = {
  orderId: '',
  security: '',
  side: null,
  amount: 0,
  filled: 0,
  limitPrice: null,
  avgPrice: null,
  status: 'unknown',
  remark: '',
  statusText: '',
  createdAt: null,
};

const NO_TRADE: BrokerTrade = {
  tradeId: '',
  orderId: '',
  security: '',
  side: null,
  amount: 0,
  price: null,
  time: null,
  commission: null,
  tax: null,
};

function firstPrice(row: JsonObject, names: readonly string[]): number | null {
  for (const name of names) {
    const price = wirePrice(row[name]);
    if (price !== null) return price;
  }
  return null;
}

/** `order_type` comes last: the reference's stub writes 23 (buy) there for sells too. */
function sideOf(row: JsonObject): Side | null {
  return toldSide(row) ?? sideWord(row['order_type']);
}

function toldSide(row: JsonObject): Side | null {
  const isBuy = row['is_buy'];
  if (typeof isBuy === 'boolean') return isBuy ? 'buy' : 'sell';
  return sideWord(row['side']);
}

function sideWord(value: unknown): Side | null {
  if (value === 23) return 'buy';
  if (value === 24) return 'sell';
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase();
  if (word.includes('buy')) return 'buy';
  return word.includes('sell') ? 'sell' : null;
}
