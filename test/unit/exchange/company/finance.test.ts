import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../../../src/domain/data/catalogue/index.ts';
import type { Expression } from '../../../../src/domain/data/query-plan.ts';
import { numbersOf, textsOf, type DataTable } from '../../../../src/domain/data/table.ts';
import { chinaDay, chinaInstant, HOUR } from '../../../../src/domain/time.ts';
import { closeTicks } from '../../../../src/exchange/daily-close.ts';
import { extras } from '../../../../src/exchange/datasets/extras.ts';
import { FILLED } from '../../../../src/exchange/company/finance/index.ts';
import { finished } from '../../../../src/domain/steps.ts';
import { query as inSteps } from '../../../../src/exchange/company/query/answer.ts';
import { Statements } from '../../../../src/exchange/company/statements.ts';
import { sharesOn } from '../../../../src/exchange/company/shares.ts';
import { payout } from '../../../../src/exchange/ex-rights.ts';
import { Market } from '../../../../src/exchange/market.ts';
import { given } from '../world.ts';
import { column, planOf, query } from './plans.ts';

const market = new Market(7);
const LATE = at('2026-08-31', '10:00');
const payers = market
  .stocks()
  .filter(({ exRights, lastIndex }) => exRights.length > 5 && lastIndex === null)
  .slice(0, 60);
const CODES = ['600519.XSHG', '601398.XSHG', ...payers.slice(0, 6).map(({ security }) => security)];

function at(day: string, time: string): number {
  return chinaInstant(day, time);
}

function ask(
  columns: readonly string[],
  now = LATE,
  codes: readonly string[] | null = null,
  more: readonly Expression[] = [],
): DataTable {
  const plan = planOf(columns, codes);
  const database = (columns[0] ?? '').startsWith('MAC_') ? 'macro' : 'finance';
  const asked = { ...plan, filter: [...plan.filter, ...more] };
  return query(market, { database, query: asked, day: null, period: null, days: null }, now);
}

function since(name: string, day: string): Expression {
  return { op: 'ge', args: [column(name), { op: 'value', value: day }] };
}

