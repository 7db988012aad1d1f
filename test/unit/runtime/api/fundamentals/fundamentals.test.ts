import { beforeEach, describe, expect, it } from 'vitest';
import {
  balance,
  DateTime,
  finance,
  func,
  get_fundamentals,
  get_fundamentals_continuously,
  get_history_fundamentals,
  get_valuation,
  income,
  indicator,
  macro,
  query,
  set_option,
  valuation,
} from '../../../../../runtime/index.ts';
import { restoreSettings } from '../../../../../runtime/state/settings.ts';
import type { DataRequest } from '../../../../../src/domain/data/datasets.ts';
import { evaluate } from '../../../../../src/domain/data/query/evaluate.ts';
import { finished } from '../../../../../src/domain/steps.ts';
import { evaluateDays } from '../../../../../src/domain/data/query/evaluate-days.ts';
import { numbers, tableOf, texts } from '../../../../../src/domain/data/table.ts';
import type { DataTable } from '../../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { bindFake } from '../../fake-host.ts';
import type { FakeHost } from '../../fake-host.ts';
import { codeOf, untyped } from '../../helpers.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';
const DAYS = ['2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03'];
const at = (day: string): number => chinaInstant(day, '00:00');
const ENDS: Readonly<Record<string, string>> = { q1: '03-31', q2: '06-30', q3: '09-30', q4: '12-31', '': '12-31' };

/** A market whose figures say when they are of: a day's number, a period's number. A's newest report is one quarter ahead of B's. */
function table(
  name: string,
  { day, period }: { readonly day: string | null; readonly period: string | null },
): DataTable {
  const ends = (
    period === null
      ? ['2026-03-31', '2025-12-31']
      : [0, 0].map(() => `${period.slice(0, 4)}-${ENDS[period.slice(4)] ?? ''}`)
  ).map(at);
  const common = { code: texts([A, B]), statDate: numbers('day', ends) };
  if (name === 'STK_XR_XD')
    return tableOf({
      code: texts([A, A]),
      a_xr_date: numbers('day', [at('2026-06-01'), Number.NaN]),
      bonus_ratio_rmb: numbers('float', [1.5, 2]),
    });
  if (name === 'MAC_CPI_MONTH')
    return tableOf({ stat_month: texts(['2026-05']), cpi_month: numbers('float', [100.2]) });
  if (name !== 'valuation')
    return tableOf({
      ...common,
      net_profit: numbers('float', ends),
      total_assets: numbers('float', [1, 2]),
      roe: numbers('float', [5, Number.NaN]),
    });
  const of = Number((day ?? '').slice(8));
  return tableOf({
    ...common,
    day: numbers('day', [at(day ?? ''), at(day ?? '')]),
    pe_ratio: numbers('float', [of, of + 100]),
    market_cap: numbers('float', [of * 2, of * 3]),
  });
}

function answer(request: DataRequest): DataTable {
  if (request.dataset !== 'query') throw new TypeError(request.dataset);
  const { query: plan, day, period, days } = request.params;
  if (days !== null)
    return finished(
      evaluateDays(plan, days.map(at), (place) => (name) => table(name, { day: days[place] ?? null, period: null })),
    );
  return evaluate(plan, (name) => table(name, { day, period }));
}

let host: FakeHost;
beforeEach(() => {
  host = bindFake();
  host.table = answer;
  host.days = DAYS;
});

const asked = (): unknown[] => host.tablesAsked.map(({ params }) => params);

