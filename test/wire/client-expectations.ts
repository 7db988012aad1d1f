import { expect } from 'vitest';

import type { Quote } from '../../src/domain/trading.ts';
import { decodeAccount, decodePositions } from '../../src/protocol/decode/account.ts';
import { decodeHealth } from '../../src/protocol/decode/health.ts';
import { decodeLiveCurrent, decodeSnapshot } from '../../src/protocol/decode/quotes.ts';
import { decodeSecurityInfo, decodeTradeDays } from '../../src/protocol/decode/reference.ts';
import { decodeTable } from '../../src/protocol/decode/table.ts';
import { checkHistory } from './client-history.ts';
import { checkCancel, checkOrders, checkOrderStatus, checkPlace, checkTrades } from './client-orders.ts';
import { rowOf, rowsOf, textOf } from './client-rows.ts';
import type { Row } from './client-rows.ts';

type Check = (payload: unknown, asked: Row) => void;

const BAD_ANSWER = expect.objectContaining({ code: 'BAD_ANSWER', fault: 'venue' }) as Error;

/** What each recorded answer must decode to, by the action that was sent. Every answered action is here. */
export const CHECKS: Readonly<Record<string, Check>> = {
  'admin.health': checkHealth,
  'admin.print_account': checkText,
  'data.history': checkHistory,
  'data.snapshot': checkSnapshot,
  'data.get_snapshot': checkSnapshot,
  'data.current_tick': checkSnapshot,
  'data.get_current_tick': checkSnapshot,
  'data.live_current': checkLiveCurrent,
  'data.trade_days': checkTradeDays,
  'data.security_info': checkSecurityInfo,
  'data.get_all_securities': checkSecurities,
  'data.all_securities': checkSecurities,
  'data.get_index_stocks': checkStocks,
  'data.index_stocks': checkStocks,
  'data.get_split_dividend': checkEvents,
  'data.split_dividend': checkEvents,
  'data.ensure_cache': checkCache,
  'data.subscribe': checkCount,
  'data.unsubscribe': checkCount,
  'data.unsubscribe_all': checkCount,
  'broker.account': checkAccount,
  'broker.positions': checkPositions,
  'broker.orders': checkOrders,
  'broker.list_orders': checkOrders,
  'broker.trades': checkTrades,
  'broker.list_trades': checkTrades,
  'broker.order_status': checkOrderStatus,
  'broker.get_order_status': checkOrderStatus,
  'broker.place_order': checkPlace,
  'broker.cancel_order': checkCancel,
};

function checkHealth(payload: unknown): void {
  const qmt = rowOf(rowOf(payload)['value'])['qmt'];
  const read = decodeHealth(payload);
  expect(read).toMatchObject({ ready: qmt === undefined || rowOf(qmt)['ready'] === true, stub: false, clock: null });
  expect(read.detail).toContain(qmt === undefined ? 'ready' : String(rowOf(qmt)['state']));
}

function checkText(payload: unknown): void {
  expect(payload).toMatchObject({
    dtype: 'text',
    value: expect.stringContaining('券商账户概览'),
    account_key: expect.any(String),
  });
}

function quote(security: string, fields: Partial<Quote>): Quote {
  const missing = {
    time: null,
    lastPrice: null,
    preClose: null,
    dayOpen: null,
    highLimit: null,
    lowLimit: null,
    bid1: null,
  };
  return { security, ...missing, ask1: null, volume: null, paused: null, isSt: null, name: null, ...fields };
}

