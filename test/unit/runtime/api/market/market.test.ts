import { describe, expect, test } from 'vitest';
import {
  get_billboard_list,
  get_call_auction,
  get_current_tick,
  get_locked_shares,
  get_margincash_stocks,
  get_marginsec_stocks,
  get_money_flow,
  get_mtss,
  get_ticks,
} from 'jqdata';
import type { DataTable } from '../../../../../src/domain/data/table.ts';
import { numbers, tableOf, texts } from '../../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { bindFake, DAY, quote } from '../../fake-host.ts';
import { codeOf, untyped } from '../../helpers.ts';

const MIDNIGHT = chinaInstant(DAY, '00:00');
const flows = tableOf({
  date: numbers('day', [MIDNIGHT]),
  sec_code: texts(['000001.XSHE']),
  change_pct: numbers('float', [1.5]),
  net_amount_main: numbers('float', [-20.5]),
});
const tickRow = (time: number): DataTable =>
  tableOf({
    time: numbers('time', [time]),
    current: numbers('float', [10.5]),
    open: numbers('float', [10.1]),
    high: numbers('float', [10.6]),
    low: numbers('float', [10]),
    volume: numbers('float', [1200]),
    money: numbers('float', [12_600]),
    a1_v: numbers('float', [300]),
    a1_p: numbers('float', [10.51]),
    b2_p: numbers('float', [Number.NaN]),
  });

describe('functions of days', () => {
  const ranged = { get_money_flow, get_mtss, get_billboard_list };

  test.each(Object.entries(ranged))('%s takes start_date or count, one of them', (name, call) => {
    bindFake();
    for (const extra of [{}, { start_date: DAY, count: 3 }])
      expect(codeOf(() => untyped(call)('000001.XSHE', extra))).toMatchObject({
        code: 'BAD_ARGUMENT',
        message: expect.stringContaining(`${name}(): takes either`) as string,
      });
  });

  test.each([
    ['money_flow', get_money_flow],
    ['margin_balances', get_mtss],
  ] as const)('%s is asked for by code, up to today', (dataset, call) => {
    const host = bindFake();
    untyped(call)('000001.xshe', { count: 3 });
    untyped(call)(['000001.XSHE'], '2026-07-01', '2026-07-03');
    expect(host.tablesAsked).toEqual([
      { dataset, params: { securities: ['000001.XSHE'], start: null, end: DAY, count: 3 } },
      { dataset, params: { securities: ['000001.XSHE'], start: '2026-07-01', end: '2026-07-03', count: null } },
    ]);
  });

  test('get_money_flow gives the fields asked for, days as times, rows from 0', () => {
    bindFake().table = () => flows;
    const all = get_money_flow('000001.XSHE', { count: 1 });
    expect(all.columns.to_list()).toEqual(['date', 'sec_code', 'change_pct', 'net_amount_main']);
    expect(all.index.to_list()).toEqual([0]);
    expect(String(all.loc(0, 'date'))).toContain('2026-07-06');
    const some = get_money_flow('000001.XSHE', null, null, ['net_amount_main', 'sec_code'], 1);
    expect(some.columns.to_list()).toEqual(['net_amount_main', 'sec_code']);
    expect(some.loc(0, 'net_amount_main')).toBe(-20.5);
    expect(codeOf(() => untyped(get_money_flow)('000001.XSHE', { count: 1, fields: 'main' })).code).toBe(
      'BAD_ARGUMENT',
    );
  });

  test('get_billboard_list without codes asks for all', () => {
    const host = bindFake();
    get_billboard_list({ end_date: DAY, count: 2 });
    expect(host.tablesAsked).toEqual([
      { dataset: 'billboard', params: { securities: null, start: null, end: DAY, count: 2 } },
    ]);
  });

  test('get_locked_shares takes an end or a number of trading days ahead', () => {
    const host = bindFake();
    host.days = ['2026-07-06', '2026-07-07', '2026-07-08'];
    get_locked_shares(['000001.XSHE'], { forward_count: 2 });
    get_locked_shares('000001.XSHE', '2026-07-01', '2026-08-01');
    expect(host.tablesAsked.map(({ params }) => params)).toEqual([
      { securities: ['000001.XSHE'], start: DAY, end: '2026-07-08' },
      { securities: ['000001.XSHE'], start: '2026-07-01', end: '2026-08-01' },
    ]);
    expect(codeOf(() => get_locked_shares('000001.XSHE')).code).toBe('BAD_ARGUMENT');
    expect(host.lines).toEqual([]);
  });

  test('get_locked_shares ends with the calendar, and says so once', () => {
    const host = bindFake();
    host.days = ['2026-07-06', '2026-07-07'];
    for (let call = 0; call < 2; call += 1) get_locked_shares('000001.XSHE', { forward_count: 2 });
    expect(host.tablesAsked[1]?.params).toEqual({ securities: ['000001.XSHE'], start: DAY, end: '2026-07-07' });
    expect(host.lines.map(({ level, text }) => `${level} ${text.slice(0, 104)}`)).toEqual([
      'warning get_locked_shares() was asked for 2 trading days after 2026-07-06, and the last one that the calendar kn',
    ]);
  });

  test.each(Object.entries({ get_money_flow, get_mtss, get_billboard_list, get_locked_shares, get_call_auction }))(
    '%s asks once for a code that is given twice, in whatever spelling',
    (name, call) => {
      const host = bindFake();
      host.days = [DAY];
      const range = name === 'get_locked_shares' || name === 'get_call_auction' ? [DAY, DAY] : [{ count: 1 }];
      expect(() => untyped(call)(['600000.SH', '000001.XSHE', '600000.XSHG'], ...range)).not.toThrow();
      expect(host.tablesAsked[0]?.params).toMatchObject({ securities: ['600000.XSHG', '000001.XSHE'] });
    },
  );

  test('the lists of margin trading are codes', () => {
    const host = bindFake();
    host.table = () => tableOf({ code: texts(['000001.XSHE', '600000.XSHG']) });
    expect(get_margincash_stocks()).toEqual(['000001.XSHE', '600000.XSHG']);
    get_marginsec_stocks('2026-07-01');
    expect(host.tablesAsked.map(({ params }) => params)).toEqual([
      { side: 'fin', day: DAY },
      { side: 'sec', day: '2026-07-01' },
    ]);
  });
});

