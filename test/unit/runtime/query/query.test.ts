import { describe, expect, it } from 'vitest';
import {
  and_,
  balance,
  date,
  DateTime,
  finance,
  func,
  income,
  indicator,
  macro,
  not_,
  or_,
  print,
  query,
  Series,
  valuation,
} from '../../../../runtime/index.ts';
import type { Condition } from '../../../../runtime/query/column.ts';
import { readQuery } from '../../../../runtime/query/query.ts';
import { encodeValue } from '../../../../runtime/state/encode.ts';
import { pyStr } from '../../../../runtime/text/python-text.ts';
import type { Expression, QueryPlan } from '../../../../src/domain/data/query-plan.ts';
import { queryProblem } from '../../../../src/domain/data/query-check.ts';
import { bindFake } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const plan = (value: unknown): QueryPlan => readQuery(value, 'test');
const names = (value: unknown): string[] => plan(value).select.map(({ name }) => name);
const filterOf = (condition: Condition): Expression | undefined =>
  plan(query(valuation.code).filter(condition)).filter[0];
const column = (table: string, own: string): Expression => ({ op: 'column', table, column: own });
const value = (one: string | number | boolean | null): Expression => ({ op: 'value', value: one });
const PE = column('valuation', 'pe_ratio');

describe('a query', () => {
  it('is a plan that every check at border and wire lets through', () => {
    const q = query(valuation.code, income, func.count())
      .filter(valuation.pe_ratio.between(0, 20), or_(valuation.code.like('3%'), not_(indicator.roe.is_(null))))
      .join(
        finance.STK_XR_XD,
        and_(finance.STK_XR_XD.code.eq(valuation.code), finance.STK_XR_XD.report_date.gt('2025-01-01')),
      )
      .group_by(valuation.code)
      .having(func.avg(income.net_profit).div(func.max(balance.total_assets)).ge(0.1))
      .order_by(valuation.market_cap, indicator.roe.desc())
      .distinct()
      .limit(5)
      .offset(0);
    expect(queryProblem(structuredClone(plan(q)))).toBeNull();
  });

  it('stays as it is when more is said of it', () => {
    const base = query(valuation.code);
    const small = base.filter(valuation.market_cap.lt(30));
    const cheap = base.filter(valuation.pe_ratio.lt(10)).order_by(valuation.pe_ratio.asc());
    expect([plan(base).filter.length, plan(small).filter.length, plan(cheap).orderBy.length]).toEqual([0, 1, 1]);
    expect(plan(small.filter(valuation.pe_ratio.gt(0))).filter).toHaveLength(2);
    expect(Object.isFrozen(base)).toBe(true);
  });

  it('names columns as their table does, a second one of a name with .1, and what has no name as SQLAlchemy', () => {
    expect(names(query(valuation.code, income.code, indicator.code, income.net_profit.label('profit')))).toEqual([
      'code',
      'code.1',
      'code.2',
      'profit',
    ]);
    expect(
      names(
        query(
          func.sum(income.net_profit),
          valuation.pe_ratio.div(2),
          func.sum(valuation.pb_ratio),
          valuation.pe_ratio.neg(),
        ),
      ),
    ).toEqual(['sum_1', 'anon_1', 'sum_2', 'anon_2']);
  });

  it('selects all columns of a table, in the order of the catalogue', () => {
    const all = names(query(valuation, indicator));
    expect(all.slice(0, 4)).toEqual(['id', 'code', 'pe_ratio', 'turnover_ratio']);
    expect(all).toEqual(expect.arrayContaining(['id.1', 'code.1', 'roe', 'day.1']));
  });

  it('prints what it asks', () => {
    const q = query(valuation.code, income.net_profit.label('profit'))
      .filter(valuation.pe_ratio.gt(10).and(indicator.roe.eq(null)), valuation.code.notin_(['A', 'B']))
      .order_by(valuation.market_cap.desc())
      .limit(3);
    const text =
      "query(valuation.code, income.net_profit AS profit).filter((valuation.pe_ratio > 10) AND (indicator.roe IS NULL), NOT (valuation.code IN ('A', 'B'))).order_by(valuation.market_cap DESC).limit(3)";
    expect(pyStr(q)).toBe(text);
    expect(pyStr([q])).toBe(`[${text}]`);
    const host = bindFake();
    print(q, valuation, valuation.pe_ratio);
    expect(host.texts()).toEqual([`${text} valuation valuation.pe_ratio`]);
    const long = valuation.code.in_(Array.from({ length: 900 }, (_, i) => String(i)));
    expect(pyStr(long)).toBe("valuation.code IN ('0', '1', '2', '3', '4', … 900 in all)");
  });

  it('is not kept in g, and said so by its name', () => {
    expect(encodeValue({ q: query(valuation.code) }, 'g.plan').why).toBe('g.plan.q is a Query, which is not kept');
    expect(encodeValue(valuation.code, 'g.c').why).toBe('g.c is a Column, which is not kept');
  });

  it('refuses what cannot be asked', () => {
    const cases: [() => unknown, string][] = [
      [() => query(), 'needs at least one'],
      [() => untyped(query)('code'), "was 'code'"],
      [() => untyped(query)(valuation.pe_ratio.asc()), 'takes columns and tables'],
      [() => query(valuation.code).filter(untyped(() => false)() as never), 'Operators (> == …) do not work'],
      [() => query(valuation.code).order_by(untyped(() => 'code')() as never), 'needs columns'],
      [() => query(valuation.code).limit(-1), '0 or more'],
      [() => query(valuation.code).limit(1.5), 'whole number'],
      [() => query(valuation.code).join({}, valuation.code.eq('A')), 'needs a table like income'],
      [() => readQuery([valuation.code], 'get_fundamentals() query_object'), 'must be a query'],
      [() => or_(), 'or_(): needs at least one condition'],
      [() => valuation.code.in_('000001.XSHE'), "needs a list like ['000001.XSHE']"],
      [() => valuation.pe_ratio.in_(Array.from({ length: 20_001 }, (_, i) => i)), 'at most 20000 values'],
      [() => valuation.pe_ratio.gt(Number.NaN), 'must be a number'],
      [() => valuation.pe_ratio.gt(untyped(() => undefined)() as never), 'was None'],
      [() => income.pubDate.gt(DateTime.invalid('x')), 'a time that is none'],
      [() => valuation.pe_ratio.is_(untyped(() => 0)() as never), 'takes null only'],
      [() => valuation.code.like(untyped(() => 1)() as never), 'needs a text'],
      [() => valuation.code.label(''), 'needs a name'],
    ];
    for (const [run, text] of cases) {
      const error = codeOf(run);
      expect([error.code, error.message]).toEqual(['BAD_ARGUMENT', expect.stringContaining(text)]);
    }
  });

  it('takes conditions before limit() only, as SQLAlchemy does', () => {
    const limited = query(valuation.code).limit(5);
    for (const run of [() => limited.filter(valuation.pe_ratio.gt(1)), () => limited.order_by(valuation.code)])
      expect(codeOf(run).code).toBe('BAD_QUERY');
    expect(plan(limited.limit(null).filter(valuation.pe_ratio.gt(1))).limit).toBeNull();
    expect(plan(limited.limit(2).offset(1))).toMatchObject({ limit: 2, offset: 1 });
  });
});