/** A quote is read for the security it names; for any other it is refused. */
function checkSnapshot(payload: unknown, asked: Row): void {
  const answer = rowOf(payload);
  if (answer['sid'] === undefined) {
    expect(answer).toEqual({});
    expect(decodeSnapshot(payload, String(asked['security']))).toBeNull();
    return;
  }
  const sid = textOf(answer['sid']);
  if (sid === '' || /^\d{6}\.(XSHE|SZ)$/.test(sid)) {
    const dt = answer['dt'];
    const time = typeof dt === 'number' ? dt : Date.parse(`${String(dt).replace(' ', 'T')}+08:00`);
    const expected = quote('000001.XSHE', { time, lastPrice: Number(answer['last_price']) });
    expect(decodeSnapshot(payload, '000001.XSHE')).toEqual(expected);
  }
  if (sid !== '') expect(() => decodeSnapshot(payload, '600000.XSHG')).toThrow(BAD_ANSWER);
}

function checkLiveCurrent(payload: unknown): void {
  const answer = rowOf(payload);
  const expected = quote('000001.XSHE', {
    lastPrice: Number(answer['last_price']),
    highLimit: Number(answer['high_limit']),
    lowLimit: Number(answer['low_limit']),
    paused: answer['paused'] === true,
  });
  expect(decodeLiveCurrent(payload, '000001.XSHE')).toEqual(answer['last_price'] === undefined ? null : expected);
}

function checkTradeDays(payload: unknown): void {
  const values = rowOf(payload)['values'] as string[];
  expect(values.length).toBeGreaterThan(0);
  expect(decodeTradeDays(payload)).toEqual(values.map((value) => value.slice(0, 10)));
}

function checkSecurityInfo(payload: unknown, asked: Row): void {
  const value = rowOf(rowOf(payload)['value']);
  const code = String(value['code']);
  expect(decodeSecurityInfo(payload, String(asked['security']))).toEqual({
    security: code === '000001.SZ' ? '000001.XSHE' : code,
    displayName: value['display_name'],
    name: value['name'],
    type: value['type'],
    startDate: value['start_date'] ?? null,
    endDate: value['end_date'] ?? null,
  });
}

/** The named index travels in front of each record, without a column. */
function checkSecurities(payload: unknown): void {
  const records = rowOf(payload)['records'] as unknown[][];
  const table = decodeTable(payload);
  expect(table.index).toEqual(['000001.XSHE', '600000.XSHG']);
  expect(table.columns.map(({ field }) => field)).toEqual(rowOf(payload)['columns']);
  expect(table.columns.map(({ values }) => values[0])).toEqual(records[0]?.slice(1));
  expect(table.columns[0]?.values).toEqual(['平安银行', 'N600000.SH']);
}

function checkStocks(payload: unknown): void {
  expect(payload).toEqual({ values: ['000001.XSHE', '600000.XSHG'] });
}

function checkEvents(payload: unknown): void {
  expect(rowsOf(rowOf(payload)['events'])[0]).toMatchObject({
    security: '000001.XSHE',
    date: '2026-06-12',
    per_base: 10,
  });
}

function checkCache(payload: unknown): void {
  expect(rowOf(payload)).toMatchObject({
    dtype: 'dict',
    value: { security: '000001.XSHE', qmt_security: '000001.SZ' },
  });
}

function checkCount(payload: unknown): void {
  expect(rowOf(payload)).toMatchObject({ count: expect.any(Number) });
}

function checkAccount(payload: unknown): void {
  const value = rowOf(rowOf(payload)['value']);
  expect(decodeAccount(payload)).toEqual({
    accountId: value['account_id'],
    availableCash: value['available_cash'],
    totalValue: value['total_value'],
    frozenCash: value['frozen_cash'] ?? null,
    transferableCash: value['transferable_cash'] ?? null,
    marketValue: value['market_value'] ?? null,
  });
}

function checkPositions(payload: unknown): void {
  expect(decodePositions(payload)).toEqual(
    rowsOf(payload).map((row) => ({
      security: row['security'],
      name: row['name'],
      amount: row['amount'],
      closeableAmount: row['closeable_amount'],
      avgCost: row['avg_cost'],
      lastPrice: row['current_price'],
      marketValue: row['market_value'],
    })),
  );
}
