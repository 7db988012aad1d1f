import type { Bars } from '../../domain/trading.ts';
import { recordedOrderRow, recordedPositionRow, recordedTradeRow } from '../../protocol/encode/recorded/order-rows.ts';
import {
  recordedBarTable,
  recordedLiveCurrent,
  recordedSecurityInfo,
  recordedSnapshot,
  recordedTick,
} from '../../protocol/encode/recorded/market-answers.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { NewOrder } from '../adapters/gateway.ts';
import { NO_SCENARIO } from '../adapters/scenario.ts';
import type { Scenario } from '../adapters/scenario.ts';
import { unknownOperation } from '../operations.ts';
import { firstTruthy, isTruthy, needObject, toFloatOrNull, toIntOrNull, toText } from '../python.ts';
import type { DaysQuery, Dialect, HistoryQuery, OrderFields, OrderFilter } from './dialect.ts';

const MINUTE_WORDS: ReadonlySet<string> = new Set(['1m', '1min', 'minute', 'min']);
const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  cancelled: 'canceled',
  partially_filled: 'partly_filled',
  partially_canceled: 'partly_canceled',
};

/** The recorded stub's way: every request is read somehow, and what it says is little. */
export const RECORDED: Dialect = {
  comparesMeaning: false,
  guessesAccounts: true,
  waits: false,
  fits: false,

  security: (value) => (isTruthy(value) ? toText(value).trim().toUpperCase() : ''),
  checkSymbol: () => {},
  order,
  orderFilter: (filter) => (order) => matches(order, filter),
  tradeFilter: (filter) => (trade) => matches(trade, filter),
  history,
  days,

  orderRow: recordedOrderRow,
  tradeRow: recordedTradeRow,
  positionRow: recordedPositionRow,
  // The recorded text shows the whole holding where nothing is sellable.
  shownCloseable: ({ amount, closeableAmount }) => (closeableAmount === 0 ? amount : closeableAmount),
  snapshot: recordedSnapshot,
  liveCurrent: recordedLiveCurrent,
  tick: recordedTick,
  securityInfo: recordedSecurityInfo,
};

/** Whatever is no buy is a sell. */
function order(fields: OrderFields): NewOrder {
  const { security, amount, side, styleType, price, remark, strategyName, scenario, operation } = fields;
  if (operation !== null && operation.toUpperCase() !== side) throw unknownOperation(operation, ['buy', 'sell']);
  return {
    security: security === null ? '' : toText(security),
    side: side === 'BUY' ? 'buy' : 'sell',
    amount: amount ?? 0,
    style: styleType,
    price,
    remark,
    strategyName,
    scenario: readScenario(scenario),
  };
}

function readScenario(given: unknown): Scenario | null {
  if (!isTruthy(given)) return null;
  const fields: JsonObject = typeof given === 'string' ? { status: given } : needObject(given);
  const seconds = toIntOrNull(fields['order_time']);
  return {
    status: statusWord(fields['status']),
    filled: toIntOrNull(fields['filled']),
    tradedPrice: toFloatOrNull(firstTruthy(fields['traded_price'], fields['price'])),
    commission: toFloatOrNull(firstTruthy(fields['commission_fee'], fields['commission'])) ?? 0,
    tax: toFloatOrNull(fields['tax']) ?? 0,
    statusText: isTruthy(fields['status_msg']) ? toText(fields['status_msg']) : '',
    createdAt: seconds === null ? null : seconds * 1000,
    systemId: isTruthy(fields['order_sysid']) ? toText(fields['order_sysid']) : null,
    reserves: fields['reserve_on_open'] === true,
  };
}

function statusWord(status: unknown): string {
  const word = isTruthy(status) ? toText(status).trim().toLowerCase() : NO_SCENARIO.status;
  return OTHER_SPELLINGS[word] ?? word;
}

/** Neither times nor adjustment count; every unknown frequency is daily. */
function history(payload: JsonObject): HistoryQuery {
  const frequency = [payload['frequency'], payload['period']].find(isTruthy) ?? '1d';
  const unit = MINUTE_WORDS.has(toText(frequency)) ? '1m' : '1d';
  const security = RECORDED.security(payload['security']);
  const count = positiveCount(payload['count']);
  return {
    requests: [{ security, unit, count, start: null, end: Number.POSITIVE_INFINITY, adjust: 'none' }],
    answer: ([bars]) => (bars === undefined ? {} : recordedBarTable(bars, columnNames(payload['fields'], bars))),
  };
}

/** A text is its characters, as Python's `list()` makes of it. */
function columnNames(fields: unknown, bars: Bars): readonly string[] {
  if (!isTruthy(fields)) return Object.keys(bars.columns);
  const items: unknown[] = typeof fields === 'string' ? Array.from(fields) : Array.isArray(fields) ? fields : [fields];
  return items.map(toText);
}

/** It has a few days only, whatever range is asked for. */
function days(payload: JsonObject): DaysQuery {
  return { start: '', end: '', count: positiveCount(payload['count']) };
}

function positiveCount(value: unknown): number | null {
  const count = toIntOrNull(value);
  return count !== null && count > 0 ? count : null;
}

function matches(row: { readonly orderId: string; readonly security: string }, filter: OrderFilter): boolean {
  if (filter.orderId !== null && row.orderId !== filter.orderId) return false;
  return filter.security === null || row.security === filter.security;
}
