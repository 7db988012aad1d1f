import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from './harness.ts';
import type { Jq } from './harness.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

describe('get_fundamentals', () => {
  it('gives the columns asked for, in order, with numbered rows, in the order asked for', async () => {
    const small = await stage.run(({ get_fundamentals, query, valuation, income }) => {
      const q = query(
        valuation.code,
        valuation.market_cap,
        income.statDate,
        income.pubDate,
        valuation.code.label('again'),
      )
        .filter(valuation.market_cap.between(20, 1e6), income.net_profit.gt(0))
        .order_by(valuation.market_cap.asc())
        .limit(10);
      const df = get_fundamentals(q);
      return {
        columns: df.columns.tolist(),
        dtypes: df.dtypes.tolist(),
        index: df.index.tolist(),
        caps: df.market_cap.tolist(),
        statDates: df.col('statDate').tolist().map(String),
        pubDates: df.col('pubDate').tolist().map(String),
        same: df.code.tolist().every((code, i) => code === String(df.again.at(i))),
      };
    });
    expect(small).toMatchObject({
      columns: ['code', 'market_cap', 'statDate', 'pubDate', 'again'],
      dtypes: ['object', 'float64', 'object', 'object', 'object'],
      index: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      same: true,
    });
    expect(small.caps).toEqual(small.caps.toSorted((a, b) => a - b));
    expect(small.caps.every((cap) => cap >= 20 && cap <= 1e6)).toBe(true);
    for (const day of small.pubDates) expect(day <= '2026-07-05').toBe(true);
    for (const day of small.statDates) expect(day).toMatch(/^\d{4}-(?:03-31|06-30|09-30|12-31)$/u);
  });

  it('is by default of the day before, and of an earlier day when that is asked for', async () => {
    const caps = ({ get_fundamentals, query, valuation }: Jq, days: readonly (string | null)[]): string[] => {
      const q = query(valuation.market_cap, valuation.day).filter(valuation.code.eq('600519.XSHG'));
      return days.map((day) => {
        const row = get_fundamentals(q, day).iloc(0);
        return `${row.market_cap} ${String(row.loc('day'))}`;
      });
    };
    const [byDefault, yesterday, friday, earlier] = await stage.run(caps, [
      null,
      '2026-07-05',
      '2026-07-03',
      '2026-06-01',
    ]);
    expect(byDefault).toBe(yesterday);
    expect(byDefault).toBe(friday);
    expect(friday).toMatch(/2026-07-03$/u);
    expect(earlier).toMatch(/2026-06-01$/u);
    // What was known then is what is known of then.
    const [then] = await stage.runAt('2026-06-02 10:00', caps, [null]);
    expect(then).toBe(earlier);
  });

  it('units agree: market cap is price times shares, in 100M CNY, 10k shares and CNY', async () => {
    const off = await stage.run(({ get_fundamentals, get_price, query, valuation }) => {
      const codes = ['000001.XSHE', '600519.XSHG', '300750.XSHE'];
      const df = get_fundamentals(
        query(valuation.code, valuation.market_cap, valuation.capitalization).filter(valuation.code.in_(codes)),
        '2026-07-03',
      ).set_index('code');
      return codes.map((code) => {
        const bar = get_price(code, { end_date: '2026-07-03', count: 1, fields: ['close'], fq: null });
        const cap = (bar.close.at(-1) * df.loc(code, 'capitalization') * 1e4) / 1e8;
        return Math.abs(cap / df.loc(code, 'market_cap') - 1);
      });
    });
    for (const error of off) expect(error).toBeLessThan(1e-6);
  });

  it('a period is one report a company, published or left out; a year is its four quarters', async () => {
    const [quarters, year, unpublished] = await stage.run(({ get_fundamentals, query, income }) => {
      const of = (statDate: string): number[] =>
        get_fundamentals(query(income.net_profit).filter(income.code.eq('600519.XSHG')), {
          statDate,
        }).net_profit.tolist();
      return [
        ['2024q1', '2024q2', '2024q3', '2024q4'].map((quarter) => of(quarter)),
        of('2024'),
        of('2026q2'),
      ] as const;
    });
    expect(quarters.map((one) => one.length)).toEqual([1, 1, 1, 1]);
    const sum = quarters.flat().reduce((total, profit) => total + profit, 0);
    expect(Math.abs(sum / (year[0] ?? Number.NaN) - 1)).toBeLessThan(1e-6);
    expect(unpublished).toEqual([]);
  });

  it('calculates: groups, functions, missing values, the whole table', async () => {
    const found = await stage.run(({ get_fundamentals, query, valuation, balance, func, income }) => {
      const all = get_fundamentals(query(valuation, balance.total_assets));
      const count = get_fundamentals(
        query(func.count(valuation.code).label('n'), func.max(valuation.market_cap).label('biggest')),
      );
      const loss = get_fundamentals(
        query(valuation.code).filter(income.net_profit.lt(0).and(valuation.pe_ratio.gt(0)).not()),
      );
      const ratio = get_fundamentals(
        query(balance.total_liability.div(balance.total_assets).label('debt'))
          .order_by(balance.total_assets.desc())
          .limit(5),
      );
      return {
        columns: all.columns.tolist(),
        rows: all.length,
        n: count.n.at(0),
        max: count.biggest.at(0),
        biggest: all.market_cap.max(),
        some: loss.length > 0 && loss.length <= all.length,
        debt: ratio.debt.tolist(),
      };
    });
    expect(found.columns.slice(0, 3)).toEqual(['id', 'code', 'pe_ratio']);
    expect(found.columns.at(-1)).toBe('total_assets');
    expect(found.rows).toBeGreaterThan(50);
    expect([found.max, found.some]).toEqual([found.biggest, true]);
    expect(found.n).toBeGreaterThanOrEqual(found.rows);
    for (const debt of found.debt) expect(debt > 0 && debt < 1).toBe(true);
  });

  it('refuses by name what is misspelt and what has not come yet', async () => {
    await expect(
      stage.run(({ query, valuation }) => query(Reflect.get(valuation, 'pe_ration') as typeof valuation.pe_ratio)),
    ).rejects.toMatchObject({
      code: 'UNKNOWN_COLUMN',
      message: expect.stringContaining('valuation.pe_ratio?') as unknown,
    });
    await expect(
      stage.run(({ get_fundamentals, query, valuation }) =>
        get_fundamentals(query(valuation.code).filter(valuation.day.gt('soon'))),
      ),
    ).rejects.toMatchObject({ code: 'BAD_QUERY', message: expect.stringContaining('"soon"') as unknown });
    await expect(
      stage.run(({ get_fundamentals, query, valuation, set_option }) => {
        set_option('avoid_future_data', true);
        try {
          get_fundamentals(query(valuation.code), '2026-07-07');
        } finally {
          set_option('avoid_future_data', false);
        }
      }),
    ).rejects.toMatchObject({ code: 'FUTURE_DATA' });
  });
});