describe('get_fundamentals', () => {
  it('asks for the day before the logical one, and gives a table with numbered rows and days as texts', () => {
    const df = get_fundamentals(
      query(valuation.code, valuation.day, valuation.pe_ratio, income.statDate).filter(valuation.pe_ratio.gt(50)),
    );
    expect(asked()).toMatchObject([{ database: 'fundamentals', day: '2026-07-05', period: null, days: null }]);
    expect(df.columns.tolist()).toEqual(['code', 'day', 'pe_ratio', 'statDate']);
    expect([df.index.tolist(), df.code.tolist(), df.pe_ratio.tolist()]).toEqual([[0], [B], [105]]);
    expect([df.col('day').tolist(), df.col('statDate').tolist()]).toEqual([['2026-07-05'], ['2025-12-31']]);
  });

  it('takes a day in every form, or a period', () => {
    const q = query(valuation.code);
    const report = query(income.code);
    get_fundamentals(q, '2026-07-01');
    get_fundamentals(q, { date: DateTime.fromISO('2026-07-02T09:35+08:00') });
    get_fundamentals(q, null);
    get_fundamentals(report, null, '2025q4');
    get_fundamentals(report, { statDate: '2025' });
    get_fundamentals(report, { statDate: 2024 });
    get_fundamentals(report, { statDate: '2025Q1' });
    expect(
      host.tablesAsked.map(({ params }) => ('day' in params && 'period' in params ? [params.day, params.period] : [])),
    ).toEqual([
      ['2026-07-01', null],
      ['2026-07-02', null],
      ['2026-07-05', null],
      [null, '2025q4'],
      [null, '2025'],
      [null, '2024'],
      [null, '2025q1'],
    ]);
  });

  it('names columns that come twice, and keeps missing values', () => {
    const df = get_fundamentals(query(valuation.code, income.code, indicator.roe));
    expect(df.columns.tolist()).toEqual(['code', 'code.1', 'roe']);
    expect(df.roe.tolist()).toEqual([5, Number.NaN]);
    expect(get_fundamentals(query(func.count(valuation.code).label('n'))).n.tolist()).toEqual([2]);
  });

  it('gives 5,000 rows and tells once that there are more', () => {
    host.table = (request) => {
      const rows = request.dataset === 'query' ? (request.params.query.limit ?? 0) : 0;
      return tableOf({ code: texts(Array.from({ length: rows }, () => A)) });
    };
    const q = query(valuation.code);
    expect(get_fundamentals(q.limit(5000)).shape).toEqual([5000, 1]);
    expect(host.texts('warning')).toEqual([]);
    expect(get_fundamentals(q).shape).toEqual([5000, 1]);
    expect(get_fundamentals(q.limit(9000)).shape).toEqual([5000, 1]);
    expect(host.texts('warning')).toEqual([expect.stringContaining('at most 5000 rows')]);
  });

  it('gives today what is asked for a day to come, and says so once; with avoid_future_data that is an error', () => {
    const q = query(valuation.code);
    get_fundamentals(q, '2026-08-01');
    get_fundamentals(q, '2027-01-01');
    expect(asked()).toMatchObject([{ day: '2026-07-06' }, { day: '2026-07-06' }]);
    expect(host.texts('warning')).toEqual([expect.stringContaining('has not come yet')]);
    set_option('avoid_future_data', true);
    expect(codeOf(() => get_fundamentals(q, '2026-07-07')).code).toBe('FUTURE_DATA');
    expect(codeOf(() => get_fundamentals(query(income.code), { statDate: '2026q3' })).code).toBe('FUTURE_DATA');
    get_fundamentals(q, '2026-07-06');
    set_option('avoid_future_data', false);
    get_fundamentals(q, '2026-07-07');
    restoreSettings([{ name: 'set_option', value: { name: 'avoid_future_data', value: true } }]);
    expect(codeOf(() => get_fundamentals(q, '2026-07-07')).code).toBe('FUTURE_DATA');
  });

  it('tells once of a period that is not over, which ends today at the earliest', () => {
    const q = query(income.code);
    host.context = { ...host.context, logicalTime: chinaInstant('2026-06-30', '15:00') };
    get_fundamentals(q, { statDate: '2026q1' });
    expect(host.texts('warning')).toEqual([]);
    get_fundamentals(q, { statDate: '2026q2' });
    get_fundamentals(q, { statDate: '2026' });
    expect(host.texts('warning')).toEqual([expect.stringContaining('2026q2, which is not over')]);
  });

  it('tells a mistake of the query before anything is asked', () => {
    const q = query(valuation.code).filter(valuation.day.gt('soon'));
    expect(codeOf(() => get_fundamentals(q)).code).toBe('BAD_QUERY');
    expect(codeOf(() => get_fundamentals(query(func.sum(valuation.code)))).code).toBe('BAD_QUERY');
    expect(host.tablesAsked).toEqual([]);
  });

  it('refuses what is no question to it', () => {
    const run = untyped(get_fundamentals);
    const q = query(valuation.code);
    const cases: [() => unknown, string][] = [
      [() => run(q, '2026-07-01', '2025q4'), 'date or statDate'],
      [() => run(q, null, '2025q5'), "a quarter '2015q1'"],
      [() => run(q, null, '2025-12-31'), "a quarter '2015q1'"],
      [() => run([valuation.code]), 'must be a query'],
      [() => run(), "needs a value for 'query_object'"],
      [() => run(query(finance.STK_XR_XD.code)), 'finance.run_query(query)'],
      [() => run(query(func.count())), 'at least one column of a table'],
    ];
    for (const [call, text] of cases)
      expect(codeOf(call)).toMatchObject({ code: 'BAD_ARGUMENT', message: expect.stringContaining(text) as unknown });
    expect(host.tablesAsked).toEqual([]);
  });
});

