import { defineTable } from '../column.ts';
import type { Columns } from '../column.ts';

// Trading between the exchanges and Hong Kong. From memory, but for the columns that the corpus reads.

/** Quotas and turnover of the links, one row a day and link. */
export const STK_ML_QUOTA = defineTable(
  { database: 'finance', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    day: ['day', null, 'trading day'],
    link_id: ['int', null, '310001 to Shanghai, 310002 to Shenzhen, 310003 and 310004 to Hong Kong'],
    link_name: ['text', null, 'link in words'],
    currency_id: ['int', null, 'currency'],
    currency: ['text', null, 'currency in words'],
    buy_amount: ['float', '100M', 'bought'],
    buy_volume: ['float', null, 'buy trades'],
    sell_amount: ['float', '100M', 'sold'],
    sell_volume: ['float', null, 'sell trades'],
    sum_amount: ['float', '100M', 'bought and sold'],
    sum_volume: ['float', null, 'trades'],
    quota: ['float', '100M', 'total quota'],
    quota_balance: ['float', '100M', 'left of the total quota'],
    quota_daily: ['float', '100M', 'quota of the day'],
    quota_daily_balance: ['float', '100M', "left of the day's quota"],
  },
);

/** The first columns of what there is for a day and link. */
const LINK_DAY = {
  id: ['int', null, 'running number'],
  day: ['day', null, 'trading day'],
  link_id: ['int', null, 'link'],
  link_name: ['text', null, 'link in words'],
} as const satisfies Columns;

/** Shares held through the links, one row a day, link and security. */
export const STK_HK_HOLD_INFO = defineTable(
  { database: 'finance', rows: 'day' },
  {
    ...LINK_DAY,
    code: ['text', null, 'security'],
    name: ['text', null, 'name'],
    share_number: ['float', 'shares', 'shares held'],
    share_ratio: ['float', '%', 'of the tradable shares'],
  },
);

/** The ten most traded of each link and day. */
export const STK_EL_TOP_ACTIVATE = defineTable(
  { database: 'finance', rows: 'day' },
  {
    ...LINK_DAY,
    rank: ['int', null, 'rank'],
    code: ['text', null, 'security'],
    name: ['text', null, 'name'],
    exchange_code: ['int', null, 'exchange'],
    exchange_name: ['text', null, 'exchange in words'],
    buy: ['float', 'CNY', 'bought'],
    sell: ['float', 'CNY', 'sold'],
    total: ['float', 'CNY', 'bought and sold'],
  },
);

/** Shares of companies that are listed in Hong Kong as well, one row a day and company. */
export const STK_AH_PRICE_COMP = defineTable(
  { database: 'finance', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    day: ['day', null, 'trading day'],
    name: ['text', null, 'name'],
    a_code: ['text', null, 'security here'],
    a_price: ['float', 'CNY', 'close here'],
    a_quote_change: ['float', '%', 'change of the close here'],
    h_code: ['text', null, 'security in Hong Kong'],
    h_price: ['float', 'HKD', 'close in Hong Kong'],
    h_quote_change: ['float', '%', 'change of the close in Hong Kong'],
    h_a_comp: ['float', null, 'price in Hong Kong over the one here, both in CNY'],
  },
);

/** Days on which a link is open. */
export const STK_EXCHANGE_LINK_CALENDAR = defineTable(
  { database: 'finance', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    day: ['day', null, 'calendar day'],
    link_id: ['int', null, 'link'],
    link_name: ['text', null, 'link in words'],
    type_id: ['int', null, '312001 open, 312002 closed'],
    type: ['text', null, 'in words'],
  },
);

/** Rates of exchange of the links. */
export const STK_EXCHANGE_LINK_RATE = defineTable(
  { database: 'finance', rows: 'day' },
  {
    ...LINK_DAY,
    domestic_currency: ['text', null, 'currency here'],
    foreign_currency: ['text', null, 'currency there'],
    refer_bid_rate: ['float', null, 'reference rate, buying'],
    refer_ask_rate: ['float', null, 'reference rate, selling'],
    settle_bid_rate: ['float', null, 'settlement rate, buying'],
    settle_ask_rate: ['float', null, 'settlement rate, selling'],
  },
);
