import { defineTable } from './column.ts';

/** Prices against figures, one row a security and trading day. Units as the SDK documents them; free_*, a_* and dividend_ratio from memory. */
export const valuation = defineTable(
  { database: 'fundamentals', rows: 'day' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'security'],
    pe_ratio: ['float', null, 'price to the profit of the last twelve months, negative for a loss'],
    turnover_ratio: ['float', '%', 'shares traded on the day of those that can be'],
    pb_ratio: ['float', null, "price to the shareholders' equity"],
    ps_ratio: ['float', null, 'price to the revenue of the last twelve months'],
    pcf_ratio: ['float', null, 'price to the net change of cash of the last twelve months'],
    capitalization: ['float', '10k shares', 'all shares'],
    market_cap: ['float', '100M CNY', 'price of all shares'],
    circulating_cap: ['float', '10k shares', 'shares that can be traded'],
    circulating_market_cap: ['float', '100M CNY', 'price of the shares that can be traded'],
    day: ['day', null, 'trading day'],
    pe_ratio_lyr: ['float', null, 'price to the profit of the last whole year'],
    pcf_ratio2: ['float', null, 'price to the operating cash flow of the last twelve months'],
    dividend_ratio: ['float', '%', 'dividends of the last twelve months to the price'],
    free_cap: ['float', '10k shares', 'tradable shares outside of firm hands'],
    free_market_cap: ['float', '100M CNY', 'price of the free shares'],
    a_cap: ['float', '10k shares', 'A shares'],
    a_market_cap: ['float', '100M CNY', 'price of the A shares'],
  },
);
