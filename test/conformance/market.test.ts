import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from './harness.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open({ now: '2026-07-06 20:30' });
});

afterAll(async () => {
  await stage.close();
});

describe('get_money_flow', () => {
  it('has the columns of JoinQuant, percentages of the money of the day’s bar, and its move', async () => {
    const { columns, dtypes, row, bar } = await stage.run((jq) => {
      const flow = jq.get_money_flow('600519.XSHG', { count: 1 });
      const bars = jq.get_price('600519.XSHG', { count: 1, fields: ['close', 'pre_close', 'money'], fq: null });
      return {
        columns: flow.columns.to_list(),
        dtypes: flow.dtypes.to_list().map(String),
        row: [flow.loc(0, 'change_pct'), flow.loc(0, 'net_amount_main'), flow.loc(0, 'net_pct_main')] as number[],
        bar: bars.iloc(0).to_list(),
      };
    });
    expect(columns).toEqual(
      'date sec_code change_pct net_amount_main net_pct_main net_amount_xl net_pct_xl net_amount_l net_pct_l net_amount_m net_pct_m net_amount_s net_pct_s'.split(
        ' ',
      ),
    );
    expect(dtypes.slice(0, 3)).toEqual(['datetime64[ns]', 'object', 'float64']);
    const [close = 0, preClose = 0, money = 0] = bar;
    expect(row[0]).toBeCloseTo((close / preClose - 1) * 100, 1);
    expect(row[2]).toBeCloseTo((Number(row[1]) * 1e6) / money, 1);
  });

  it('shows a day from 20:00 on', async () => {
    const days = (now: string): Promise<string> =>
      stage.runAt(now, (jq) => String(jq.get_money_flow('600519.XSHG', { count: 1 }).loc(0, 'date')).slice(0, 10));
    expect([await days('2026-07-06 19:59'), await days('2026-07-06 20:00')]).toEqual(['2026-07-03', '2026-07-06']);
  });
});

it('get_billboard_list holds all its columns', async () => {
  const [rows, columns] = await stage.run((jq) => {
    const codes = Array.from({ length: 200 }, (_, i) => `${300_100 + i}.XSHE`);
    const table = jq.get_billboard_list(codes, { start_date: '2026-06-01' });
    return [table.shape[0], table.columns.to_list()] as const;
  });
  expect(rows).toBeGreaterThan(10);
  expect(columns.join(' ')).toBe(
    'code day direction abnormal_code abnormal_name sales_depart_name rank buy_value buy_rate sell_value sell_rate net_value amount total_value',
  );
});

it('get_mtss gives the balances of what get_margincash_stocks lists', async () => {
  const [codes, columns, balance] = await stage.run((jq) => {
    const list = jq.get_margincash_stocks();
    const table = jq.get_mtss(list.slice(0, 3), { count: 2, fields: ['date', 'sec_code', 'fin_value'] });
    return [list.length, table.columns.to_list(), table['fin_value'].min()] as const;
  });
  expect(codes).toBeGreaterThan(30);
  expect(columns).toEqual(['date', 'sec_code', 'fin_value']);
  expect(balance).toBeGreaterThan(0);
});

it('get_locked_shares looks ahead', async () => {
  const [rows, first, columns] = await stage.runAt('2024-12-02 10:00', (jq) => {
    const codes = Array.from({ length: 600 }, (_, i) => `${600_100 + i}.XSHG`);
    const table = jq.get_locked_shares(codes, { forward_count: 60 });
    return [table.shape[0], String(table['day'].min()).slice(0, 10), table.columns.to_list()] as const;
  });
  expect(rows).toBeGreaterThan(0);
  expect(first >= '2024-12-02').toBe(true);
  expect(columns).toEqual(['day', 'code', 'num', 'rate1', 'rate2']);
});

it('get_locked_shares ahead of the calendar’s end gives what is known up to it', async () => {
  const [rows, last] = await stage.runAt('2026-07-06 20:30', (jq) => {
    const codes = jq.get_all_securities('stock').index.to_list().map(String);
    const table = jq.get_locked_shares(codes, { forward_count: 400 });
    return [table.length, String(table['day'].max()).slice(0, 10)] as const;
  });
  expect(rows).toBeGreaterThan(0);
  expect(last <= '2026-12-31').toBe(true);
});

it('a code that is given twice has its rows once', async () => {
  const [twice, once] = await stage.run((jq) => {
    const shapes = (codes: readonly string[]): unknown[] => [
      jq.get_money_flow(codes, { count: 2 }).shape,
      jq.get_mtss(codes, { count: 2 }).shape,
      jq.get_billboard_list(codes, { count: 250 }).shape,
      jq.get_call_auction(codes, '2026-07-02', '2026-07-06').shape,
      jq.get_locked_shares(codes, '2015-01-01', '2026-12-31').shape,
      jq.get_extras('is_st', codes, { count: 2 }).shape,
      jq.get_valuation(codes, { count: 2 }).shape,
      jq.get_price(codes, { count: 2, panel: false }).shape,
      jq.get_bars(codes, 2, { df: true }).shape,
      jq.history(2, '1d', 'close', codes).shape,
    ];
    return [shapes(['600519.XSHG', '603101.XSHG', '600519.SH']), shapes(['600519.XSHG', '603101.XSHG'])];
  });
  expect(twice).toEqual(once);
});

