/** What a source is asked for beside data sets: these every source of ours has. */
export type Basic = 'quotes' | 'bars' | 'calendar' | 'master data';

/** Functions that give one kind of data, and what it is. What they ask a source for beside `basic` is in runtime/api/needs. */
export interface DataRow {
  readonly names: readonly string[];
  readonly basic?: Basic;
  readonly en: string;
  readonly zh: string;
}

export const ROWS: readonly DataRow[] = [
  {
    names: ['get_price', 'history', 'attribute_history', 'get_bars'],
    basic: 'bars',
    en: 'bars of minutes, days, weeks and months, adjusted or not',
    zh: '分钟、日、周、月线，可复权',
  },
  {
    names: ['get_current_data', 'subscribe'],
    basic: 'quotes',
    en: 'the prices, limits and flags of now; each push to `handle_tick`',
    zh: '当前价格、涨跌停与状态；推送到 `handle_tick`',
  },
  {
    names: ['get_current_tick'],
    basic: 'quotes',
    en: 'the tick of now, or of a time of the past',
    zh: '当前或过去某一时刻的 tick',
  },
  {
    names: ['get_trade_days', 'get_all_trade_days', 'get_trade_day'],
    basic: 'calendar',
    en: 'trading days',
    zh: '交易日',
  },
  { names: ['get_security_info'], basic: 'master data', en: 'master data of a security', zh: '证券的基本信息' },
  { names: ['get_all_securities'], en: 'what is listed, by type and day', zh: '某日上市的各类证券' },
  {
    names: ['get_index_stocks', 'get_index_weights'],
    en: 'members of an index on a day, and weights in % at the end of a month',
    zh: '指数成分与权重（%）',
  },
  {
    names: ['get_industries', 'get_industry_stocks', 'get_industry'],
    en: 'industries (sw, jq, zjw) and their stocks',
    zh: '行业（申万、聚宽、证监会）及其成分',
  },
  { names: ['get_concepts', 'get_concept_stocks', 'get_concept'], en: 'concepts and their stocks', zh: '概念及其成分' },
  {
    names: ['get_extras'],
    en: 'ST flags of each day, net values of funds from 20:00',
    zh: '每天的 ST 标志，20:00 起当天的基金净值',
  },
  { names: ['get_split_dividend'], en: 'dividends and new shares', zh: '分红送股' },
  { names: ['get_fund_info'], en: 'what a fund is', zh: '基金信息' },
  { names: ['get_dominant_future', 'get_future_contracts'], en: 'contracts of a future', zh: '期货主力与合约' },
  {
    names: ['get_fundamentals', 'get_fundamentals_continuously', 'get_history_fundamentals', 'get_valuation'],
    en: 'statements, indicators and valuation, as published by the day',
    zh: '财务报表、指标与估值，按当日已公布的',
  },
  {
    names: ['finance', 'macro'],
    en: '`run_query` on the tables of companies, funds and the economy',
    zh: '`run_query`：公司、基金与宏观各表',
  },
  {
    names: ['get_factor_values', 'get_all_factors'],
    en: 'factors by day and security; known from 5:00 of the next day',
    zh: '按日、按证券的因子；次日 5:00 起可见',
  },
  { names: ['get_money_flow'], en: 'net buying by size of order, in 万元; from 20:00', zh: '资金流向，万元；20:00 起' },
  {
    names: ['get_billboard_list'],
    en: 'who traded on days of large moves; from 20:00',
    zh: '龙虎榜；20:00 起',
  },
  {
    names: ['get_mtss', 'get_margincash_stocks', 'get_marginsec_stocks'],
    en: 'margin trading: balances (next day from 9:00) and lists',
    zh: '融资融券：余额（次日 9:00 起）与标的',
  },
  { names: ['get_locked_shares'], en: 'shares that become tradable', zh: '限售解禁' },
  { names: ['get_ticks'], en: 'ticks of the past, with five levels of the book', zh: '历史 tick，含五档' },
  { names: ['get_call_auction'], en: 'the opening auction; from 9:28', zh: '开盘集合竞价；9:28 起' },
];
