import { defineTable } from './column.ts';

// Months are texts like 2015-07, quarters 2015-09; from memory.

/** Purchasing managers of industry, one row a month. */
export const MAC_MANUFACTURING_PMI = defineTable(
  { database: 'macro', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    stat_month: ['text', null, 'month'],
    pmi: ['float', null, 'index'],
    produce_idx: ['float', null, 'production'],
    new_orders_idx: ['float', null, 'new orders'],
    new_export_orders_idx: ['float', null, 'new orders from abroad'],
    in_hand_orders_idx: ['float', null, 'orders in hand'],
    finished_produce_idx: ['float', null, 'stock of products'],
    purchase_quantity_idx: ['float', null, 'purchases'],
    import_idx: ['float', null, 'imports'],
    raw_material_purchase_price_idx: ['float', null, 'prices of purchases'],
    raw_material_idx: ['float', null, 'stock of material'],
    employ_idx: ['float', null, 'employment'],
    delivery_time_idx: ['float', null, 'time of delivery'],
  },
);

/** Consumer prices, one row a month and area. */
export const MAC_CPI_MONTH = defineTable(
  { database: 'macro', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    stat_month: ['text', null, 'month'],
    area_code: ['text', null, 'area'],
    area_name: ['text', null, 'area in words'],
    cpi_month: ['float', 'last month = 100', 'against the month before'],
    cpi_same_month: ['float', 'last year = 100', 'against the same month of last year'],
    cpi_acc: ['float', 'last year = 100', 'since January against last year'],
  },
);

/** Money, one row a month. */
export const MAC_MONEY_SUPPLY_MONTH = defineTable(
  { database: 'macro', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    stat_month: ['text', null, 'month'],
    m0: ['float', '100M CNY', 'cash'],
    m0_yoy: ['float', '%', 'growth over a year'],
    m1: ['float', '100M CNY', 'cash and demand deposits'],
    m1_yoy: ['float', '%', 'growth over a year'],
    m2: ['float', '100M CNY', 'all of it'],
    m2_yoy: ['float', '%', 'growth over a year'],
  },
);

/** Financing of the economy, one row a month. */
export const MAC_SOCIAL_SCALE_FINANCE = defineTable(
  { database: 'macro', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    stat_month: ['text', null, 'month'],
    total: ['float', '100M CNY', 'in all'],
    rmb_loan: ['float', '100M CNY', 'loans'],
  },
);

/** Gross domestic product since January, one row a quarter. */
export const MAC_GDP_QUARTER = defineTable(
  { database: 'macro', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    stat_quarter: ['text', null, 'last month of the quarter'],
    gdp: ['float', '100M CNY', 'in all'],
    primary: ['float', '100M CNY', 'agriculture'],
    secondary: ['float', '100M CNY', 'industry'],
    tertiary: ['float', '100M CNY', 'services'],
  },
);
