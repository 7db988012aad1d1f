import { describe, expect, test } from 'vitest';
import { judgeDemo } from '../../../scripts/judge-demo.ts';
import type { AccountView, OrderView, TradeView } from '../../../src/domain/order/types.ts';
import type { ReportIntent, RunReport } from '../../../src/engine/report.ts';
import { chinaInstant } from '../../../src/domain/time.ts';

const DAY = '2026-07-06';
const GOLD = '518880.XSHG';
const STOCK = '000001.XSHE';

function account(availableCash: number, gold: number): AccountView {
  const position = { security: GOLD, name: null, amount: gold, closeableAmount: gold, lockedAmount: 0, todayAmount: 0 };
  const values = { avgCost: null, price: null, value: null, initTime: null, transactTime: null };
  return {
    version: 1,
    asOf: 0,
    availableCash,
    lockedCash: 0,
    transferableCash: null,
    totalValue: 1_000_000,
    startingCash: 1_000_000,
    positions: gold === 0 ? [] : [{ ...position, ...values }],
  };
}

function order(orderId: string, security: string, changes: Partial<OrderView>): OrderView {
  return {
    orderId,
    brokerOrderIds: [`b${orderId}`],
    security,
    side: 'buy',
    amount: 100,
    filled: 100,
    price: 10,
    avgCost: 10,
    commission: 5,
    style: { kind: 'market', limitPrice: null },
    state: 'filled',
    reason: null,
    unknown: false,
    addTime: 0,
    ...changes,
  };
}

function intent(orderId: string): ReportIntent {
  const remark = `bt:0000000${orderId}:demo`;
  const facts = { clientId: `c${orderId}`, brokerOrderId: `b${orderId}`, remark, state: 'filled' as const };
  return { orderId, ...facts, amount: 100, filled: 100, price: 10 };
}

function trade(orderId: string, security: string, side: 'buy' | 'sell', price: number): TradeView {
  return { tradeId: `t${orderId}`, orderId, security, side, amount: 100, price, time: 0, commission: 5, tax: 0 };
}

function goodReport(changes: Partial<RunReport> = {}): RunReport {
  return {
    version: 1,
    refused: [],
    alarms: [],
    dataErrors: [],
    clockSteps: [],
    strategy: 'demo',
    broker: 'qmt-remote',
    clock: 'simulated',
    startedAt: 0,
    endedAt: 0,
    exitCode: 0,
    accountAtStart: account(1_000_000, 0),
    accountAtEnd: account(1_000_000 - 1000 - 500 + 499 - 15, 0),
    accountRead: true,
    orders: [
      order('1', STOCK, { style: { kind: 'limit', limitPrice: 9.9 }, state: 'canceled', filled: 0, price: null }),
      order('2', STOCK, {}),
      order('3', GOLD, {}),
      order('4', GOLD, { side: 'sell' }),
    ],
    intents: ['1', '2', '3', '4'].map((id) => intent(id)),
    trades: [trade('2', STOCK, 'buy', 10), trade('3', GOLD, 'buy', 5), trade('4', GOLD, 'sell', 4.99)],
    triggers: ['09:35', '09:36', '09:37', '09:38', '09:39'].map((minute) => ({
      task: `task (daily ${minute})`,
      due: chinaInstant(DAY, minute),
      outcome: 'ran',
      reason: null,
    })),
    errors: [],
    open: [],
    ...changes,
  };
}

function failures(report: RunReport): string[] {
  return judgeDemo(report)
    .filter(({ ok }) => !ok)
    .map(({ what, detail }) => `${what} | ${detail}`);
}

test('a good morning passes', () => {
  expect(failures(goodReport())).toEqual([]);
  expect(judgeDemo(goodReport())).toHaveLength(9);
});

describe('a bad one says what is wrong', () => {
  const good = goodReport();
  const orders = (index: number, changes: Partial<OrderView>): OrderView[] =>
    good.orders.map((one, i) => (i === index ? { ...one, ...changes } : one));

  test.each<[string, Partial<RunReport>, string]>([
    ['exit code', { exitCode: 2 }, 'exit code 2'],
    ['an error', { errors: [{ time: 0, code: 'X', message: 'boom', stack: null, task: 'trade' }] }, 'X: boom'],
    ['a task missing', { triggers: good.triggers.slice(1) }, 'nothing was due at 09:35'],
    [
      'a task skipped',
      { triggers: good.triggers.map((one) => ({ ...one, outcome: 'skipped', reason: 'late' })) },
      'task (daily 09:35): skipped (late)',
    ],
    ['the limit order filled', { orders: orders(0, { state: 'filled', filled: 100 }) }, 'limit buy is a buy, filled'],
    ['the market order partly filled', { orders: orders(1, { filled: 50 }) }, '50 of 100 filled'],
    [
      'the gold sell rejected',
      { orders: orders(3, { state: 'rejected', filled: 0 }) },
      'gold sell is a sell, rejected',
    ],
    ['gold left over', { accountAtEnd: account(good.accountAtEnd.availableCash, 100) }, `100 of ${GOLD} are left over`],
    ['one order more', { orders: [...good.orders, order('5', STOCK, {})] }, 'there were 5'],
    ['no orders', { orders: [], intents: [] }, '0 orders look like the limit buy'],
    ['an order sent twice', { intents: [...good.intents, intent('4')] }, '4 orders became 5 intents'],
    ['a foreign mark', { intents: good.intents.map((one) => ({ ...one, remark: 'x' })) }, 'remark "x" is not ours'],
    ['an open order', { open: [order('1', STOCK, { state: 'accepted' })] }, `${STOCK} is accepted`],
    ['money lost', { accountAtEnd: account(900_000, 0) }, 'do not add up'],
    ['fees unknown', { trades: good.trades.map((one) => ({ ...one, tax: null })) }, 'does not tell its fees'],
  ])('%s', (_name, changes, text) => {
    expect(failures(goodReport(changes)).join('\n')).toContain(text);
  });
});
