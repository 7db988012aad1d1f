import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from './harness.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

describe('indices', () => {
  it('get_index_stocks: codes of the day, in every spelling, and of an earlier day', async () => {
    const found = await stage.run((jq) => ({
      plain: jq.get_index_stocks('000300.XSHG'),
      spelt: jq.get_index_stocks('000300.SH'),
      named: jq.get_index_stocks({ index_symbol: '000300.XSHG', date: '2026-07-06' }),
      early: jq.get_index_stocks('000300.XSHG', '2016-01-04'),
      before: jq.get_index_stocks('000300.XSHG', '2004-01-05'),
      starting: jq.get_all_securities('stock', '2016-01-04').index.to_list(),
    }));
    expect(found.plain).toHaveLength(300);
    expect(found.plain).toEqual(found.plain.toSorted());
    expect([found.spelt, found.named]).toEqual([found.plain, found.plain]);
    expect(found.early).not.toEqual(found.plain);
    expect(found.early.filter((code) => !found.starting.includes(code))).toEqual([]);
    expect(found.before).toEqual([]);
  });

  it('get_index_weights: per cent at the end of the month before, by code', async () => {
    const table = await stage.run((jq) => {
      const weights = jq.get_index_weights('000300.XSHG', '2026-06-17');
      return {
        columns: weights.columns.to_list(),
        dtypes: weights.dtypes.to_list(),
        rows: weights.length,
        sum: weights.weight.sum(),
        dates: [...new Set(weights.date.map(String).to_list())],
        bank: weights.loc('601398.XSHG').display_name,
      };
    });
    expect(table).toEqual({
      columns: ['display_name', 'date', 'weight'],
      dtypes: ['object', 'object', 'float64'],
      rows: 300,
      sum: expect.closeTo(100, 1),
      dates: ['2026-05-29'],
      bank: '工商银行',
    });
  });

  it('what is no index is an error, never an empty list', async () => {
    await expect(stage.run((jq) => jq.get_index_stocks('600519.XSHG'))).rejects.toMatchObject({
      message: expect.stringContaining('600519.XSHG'),
    });
    await expect(stage.run((jq) => jq.get_index_stocks('hs300'))).rejects.toMatchObject({ code: 'BAD_SECURITY' });
  });
});

describe('industries and concepts', () => {
  it('get_industries: codes, names and first days of a classification', async () => {
    const lists = await stage.run((jq) => {
      const names = ['sw_l1', 'sw_l2', 'sw_l3', 'jq_l1', 'jq_l2', 'zjw'] as const;
      const first = jq.get_industries('sw_l1');
      return {
        sizes: names.map((name) => jq.get_industries(name).length),
        columns: first.columns.to_list(),
        dtypes: first.dtypes.to_list(),
        bank: first.loc('801780').loc('name'),
        early: jq.get_industries({ name: 'sw_l1', date: '1999-01-04' }).length,
      };
    });
    expect(lists).toMatchObject({
      columns: ['name', 'start_date'],
      dtypes: ['object', 'datetime64[ns]'],
      bank: '银行I',
      early: 0,
    });
    expect(lists.sizes[0]).toBe(31);
    for (const size of lists.sizes) expect(size).toBeGreaterThan(10);
  });

  it('get_industry and get_industry_stocks say the same', async () => {
    const found = await stage.run((jq) => {
      const banks = jq.get_industry_stocks('801780');
      const of = jq.get_industry(banks.slice(0, 3).concat('510300.XSHG'));
      const one = jq.get_industry('600519.SH')['600519.XSHG'];
      return {
        banks,
        names: banks.slice(0, 3).map((code) => of[code]?.sw_l1?.industry_name),
        fund: of['510300.XSHG'],
        one,
      };
    });
    expect(found.banks).toEqual(expect.arrayContaining(['000001.XSHE', '601398.XSHG']));
    expect(new Set(found.names)).toEqual(new Set(['银行I']));
    expect(found.fund).toEqual({});
    expect(Object.keys(found.one ?? {})).toEqual(['sw_l1', 'sw_l2', 'sw_l3', 'jq_l1', 'jq_l2', 'zjw']);
    expect(found.one?.sw_l2).toEqual({ industry_code: '801125', industry_name: '白酒II' });
    await expect(stage.run((jq) => jq.get_industry_stocks('801000'))).rejects.toMatchObject({
      message: expect.stringContaining('801000'),
    });
  });

  it('a class of an older classification has ended and has no stocks', async () => {
    expect(await stage.run((jq) => jq.get_industry_stocks('801020'))).toEqual([]);
    expect(await stage.run((jq) => jq.get_industries('sw_l1').index.to_list())).not.toContain('801020');
  });

  it('get_concepts, get_concept_stocks and get_concept say the same', async () => {
    const found = await stage.run((jq) => {
      const list = jq.get_concepts();
      const code = String(list.index.to_list()[0]);
      const stocks = jq.get_concept_stocks(code);
      const of = jq.get_concept(stocks.slice(0, 2), '2026-07-03');
      return { columns: list.columns.to_list(), rows: list.length, code, stocks, of: Object.values(of) };
    });
    expect(found.columns).toEqual(['name', 'start_date']);
    expect(found.rows).toBeGreaterThan(50);
    expect(found.stocks.length).toBeGreaterThan(10);
    expect(found.of).toHaveLength(2);
    for (const { jq_concept } of found.of)
      expect(jq_concept).toContainEqual({ concept_code: found.code, concept_name: expect.any(String) });
  });
});

