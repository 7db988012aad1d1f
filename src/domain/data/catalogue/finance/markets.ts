import { defineTable } from '../column.ts';
import type { Columns } from '../column.ts';
import { COMPANY } from './heads.ts';

// Totals of markets, industries and share sales. From memory.

/** Totals of a market, one row a day. */
export const STK_EXCHANGE_TRADE_INFO = defineTable(
  { database: 'finance', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    exchange_code: ['int', null, '322001 Shanghai, 322002 its A shares, 322003 its B shares, 322004 Shenzhen …'],
    exchange_name: ['text', null, 'market in words'],
    date: ['day', null, 'trading day'],
    total_market_cap: ['float', '100M CNY', 'price of all shares'],
    circulating_market_cap: ['float', '100M CNY', 'price of the tradable shares'],
    volume: ['float', '10k shares', 'shares traded'],
    money: ['float', '100M CNY', 'money traded'],
    deal_number: ['float', '10k', 'trades'],
    pe_average: ['float', null, 'average price to profit'],
    turnover_ratio: ['float', '%', 'shares traded of those that can be'],
  },
);

/** Margin trading of an exchange, one row a day. */
export const STK_MT_TOTAL = defineTable(
  { database: 'finance', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    date: ['day', null, 'trading day'],
    exchange_code: ['text', null, 'XSHG or XSHE'],
    fin_value: ['float', 'CNY', 'lent for buying'],
    fin_buy_value: ['float', 'CNY', 'bought on margin'],
    sec_volume: ['float', 'shares', 'shares lent'],
    sec_value: ['float', 'CNY', 'price of the shares lent'],
    sec_sell_volume: ['float', 'shares', 'sold short'],
    fin_sec_value: ['float', 'CNY', 'lent in all'],
  },
);

/** The first columns of what there is for a day and industry. */
const INDUSTRY_DAY = {
  id: ['int', null, 'running number'],
  date: ['day', null, 'trading day'],
  code: ['text', null, 'industry'],
  name: ['text', null, 'name'],
} as const satisfies Columns;

/** Indices of Shenwan industries, one row a day. */
export const SW1_DAILY_PRICE = defineTable(
  { database: 'finance', rows: 'day' },
  {
    ...INDUSTRY_DAY,
    open: ['float', 'points', 'open'],
    high: ['float', 'points', 'highest'],
    low: ['float', 'points', 'lowest'],
    close: ['float', 'points', 'close'],
    volume: ['float', 'shares', 'shares traded'],
    money: ['float', 'CNY', 'money traded'],
    change_pct: ['float', '%', 'change'],
  },
);

/** Valuation of Shenwan industries, one row a day. */
export const SW1_DAILY_VALUATION = defineTable(
  { database: 'finance', rows: 'day' },
  {
    ...INDUSTRY_DAY,
    turnover_ratio: ['float', '%', 'shares traded of those that can be'],
    pe: ['float', null, 'price to profit'],
    pb: ['float', null, 'price to equity'],
    average_price: ['float', 'CNY', 'average price'],
    money_ratio: ['float', '%', "of the market's money"],
    circulating_market_cap: ['float', '100M CNY', 'price of the tradable shares'],
    average_circulating_market_cap: ['float', '100M CNY', 'the same for a member'],
    dividend_ratio: ['float', '%', 'dividends to price'],
  },
);

/** Shares that will become tradable. */
export const STK_LIMITED_SHARES_LIST = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    pub_date: ['day', null, 'published'],
    shareholder_name: ['text', null, 'holder'],
    expected_unlimited_date: ['day', null, 'expected to be tradable'],
    expected_unlimited_number: ['float', 'shares', 'shares'],
    expected_unlimited_ratio: ['float', '%', 'of all shares'],
    actual_unlimited_date: ['day', null, 'became tradable'],
    actual_unlimited_number: ['float', 'shares', 'shares that did'],
    actual_unlimited_ratio: ['float', '%', 'of all shares'],
    limited_reason_id: ['int', null, 'reason'],
    limited_reason: ['text', null, 'reason in words'],
    trade_condition: ['text', null, 'condition'],
  },
);

/** Shares that became tradable. */
export const STK_LIMITED_SHARES_UNLIMIT = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    pub_date: ['day', null, 'published'],
    shareholder_name: ['text', null, 'holder'],
    actual_unlimited_date: ['day', null, 'became tradable'],
    actual_unlimited_number: ['float', 'shares', 'shares'],
    actual_unlimited_ratio: ['float', '%', 'of all shares'],
    limited_reason_id: ['int', null, 'reason'],
    limited_reason: ['text', null, 'reason in words'],
    actual_trade_number: ['float', 'shares', 'shares that can be sold'],
  },
);