describe('dividends', () => {
  const table = 'STK_XR_XD';
  const columns = (...names: readonly string[]): string[] => ['code', ...names].map((name) => `${table}.${name}`);

  it('are those that the price goes without, in money and in shares', () => {
    fc.assert(
      fc.property(fc.constantFrom(...payers), (company) => {
        const names = ['a_xr_date', 'bonus_ratio_rmb', 'transfer_ratio', 'bonus_amount_rmb'];
        const rows = ask(columns(...names, 'a_registration_date', 'a_bonus_date'), LATE, [company.security]);
        const rights = company.exRights.filter(({ index }) => market.days.midnight(index) < LATE);
        expect([...numbersOf(rows, 'a_xr_date')]).toEqual(rights.map(({ index }) => market.days.midnight(index)));
        for (const [row, right] of rights.entries()) {
          const value = (name: string): number => given(numbersOf(rows, name)[row]);
          const close = closeTicks(company, right.index - 1);
          const { cash, bonus, reference } = payout(right, close, company.tickMills);
          const given10 = Number.isNaN(value('transfer_ratio')) ? 0 : value('transfer_ratio');
          expect(value('bonus_ratio_rmb')).toBeCloseTo(cash / 100, 9);
          expect(given10).toBeCloseTo(bonus * 10, 9);
          const yuan = (close * company.tickMills) / 1000;
          const without = (yuan - value('bonus_ratio_rmb') / 10) / (1 + given10 / 10);
          expect(Math.abs(without - (reference * company.tickMills) / 1000)).toBeLessThanOrEqual(0.0051);
          const paid = (value('bonus_ratio_rmb') / 10) * sharesOn(company, right.index - 1).total;
          expect(value('bonus_amount_rmb') * 1e4).toBeCloseTo(paid, -1);
          expect(value('a_registration_date')).toBe(market.days.midnight(right.index - 1));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are decided one step after the other, and no step is told before its day', () => {
    const names = ['board_plan_pub_date', 'shareholders_plan_pub_date', 'implementation_pub_date', 'a_xr_date'];
    const all = ask(
      columns('report_date', ...names),
      LATE,
      payers.map(({ security }) => security),
    );
    const dates = names.map((name) => numbersOf(all, name));
    for (let row = 0; row < all.rows; row += 1) {
      const steps = dates.map((values) => given(values[row]));
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    }
    const code = given(textsOf(all, 'code')[0]);
    const [board, decided, announced] = dates.map((values) => given(values[0]));
    const seen = (now: number): (string | null)[] => {
      const report = chinaDay(given(numbersOf(all, 'report_date')[0]));
      const equal: Expression = { op: 'eq', args: [column(`${table}.report_date`), { op: 'value', value: report }] };
      return [...textsOf(ask(columns('plan_progress', 'a_xr_date'), now, [code], [equal]), 'plan_progress')];
    };
    expect(seen(given(board) + 7 * HOUR)).toEqual([]);
    expect(seen(given(board) + 8 * HOUR)).toEqual(['董事会预案']);
    expect(seen(given(decided) + 9 * HOUR)).toEqual(['股东大会预案']);
    expect(seen(given(announced) + 9 * HOUR)).toEqual(['实施方案']);
  });
});

describe('every table that is filled', () => {
  const tables = { ...CATALOGUE.finance, ...CATALOGUE.macro };
  const dated = ['pub_date', 'day', 'date', 'change_date', 'start_date', 'period_end'];
  const now = at('2025-05-06', '10:00');
  const isCompany = (name: string): boolean =>
    name.startsWith('STK_') && !['STK_ML_QUOTA', 'STK_EXCHANGE_TRADE_INFO'].includes(name);

  it.each(FILLED.filter((name) => name !== 'FUND_DIVIDEND'))('%s has rows, and none of tomorrow', (name) => {
    const spec = given(Object.entries(tables).find(([table]) => table === name))[1];
    const days = dated.filter((one) => Object.hasOwn(spec.columns, one));
    const bound = days
      .filter((one) => ['day', 'date', 'pub_date'].includes(one))
      .map((one) => since(`${name}.${one}`, one === 'pub_date' ? '2025-03-20' : '2025-04-28'));
    const fits = isCompany(name) && name !== 'STK_EL_TOP_ACTIVATE' ? CODES : null;
    const narrow = [
      'STK_LIST',
      'STK_COMPANY_INFO',
      'STK_CAPITAL_CHANGE',
      'STK_SHARES_PLEDGE',
      'FUND_MAIN_INFO',
      'STK_FIN_FORCAST',
    ];
    const conditions = narrow.includes(name) ? [] : bound;
    const names = Object.keys(spec.columns).map((one) => `${name}.${one}`);
    const codes = ['STK_SHARES_PLEDGE', 'STK_FIN_FORCAST', 'STK_HK_HOLD_INFO', 'STK_AH_PRICE_COMP'].includes(name)
      ? null
      : fits;
    const all = ask(names, now, codes, conditions);
    expect(all.rows).toBeGreaterThan(0);
    for (const one of days)
      for (const value of numbersOf(all, one))
        if (!Number.isNaN(value)) expect(value).toBeLessThan(now - 10 * HOUR + 1);
    for (const [one, { kind }] of all.columns) expect(kind).toBe(spec.columns[one as keyof typeof spec.columns]?.[0]);
    expect([...textOrNumbers(all, names)].length).toBe(names.length);
  });

  it('is another one than those that are not, which say so', () => {
    expect(() => ask(['STK_SHARES_FROZEN.code'], now, CODES)).toThrow('does not fill the table STK_SHARES_FROZEN');
    expect(() => ask(['STK_SHAREHOLDER_TOP10.code'], now)).toThrow('Add a filter');
    expect(() => ask(['SW1_DAILY_VALUATION.pe'], now)).toThrow('Add a filter');
  });
});

function textOrNumbers(table: DataTable, names: readonly string[]): (string | undefined)[] {
  return names.map((name) => table.columns.get(name.split('.')[1] ?? '')?.kind);
}

describe('published statements', () => {
  it('are accumulated since January, from the same quarters as the fundamentals', () => {
    const codes = CODES.slice(0, 4);
    const names = ['code', 'end_date', 'net_profit', 'pub_date'].map((name) => `STK_INCOME_STATEMENT.${name}`);
    const all = ask(names, LATE, codes, [since('STK_INCOME_STATEMENT.end_date', '2024-09-30')]);
    for (const [row, code] of textsOf(all, 'code').entries()) {
      const end = chinaDay(given(numbersOf(all, 'end_date')[row]));
      const quarters = Array.from({ length: Number(end.slice(5, 7)) / 3 }, (_, n) => `${end.slice(0, 4)}q${n + 1}`);
      const single = quarters.map((period) => {
        const plan = planOf(['income.net_profit'], [given(code)]);
        const found = query(market, { database: 'fundamentals', query: plan, day: null, period, days: null }, LATE);
        return given(numbersOf(found, 'net_profit')[0]);
      });
      expect(given(numbersOf(all, 'net_profit')[row])).toBe(single.reduce((sum, value) => sum + value, 0));
    }
    expect(all.rows).toBeGreaterThan(20);
  });
});

describe('other tables', () => {
  it('compare prices in Hong Kong with those here', () => {
    const names = ['a_code', 'a_price', 'h_price', 'h_a_comp'].map((name) => `STK_AH_PRICE_COMP.${name}`);
    const all = ask(names, LATE, null, [since('STK_AH_PRICE_COMP.day', '2026-07-01')]);
    expect(all.rows).toBeGreaterThan(100);
    const [here, there, comp] = ['a_price', 'h_price', 'h_a_comp'].map((name) => numbersOf(all, name));
    for (let row = 0; row < all.rows; row += 1) {
      expect(given(comp?.[row])).toBeGreaterThan(0.3);
      expect(given(comp?.[row])).toBeLessThan(1.1);
      expect((given(there?.[row]) * 0.92) / given(here?.[row])).toBeCloseTo(given(comp?.[row]), 2);
    }
  });

  it('count shares as the market does', () => {
    const names = ['code', 'change_date', 'share_total', 'share_trade_total', 'share_limited'];
    const all = ask(
      names.map((name) => `STK_CAPITAL_CHANGE.${name}`),
      LATE,
      CODES,
    );
    for (const [row, code] of textsOf(all, 'code').entries()) {
      const index = market.days.indexWithin(given(numbersOf(all, 'change_date')[row]));
      const shares = sharesOn(
        market.instrument(given(code)),
        Math.max(index, market.instrument(given(code)).startIndex),
      );
      expect(numbersOf(all, 'share_total')[row]).toBe(shares.total / 1e4);
      expect(numbersOf(all, 'share_trade_total')[row]).toBe(shares.circulating / 1e4);
    }
    const holders = ask(
      ['STK_SHAREHOLDER_FLOATING_TOP10.share_ratio', 'STK_SHAREHOLDER_FLOATING_TOP10.end_date'],
      LATE,
      [given(CODES[2])],
    );
    const sums = Map.groupBy([...numbersOf(holders, 'end_date').keys()], (row) => numbersOf(holders, 'end_date')[row]);
    for (const rows of sums.values()) {
      expect(rows.length).toBe(10);
      expect(rows.reduce((sum, row) => sum + given(numbersOf(holders, 'share_ratio')[row]), 0)).toBeLessThan(100);
    }
  });

  it('value funds as the net values of funds do', () => {
    const names = ['code', 'day', 'net_value'].map((name) => `FUND_NET_VALUE.${name}`);
    const all = ask(names, at('2025-05-06', '10:00'), ['510300'], [since('FUND_NET_VALUE.day', '2025-04-01')]);
    const params = {
      info: 'unit_net_value',
      securities: ['510300.XSHG'],
      start: '2025-04-01',
      end: '2025-04-30',
      count: null,
    };
    const told = finished(extras(market, params, at('2025-05-06', '10:00')));
    expect([...numbersOf(all, 'net_value')]).toEqual([...numbersOf(told, 'value')]);
  });

  it('have industries whose ratios are those of their members', () => {
    const day = '2024-06-03';
    const equal: Expression = { op: 'eq', args: [column('SW1_DAILY_VALUATION.date'), { op: 'value', value: day }] };
    const names = ['code', 'circulating_market_cap', 'pe'].map((name) => `SW1_DAILY_VALUATION.${name}`);
    const all = ask(names, LATE, null, [equal]);
    expect(all.rows).toBeGreaterThan(25);
    const caps = query(
      market,
      { database: 'fundamentals', query: planOf(['valuation.circulating_market_cap']), day, period: null, days: null },
      LATE,
    );
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    expect(sum(numbersOf(all, 'circulating_market_cap')) / sum(numbersOf(caps, 'circulating_market_cap'))).toBeCloseTo(
      1,
      9,
    );
  });

  it.each(['2019-06-03', '2024-06-03'])(
    'have totals of the markets that are those of the valuation of their stocks, on %s',
    (day) => {
      const table = 'STK_EXCHANGE_TRADE_INFO';
      const equal: Expression = { op: 'eq', args: [column(`${table}.date`), { op: 'value', value: day }] };
      const names = ['exchange_code', 'total_market_cap', 'circulating_market_cap', 'pe_average'];
      const all = ask(
        names.map((name) => `${table}.${name}`),
        LATE,
        null,
        [equal],
      );
      const lines = ['market_cap', 'circulating_market_cap', 'pe_ratio'];
      const plan = planOf(['code', ...lines].map((name) => `valuation.${name}`));
      const stocks = query(market, { database: 'fundamentals', query: plan, day, period: null, days: null }, LATE);
      const codes = [...textsOf(stocks, 'code')].map(given);
      const sums = (isOf: (code: string) => boolean): number[] => {
        const rows = [...codes.keys()].filter((row) => isOf(given(codes[row])));
        const values = (name: string): number[] => rows.map((row) => given(numbersOf(stocks, name)[row]));
        const add = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0);
        const [caps, ratios] = [values('market_cap'), values('pe_ratio')];
        const profits = caps.map((cap, at) => (Number.isNaN(given(ratios[at])) ? 0 : cap / given(ratios[at])));
        return [add(caps), add(values('circulating_market_cap')), add(caps) / add(profits)];
      };
      const expected = new Map([
        [322_001, sums((code) => code.endsWith('.XSHG'))],
        [322_002, sums((code) => code.endsWith('.XSHG'))],
        [322_004, sums((code) => code.endsWith('.XSHE'))],
        [322_005, sums((code) => (day < '2021' ? /^00[01]/u : /^00/u).test(code) && code.endsWith('.XSHE'))],
        ...(day < '2021' ? [[322_006, sums((code) => /^00[23]\d+\.XSHE$/u.test(code))] as const] : []),
        [322_007, sums((code) => /^30\d+\.XSHE$/u.test(code))],
      ]);
      expect([...numbersOf(all, 'exchange_code')]).toEqual([...expected.keys()]);
      for (const [row, code] of numbersOf(all, 'exchange_code').entries()) {
        const told = names.slice(1).map((name) => given(numbersOf(all, name)[row]));
        for (const [at, value] of told.entries()) expect(value / given(expected.get(code)?.[at])).toBeCloseTo(1, 9);
      }
    },
  );

  it('have totals of the markets on every day, of which the parts make up the whole', () => {
    const names = ['exchange_code', 'date', 'volume', 'money', 'turnover_ratio', 'pe_average', 'deal_number'];
    const all = ask(
      names.map((name) => `STK_EXCHANGE_TRADE_INFO.${name}`),
      LATE,
    );
    const [codes, dates] = [numbersOf(all, 'exchange_code'), numbersOf(all, 'date')];
    const volumes = (code: number): Map<number, number> =>
      new Map(
        [...codes.keys()]
          .filter((row) => codes[row] === code)
          .map((row) => [given(dates[row]), given(numbersOf(all, 'volume')[row])]),
      );
    const [whole, main, small, gem] = [322_004, 322_005, 322_006, 322_007].map(volumes);
    expect(volumes(322_002).size).toBe(market.days.indexWithin(LATE - 24 * HOUR) + 1);
    for (const [day, volume] of whole ?? [])
      expect(((main?.get(day) ?? 0) + (small?.get(day) ?? 0) + (gem?.get(day) ?? 0)) / volume).toBeCloseTo(1, 9);
    for (const name of ['money', 'turnover_ratio', 'pe_average', 'deal_number'])
      expect(Math.min(...numbersOf(all, name)), name).toBeGreaterThan(0);
    expect(Math.max(...numbersOf(all, 'turnover_ratio'))).toBeLessThan(10);
  });

  it('have prices of consumers whose yearly growth is that of the months', () => {
    const names = ['stat_month', 'cpi_month', 'cpi_same_month'].map((name) => `MAC_CPI_MONTH.${name}`);
    const all = ask(names, LATE);
    expect(textsOf(all, 'stat_month').at(-1)).toBe('2026-07');
    const [months, years] = [numbersOf(all, 'cpi_month'), numbersOf(all, 'cpi_same_month')];
    for (let row = 11; row < all.rows; row += 1) {
      const product = months.slice(row - 11, row + 1).reduce((level, month) => (level * month) / 100, 100);
      expect(Math.abs(product - given(years[row]))).toBeLessThan(1);
    }
    expect(textsOf(ask(names, at('2026-08-10', '20:00')), 'stat_month').at(-1)).toBe('2026-06');
  });
});

describe('a table of more rows than are answered at once', () => {
  it.each([
    ['STK_INCOME_STATEMENT', 'income'],
    ['STK_CASHFLOW_STATEMENT', 'cashFlow'],
    ['STK_BALANCE_SHEET', 'balance'],
  ] as const)('%s is refused before a sheet is made, and with days enough of it is answered', (table, sheet) => {
    const made = vi.spyOn(Statements.prototype, sheet);
    expect(() => ask([`${table}.code`])).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_LARGE', fault: 'strategy' }),
    );
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
    expect(ask([`${table}.code`], LATE, null, [since(`${table}.pub_date`, '2026-08-30')]).rows).toBeGreaterThan(100);
  });

  it('gives way to others again and again while it is counted and made', () => {
    const plan = planOf(['STK_BALANCE_SHEET.total_assets'], null);
    const filter = [since('STK_BALANCE_SHEET.pub_date', '2026-08-30')];
    const asked = { database: 'finance', query: { ...plan, filter }, day: null, period: null, days: null };
    const steps = inSteps(market, asked, LATE);
    let pauses = 0;
    for (let step = steps.next(); step.done !== true; step = steps.next()) pauses += 1;
    expect(pauses).toBeGreaterThan(market.stocks().length);
  });
});