describe('get_ticks', () => {
  const time = chinaInstant(DAY, '09:35:03') + 500;

  test('gives the plain fields, time as the number of Python’s array', () => {
    const host = bindFake();
    host.table = () => tickRow(time);
    const ticks = get_ticks('000001.XSHE', `${DAY} 10:00:00`, null, 5);
    expect(ticks.columns.to_list()).toEqual(['time', 'current', 'high', 'low', 'volume', 'money']);
    expect(ticks.loc(0, 'time')).toBe(20_260_706_093_503.5);
    expect(host.tablesAsked).toEqual([
      {
        dataset: 'ticks',
        params: {
          security: '000001.XSHE',
          start: null,
          end: chinaInstant(DAY, '10:00'),
          count: 5,
          depth: false,
          skip: true,
        },
      },
    ]);
  });

  test('gives times with df, and the book when it is asked for', () => {
    const host = bindFake();
    host.table = () => tickRow(time);
    const ticks = get_ticks('000001.XSHE', { end_dt: DAY, count: 1, fields: ['time', 'a1_v', 'b2_p'], df: true });
    expect(String(ticks.loc(0, 'time'))).toContain('09:35:03');
    expect([ticks.loc(0, 'a1_v'), ticks.loc(0, 'b2_p')]).toEqual([300, Number.NaN]);
    expect(host.tablesAsked[0]?.params).toMatchObject({ depth: true });
  });

  test('of a list is a dict of tables, or one table with rows (code, number)', () => {
    const host = bindFake();
    host.table = () => tickRow(time);
    const codes = ['000001.XSHE', '600000.XSHG'];
    const ticks = get_ticks(codes, DAY, { count: 1, fields: ['time', 'current'] });
    expect([...ticks.keys()]).toEqual(codes);
    expect(ticks['600000.XSHG']?.loc(0, 'time')).toBe(20_260_706_093_503.5);
    const table = get_ticks(codes, DAY, { count: 1, fields: ['time', 'current'], df: true });
    expect([table.shape, table.index.nlevels]).toEqual([[2, 2], 2]);
    expect(table.reset_index({ level: 1, drop: true }).index.to_list()).toEqual(codes);
    expect(get_ticks([], DAY, { count: 1, df: true }).shape).toEqual([0, 6]);
  });

  test('takes start_dt or count, one of them', () => {
    bindFake();
    expect(codeOf(() => get_ticks('000001.XSHE', DAY, {})).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => get_ticks('000001.XSHE', DAY, DAY, 3)).code).toBe('BAD_ARGUMENT');
  });
});