describe('a column', () => {
  it('of codes takes them in any spelling that names the market', () => {
    const code = column('valuation', 'code');
    expect(filterOf(valuation.code.in_(['600519.SH', 'sz000001', '000002.XSHE']))).toEqual({
      op: 'in',
      arg: code,
      values: ['600519.XSHG', '000001.XSHE', '000002.XSHE'],
    });
    expect(filterOf(valuation.code.eq('600519.SH'))).toEqual({ op: 'eq', args: [code, value('600519.XSHG')] });
    expect(filterOf(valuation.code.eq('801010'))).toEqual({ op: 'eq', args: [code, value('801010')] });
  });

  it('compares with values, columns, days and nothing', () => {
    expect(filterOf(valuation.pe_ratio.ge(1))).toEqual({ op: 'ge', args: [PE, value(1)] });
    expect(filterOf(valuation.pe_ratio.lt(valuation.pb_ratio))).toEqual({
      op: 'lt',
      args: [PE, column('valuation', 'pb_ratio')],
    });
    expect(filterOf(valuation.pe_ratio.between(1, 2))).toEqual({
      op: 'and',
      args: [
        { op: 'ge', args: [PE, value(1)] },
        { op: 'le', args: [PE, value(2)] },
      ],
    });
    expect(filterOf(valuation.pe_ratio.eq(null))).toEqual({ op: 'is_null', args: [PE] });
    expect(filterOf(valuation.pe_ratio.ne(null))).toEqual({ op: 'not', args: [{ op: 'is_null', args: [PE] }] });
    const days = [date(2026, 7, 6), DateTime.fromISO('2026-07-06T00:00+08:00'), '2026-07-06'] as const;
    for (const day of days)
      expect(filterOf(income.pubDate.eq(day))).toEqual({
        op: 'eq',
        args: [column('income', 'pubDate'), value('2026-07-06')],
      });
    expect(filterOf(income.pubDate.eq(DateTime.fromISO('2026-07-06T09:35+08:00')))).toMatchObject({
      args: [{}, value('2026-07-06 09:35:00')],
    });
  });

  it('takes lists of every sort', () => {
    const codes = ['000001.XSHE', '600000.XSHG'];
    for (const list of [codes, new Set(codes), new Series(codes), new Map(codes.map((code) => [code, 1])).keys()])
      expect(filterOf(valuation.code.in_(list as Iterable<string>))).toMatchObject({ op: 'in', values: codes });
    expect(filterOf(valuation.code.notin_(codes))).toMatchObject({ op: 'not', args: [{ op: 'in', values: codes }] });
  });

  it('says which method to use when an operator is used on it', () => {
    const pe: unknown = valuation.pe_ratio;
    for (const run of [
      () => (pe as number) > 1,
      () => (pe as number) + 1,
      () => (pe as number) / 2,
      () => -(pe as number),
      () => ~(pe as number),
      () => (pe as number) & 1,
      // oxlint-disable-next-line eqeqeq
      () => pe == 10,
    ])
      expect(codeOf(run)).toMatchObject({
        code: 'BAD_OPERATOR',
        message: expect.stringContaining('valuation.pe_ratio is a column') as unknown,
      });
  });
});

