import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryPlan } from '../../../../src/domain/data/query-plan.ts';
import { numbersOf, textsOf, type DataTable } from '../../../../src/domain/data/table.ts';
import { chinaDay, chinaInstant, DAY } from '../../../../src/domain/time.ts';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { Market } from '../../../../src/exchange/market.ts';
import { given } from '../world.ts';
import { column, planOf, query } from './plans.ts';

const market = new Market(7);
const CODES = ['600519.XSHG', '601398.XSHG', '600701.XSHG', '600702.XSHG', '002311.XSHE', '300123.XSHE', '688111.XSHG'];
const TRADED = market.days.list.filter((day) => day >= '2012-01-01' && day <= '2026-07-31');
const day = fc.constantFrom(...TRADED);

const LATE = at('2026-08-31');
const NOTHING = { database: 'fundamentals', day: null, period: null, days: null } as const;

/** Ten in the morning of a day. */
function at(text: string): number {
  return chinaInstant(text, '10:00');
}

function asOfDay(
  columns: readonly string[],
  on: string,
  codes: readonly string[] | null = CODES,
  now = LATE,
): DataTable {
  return query(market, { ...NOTHING, query: planOf(columns, codes), day: on }, now);
}

function ofPeriod(
  columns: readonly string[],
  period: string,
  codes: readonly string[] | null = CODES,
  now = LATE,
): DataTable {
  return query(market, { ...NOTHING, query: planOf(columns, codes), period }, now);
}