test('get_call_auction needs its days, and shows the code before its fields', () => {
  const host = bindFake();
  host.table = () => {
    const { columns } = tickRow(chinaInstant(DAY, '09:25'));
    return { rows: 1, columns: new Map([['code', texts(['000001.XSHE'])], ...columns]) };
  };
  const table = get_call_auction('000001.XSHE', DAY, DAY, ['current', 'money']);
  expect(table.columns.to_list()).toEqual(['code', 'current', 'money']);
  expect(codeOf(() => untyped(get_call_auction)('000001.XSHE')).code).toBe('BAD_ARGUMENT');
});

describe('get_current_tick', () => {
  const live = quote('000001.XSHE', { time: chinaInstant(DAY, '09:35:03') });

  test('is the live quote, and null when that is of another day', () => {
    const host = bindFake();
    host.quoteViews.set('000001.XSHE', live);
    host.quoteViews.set('600000.XSHG', quote('600000.XSHG', { time: chinaInstant('2026-07-03', '15:00') }));
    expect(get_current_tick('000001.XSHE')?.current).toBe(10.5);
    expect(get_current_tick('600000.XSHG')).toBeNull();
    expect(get_current_tick('600519.XSHG')).toBeNull();
    const both = get_current_tick(['000001.XSHE', '600000.XSHG']);
    expect([both['000001.XSHE']?.code, both['600000.XSHG']]).toEqual(['000001.XSHE', null]);
    expect(host.tablesAsked).toEqual([]);
  });

  test('at a time it is the last tick of that day, with extremes and book, never later than now', () => {
    const host = bindFake();
    host.table = () => tickRow(chinaInstant(DAY, '09:34:57'));
    const tick = get_current_tick('000001.XSHE', `${DAY} 14:00:00`);
    expect([tick?.high, tick?.low, tick?.money, tick?.a1_v, tick?.a1_p]).toEqual([10.6, 10, 12_600, 300, 10.51]);
    expect(tick?.b2_p).toBeNaN();
    expect(host.tablesAsked[0]?.params).toMatchObject({ end: chinaInstant(DAY, '09:35'), count: 1, skip: false });
    expect(get_current_tick('000001.XSHE', '2026-07-03 14:00:00')).toBeNull();
  });

  test('as a table has a row for each security with a tick', () => {
    const host = bindFake();
    host.quoteViews.set('000001.XSHE', live);
    const table = get_current_tick('000001.XSHE', null, true);
    expect(table.shape).toEqual([1, 27]);
    expect([table.loc(0, 'current'), table.loc(0, 'a1_p'), table.loc(0, 'a2_p')]).toEqual([10.5, 10.5, Number.NaN]);
    expect(get_current_tick('600519.XSHG', null, true).shape[0]).toBe(0);
  });
});