describe('get_fundamentals_continuously', () => {
  const q = query(valuation.code, valuation.pe_ratio, indicator.roe).filter(valuation.code.in_([A, B]));

  it('gives a panel: a table day × code for each column', () => {
    const panel = get_fundamentals_continuously(q, { end_date: '2026-07-03', count: 4 });
    expect(host.dayQuestions).toEqual([[null, '2026-07-03', 4]]);
    expect(asked()).toMatchObject([{ day: null, period: null, days: DAYS }]);
    expect([panel.items.tolist(), panel.minor_axis.tolist(), panel.shape]).toEqual([
      ['pe_ratio', 'roe'],
      [A, B],
      [2, 4, 2],
    ]);
    expect(panel.pe_ratio.loc('2026-07-02', B)).toBe(102);
    expect(panel.roe.loc('2026-07-01').tolist()).toEqual([5, Number.NaN]);
  });

  it('gives one long table without a panel, of one day up to yesterday by default', () => {
    host.days = ['2026-07-03'];
    const df = get_fundamentals_continuously(q, { panel: false });
    expect(host.dayQuestions).toEqual([[null, '2026-07-05', 1]]);
    expect(df.columns.tolist()).toEqual(['day', 'code', 'pe_ratio', 'roe']);
    expect([df.code.tolist(), df.pe_ratio.tolist(), df.col('day').map(String).tolist()]).toEqual([
      [A, B],
      [3, 103],
      ['2026-07-03', '2026-07-03'],
    ]);
    expect(get_fundamentals_continuously(q, null, null, false).shape).toEqual([2, 4]);
  });

  it('shares 5,000 rows between the days', () => {
    host.table = () => {
      const rows = DAYS.flatMap((day) => Array.from({ length: 1251 }, (_, i) => [at(day), String(i)] as const));
      return tableOf({
        day: numbers(
          'day',
          rows.map(([day]) => day),
        ),
        code: texts(rows.map(([, code]) => code)),
      });
    };
    const df = get_fundamentals_continuously(q, { count: 4, panel: false });
    expect(df.shape).toEqual([5000, 2]);
    expect(asked()).toMatchObject([{ query: { limit: 1251 } }]);
    expect(host.texts('warning')).toEqual([expect.stringContaining('at most 5000 rows')]);
  });
});

