import { expect } from 'vitest';

import type { BrokerOrder } from '../../src/domain/trading.ts';
import { decodeCancelAnswer, decodePlaceAnswer } from '../../src/protocol/decode/order-answers.ts';
import { decodeOrder, decodeOrders, decodeTrades } from '../../src/protocol/decode/orders.ts';
import { rowOf, rowsOf, textOf } from './client-rows.ts';
import type { Row } from './client-rows.ts';

const BAD_ANSWER = expect.objectContaining({ code: 'BAD_ANSWER', fault: 'venue' }) as Error;

/** The vendor's codes, written down a second time on purpose. */
const MEANING: Readonly<Record<number, string>> = {
  48: 'pending',
  49: 'pending',
  50: 'open',
  51: 'canceling',
  52: 'partly_canceling',
  53: 'partly_canceled',
  54: 'canceled',
  55: 'partly_filled',
  56: 'filled',
  57: 'rejected',
  255: 'unknown',
};

/** Orders without a security or with a negative amount exist only in the reference's stub; they say nothing. */
function isUsable(row: Row): boolean {
  return typeof row['security'] === 'string' && Number(row['amount']) >= 0 && typeof row['filled'] === 'number';
}

function statusOf(row: Row): string {
  const raw = row['raw_status'];
  if (typeof raw === 'number') return MEANING[raw] ?? 'unknown';
  return row['status'] === 'submitted' ? 'pending' : 'a word this test does not know';
}

function orderOf(row: Row): BrokerOrder {
  const filled = Number(row['filled']);
  const [limit, traded] = [row['order_price'] as number, row['traded_price'] ?? row['price']];
  const isBuy = typeof row['is_buy'] === 'boolean' ? row['is_buy'] : row['order_type'] === 23;
  const status = statusOf(row) as BrokerOrder['status'];
  return {
    orderId: String(row['order_id']),
    security: String(row['security']).replace(/\.SZ$/, '.XSHE').replace(/\.SH$/, '.XSHG'),
    side: isBuy ? 'buy' : 'sell',
    amount: Number(row['amount']),
    filled,
    limitPrice: limit > 0 ? limit : null,
    avgPrice: filled > 0 ? Number(traded) : null,
    status: status === 'canceled' && filled > 0 ? 'partly_canceled' : status,
    remark: String(row['order_remark']),
    statusText: textOf(row['status_msg'] ?? ''),
    createdAt: row['order_time'] === undefined ? null : Number(row['order_time']) * 1000,
  };
}

export function checkOrders(payload: unknown): void {
  const rows = rowsOf(payload);
  const unreadable = expect.objectContaining({
    amount: 0,
    filled: 0,
    unreadable: expect.any(String) as string,
  }) as object;
  expect(decodeOrders(payload)).toEqual(rows.map((row) => (isUsable(row) ? orderOf(row) : unreadable)));
}

export function checkOrderStatus(payload: unknown): void {
  const row = rowOf(payload);
  if (row['order_id'] === undefined) expect(decodeOrder(payload)).toBeNull();
  else if (!isUsable(row)) expect(() => decodeOrder(payload)).toThrow(BAD_ANSWER);
  else expect(decodeOrder(payload)).toEqual(orderOf(row));
}

export function checkTrades(payload: unknown): void {
  expect(decodeTrades(payload)).toEqual(
    rowsOf(payload).map((row) => ({
      tradeId: row['trade_id'],
      orderId: row['order_id'],
      security: row['security'],
      side: null,
      amount: row['amount'],
      price: row['price'],
      time: typeof row['time'] === 'number' ? row['time'] * 1000 : Date.parse('2025-01-01T09:31:00+08:00'),
      commission: row['commission'],
      tax: row['tax'],
    })),
  );
}

export function checkPlace(payload: unknown): void {
  const row = rowOf(payload);
  const described = [row, row['last_snapshot'] ?? {}].map(rowOf).find(isUsable);
  expect(decodePlaceAnswer(payload)).toEqual({
    orderId: row['order_id'],
    status: statusOf(row),
    order: described === undefined ? null : orderOf(described),
    submitUnknown: false,
    warning: row['warning'] ?? null,
    statusText: row['status_msg'] ?? '',
  });
}

export function checkCancel(payload: unknown): void {
  const row = rowOf(payload);
  const order = row['last_snapshot'] === undefined ? null : orderOf(rowOf(row['last_snapshot']));
  expect(decodeCancelAnswer(payload)).toEqual({
    accepted: row['value'],
    status: order?.status ?? null,
    timedOut: row['timed_out'],
    order,
  });
}
