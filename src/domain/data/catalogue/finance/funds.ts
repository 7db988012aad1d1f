import { defineTable } from '../column.ts';

// Funds by the digits of their code. From memory, but for the columns that the corpus reads.

/** Funds, one row each. */
export const FUND_MAIN_INFO = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    main_code: ['text', null, 'fund, digits'],
    name: ['text', null, 'name'],
    advisor: ['text', null, 'company that runs it'],
    trustee: ['text', null, 'bank that keeps it'],
    operate_mode_id: ['int', null, '401001 open, 401003 with QDII, 401006 ETF …'],
    operate_mode: ['text', null, 'mode in words'],
    underlying_asset_type_id: ['int', null, '402001 shares, 402002 money, 402003 bonds, 402004 mixed …'],
    underlying_asset_type: ['text', null, 'kind in words'],
    start_date: ['day', null, 'founded'],
    pub_date: ['day', null, 'published'],
    end_date: ['day', null, 'closed'],
    invest_style_id: ['int', null, 'style'],
    invest_style: ['text', null, 'style in words'],
  },
);

/** What funds are made of, one row a report. */
export const FUND_PORTFOLIO = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'fund, digits'],
    name: ['text', null, 'name'],
    period_start: ['day', null, 'first day of the period'],
    period_end: ['day', null, 'last day of the period'],
    pub_date: ['day', null, 'published'],
    report_type_id: ['int', null, 'period'],
    report_type: ['text', null, 'period in words'],
    equity_value: ['float', 'CNY', 'in equity'],
    equity_rate: ['float', '%', 'of all'],
    stock_value: ['float', 'CNY', 'in shares'],
    stock_rate: ['float', '%', 'of all'],
    fixed_income_value: ['float', 'CNY', 'in bonds and the like'],
    fixed_income_rate: ['float', '%', 'of all'],
    precious_metal_value: ['float', 'CNY', 'in precious metal'],
    precious_metal_rate: ['float', '%', 'of all'],
    derivative_value: ['float', 'CNY', 'in derivatives'],
    derivative_rate: ['float', '%', 'of all'],
    buying_back_value: ['float', 'CNY', 'bought to be sold back'],
    buying_back_rate: ['float', '%', 'of all'],
    deposit_value: ['float', 'CNY', 'in the bank'],
    deposit_rate: ['float', '%', 'of all'],
    others_value: ['float', 'CNY', 'other'],
    others_rate: ['float', '%', 'of all'],
    total_asset: ['float', 'CNY', 'all assets'],
  },
);

/** Shares that funds hold, one row each and report. */
export const FUND_PORTFOLIO_STOCK = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'fund, digits'],
    period_start: ['day', null, 'first day of the period'],
    period_end: ['day', null, 'last day of the period'],
    pub_date: ['day', null, 'published'],
    report_type_id: ['int', null, 'period'],
    report_type: ['text', null, 'period in words'],
    rank: ['int', null, 'rank'],
    symbol: ['text', null, 'share, digits'],
    name: ['text', null, 'name of the share'],
    shares: ['float', 'shares', 'shares held'],
    market_cap: ['float', 'CNY', 'their price'],
    proportion: ['float', '%', 'of the fund'],
  },
);

/** Net values of funds, one row a day. */
export const FUND_NET_VALUE = defineTable(
  { database: 'finance', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'fund, digits'],
    day: ['day', null, 'day'],
    net_value: ['float', 'CNY', 'net value of a share'],
    sum_value: ['float', 'CNY', 'with all dividends'],
    factor: ['float', null, 'factor of adjustment'],
    acc_factor: ['float', null, 'accumulated factor'],
    refactor_net_value: ['float', 'CNY', 'net value, adjusted'],
  },
);

/** Shares of exchange-traded funds, one row a day. */
export const FUND_SHARE_DAILY = defineTable(
  { database: 'finance', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'fund, digits'],
    name: ['text', null, 'name'],
    exchange_code: ['text', null, 'exchange'],
    date: ['day', null, 'trading day'],
    shares: ['float', 'shares', 'shares'],
  },
);

/** Dividends of funds. */
export const FUND_DIVIDEND = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'fund, digits'],
    name: ['text', null, 'name'],
    pub_date: ['day', null, 'published'],
    event_id: ['int', null, 'kind'],
    event: ['text', null, 'kind in words'],
    distribution_date: ['day', null, 'as of'],
    process_id: ['int', null, 'progress'],
    process: ['text', null, 'progress in words'],
    proportion: ['float', 'CNY', 'for each share'],
    split_ratio: ['float', null, 'shares for one'],
    record_date: ['day', null, 'who holds at its close is paid'],
    ex_date: ['day', null, 'from it the price is without the dividend'],
    fund_paid_date: ['day', null, 'paid'],
    redeposit_date: ['day', null, 'invested again'],
  },
);

/** Yield of money market funds, one row a day. */
export const FUND_MF_DAILY_PROFIT = defineTable(
  { database: 'finance', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'fund, digits'],
    name: ['text', null, 'name'],
    end_date: ['day', null, 'day'],
    daily_profit: ['float', 'CNY for 10k', 'income for ten thousand shares'],
    weekly_yield: ['float', '%', 'yield of seven days, a year'],
  },
);