it('get_fundamentals_continuously: a panel of days by codes, or one long table', async () => {
  const found = await stage.run(({ get_fundamentals_continuously, query, valuation }) => {
    const q = query(valuation.code, valuation.pe_ratio, valuation.market_cap).filter(
      valuation.code.in_(['000001.XSHE', '600519.XSHG']),
    );
    const panel = get_fundamentals_continuously(q, { end_date: '2026-07-03', count: 3 });
    const long = get_fundamentals_continuously(q, { end_date: '2026-07-03', count: 3, panel: false });
    return {
      items: panel.items.tolist(),
      shape: panel.shape,
      last: panel.market_cap.loc('2026-07-03', '600519.XSHG'),
      columns: long.columns.tolist(),
      days: long.col('day').tolist().map(String),
      caps: long.market_cap.tolist(),
    };
  });
  expect(found).toMatchObject({
    items: ['pe_ratio', 'market_cap'],
    shape: [2, 3, 2],
    columns: ['day', 'code', 'pe_ratio', 'market_cap'],
  });
  expect(found.days).toEqual(['2026-07-01', '2026-07-01', '2026-07-02', '2026-07-02', '2026-07-03', '2026-07-03']);
  expect(found.last).toBe(found.caps.at(-1));
});

it('get_valuation: by security and day, up to the last day that is over', async () => {
  const found = await stage.run(({ get_valuation, get_fundamentals, query, valuation }) => {
    const df = get_valuation(['600519.XSHG', '000001.XSHE'], { count: 3, fields: ['market_cap', 'pe_ratio'] });
    const whole = get_valuation('600519.XSHG', '2026-06-29', '2026-07-06');
    const day = get_fundamentals(query(valuation.market_cap).filter(valuation.code.eq('600519.XSHG')), '2026-07-02');
    return {
      columns: df.columns.tolist(),
      codes: df.code.tolist(),
      days: df.col('day').tolist().map(String),
      caps: df.market_cap.tolist(),
      same: day.market_cap.at(0),
      all: whole.columns.tolist(),
      last: String(whole.col('day').at(-1)),
    };
  });
  expect(found.columns).toEqual(['code', 'day', 'market_cap', 'pe_ratio']);
  expect(found.codes).toEqual([
    ...Array.from({ length: 3 }, () => '600519.XSHG'),
    ...Array.from({ length: 3 }, () => '000001.XSHE'),
  ]);
  expect(found.days.slice(0, 3)).toEqual(['2026-07-01', '2026-07-02', '2026-07-03']);
  expect(found.caps[1]).toBe(found.same);
  expect(found.all).toEqual(expect.arrayContaining(['code', 'day', 'turnover_ratio', 'circulating_market_cap']));
  expect(found.last).toBe('2026-07-03');
});

