import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../../src/domain/data/table.ts';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { sharesOn } from '../../../../src/exchange/company/shares.ts';
import { entries } from '../../../../src/exchange/universe/entries.ts';
import { planOf } from '../company/plans.ts';
import { anyDay, anyStock, askAt, at, market, rowsOf } from './ask.ts';

const NOW = '2026-07-06 10:00';
const values = (securities: readonly string[], factors: readonly string[], end: string, count = 1, when = NOW) =>
  rowsOf(askAt(when, { dataset: 'factor_values', params: { securities, factors, start: null, end, count } }));

/** The last `n` daily bars up to a day, adjusted as of it, oldest first; fewer when it was listed later. */
function barsOf(security: string, day: string, n: number) {
  const request = { security, unit: '1d', count: n, start: null, end: at(`${day} 15:00`), adjust: 'pre' } as const;
  const { columns } = historyBars(market, request, at(`${day} 20:00`));
  return (name: string): number[] => [...(columns[name] ?? [])];
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
const variance = (list: readonly number[]): number =>
  list.reduce((all, x) => all + (x - mean(list)) ** 2, 0) / (list.length - 1);

it('factors of prices are what the bars of those days give', () => {
  fc.assert(
    fc.property(anyStock, anyDay, (security, day) => {
      const names = [
        'ROC20',
        'MAC20',
        'BIAS5',
        'Variance20',
        'boll_up',
        'ATR6',
        'TVMA6',
        'price_no_fq',
        'PSY',
        'VSTD10',
      ];
      const [row] = values([security], names, day);
      const bars = barsOf(security, day, 21);
      const [close, high, low, money, volume] = ['close', 'high', 'low', 'money', 'volume'].map((name) => bars(name));
      if (close === undefined || high === undefined || low === undefined || money === undefined || volume === undefined)
        return;
      const [last = 0, before] = [close.at(-1), close.slice(0, -1)];
      const changes = before.map((price, i) => (close[i + 1] ?? 0) / price - 1);
      const window = close.slice(1);
      const ranges = before.map((price, i) => Math.max(high[i + 1] ?? 0, price) - Math.min(low[i + 1] ?? 0, price));
      const near = (name: string, wanted: number): void => {
        expect(Math.abs(Number(row?.[name]) / wanted - 1)).toBeLessThan(0.02);
      };
      expect(row?.['ROC20']).toBeCloseTo(100 * (last / (close[0] ?? 0) - 1), 6);
      expect(row?.['MAC20']).toBeCloseTo(mean(window) / last, 8);
      expect(row?.['BIAS5']).toBeCloseTo(100 * (last / mean(close.slice(-5)) - 1), 6);
      expect(row?.['boll_up']).toBeCloseTo((mean(window) + 2 * Math.sqrt(variance(window))) / last, 8);
      expect(row?.['ATR6']).toBeCloseTo(mean(ranges.slice(-6)), 6);
      expect(row?.['TVMA6']).toBeCloseTo(mean(money.slice(-6)), 3);
      expect(row?.['price_no_fq']).toBeCloseTo(last, 6);
      expect(row?.['VSTD10']).toBeCloseTo(Math.sqrt(variance(volume.slice(-10))), 3);
      expect(row?.['PSY']).toBeCloseTo((100 * changes.slice(-12).filter((change) => change > 0).length) / 12, 8);
      near('Variance20', variance(changes) * 250);
    }),
    { numRuns: 40 },
  );
});

it('turnover is a part of the tradable shares, size the logarithm of price × shares', () => {
  fc.assert(
    fc.property(anyStock, anyDay, (security, day) => {
      const [row] = values([security], ['VOL5', 'size'], day);
      const bars = barsOf(security, day, 5);
      const last = market.days.indexWithin(at(`${day} 00:00`));
      const instrument = market.instrument(security);
      const turnover = bars('volume').map(
        (volume, i) => (100 * volume * (bars('factor')[i] ?? 0)) / sharesOn(instrument, last - 4 + i).circulating,
      );
      expect(row?.['VOL5']).toBeCloseTo(mean(turnover), 8);
      const value = (bars('close').at(-1) ?? 0) * sharesOn(instrument, last).total;
      expect(row?.['size']).toBeCloseTo(Math.log(value), 8);
    }),
    { numRuns: 40 },
  );
});

it('factors of reports are what the valuation of the day says of them, and the reports themselves', () => {
  let seen = 0;
  fc.assert(
    fc.property(anyStock, anyDay, (security, day) => {
      const names = ['market_cap', 'book_to_price_ratio', 'np_parent_company_owners_ttm', 'eps_ttm', 'roe_ttm'];
      const [row] = values([security], names, day);
      const columns = [
        'valuation.market_cap',
        'valuation.pb_ratio',
        'valuation.pe_ratio',
        'balance.equities_parent_company_owners',
      ];
      const params = { database: 'fundamentals', query: planOf(columns, [security]), day, period: null, days: null };
      const [known] = rowsOf(askAt(NOW, { dataset: 'query', params }));
      if (known === undefined || row?.['roe_ttm'] == null) return;
      seen += 1;
      const of = (name: string): number => Number(row[name]);
      const [worth, pb, pe, equity] = columns.map((name) => Number(known[name.split('.')[1] ?? '']));
      expect(of('market_cap') / 1e8 / (worth ?? 0)).toBeCloseTo(1, 6);
      expect(of('book_to_price_ratio') * (pb ?? 0)).toBeCloseTo(1, 2);
      expect(of('market_cap') / of('np_parent_company_owners_ttm') / (pe ?? 0)).toBeCloseTo(1, 2);
      expect((of('roe_ttm') * (equity ?? 0)) / of('np_parent_company_owners_ttm')).toBeCloseTo(1, 6);
    }),
    { numRuns: 40 },
  );
  expect(seen).toBeGreaterThan(15);
});

it('figures of one report agree with one another', () => {
  const names = (
    'total_operating_revenue_ttm operating_revenue_ttm operating_cost_ttm total_operating_cost_ttm OperateNetIncome ' +
    'value_change_profit_ttm operating_profit_ttm np_parent_company_owners_ttm net_profit_ttm non_recurring_gain_loss ' +
    'adjusted_profit_to_total_profit operating_assets financial_assets operating_liability financial_liability net_debt ' +
    'interest_carry_current_liability interest_free_current_liability non_current_asset_ratio inventory_turnover_days ' +
    'inventory_turnover_rate profit_margin_ttm asset_turnover_ttm rnoa_ttm net_operating_cash_flow_coverage ' +
    'net_operate_cash_flow_ttm retained_earnings retained_earnings_per_share net_interest_expense financial_expense_ttm ' +
    'margin_stability maximum_margin DEGM_8y fifty_two_week_close_rank VEMA12 VEMA26 VDIFF'
  ).split(' ');
  const [row] = values(['600519.XSHG'], names, '2026-06-30');
  const of = (name: string): number => Number(row?.[name]);
  expect(of('OperateNetIncome')).toBe(of('total_operating_revenue_ttm') - of('total_operating_cost_ttm'));
  expect((of('np_parent_company_owners_ttm') - of('non_recurring_gain_loss')) / of('net_profit_ttm')).toBeCloseTo(
    of('adjusted_profit_to_total_profit'),
    12,
  );
  expect(of('non_recurring_gain_loss')).not.toBe(0);
  expect(of('operating_assets') + of('financial_assets')).toBeGreaterThan(of('operating_liability'));
  expect(of('net_debt')).toBeLessThan(of('financial_liability'));
  expect(of('interest_carry_current_liability')).toBeGreaterThan(0);
  expect(of('interest_free_current_liability')).toBeGreaterThan(0);
  expect(of('inventory_turnover_days') * of('inventory_turnover_rate')).toBeCloseTo(360, 9);
  expect(of('profit_margin_ttm') * of('asset_turnover_ttm')).toBeCloseTo(of('rnoa_ttm'), 12);
  expect(of('net_operating_cash_flow_coverage')).toBeCloseTo(
    of('net_operate_cash_flow_ttm') / of('np_parent_company_owners_ttm'),
    12,
  );
  expect(of('net_interest_expense')).toBe(of('financial_expense_ttm'));
  expect(of('maximum_margin')).toBe(Math.max(of('margin_stability'), of('DEGM_8y')));
  expect(of('fifty_two_week_close_rank')).toBeGreaterThanOrEqual(1);
  // They begin at other days.
  expect((of('VEMA12') - of('VEMA26')) / of('VDIFF')).toBeCloseTo(1, 2);
});

it('a bank tells no current liabilities, and its interest apart', () => {
  const [bank] = values(['601398.XSHG'], ['interest_free_current_liability', 'net_interest_expense'], '2026-06-30');
  expect(bank?.['interest_free_current_liability']).toBeNull();
  expect(bank?.['net_interest_expense']).toBeLessThan(0);
});

it('the index moves with itself: its beta is 1', () => {
  const [row] = values(['000300.XSHG'], ['beta'], '2026-07-01');
  expect(row?.['beta']).toBeCloseTo(1, 10);
});

describe('a value', () => {
  const all = textsOf(askAt(NOW, { dataset: 'factors', params: {} }), 'factor').filter((name) => name !== null);

  it('of a day is the same whatever else is asked for', () => {
    const security = '600123.XSHG';
    const rows = values([security, '600519.XSHG'], all, '2026-06-30', 5);
    expect(rows).toHaveLength(10);
    const [own] = values([security], all, '2026-06-26');
    expect(rows.find(({ code, day }) => code === security && day === at('2026-06-26 00:00'))).toEqual(own);
  });

  it('is there for every factor of a company that is old enough, and is a number', () => {
    expect(all).toHaveLength(251);
    const [row] = values(['600519.XSHG'], all, '2026-06-30');
    expect(
      Object.entries(row ?? {}).filter(([, value]) => value === null || value === Number.POSITIVE_INFINITY),
    ).toEqual([]);
  });

  it('is missing while there are not enough days', () => {
    const { security, startIndex } = market.instrument('688001.XSHG');
    const day = (age: number): string => market.days.day(startIndex + age);
    const known = (age: number, name: string): boolean => values([security], [name], day(age))[0]?.[name] !== null;
    expect([known(18, 'MAC20'), known(19, 'MAC20')]).toEqual([false, true]);
    expect([known(10, 'EMAC12'), known(11, 'EMAC12')]).toEqual([false, true]);
    expect([known(0, 'size'), known(-1, 'size')]).toEqual([true, false]);
  });

  it('is missing after the last day of what is delisted', () => {
    const gone = entries().stocks.find(({ lastIndex }) => lastIndex !== null);
    const on = (index: number): unknown =>
      values([gone?.security ?? ''], ['size'], market.days.day(index))[0]?.['size'];
    const last = gone?.lastIndex ?? Number.NaN;
    expect(on(last)).toBeGreaterThan(10);
    expect(on(last + 1)).toBeNull();
  });

  it('is known from 5:00 of the next calendar day on', () => {
    const last = (when: string): unknown => values(['600519.XSHG'], ['size'], '2026-07-06', 1, when)[0]?.['day'];
    expect(last('2026-07-06 23:00')).toBe(at('2026-07-03 00:00'));
    expect(last('2026-07-07 04:59:59')).toBe(at('2026-07-03 00:00'));
    expect(last('2026-07-07 05:00')).toBe(at('2026-07-06 00:00'));
    expect(last('2026-07-04 05:00')).toBe(at('2026-07-03 00:00'));
  });

  it('of a factor that is not computed is refused by name, and so are too many', () => {
    expect(() => values(['600519.XSHG'], ['size', 'alpha_of_tomorrow'], '2026-07-03')).toThrow(/alpha_of_tomorrow/);
    expect(() => values(['600519.XSHG'], all, '2026-07-03', 5000)).toThrow(/fewer days/);
  });
});