describe('a table', () => {
  it('throws for a misspelt column or table, with the near one', () => {
    const read = (of: object, key: string): unknown => Reflect.get(of, key) as unknown;
    expect(codeOf(() => read(valuation, 'pe_ration'))).toMatchObject({
      code: 'UNKNOWN_COLUMN',
      message: 'There is not a column valuation.pe_ration. Did you mean valuation.pe_ratio?',
    });
    expect(codeOf(() => read(finance, 'STK_XR_XDD'))).toMatchObject({
      code: 'UNKNOWN_TABLE',
      message: 'There is not a table finance.STK_XR_XDD. Did you mean finance.STK_XR_XD?',
    });
    expect(codeOf(() => read(macro, 'STK_XR_XD')).code).toBe('UNKNOWN_TABLE');
    expect(codeOf(() => read(finance, 'valuation')).code).toBe('UNKNOWN_TABLE');
    expect(codeOf(() => Reflect.set(valuation, 'pe_ratio', 1)).code).toBe('READ_ONLY');
    expect(codeOf(() => Reflect.set(finance, 'STK_XR_XD', 1)).code).toBe('READ_ONLY');
  });

  it('gives the same column each time, and lists its columns', () => {
    expect(valuation.market_cap).toBe(valuation.market_cap);
    expect(Object.keys(valuation)).toEqual(expect.arrayContaining(['code', 'market_cap']));
    expect('roe' in valuation).toBe(false);
    expect('roe' in indicator).toBe(true);
    expect(pyStr(valuation)).toBe('valuation');
  });

  it('is no promise, and can be looked at by whoever looks at everything', async () => {
    await expect(Promise.resolve(valuation)).resolves.toBe(valuation);
    await expect(Promise.resolve(finance)).resolves.toBe(finance);
    expect(JSON.stringify({ a: 1, finance: typeof finance })).toBe('{"a":1,"finance":"object"}');
  });
});
