import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../src/domain/data/query/evaluate.ts';
import type { LoadTable } from '../../../../../src/domain/data/query/evaluate.ts';
import { plainPlan } from '../../../../../src/domain/data/query-plan.ts';
import type { Expression, QueryPlan, Scalar, SqlFunction } from '../../../../../src/domain/data/query-plan.ts';
import { numbers, tableOf, texts } from '../../../../../src/domain/data/table.ts';
import type { DataTable } from '../../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';

const midnight = (day: string): number => chinaInstant(day, '00:00');
const NAN = Number.NaN;

const TABLES: Readonly<Record<string, DataTable>> = {
  valuation: tableOf({
    code: texts(['A', 'B', 'C', 'D']),
    market_cap: numbers('float', [10, NAN, 30, 2.5]),
    pe_ratio: numbers('float', [5, 0, -2, 5]),
    day: numbers('day', [midnight('2026-04-28'), midnight('2026-04-29'), NAN, midnight('2026-04-30')]),
  }),
  income: tableOf({
    code: texts(['B', 'A', 'D', 'D']),
    net_profit: numbers('float', [7, -1, 3, 4]),
  }),
  indicator: tableOf({ code: texts(['A', 'A', 'B', 'C']), roe: numbers('float', [1, 2, 3, 4]) }),
  STK_XR_XD: tableOf({
    code: texts(['A', 'A', 'C']),
    bonus_type: texts(['年度分红', null, 'half']),
    plan_progress: texts(['7', '', ' 12 ']),
    bonus_ratio_rmb: numbers('float', [1, 2, 3]),
  }),
  MAC_CPI_MONTH: tableOf({ stat_month: texts(['2026-01']), cpi_month: numbers('float', [101]) }),
};
const load: LoadTable = (name) => TABLES[name] ?? tableOf({});

const col = (name: string): Expression => {
  const [table = '', column = ''] = name.split('.');
  return { op: 'column', table, column };
};
const val = (value: Scalar): Expression => ({ op: 'value', value });
const fn = (name: SqlFunction, ...args: readonly Expression[]): Expression => ({ op: 'function', name, args });
const op = (
  name: 'eq' | 'gt' | 'like' | 'add' | 'div' | 'neg' | 'sub',
  ...args: readonly Expression[]
): Expression => ({
  op: name,
  args,
});

function plan(select: readonly Expression[], more: Partial<QueryPlan> = {}): QueryPlan {
  return { ...plainPlan(select.map((expression, i) => ({ name: `c${i}`, expression }))), ...more };
}

function values(expression: Expression, more: Partial<QueryPlan> = {}): unknown[] {
  return [...(evaluate(plan([expression], more), load).columns.get('c0')?.values ?? [])];
}

const CODE = col('valuation.code');