describe('extras', () => {
  it('get_extras: is_st by day and code, as a table or as lists; days up to today', async () => {
    const found = await stage.run((jq) => {
      const codes = ['000001.XSHE', '600519.XSHG'];
      const table = jq.get_extras('is_st', codes, { count: 3 });
      return {
        index: table.index.to_list().map((day) => String(day).slice(0, 10)),
        columns: table.columns.to_list(),
        dtypes: table.dtypes.to_list(),
        any: [table.col('000001.XSHE').any()],
        lists: Object.entries(
          jq.get_extras('is_st', codes, { start_date: '2026-07-02', end_date: '2026-07-03', df: false }),
        ),
        rows: jq.get_extras('is_st', '000001.XSHE').length,
      };
    });
    expect(found).toMatchObject({
      index: ['2026-07-02', '2026-07-03', '2026-07-06'],
      columns: ['000001.XSHE', '600519.XSHG'],
      dtypes: ['bool', 'bool'],
      any: [false],
      lists: [
        ['000001.XSHE', [false, false]],
        ['600519.XSHG', [false, false]],
      ],
    });
    expect(found.rows).toBeGreaterThan(2700);
  });

  it('get_extras: a risk warning is there as in the name, and a stock not listed yet is neither', async () => {
    const found = await stage.run((jq) => {
      const all = jq.get_all_securities('stock', '2026-07-06');
      const names = all.display_name;
      const warned = names.index
        .to_list()
        .filter((code) => String(names.loc(code)).includes('ST'))
        .map(String)
        .slice(0, 30);
      const table = jq.get_extras('is_st', warned, { count: 1, end_date: '2026-07-06' });
      const young = jq.get_extras('is_st', '300750.XSHE', '2018-06-08', '2018-06-11');
      return { warned: warned.length, flags: table.iloc(0).to_list(), young: young.col('300750.XSHE').to_list() };
    });
    expect(found.warned).toBe(30);
    expect(new Set(found.flags)).toEqual(new Set([true]));
    expect(found.young).toEqual([null, false]);
  });

  it('get_extras: net values of funds, missing for today; figures of futures are refused by name', async () => {
    const values = await stage.run((jq) =>
      jq.get_extras('unit_net_value', ['510300.XSHG'], { count: 2 }).col('510300.XSHG').to_list(),
    );
    expect(values[0]).toBeGreaterThan(3);
    expect(values[1]).toBeNaN();
    await expect(stage.run((jq) => jq.get_extras('futures_positions', '510300.XSHG'))).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    });
    await expect(
      stage.run((jq) => jq.get_extras('is_st', '600519.XSHG', { start_date: '2026-07-01', count: 2 })),
    ).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });
});