describe('fundamentals as of a day', () => {
  it('show the newest report that was published by then, and none that was not', () => {
    fc.assert(
      fc.property(day, (on) => {
        const table = asOfDay(['income.code', 'income.pubDate', 'income.statDate', 'balance.statDate'], on);
        const [published, ends] = [numbersOf(table, 'pubDate'), numbersOf(table, 'statDate')];
        expect(table.rows).toBeGreaterThan(0);
        for (const [row, pubDate] of published.entries()) {
          expect(pubDate).toBeLessThanOrEqual(chinaInstant(on, '00:00'));
          expect(given(ends[row])).toBeLessThan(pubDate);
          // Not older than the last report that must be out.
          expect(chinaInstant(on, '00:00') - given(ends[row])).toBeLessThan(215 * DAY);
        }
        expect(numbersOf(table, 'balance_statDate')).toEqual(ends);
      }),
      { numRuns: 40 },
    );
  });

  it('say of a day only what was known when it was over', () => {
    const columns = ['valuation.code', 'valuation.day', 'income.pubDate'];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: TRADED.length - 1 }), (n) => {
        const [before, on] = [given(TRADED[n - 1]), given(TRADED[n])];
        const today = asOfDay(columns, on, CODES, at(on));
        expect([...numbersOf(today, 'day')].every((ms) => ms === chinaInstant(before, '00:00'))).toBe(true);
        const eve = chinaInstant(on, '00:00') - DAY;
        expect([...numbersOf(today, 'pubDate')].every((ms) => ms <= eve)).toBe(true);
        const later = asOfDay(columns, on, CODES, at(on) + DAY);
        expect([...numbersOf(later, 'day')].every((ms) => ms === chinaInstant(on, '00:00'))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('have market values that are the close of the bars times the shares, and the turnover of their volume', () => {
    const columns = ['market_cap', 'capitalization', 'circulating_market_cap', 'circulating_cap', 'turnover_ratio'];
    fc.assert(
      fc.property(day, (on) => {
        const table = asOfDay(['valuation.code', ...columns.map((name) => `valuation.${name}`)], on);
        for (const [row, code] of textsOf(table, 'code').entries()) {
          const value = (name: string): number => given(numbersOf(table, name)[row]);
          const request = {
            security: given(code),
            count: 1,
            start: null,
            end: at(on),
            unit: '1d',
            adjust: 'none',
          } as const;
          const bars = historyBars(market, request, LATE);
          const [close, volume] = [given(bars.columns['close']?.[0]), given(bars.columns['volume']?.[0])];
          expect(value('market_cap') / ((close * value('capitalization')) / 1e4)).toBeCloseTo(1, 12);
          expect(value('circulating_market_cap') / ((close * value('circulating_cap')) / 1e4)).toBeCloseTo(1, 12);
          expect(value('turnover_ratio')).toBeCloseTo((100 * volume) / (value('circulating_cap') * 1e4), 9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('have ratios of the market value to the last four quarters that are known', () => {
    const columns = [
      'income.code',
      'income.statDate',
      'valuation.market_cap',
      'valuation.pe_ratio',
      'valuation.ps_ratio',
    ];
    fc.assert(
      fc.property(day, fc.constantFrom(...CODES), (on, code) => {
        const table = asOfDay([...columns, 'valuation.pb_ratio', 'valuation.pe_ratio_lyr'], on, [code]);
        fc.pre(table.rows === 1);
        const value = (name: string): number => given(numbersOf(table, name)[0]);
        const quarters = quartersUpTo(chinaDay(value('statDate')));
        const read = (period: string, name: string): number =>
          given(numbersOf(ofPeriod([name], period, [code]), name.split('.')[1] ?? '')[0]);
        const sum = (name: string): number => quarters.reduce((total, period) => total + read(period, name), 0);
        const cap = value('market_cap') * 1e8;
        expect((value('pe_ratio') * sum('income.np_parent_company_owners')) / cap).toBeCloseTo(1, 9);
        expect((value('ps_ratio') * sum('income.total_operating_revenue')) / cap).toBeCloseTo(1, 9);
        const equity = read(given(quarters[0]), 'balance.equities_parent_company_owners');
        expect((value('pb_ratio') * equity) / cap).toBeCloseTo(1, 9);
        const newest = given(quarters[0]);
        const year = newest.endsWith('q4') ? newest.slice(0, 4) : String(Number(newest.slice(0, 4)) - 1);
        expect((value('pe_ratio_lyr') * read(year, 'income.np_parent_company_owners')) / cap).toBeCloseTo(1, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('join tables by code, and leave out what is no company or not listed yet', () => {
    const table = asOfDay(['valuation.code', 'indicator.roe', 'balance.total_assets'], '2019-06-03', [
      ...CODES,
      '510300.XSHG',
      '000300.XSHG',
      'nonsense',
      '600519',
    ]);
    expect([...textsOf(table, 'code')]).toEqual(
      CODES.filter((code) => market.instrument(code).startDate <= '2019-06-03').toSorted(),
    );
  });

  it('have a table of their own for banks, brokers and insurers', () => {
    const [from] = [asOfDay(['bank_indicator.code', 'bank_indicator.statDate'], '2026-06-01', null)];
    expect(textsOf(from, 'code')).toContain('601398.XSHG');
    expect(textsOf(from, 'code')).not.toContain('600519.XSHG');
    expect(numbersOf(from, 'statDate')[0]).toBe(chinaInstant('2025-12-31', '00:00'));
    expect(ofPeriod(['security_indicator.net_capital'], '2025', ['600030.XSHG']).rows).toBe(1);
    expect(ofPeriod(['insurance_indicator.earned_premium'], '2025', ['601318.XSHG']).rows).toBe(1);
    expect(ofPeriod(['bank_indicator.total_loan'], '2025q4', ['601398.XSHG']).rows).toBe(0);
  });
});

function quartersUpTo(end: string): string[] {
  const last = Number(end.slice(0, 4)) * 4 + Number(end.slice(5, 7)) / 3 - 1;
  return [0, 1, 2, 3].map((back) => `${Math.floor((last - back) / 4)}q${((last - back) % 4) + 1}`);
}

describe('fundamentals of a period', () => {
  it('are there from the day after they were published on', () => {
    const read = (now: number): DataTable =>
      ofPeriod(['income.code', 'income.pubDate'], '2024Q3', ['600519.XSHG'], now);
    const published = given(numbersOf(read(LATE), 'pubDate')[0]);
    expect(published).toBeLessThanOrEqual(chinaInstant('2024-10-31', '00:00'));
    expect(read(published + DAY - 1).rows).toBe(0);
    expect(read(published + DAY).rows).toBe(1);
  });

  it('of a year add up its quarters', () => {
    for (const name of ['income.net_profit', 'cash_flow.net_operate_cash_flow', 'indicator.adjusted_profit']) {
      const read = (period: string): number[] => [...numbersOf(ofPeriod([name], period), name.split('.')[1] ?? '')];
      const quarters = [1, 2, 3, 4].map((quarter) => read(`2023q${quarter}`));
      for (const [row, year] of read('2023').entries()) {
        const sum = quarters.reduce((total, values) => total + given(values[row]), 0);
        expect(Math.abs(sum - year)).toBeLessThanOrEqual(4);
      }
    }
  });

  it('are refused when they are no period', () => {
    for (const period of ['2023q5', '1980', 'last year', '2023-03-31'])
      expect(() => ofPeriod(['income.net_profit'], period)).toThrow('is no period');
  });
});

describe('fundamentals on several days', () => {
  const columns = ['valuation.market_cap', 'indicator.roe', 'income.pubDate'];

  it('are those of each day, with the day and the code', () => {
    const days = ['2024-04-26', '2024-04-29', '2024-04-30', '2024-05-06', '2024-08-30'];
    const all = query(market, { ...NOTHING, query: planOf(columns, CODES), days }, LATE);
    expect([...all.columns.keys()]).toEqual(['day', 'code', 'market_cap', 'roe', 'pubDate']);
    const single = days.map((on) => asOfDay(['valuation.code', ...columns], on));
    for (const name of ['market_cap', 'roe', 'pubDate'])
      expect([...numbersOf(all, name)]).toEqual(single.flatMap((table) => [...numbersOf(table, name)]));
    expect([...textsOf(all, 'code')]).toEqual(single.flatMap((table) => [...textsOf(table, 'code')]));
    const rows = single.flatMap((table, n) =>
      Array.from({ length: table.rows }, () => chinaInstant(given(days[n]), '00:00')),
    );
    expect([...numbersOf(all, 'day')]).toEqual(rows);
  });

  it('of one table are the same at once as day by day', () => {
    const days = market.days.list.slice(-300, -120);
    const plan = planOf(['valuation.pe_ratio', 'valuation.turnover_ratio'], [...CODES, '301300.XSHE']);
    const positive = { op: 'gt', args: [column('valuation.pe_ratio'), { op: 'value', value: 10 }] } as const;
    const asked = { ...plan, filter: [...plan.filter, positive] };
    const read = (query_: QueryPlan): DataTable => query(market, { ...NOTHING, query: query_, days }, LATE);
    const [atOnce, dayByDay] = [read(asked), read({ ...asked, limit: 1000 })];
    expect(atOnce.rows).toBeGreaterThan(300);
    expect(atOnce).toEqual(dayByDay);
    expect([...atOnce.columns.keys()]).toEqual(['day', 'code', 'pe_ratio', 'turnover_ratio']);
  });

  it('end with the last one that is over, and may be none', () => {
    const read = (days: readonly string[]): DataTable =>
      query(market, { ...NOTHING, query: planOf(columns, ['600519.XSHG']), days }, at('2024-05-07'));
    expect([...numbersOf(read(['2024-04-30', '2024-05-06', '2024-05-07', '2024-05-08']), 'day')]).toEqual(
      ['2024-04-30', '2024-05-06'].map((on) => chinaInstant(on, '00:00')),
    );
    expect([...read(['2024-05-07']).columns.keys()]).toEqual(['day', 'code', 'market_cap', 'roe', 'pubDate']);
    expect(read([]).rows).toBe(0);
  });

  it('are the same for many companies, a stretch of days at a time', () => {
    const days = market.days.list.slice(-165, -120);
    const all = query(market, { ...NOTHING, query: planOf(['valuation.code', 'valuation.pe_ratio']), days }, LATE);
    const [codes, ratios, dates] = [textsOf(all, 'code'), numbersOf(all, 'pe_ratio'), numbersOf(all, 'day')];
    for (const n of [0, 19, 20, 44]) {
      const on = given(days[n]);
      const alone = asOfDay(['valuation.code', 'valuation.pe_ratio'], on, null);
      const rows = [...dates.keys()].filter((row) => dates[row] === chinaInstant(on, '00:00'));
      expect(rows.map((row) => codes[row])).toEqual([...textsOf(alone, 'code')]);
      expect(rows.map((row) => ratios[row])).toEqual([...numbersOf(alone, 'pe_ratio')]);
    }
  });
});

describe('a question that is not for this database', () => {
  it('is refused with where to ask', () => {
    expect(() => asOfDay(['STK_XR_XD.code'], '2024-05-06', null)).toThrow('finance.run_query()');
    const elsewhere = { ...NOTHING, database: 'jy', query: planOf(['income.net_profit']), day: '2024-05-06' };
    expect(() => query(market, elsewhere, LATE)).toThrow('no database');
  });
});