describe('evaluate', () => {
  it('joins the tables of the fundamentals by their code, in the order of the first, with every partner', () => {
    const select = [CODE, col('income.net_profit')];
    expect(values(CODE, plan(select))).toEqual(['A', 'B', 'D', 'D']);
    expect([...(evaluate(plan(select), load).columns.get('c1')?.values ?? [])]).toEqual([-1, 7, 3, 4]);
    // Codes that come twice in the same order on both sides are four pairs.
    expect(values(col('indicator.roe'), { filter: [op('eq', CODE, col('indicator.code'))] })).toEqual([1, 2, 3, 4]);
  });

  it('keeps what it left-joins and drops what it only joins', () => {
    const join = { table: 'STK_XR_XD', on: op('eq', CODE, col('STK_XR_XD.code')) };
    const ratio = col('STK_XR_XD.bonus_ratio_rmb');
    expect(values(CODE, { joins: [{ ...join, outer: false }] })).toEqual(['A', 'A', 'C']);
    expect(
      values(op('add', ratio, val(0)), { joins: [{ ...join, outer: true }], filter: [op('gt', ratio, val(1))] }),
    ).toEqual([2, 3]);
    expect(values(CODE, { joins: [{ ...join, outer: true }] })).toEqual(['A', 'A', 'B', 'C', 'D']);
  });

  it('takes a text beside a number for the number that it writes, and for nothing where it writes none', () => {
    const [written, ratio] = [col('STK_XR_XD.plan_progress'), col('STK_XR_XD.bonus_ratio_rmb')];
    expect(values(ratio, { filter: [op('gt', written, val(5))] })).toEqual([1, 3]);
    expect(values(ratio, { filter: [op('eq', val(7), written)] })).toEqual([1]);
    expect(values(ratio, { filter: [op('gt', written, ratio)] })).toEqual([1, 3]);
    expect(values(ratio, { filter: [op('gt', col('STK_XR_XD.bonus_type'), val(0))] })).toEqual([]);
    const among = (list: readonly Scalar[]): Expression => ({ op: 'in', arg: written, values: list });
    expect(values(ratio, { filter: [among([12, 'x'])] })).toEqual([3]);
    expect(values(ratio, { filter: [among(['7', 1])] })).toEqual([1]);
  });

  it('knows of no infinite numbers: what is divided by 0 is missing', () => {
    expect(values(op('div', col('valuation.market_cap'), col('valuation.pe_ratio')))).toEqual([2, NAN, -15, 0.5]);
  });

  it('puts what is missing first, and last when descending', () => {
    const by = (descending: boolean): QueryPlan['orderBy'] => [{ expression: col('valuation.market_cap'), descending }];
    expect(values(CODE, { orderBy: by(false) })).toEqual(['B', 'D', 'A', 'C']);
    expect(values(CODE, { orderBy: by(true) })).toEqual(['C', 'A', 'D', 'B']);
    expect(values(CODE, { orderBy: by(false), offset: 1, limit: 2 })).toEqual(['D', 'A']);
    expect(values(CODE, { orderBy: [{ expression: col('valuation.pe_ratio'), descending: true }] })).toEqual([
      'A',
      'D',
      'B',
      'C',
    ]);
  });

  it('counts what is there, of nothing too, and sums nothing to nothing', () => {
    const cap = col('valuation.market_cap');
    expect(values(fn('count', cap))).toEqual([3]);
    const none = { filter: [val(false)] };
    expect(values(fn('count', cap), none)).toEqual([0]);
    expect(values(fn('sum', cap), none)).toEqual([NAN]);
    expect(values(fn('max', CODE), none)).toEqual([null]);
    expect(values(fn('avg', cap))).toEqual([42.5 / 3]);
    expect(values(fn('sum', cap), { ...none, groupBy: [CODE] })).toEqual([]);
  });

  it('reads days as texts where texts are wanted', () => {
    const day = col('valuation.day');
    expect(values(CODE, { filter: [op('like', day, val('2026-04-3%'))] })).toEqual(['D']);
    expect(values(fn('substr', day, val(1), val(7)))).toEqual(['2026-04', '2026-04', null, '2026-04']);
    expect(values(CODE, { filter: [op('eq', day, val('2026-04-29'))] })).toEqual(['B']);
    expect(values(fn('length', col('STK_XR_XD.bonus_type')))).toEqual([12, NAN, 4]);
  });

  it('rounds halves away from zero', () => {
    const round = (value: number, digits: number): unknown =>
      values(fn('round', val(value), val(digits)), { filter: [op('eq', CODE, val('A'))] })[0];
    expect([round(2.5, 0), round(-2.5, 0), round(1.005, 2), round(1234, -2)]).toEqual([3, -3, 1.01, 1200]);
  });

  it('gives kinds: whole numbers stay whole, days stay days, conditions are flags', () => {
    const count = fn('count', CODE);
    const kinds = evaluate(
      plan([
        count,
        op('add', count, count),
        op('div', count, count),
        fn('min', col('valuation.day')),
        op('gt', count, val(1)),
        fn('min', CODE),
      ]),
      load,
    );
    expect([...kinds.columns.values()].map(({ kind }) => kind)).toEqual(['int', 'int', 'float', 'day', 'flag', 'text']);
  });

  it('asks for the columns, codes and days that matter', () => {
    const asked: unknown[] = [];
    const spy: LoadTable = (table, columns, codes, ranges) => {
      asked.push([table, columns, codes, [...ranges]]);
      return load(table, columns, codes, ranges);
    };
    const filter: Expression[] = [
      {
        op: 'and',
        args: [{ op: 'in', arg: CODE, values: ['A', 'B', 'D'] }, op('gt', col('valuation.day'), val('2026-04-28'))],
      },
      { op: 'in', arg: col('income.code'), values: ['B', 'C', 'D'] },
    ];
    const join = { table: 'STK_XR_XD', on: op('eq', CODE, col('STK_XR_XD.code')), outer: false };
    evaluate(plan([CODE, col('income.net_profit'), col('STK_XR_XD.bonus_ratio_rmb')], { filter, joins: [join] }), spy);
    expect(asked).toEqual([
      ['valuation', ['code', 'day'], ['B', 'D'], [['day', { from: midnight('2026-04-28'), to: Infinity }]]],
      ['income', ['code', 'net_profit'], ['B', 'D'], []],
      ['STK_XR_XD', ['code', 'bonus_ratio_rmb'], null, []],
    ]);
  });

  it.each([
    ['a table that is misspelt', plan([col('valuaton.code')]), 'UNKNOWN_TABLE', 'Did you mean valuation?'],
    [
      'a column that is misspelt',
      plan([col('valuation.market_capp')]),
      'UNKNOWN_COLUMN',
      'Did you mean valuation.market_cap?',
    ],
    [
      'a day that is none',
      plan([CODE], { filter: [op('gt', col('valuation.day'), val('soon'))] }),
      'BAD_QUERY',
      '"soon"',
    ],
    [
      'a text that is no number',
      plan([CODE], { filter: [op('gt', col('valuation.market_cap'), val('x'))] }),
      'BAD_QUERY',
      'texts with texts',
    ],
    ['a number beside a day', plan([CODE], { filter: [op('gt', col('valuation.day'), val(5))] }), 'BAD_QUERY', 'days'],
    ['a sum of texts', plan([fn('sum', CODE)]), 'BAD_QUERY', 'sum needs numbers'],
    ['days that are added', plan([op('add', col('valuation.day'), val(1))]), 'BAD_QUERY', 'add needs numbers'],
    [
      'an aggregate in a filter',
      plan([CODE], { filter: [op('gt', fn('sum', col('valuation.pe_ratio')), val(1))] }),
      'BAD_QUERY',
      'having()',
    ],
    [
      'an aggregate of an aggregate',
      plan([fn('sum', fn('sum', col('valuation.pe_ratio')))]),
      'BAD_QUERY',
      'single rows',
    ],
    ['a function with too many arguments', plan([fn('abs', CODE, CODE)]), 'BAD_QUERY', 'func.abs() takes 1'],
    ['an aggregate with too many arguments', plan([fn('max', CODE, CODE)]), 'BAD_QUERY', 'func.max() takes one'],
    ['no table', plan([val(1)]), 'BAD_QUERY', 'names no table'],
    ['tables with nothing in common', plan([CODE, col('MAC_CPI_MONTH.cpi_month')]), 'BAD_QUERY', 'no code in common'],
    [
      'a table joined twice',
      plan([CODE], { joins: [1, 2].map(() => ({ table: 'income', on: val(true), outer: false })) }),
      'BAD_QUERY',
      'joined twice',
    ],
    [
      'a join on a table that comes later',
      plan([CODE, col('indicator.roe')], {
        joins: ['income', 'indicator'].map((table) => ({
          table,
          on: op('eq', col('income.code'), col('indicator.code')),
          outer: false,
        })),
      }),
      'BAD_QUERY',
      'order of join()',
    ],
    [
      'one name for two columns',
      { ...plan([CODE]), select: [1, 2].map(() => ({ name: 'x', expression: CODE })) },
      'BAD_QUERY',
      'label()',
    ],
  ])('refuses %s', (_what, query, code, text) => {
    expect(() => evaluate(query, load)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(text) as unknown }) as Error,
    );
  });

  it('refuses a join that makes too many rows before it makes them', () => {
    const many = tableOf({ code: texts(Array.from({ length: 3000 }, (_, i) => String(i))) });
    const joins = [{ table: 'income', on: val(true), outer: false }];
    expect(() => evaluate(plan([CODE], { joins }), () => many)).toThrow('more than 2000000 rows');
    const same = tableOf({ code: texts(Array.from({ length: 3000 }, () => 'A')) });
    expect(() => evaluate(plan([CODE, col('income.code')]), () => same)).toThrow('more than 2000000 rows');
  });

  it('does not take long for a pattern made to take long', () => {
    const text = 'a'.repeat(20_000);
    const long = tableOf({ code: texts([text, `${text}b`]) });
    const pattern = `${'%a'.repeat(30)}%b`;
    const answer = evaluate(plan([CODE], { filter: [op('like', CODE, val(pattern))] }), () => long);
    expect(answer.rows).toBe(1);
  });
});