describe('get_valuation', () => {
  it('gives code, day and the fields, by security and then by day', () => {
    host.days = DAYS.slice(2);
    const df = get_valuation([B, A], { end_date: '2026-07-03', count: 2, fields: ['pe_ratio', 'market_cap'] });
    expect(host.dayQuestions).toEqual([[null, '2026-07-03', 2]]);
    expect(df.columns.tolist()).toEqual(['code', 'day', 'pe_ratio', 'market_cap']);
    expect([df.code.tolist(), df.pe_ratio.tolist()]).toEqual([
      [B, B, A, A],
      [102, 103, 2, 3],
    ]);
    expect(df.col('day').map(String).tolist()).toEqual(['2026-07-02', '2026-07-03', '2026-07-02', '2026-07-03']);
  });

  it('ends with the last day that is over, and takes one code, one field and columns', () => {
    get_valuation(A, '2026-07-01', null, 'pe_ratio');
    get_valuation(A, { start_date: '2026-07-01', end_date: '2026-07-06', fields: [valuation.pe_ratio] });
    expect(host.dayQuestions).toEqual([
      ['2026-07-01', '2026-07-03', null],
      ['2026-07-01', '2026-07-03', null],
    ]);
    expect(asked()).toMatchObject([
      { query: { select: [{ name: 'pe_ratio' }] } },
      { query: { select: [{ name: 'pe_ratio' }] } },
    ]);
  });

  it('asks for all fields but id by default, and for nothing after the end', () => {
    host.table = () => tableOf({ day: numbers('day', []), code: texts([]), pe_ratio: numbers('float', []) });
    expect(get_valuation(A, { start_date: '2026-07-06' }).shape[0]).toBe(0);
    expect(host.dayQuestions).toEqual([]);
    const [params] = asked() as { readonly query: { readonly select: readonly { readonly name: string }[] } }[];
    expect(params?.query.select.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['pe_ratio', 'market_cap', 'turnover_ratio']),
    );
    expect(params?.query.select.map(({ name }) => name)).not.toContain('id');
  });

  it('gives 5,000 rows and asks for no security beyond them', () => {
    host.days = Array.from({ length: 2500 }, (_, i) => `${1990 + Math.floor(i / 250)}-01-0${1 + (i % 9)}`);
    host.table = (request) => {
      const codes =
        request.dataset === 'query' ? request.params.query.filter.flatMap((f) => (f.op === 'in' ? f.values : [])) : [];
      expect(codes).toHaveLength(2);
      const all = codes.flatMap((code) => host.days.map(() => String(code)));
      return tableOf({
        day: numbers(
          'day',
          all.map((_, i) => i),
        ),
        code: texts(all),
        pe_ratio: numbers(
          'float',
          all.map(() => 1),
        ),
      });
    };
    expect(get_valuation([A, B, '000002.XSHE'], { start_date: '1990-01-01', fields: 'pe_ratio' }).shape).toEqual([
      5000, 3,
    ]);
    expect(host.texts('warning')).toEqual([expect.stringContaining('at most 5000 rows')]);
  });

  it('refuses a field that is none and days that are not said', () => {
    const run = untyped(get_valuation);
    expect(codeOf(() => run(A, { count: 1, fields: ['market_capp'] }))).toMatchObject({
      code: 'UNKNOWN_COLUMN',
      message: expect.stringContaining('valuation.market_cap?') as unknown,
    });
    expect(codeOf(() => run(A, { count: 1, fields: [income.net_profit] })).message).toContain(
      'names of columns of valuation',
    );
    expect(codeOf(() => run(A)).message).toContain('start_date or count');
    expect(codeOf(() => run(A, { start_date: '2026-07-01', count: 2 })).message).toContain('start_date or count');
  });
});