describe('ticks', () => {
  it('get_ticks ends with the volume and money of the day', async () => {
    const [time, volume, money, bar] = await stage.run((jq) => {
      const ticks = jq.get_ticks('600519.XSHG', '2026-07-06 16:00:00', null, 3);
      const bars = jq.get_price('600519.XSHG', { count: 1, fields: ['volume', 'money'], fq: null });
      return [ticks.loc(2, 'time'), ticks.loc(2, 'volume'), ticks.loc(2, 'money'), bars.iloc(0).to_list()] as const;
    });
    expect([time, volume, money]).toEqual([20_260_706_150_000, ...bar]);
  });

  it('get_current_tick is the quote now, and the tick of the past at a time', async () => {
    const [now, past] = await stage.run((jq) => [
      jq.get_current_tick('600519.XSHG')?.current,
      jq.get_current_tick('600519.XSHG', '2026-07-06 10:00:00')?.datetime?.toFormat('HH:mm:ss'),
    ]);
    expect(now).toBeGreaterThan(100);
    expect(past).toBe('10:00:00');
  });

  it('get_call_auction is the open, known from 9:28 on', async () => {
    const rows = (now: string): Promise<readonly unknown[]> =>
      stage.runAt(now, (jq) => jq.get_call_auction('600519.XSHG', '2026-07-06', '2026-07-06')['current'].to_list());
    expect(await rows('2026-07-06 09:27')).toEqual([]);
    const open = await stage.run((jq) =>
      jq.get_price('600519.XSHG', { count: 1, fields: 'open', fq: null })['open'].to_list(),
    );
    expect(await rows('2026-07-06 09:28')).toEqual(open);
  });
});

describe('factors', () => {
  it('get_factor_values gives days × codes for each factor that get_all_factors lists', async () => {
    const [names, keys, shape, size] = await stage.run((jq) => {
      const all = jq.get_all_factors();
      const values = jq.get_factor_values(['600519.XSHG', '000001.XSHE'], ['size', 'VOL20'], { count: 3 });
      return [all['factor'].to_list(), [...values.keys()], values['size']?.shape, values['size']?.iloc(0, 0)] as const;
    });
    expect(names).toContain('VOL20');
    expect([keys, shape]).toEqual([
      ['size', 'VOL20'],
      [3, 2],
    ]);
    expect(size).toBeGreaterThan(20);
  });

  it('every factor that is listed has a value for some company', async () => {
    const empty = await stage.run((jq) => {
      const names = jq.get_all_factors()['factor'].to_list().map(String);
      const codes = jq.get_index_stocks('000300.XSHG').slice(0, 12);
      const values = jq.get_factor_values(codes, names, { count: 1 });
      return names.filter((name) => !(Number(values.get(name)?.count(1).iloc(0)) > 0));
    });
    expect(empty).toEqual([]);
  });

  it('factors of reports are what the statements say', async () => {
    const { peg, pe, growth, log, size, margin, stability } = await stage.run((jq) => {
      const code = '600519.XSHG';
      const names = [
        'PEG',
        'earnings_to_price_ratio',
        'np_parent_company_owners_growth_rate',
        'natural_log_of_market_cap',
        'size',
      ];
      const values = jq.get_factor_values(code, [...names, 'gross_income_ratio', 'margin_stability'], { count: 1 });
      const of = (name: string): number => Number(values.get(name)?.iloc(0, 0));
      return {
        peg: of('PEG'),
        pe: 1 / of('earnings_to_price_ratio'),
        growth: of('np_parent_company_owners_growth_rate'),
        log: of('natural_log_of_market_cap'),
        size: of('size'),
        margin: of('gross_income_ratio'),
        stability: of('margin_stability'),
      };
    });
    expect(peg).toBeCloseTo(pe / (100 * growth), 10);
    expect(log).toBe(size);
    expect(margin).toBeGreaterThan(0);
    expect(stability).toBeGreaterThan(1);
  });

  it('a factor that is not computed is refused by name, and too many values by their number', async () => {
    const asked = (name: string, count: number): Promise<unknown> =>
      stage.run((jq, factor, days) => jq.get_factor_values('600519.XSHG', factor, { count: days }), name, count);
    await expect(asked('alpha_of_tomorrow', 1)).rejects.toMatchObject({
      code: 'UNKNOWN_FACTOR',
      message: 'The factor alpha_of_tomorrow is not computed here; get_all_factors() lists those that are.',
    });
    const many = stage.run((jq) => {
      const names = jq.get_all_factors()['factor'].to_list().map(String);
      return jq.get_factor_values('600519.XSHG', names, { count: 5000 });
    });
    await expect(many).rejects.toMatchObject({ code: 'TOO_MUCH_DATA' });
  });
});