describe('funds, payments, futures, days', () => {
  it('get_fund_info: what a fund tells of itself, and none before it was listed', async () => {
    const found = await stage.run((jq) => [
      jq.get_fund_info('510300.XSHG'),
      jq.get_fund_info('510300.XSHG', '2012-05-25'),
    ]);
    expect(found[0]).toMatchObject({
      fund_name: expect.stringContaining('沪深300ETF'),
      fund_manager: '华泰柏瑞基金管理有限公司',
      fund_share: expect.any(Number),
      heavy_hold_bond: [],
    });
    expect(found[0]?.heavy_hold_stocks).toHaveLength(10);
    expect(found[1]).toBeNull();
    await expect(stage.run((jq) => jq.get_fund_info('600519.XSHG'))).rejects.toThrow('600519.XSHG');
  });

  it('get_split_dividend: payments for ten shares up to today', async () => {
    const found = await stage.run((jq) => {
      const all = jq.get_split_dividend('600350.XSHG');
      return {
        all,
        none: jq.get_split_dividend('600519.XSHG'),
        some: jq.get_split_dividend('600350.XSHG', '2020-01-01'),
      };
    });
    expect(found.all.length).toBeGreaterThan(5);
    expect(found.none).toEqual([]);
    expect(found.some).toEqual(found.all.filter(({ date }) => date >= '2020-01-01'));
    for (const one of found.all) {
      expect(one).toMatchObject({ security: '600350.XSHG', security_type: 'stock', per_base: 10 });
      expect(one.bonus_pre_tax).toBeGreaterThan(0);
      expect(one.scale_factor).toBeGreaterThanOrEqual(1);
      expect(one.date < '2026-07-07').toBe(true);
    }
  });

  it('get_future_contracts and get_dominant_future: those of the day', async () => {
    const found = await stage.run((jq) => ({
      index: jq.get_future_contracts('IF'),
      before: jq.get_future_contracts('IF', '2009-01-05'),
      steel: [jq.get_dominant_future('RB'), jq.get_dominant_future('rb', '2026-03-02')],
      main: [
        jq.get_dominant_future('IF'),
        jq.get_dominant_future('IF', '2026-06-18'),
        jq.get_dominant_future('IM', '2020-01-06'),
      ],
    }));
    expect(found).toEqual({
      index: ['IF2607.CCFX', 'IF2608.CCFX', 'IF2609.CCFX', 'IF2612.CCFX'],
      before: [],
      steel: ['RB2610.XSGE', 'RB2605.XSGE'],
      main: ['IF2607.CCFX', 'IF2607.CCFX', ''],
    });
    await expect(stage.run((jq) => jq.get_dominant_future('XYZ'))).rejects.toThrow('XYZ');
  });

  it('get_trade_day, get_trade_days and get_all_trade_days: days of the exchanges since 1990', async () => {
    const found = await stage.run((jq) => {
      const all = jq.get_all_trade_days();
      const days = jq.get_trade_day(['600519.XSHG', '000001.SZ'], '2026-07-03 21:00:00');
      return {
        first: String(all[0]),
        last: String(all.at(-1)),
        early: jq.get_trade_days('1991-01-01', '1991-01-04').map(String),
        count: jq.get_trade_days(null, '1990-12-21', 2).map(String),
        days: days.items().map(([code, day]) => [code, String(day)]),
        weekend: jq.get_trade_day('600519.XSHG', '2026-07-05')['600519.XSHG'],
      };
    });
    expect(found).toEqual({
      first: '1990-12-19',
      last: '2026-12-31',
      early: ['1991-01-02', '1991-01-03', '1991-01-04'],
      count: ['1990-12-20', '1990-12-21'],
      days: [
        ['600519.XSHG', '2026-07-03'],
        ['000001.XSHE', '2026-07-03'],
      ],
      weekend: null,
    });
  });
});