describe('get_history_fundamentals', () => {
  const fields = [income.net_profit, balance.total_assets];

  it('gives the reports up to a period, by security and then by period', () => {
    const df = get_history_fundamentals([B, A], fields, { stat_date: '2026q1', count: 3 });
    expect(host.tablesAsked.map(({ params }) => ('period' in params ? params.period : null))).toEqual([
      '2026q1',
      '2025q4',
      '2025q3',
    ]);
    expect(df.columns.tolist()).toEqual(['code', 'statDate', 'net_profit', 'total_assets']);
    expect(df.code.tolist()).toEqual([B, B, B, A, A, A]);
    expect(df.col('statDate').tolist().slice(0, 3)).toEqual(['2025-09-30', '2025-12-31', '2026-03-31']);
  });

  it('gives the same quarter of each year, or whole years', () => {
    get_history_fundamentals(A, fields, { stat_date: '2025q2', count: 3, interval: '1y' });
    get_history_fundamentals(A, fields, { stat_date: '2025', count: 2, interval: '1y', stat_by_year: true });
    expect(host.tablesAsked.map(({ params }) => ('period' in params ? params.period : null))).toEqual([
      '2025q2',
      '2024q2',
      '2023q2',
      '2025',
      '2024',
    ]);
  });

  it('begins with what each security had published by the day', () => {
    const df = get_history_fundamentals([A, B], income.net_profit, '2026-06-30', null, 2);
    expect(asked()).toMatchObject([
      { day: '2026-06-30', period: null },
      { period: '2026q1', query: { filter: [{ values: [A] }] } },
      { period: '2025q4', query: { filter: [{ values: [A, B] }] } },
      { period: '2025q3', query: { filter: [{ values: [B] }] } },
    ]);
    expect(df.col('statDate').tolist()).toEqual(expect.arrayContaining(['2026-03-31', '2025-12-31', '2025-09-30']));
    host.tablesAsked.length = 0;
    get_history_fundamentals([A, B], income.net_profit, {
      watch_date: '2026-06-30',
      interval: '1y',
      stat_by_year: true,
    });
    expect(asked()).toMatchObject([{ day: '2026-06-30' }, { period: '2025' }]);
  });

  it('is a table without rows for securities without reports', () => {
    host.table = () => tableOf({ code: texts([]), statDate: numbers('day', []), net_profit: numbers('float', []) });
    const df = get_history_fundamentals(A, income.net_profit, { watch_date: '2026-06-30' });
    expect([df.shape, df.columns.tolist()]).toEqual([
      [0, 3],
      ['code', 'statDate', 'net_profit'],
    ]);
  });

  it('refuses what it cannot answer', () => {
    const run = untyped(get_history_fundamentals);
    const cases: [Readonly<Record<string, unknown>>, string][] = [
      [{}, 'watch_date or stat_date'],
      [{ watch_date: '2026-06-30', stat_date: '2026q1' }, 'watch_date or stat_date'],
      [{ stat_date: '2025' }, "'2019' with stat_by_year"],
      [{ stat_date: '2025q1', interval: '1y', stat_by_year: true }, "'2019' with stat_by_year"],
      [{ stat_date: '2025', stat_by_year: true }, "interval '1y' only"],
      [{ stat_date: '2025q1', count: 5001 }, 'at most 5000 reports'],
      [{ stat_date: '2025q1', interval: '1m' }, 'one of 1q, 1y'],
    ];
    for (const [options, text] of cases) expect(codeOf(() => run(A, fields, options)).message).toContain(text);
    expect(codeOf(() => run(A, [valuation.pe_ratio], { stat_date: '2025q1' })).message).toContain('get_valuation()');
    expect(codeOf(() => run(A, ['net_profit'], { stat_date: '2025q1' })).message).toContain(
      'columns like balance.total_assets',
    );
  });
});

describe('finance.run_query and macro.run_query', () => {
  const { STK_XR_XD } = finance;

  it('give the rows of one table, its days as dates', () => {
    const df = finance.run_query(
      query(STK_XR_XD.code, STK_XR_XD.a_xr_date, STK_XR_XD.bonus_ratio_rmb).filter(STK_XR_XD.code.in_([A])),
    );
    expect(asked()).toMatchObject([
      { database: 'finance', day: null, period: null, days: null, query: { limit: 4001 } },
    ]);
    expect([df.code.tolist(), df.bonus_ratio_rmb.tolist()]).toEqual([
      [A, A],
      [1.5, 2],
    ]);
    expect(df.col('a_xr_date').tolist().map(String)).toEqual(['2026-06-01', 'null']);
    expect(
      macro.run_query(query(macro.MAC_CPI_MONTH.stat_month, macro.MAC_CPI_MONTH.cpi_month)).cpi_month.tolist(),
    ).toEqual([100.2]);
    expect(asked()).toMatchObject([{}, { database: 'macro' }]);
  });

  it('give 4,000 rows and tell once that there are more', () => {
    host.table = () => tableOf({ code: texts(Array.from({ length: 4001 }, () => A)) });
    expect(finance.run_query(query(STK_XR_XD.code)).shape).toEqual([4000, 1]);
    expect(host.texts('warning')).toEqual([expect.stringContaining('finance.run_query() gives at most 4000 rows')]);
  });

  it('refuse two tables and the tables of others', () => {
    const two = query(STK_XR_XD.code, finance.STK_LIST.name);
    expect(codeOf(() => finance.run_query(two)).message).toContain('one table at a time');
    expect(codeOf(() => finance.run_query(query(valuation.code))).message).toContain('needs its days');
    expect(codeOf(() => macro.run_query(query(STK_XR_XD.code))).message).toContain('finance.run_query(query)');
  });
});
