import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useLanguage } from '../../../src/platform/language.ts';
import { dayReport } from '../../../src/report/day-report.ts';
import type { DayReport } from '../../../src/report/types.ts';
import type { LogLine } from '../../../src/status/log-lines.ts';
import { anOrder, aPosition, aStatus, aTrade, aTrigger, at, DAY } from './a-status.ts';

beforeEach(() => useLanguage('en'));
afterEach(() => useLanguage(null));

const of = (change: Parameters<typeof aStatus>[0], lines: readonly LogLine[] = []): DayReport =>
  dayReport(aStatus(change), lines, at('15:30:00'));

describe('slippage', () => {
  test('is what was paid more, or got less, than at the price of the call', () => {
    const sell = { side: 'sell', price: 9.9, costBefore: 9 } as const;
    const report = of({ orders: [anOrder(), anOrder({ orderId: 'o2', ...sell })], trades: [] });
    expect(report.orders.map(({ slippage }) => slippage?.money.toFixed(2))).toEqual(['10.00', '10.00']);
    expect(report.totals.slippage?.money).toBeCloseTo(20);
    expect(report.totals.slippage?.basisPoints).toBeCloseTo(100);
  });

  test('of an order that waited for a price is against the price that came', () => {
    const [order] = of({ orders: [anOrder({ triggerPrice: 10.2 })] }).orders;
    expect([order?.called, order?.slippage?.money.toFixed(2)]).toEqual([10.2, '-10.00']);
  });

  test('is not known where the call saw no price, and then neither is the whole', () => {
    const report = of({ orders: [anOrder(), anOrder({ orderId: 'o2', callPrice: null })] });
    expect([report.orders[1]?.slippage, report.totals.slippage]).toEqual([null, null]);
  });

  test('is none of a lend, whose price is a rate, nor of what was not traded', () => {
    const lend = anOrder({ security: '204001.XSHG', side: 'sell', price: 1.8, callPrice: 1.9 });
    const open = anOrder({ orderId: 'o2', filled: 0, price: null, state: 'canceled' });
    expect(of({ orders: [lend, open], trades: [] }).totals.slippage).toBeNull();
    expect(of({ orders: [lend, anOrder({ orderId: 'o3' })], trades: [] }).totals.slippage?.money).toBeCloseTo(10);
  });
});

describe('profit and fees', () => {
  const sell = anOrder({ orderId: 'o2', side: 'sell', price: 11, costBefore: 10.15, task: 'sell (daily 14:50)' });
  const sold = aTrade({ orderId: 'o2', side: 'sell', price: 11, tax: 0.55, tradeId: 't2' });

  test('are told by security and by task: a sell against its average cost, fees of both sides', () => {
    const report = of({ orders: [anOrder(), sell], trades: [aTrade(), sold] });
    expect(report.bySecurity).toHaveLength(1);
    const [bank] = report.bySecurity;
    expect([bank?.orders, bank?.bought, bank?.sold, bank?.fees]).toEqual([2, 1_010, 1_100, 10.55]);
    expect(bank?.realised).toBeCloseTo(85);
    expect(report.byTask.map(({ key, realised }) => [key, Math.round(realised ?? -1)])).toEqual([
      ['buy (daily 09:35)', 0],
      ['sell (daily 14:50)', 85],
    ]);
    expect(report.totals).toMatchObject({ orders: 2, filled: 2, fills: 2, bought: 1_010, sold: 1_100, fees: 10.55 });
  });

  test('are not known as soon as a part of them is not', () => {
    const report = of({
      orders: [anOrder(), { ...sell, costBefore: null }],
      trades: [aTrade({ commission: null }), sold],
    });
    expect([report.totals.fees, report.totals.realised, report.bySecurity[0]?.realised]).toEqual([null, null, null]);
  });

  test('a holding that was not traded stands with its gain', () => {
    const report = of({ orders: [], trades: [], positions: [aPosition({ security: '600000.XSHG' })] });
    expect(report.bySecurity).toMatchObject([
      { key: '600000.XSHG', name: '平安银行', orders: 0, held: 1_020, unrealised: 5 },
    ]);
  });
});

describe('what is to be looked at', () => {
  const kinds = (report: DayReport): string[] => report.differences.map(({ kind, text }) => `${kind}: ${text}`);

  test('is nothing on a day on which everything went well', () => {
    expect(of({}).differences).toEqual([]);
  });

  test('are orders of unknown fate, open ones, fills that are not listed and tasks that did not run', () => {
    const unknown = { id: 'k', orderId: 'o1', remark: 'bt:k', day: DAY, security: '000001.XSHE', side: 'buy' } as const;
    const rest = { amount: 100, filled: 0, price: 10, brokerOrderId: null, reason: null, since: 0, settledBy: [] };
    const report = of({
      unknowns: [{ ...unknown, ...rest }],
      orders: [anOrder({ orderId: 'o2', state: 'accepted', filled: 40 })],
      trades: [],
      triggers: [aTrigger({ outcome: 'skipped', reason: 'too late' }), aTrigger()],
    });
    expect(kinds(report)).toEqual([
      'unknown: Fate unknown: buy 100 000001.XSHE',
      'open: Still open: buy 60 of 100 000001.XSHE',
      'unlisted: buy 100 000001.XSHE: the broker calls 40 filled and has listed 0',
      'task: buy (daily 09:35): skipped: too late',
    ]);
  });

  test('are the log’s alarms, changes from outside and persons of that day', () => {
    const line = (market: string, source: string, text: string): LogLine => ({
      market,
      level: 'warning',
      source,
      text,
      fields: null,
    });
    const report = of({}, [
      line('2026-07-05 10:00:00.000', 'alarm', 'of another day'),
      line('2026-07-06 10:00:00.000', 'alarm', 'ALARM: look'),
      line('2026-07-06 10:01:00.000', 'strategy', 'its own words'),
      line('2026-07-06 10:02:00.500', 'account', '100 shares came from outside'),
    ]);
    expect(report.differences).toEqual([
      { kind: 'log', at: '2026-07-06 10:00:00', text: 'ALARM: look' },
      { kind: 'log', at: '2026-07-06 10:02:00', text: '100 shares came from outside' },
    ]);
  });
});

test('orders are counted by how they ended', () => {
  const orders = [
    anOrder({ orderId: 'a' }),
    anOrder({ orderId: 'b', state: 'canceled', filled: 40 }),
    anOrder({ orderId: 'c', state: 'canceled', filled: 0 }),
    anOrder({ orderId: 'd', state: 'not_sent', filled: 0 }),
    anOrder({ orderId: 'e', state: 'rejected', filled: 0 }),
    anOrder({ orderId: 'f', state: 'accepted', filled: 0 }),
    anOrder({ orderId: 'g', state: 'unknown', filled: 0, unknown: true }),
  ];
  expect(of({ orders }).totals).toMatchObject({
    orders: 7,
    filled: 1,
    partly: 1,
    cancelled: 1,
    refused: 2,
    open: 1,
    unknown: 1,
  });
});
