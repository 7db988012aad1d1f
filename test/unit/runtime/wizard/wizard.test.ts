import { beforeEach, describe, expect, test } from 'vitest';
import { g, valuation } from 'jqdata';
import { numbers, tableOf, texts } from '../../../../src/domain/data/table.ts';
import { context } from '../../../../runtime/objects/context.ts';
import { talib } from '../../../../runtime/indicators/talib/index.ts';
import * as wizard from '../../../../runtime/wizard/index.ts';
import { account, bindFake, block, orderView, position, quote } from '../fake-host.ts';
import type { FakeHost } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';
const closes = Array.from({ length: 400 }, (_, i) => 10 + Math.sin(i / 5) + i / 100);

let host: FakeHost;
beforeEach(() => {
  host = bindFake();
  host.bars = (security, { count, fields }) => {
    const values = closes.slice(-(count ?? 1));
    const days = values.map((_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
    return block(security, days, Object.fromEntries(fields.map((field) => [field, values])));
  };
  for (const code of [A, B]) host.quoteViews.set(code, quote(code, { dayOpen: 10.1, highLimit: 11 }));
});

function holding(price: number): void {
  const free = { lockedAmount: 0, todayAmount: 0 };
  const views = [
    position({ ...free, security: A, amount: 1000, avgCost: 10, price, value: price * 1000 }),
    position({ ...free, security: B, amount: 100, avgCost: 20, price: 20, value: 2000 }),
  ];
  host.accountView = account(views, { totalValue: 100_000, availableCash: 50_000 });
}

describe('selling at a loss or a gain', () => {
  test('each position by itself; what was not sold is on the list', () => {
    holding(8.9);
    host.answer = ({ security }) => orderView({ security });
    const open: string[] = [];
    wizard.security_stoploss(context, 0.1, open);
    expect(host.placed.map(({ security }) => security)).toEqual([A]);
    expect(open).toEqual([A]);
    holding(9.1);
    wizard.security_stoploss(context);
    expect(host.placed).toHaveLength(1);
    holding(11.5);
    wizard.security_stopprofit(context, { profit: 0.1 } as never);
    expect(host.placed).toHaveLength(2);
  });

  test('all together, which the strategy sees in g', () => {
    holding(8);
    Reflect.set(g, 'daily_risk_management', true);
    wizard.portfolio_stoploss(context, 0.5);
    expect(host.placed).toHaveLength(0);
    wizard.portfolio_stoploss(context, 0.1);
    expect(host.placed.map(({ security }) => security)).toEqual([A, B]);
    expect(Reflect.get(g, 'daily_risk_management')).toBe(false);
    expect(wizard.get_all_avg_cost(context)).toBe(12_000);
  });
});

describe('how much', () => {
  test('a security is at most so much of the portfolio', () => {
    holding(10);
    expect(wizard.judge_security_max_proportion(context, A, 50_000, 0.2)).toBeCloseTo(10_000, 9);
    expect(wizard.judge_security_max_proportion(context, A, 50_000, 0.05)).toBe(0);
    expect(wizard.judge_security_max_proportion(context, '600519.XSHG', 50_000, 0.2)).toBe(20_000);
  });

  test('whole lots at the opening price', () => {
    expect(wizard.max_buy_value_or_amount(A, 10_100)).toBe(1000);
    expect(wizard.max_buy_value_or_amount(A, 10_100, { max_buy_value: 5000 })).toBe(400);
    expect(wizard.max_buy_value_or_amount(A, 10_100, null, 300)).toBe(300);
    host.quoteViews.set(A, quote(A, { dayOpen: null }));
    expect(wizard.max_buy_value_or_amount(A, 10_100)).toBe(0);
  });

  test('part of a position, or all of a small one', () => {
    holding(10);
    wizard.sell_by_amount_or_percent_or_none(context, A, { percent: 0.35 });
    wizard.sell_by_amount_or_percent_or_none(context, B, 50);
    expect(host.placed.map(({ security, kind, quantity }) => [security, kind, quantity])).toEqual([
      [A, 'amount', -300],
      [B, 'target_value', 0],
    ]);
  });

  test('yuan for each: equal parts, or by market value', () => {
    holding(10);
    expect(wizard.order_style(context, [A, B], { max_hold_stocknum: 4 })).toEqual({ [A]: 25_000, [B]: 25_000 });
    expect(wizard.order_style(context, [A], 5, 'by_amount', 200)[A]).toBeCloseTo(2020, 9);
    host.table = () => tableOf({ code: texts([A, B]), size_: numbers('float', [300, 100]) });
    const parts = wizard.order_style(context, [A, B], { style: 'by_market_cap_percent' });
    expect(parts).toEqual({ [A]: 37_500, [B]: 12_500 });
    expect(codeOf(() => untyped(wizard.order_style)(context, [A], 5, 'equal')).code).toBe('BAD_ARGUMENT');
  });
});

describe('which', () => {
  test('figures are compared by the source', () => {
    host.table = () => tableOf({ code: texts([B]) });
    expect(wizard.financial_data_filter_dayu([A, B], valuation.market_cap, 100)).toEqual([B]);
    expect(wizard.financial_data_filter_qujian([A, B], valuation.pe_ratio, [0, 20])).toEqual([B]);
    expect(JSON.stringify(host.tablesAsked[0])).toContain('"gt"');
    expect(wizard.financial_data_filter_xiaoyu([], valuation.pe_ratio, 1)).toEqual([]);
    expect(codeOf(() => untyped(wizard.financial_data_filter_dayu)([A], 'pe_ratio', 1)).message).toContain('valuation');
  });

  test('points are ranks: asc gives small figures many', () => {
    host.table = () => tableOf({ code: texts([A, B]), points: numbers('float', [5, 50]) });
    expect(wizard.get_sort_dataframe([A, B], valuation.pe_ratio, ['asc', 2]).tolist()).toEqual([2, 1]);
    expect(wizard.get_sort_dataframe([A, B], valuation.pe_ratio, ['desc', 2]).tolist()).toEqual([1, 2]);
  });

  test('prices and their changes', () => {
    const last = closes.at(-1) ?? NaN;
    const change = last / (closes.at(-91) ?? NaN) - 1;
    expect(wizard.n_day_chg_dayu(A, 90, change - 0.001)).toBe(true);
    expect(wizard.n_day_chg_xiaoyu(A, 90, change - 0.001)).toBe(false);
    expect(wizard.n_day_chg_qujian(A, 90, [change - 1, change + 1])).toBe(true);
    expect(wizard.get_n_day_chg(A, 90)).toBeCloseTo(change, 9);
    expect(wizard.situation_filter_dayu(A, 'close', last - 0.1)).toBe(true);
    const mean = closes.slice(-60).reduce((a, b) => a + b, 0) / 60;
    expect(wizard.situation_filter_dayu_ma(A, 'close', 60)).toBe(last > mean);
    expect(wizard.limit_filter(A)).toBe(true);
    host.quoteViews.set(A, quote(A, { dayOpen: 10.9, highLimit: 11 }));
    expect(wizard.limit_filter(A)).toBe(false);
  });

  test('indicators against numbers and against each other', () => {
    const rsi = talib.RSI(closes.slice(-280), 14).at(-1) ?? NaN;
    expect(wizard.RSI_judge_qujian(A, [rsi - 1, rsi + 1])).toBe(true);
    expect(wizard.RSI_judge_qujian(A, [rsi + 1, 100], 14)).toBe(false);
    const short = talib.MA(closes.slice(-10), 5).at(-1) ?? NaN;
    const long = talib.MA(closes.slice(-40), 20).at(-1) ?? NaN;
    expect(wizard.MA_judge_duotou(A, 5, 20)).toBe(short > long);
    expect(wizard.MA_judge_kongtou(A, { short_timeperiod: 5, long_timeperiod: 20 })).toBe(short < long);
    const [dif, dea] = talib.MACDEXT(closes.slice(-52), 12, 1, 26, 1, 9, 1);
    expect(wizard.MACD_judge_duotou(A)).toBe((dif.at(-1) ?? 0) > (dea.at(-1) ?? 0));
  });

  test('bands around the mean against numbers', () => {
    const [upper = NaN, middle = NaN, lower = NaN] = talib
      .BBANDS(closes.slice(-10), 5, 2, 1)
      .map((line) => line.at(-1));
    expect(wizard.BBands_upperband_judge_dayu(A, middle, 5, 2, 1)).toBe(true);
    expect(wizard.BBands_lowerband_judge_xiaoyu(A, middle)).toBe(true);
    expect(wizard.BBands_middleband_judge_qujian(A, [lower, upper], { timeperiod: 5 })).toBe(true);
    expect(wizard.BBands_lowerband_judge_qujian(A, [lower - 0.01, lower + 0.01], 5, 2, 1)).toBe(true);
    expect(wizard.BBands_lowerband_judge_dayu(A, lower, 5, 2, 0.5)).toBe(true);
  });

  test("yesterday's flow of money against a number", () => {
    host.table = ({ dataset, params }) => {
      expect({ dataset, params }).toMatchObject({ dataset: 'money_flow', params: { securities: [A], count: 1 } });
      return tableOf({ sec_code: texts([A]), net_pct_main: numbers('float', [12]) });
    };
    expect(wizard.money_flow_dayu(context, A, 'net_pct_main', 10, 'previous')).toBe(true);
    expect(wizard.money_flow_xiaoyu(context, A, 'net_pct_main', 10)).toBe(false);
    expect(wizard.money_flow_qujian(context, A, 'net_pct_main', [10, 15])).toBe(true);
    expect(codeOf(() => wizard.money_flow_dayu(context, A, 'net_pct_main', 10, 'today' as never)).code).toBe(
      'BAD_ARGUMENT',
    );
    host.table = () => tableOf({ sec_code: texts([]), net_pct_main: numbers('float', []) });
    expect(wizard.money_flow_dayu(context, A, 'net_pct_main', -1000)).toBe(false);
  });

  test('an error is thrown, not taken for false; what is not served says so', () => {
    host.bars = () => {
      throw new Error('no data');
    };
    expect(() => wizard.MA_judge_dayu(A, 10)).toThrow('no data');
    expect(codeOf(() => wizard.in_long_hu_list(context, A)).code).toBe('UNSUPPORTED');
  });
});