it('get_history_fundamentals: the reports of a security, by period', async () => {
  const found = await stage.run(({ get_history_fundamentals, get_fundamentals, query, income, balance }) => {
    const df = get_history_fundamentals(['600519.XSHG', '000001.XSHE'], [income.net_profit, balance.total_assets], {
      stat_date: '2025q4',
      count: 4,
    });
    const one = get_fundamentals(query(income.net_profit).filter(income.code.eq('600519.XSHG')), {
      statDate: '2025q3',
    });
    const newest = get_history_fundamentals('600519.XSHG', income.net_profit, { watch_date: '2025-11-15', count: 2 });
    const years = get_history_fundamentals('600519.XSHG', income.net_profit, {
      stat_date: '2024',
      count: 3,
      interval: '1y',
      stat_by_year: true,
    });
    return {
      columns: df.columns.tolist(),
      codes: df.code.tolist(),
      ends: df.col('statDate').tolist().slice(0, 4).map(String),
      third: df.net_profit.at(2),
      one: one.net_profit.at(0),
      newest: newest.col('statDate').tolist().map(String),
      years: years.col('statDate').tolist().map(String),
    };
  });
  expect(found.columns).toEqual(['code', 'statDate', 'net_profit', 'total_assets']);
  expect(found.codes.slice(3, 5)).toEqual(['600519.XSHG', '000001.XSHE']);
  expect(found.ends).toEqual(['2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31']);
  expect(found.third).toBe(found.one);
  expect(found.newest).toEqual(['2025-06-30', '2025-09-30']);
  expect(found.years).toEqual(['2022-12-31', '2023-12-31', '2024-12-31']);
});

describe('finance.run_query about valuation', () => {
  it('has a row for each company and day, as get_valuation has them, in the order asked for', async () => {
    const found = await stage.run(({ finance, get_valuation, query, valuation }) => {
      const codes = ['600000.XSHG', '000001.XSHE'];
      const days = ['2026-07-01', '2026-07-02', '2026-07-06'];
      const rows = finance.run_query(
        query(valuation.day, valuation.code, valuation.pe_ratio)
          .filter(valuation.code.in_(codes), valuation.day.in_(days))
          .order_by(valuation.day.desc(), valuation.code.asc()),
      );
      const same = get_valuation(codes, '2026-07-01', '2026-07-02', ['pe_ratio']);
      return {
        columns: rows.columns.to_list(),
        days: rows.day.to_list().map(String),
        codes: rows.code.to_list(),
        ratios: rows.pe_ratio.to_list().toSorted((a, b) => a - b),
        same: same.pe_ratio.to_list().toSorted((a, b) => a - b),
      };
    });
    expect(found.columns).toEqual(['day', 'code', 'pe_ratio']);
    // The day that is not over has no row yet.
    expect(found.days.map((day) => day.slice(0, 10))).toEqual(['2026-07-02', '2026-07-02', '2026-07-01', '2026-07-01']);
    expect(found.codes).toEqual(['000001.XSHE', '600000.XSHG', '000001.XSHE', '600000.XSHG']);
    expect(found.ratios).toEqual(found.same);
  });

  it('wants to know from which day on', async () => {
    const asked = stage.run(({ finance, query, valuation }) => {
      finance.run_query(query(valuation.code).filter(valuation.code.eq('600000.XSHG')));
    });
    await expect(asked).rejects.toMatchObject({ code: 'BAD_ARGUMENT', message: /needs its days/u });
  });
});
