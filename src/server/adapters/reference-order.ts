import type { JsonObject } from '../../protocol/json.ts';
import { firstTruthy, isTruthy, needObject, toFloatOrNull, toIntOrNull, toText } from '../python.ts';
import { money } from '../wire-answers.ts';
import type { OrderFields } from './adapter.ts';
import type { ReferenceBook } from './reference-book.ts';

export interface ReferenceOrder {
  readonly id: string;
  /** The row as it goes out; later events change it in place. */
  readonly row: JsonObject;
  frozenCash: number;
  frozenAmount: number;
}

const RAW_STATUS: Readonly<Record<string, number>> = {
  new: 48,
  submitted: 49,
  open: 50,
  canceling: 51,
  partly_canceling: 52,
  partly_canceled: 53,
  canceled: 54,
  partly_filled: 55,
  filled: 56,
  rejected: 57,
  unknown: 255,
};
const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  cancelled: 'canceled',
  partially_filled: 'partly_filled',
  partially_canceled: 'partly_canceled',
};
const EXECUTED: ReadonlySet<string> = new Set(['filled', 'partly_canceled', 'partly_filled', 'rejected']);
const FINAL: ReadonlySet<string> = new Set(['filled', 'canceled', 'partly_canceled', 'rejected', 'failed', 'error']);
const PRICE_TYPE: Readonly<Record<string, number>> = { limit: 50, market: 88 };
const FIRST_SYSTEM_ID = 70_000;

/** Enters an order and plays its scenario. `now`: epoch ms. */
export function enterReferenceOrder(book: ReferenceBook, fields: OrderFields, now: number): ReferenceOrder {
  const number = book.orders.length + 1;
  const scenario = readScenario(fields.scenario);
  const status = statusWord(scenario['status']);
  const row: JsonObject = {
    order_id: `stub-${number}`,
    security: fields.security,
    amount: fields.amount ?? 0,
    filled: 0,
    traded_volume: 0,
    status,
    side: fields.side,
    style_type: fields.styleType,
    style: fields.styleType,
    order_price: fields.price ?? 0,
    price: 0,
    // The stub writes QMT's code of a buy for sells too.
    order_type: 23,
    is_buy: fields.side === 'BUY',
    ...feeFields(scenario),
    deal_balance: 0,
    frozen_cash: 0,
    frozen_amount: 0,
    order_remark: fields.remark,
    strategy_name: fields.strategyName,
    status_msg: isTruthy(scenario['status_msg']) ? toText(scenario['status_msg']) : '',
    price_type: PRICE_TYPE[fields.styleType] ?? 0,
    order_time: toIntOrNull(scenario['order_time']) ?? Math.floor(now / 1000),
    order_sysid: isTruthy(scenario['order_sysid']) ? toText(scenario['order_sysid']) : String(FIRST_SYSTEM_ID + number),
    raw_status: RAW_STATUS[status] ?? RAW_STATUS['unknown'],
  };
  const order = { id: `stub-${number}`, row, frozenCash: 0, frozenAmount: 0 };
  book.orders.push(order);
  if (EXECUTED.has(status)) execute(book, order, status, scenario);
  else if (scenario['reserve_on_open'] === true) book.reserve(order);
  return order;
}

/** Cancels whatever is not final yet. */
export function cancelReferenceOrder(book: ReferenceBook, order: ReferenceOrder): void {
  if (FINAL.has(String(order.row['status']))) return;
  order.row['status'] = 'canceled';
  order.row['raw_status'] = RAW_STATUS['canceled'];
  book.release(order);
}

function execute(book: ReferenceBook, order: ReferenceOrder, status: string, scenario: JsonObject): void {
  const { row } = order;
  const amount = Number(row['amount']);
  const wanted = toIntOrNull(scenario['filled']) ?? (status === 'filled' ? amount : 0);
  const filled = Math.max(0, Math.min(wanted, amount));
  const given = toFloatOrNull(firstTruthy(scenario['traded_price'], scenario['price']));
  const price = filled > 0 ? (given ?? Number(row['order_price'])) : null;
  row['filled'] = filled;
  row['traded_volume'] = filled;
  row['price'] = price ?? 0;
  row['deal_balance'] = money(filled * (price ?? 0));
  row['remaining'] = amount - filled;
  row['traded_price'] = price;
  row['avg_price'] = price;
  row['avg_cost'] = price;
  if (price !== null) book.execute(order, filled, price, Number(row['commission']) + Number(row['tax']));
}

function feeFields(scenario: JsonObject): JsonObject {
  const commission = toFloatOrNull(firstTruthy(scenario['commission_fee'], scenario['commission'])) ?? 0;
  return { commission_fee: commission, commission, tax: toFloatOrNull(scenario['tax']) ?? 0 };
}

function readScenario(scenario: unknown): JsonObject {
  if (!isTruthy(scenario)) return {};
  return typeof scenario === 'string' ? { status: scenario } : needObject(scenario);
}

function statusWord(status: unknown): string {
  const word = isTruthy(status) ? toText(status).trim().toLowerCase() : 'open';
  return OTHER_SPELLINGS[word] ?? word;
}
