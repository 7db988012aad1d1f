import type { QueryPlan } from './query-plan.ts';
import type { DataKind } from './table.ts';

/** What a parameter may hold. Codes are canonical (`600000.XSHG`), days `YYYY-MM-DD`, times epoch ms. */
interface ParameterTypes {
  readonly text: string;
  readonly texts: readonly string[];
  readonly code: string;
  readonly codes: readonly string[];
  readonly day: string;
  readonly days: readonly string[];
  readonly time: number;
  readonly count: number;
  readonly flag: boolean;
  readonly query: QueryPlan;
}
type PlainKind = keyof ParameterTypes;
/** With a `?`: may be null. */
export type ParameterKind = PlainKind | `${PlainKind}?`;
type ParameterValue<K extends ParameterKind> = K extends PlainKind
  ? ParameterTypes[K]
  : K extends `${infer P extends PlainKind}?`
    ? ParameterTypes[P] | null
    : never;

/** A kind of question that a source of data may answer with a table. */
export interface Dataset {
  readonly params: Readonly<Record<string, ParameterKind>>;
  /** Columns of the answer in their order; null = those the request names. */
  readonly columns: Readonly<Record<string, DataKind>> | null;
  /** `hour`: the same answer until the next full hour, when something may be published; `moment`: another one each moment. */
  readonly holds: 'hour' | 'moment';
}

const securities = {
  code: 'text',
  display_name: 'text',
  name: 'text',
  start_date: 'day',
  end_date: 'day',
  type: 'text',
} as const;

/**
 * Every question about securities, companies and markets that is answered with a table, once: the checks at both ends of border
 * and wire, the engine's cache and the sources are made from it. Members of a list (an index, an industry) are those of `day`.
 * Ranges hold both ends. Nothing that was not known at the instant a source is asked for is ever part of an answer.
 */
export const DATASETS = {
  /** Types as JoinQuant's (stock, fund, etf, lof, index …); null day = whatever was ever listed. A living one ends on 2200-01-01. */
  securities: { params: { types: 'texts', day: 'day?' }, columns: securities, holds: 'hour' },
  /** One row for each that was listed by `day` (null = now); its name and end as they were then. */
  security_info: { params: { securities: 'codes', day: 'day?' }, columns: securities, holds: 'hour' },
  index_members: { params: { index: 'code', day: 'day' }, columns: { code: 'text' }, holds: 'hour' },
  /** In %, at the close of the last day of a month on or before `day`, with the members of that day. */
  index_weights: {
    params: { index: 'code', day: 'day' },
    columns: { code: 'text', display_name: 'text', date: 'day', weight: 'float' },
    holds: 'hour',
  },
  /** Classification: sw_l1, sw_l2, sw_l3, jq_l1, jq_l2, zjw. */
  industries: {
    params: { classification: 'text', day: 'day?' },
    columns: { code: 'text', name: 'text', start_date: 'day' },
    holds: 'hour',
  },
  industry_members: { params: { industry: 'text', day: 'day' }, columns: { code: 'text' }, holds: 'hour' },
  /** A row for each security and classification. */
  industries_of: {
    params: { securities: 'codes', day: 'day' },
    columns: { code: 'text', classification: 'text', industry_code: 'text', industry_name: 'text' },
    holds: 'hour',
  },
  concepts: { params: {}, columns: { code: 'text', name: 'text', start_date: 'day' }, holds: 'hour' },
  concept_members: { params: { concept: 'text', day: 'day' }, columns: { code: 'text' }, holds: 'hour' },
  concepts_of: {
    params: { securities: 'codes', day: 'day' },
    columns: { code: 'text', concept_code: 'text', concept_name: 'text' },
    holds: 'hour',
  },
  /** Info: is_st (1, 0), unit_net_value, acc_net_value, adj_net_value, futures_sett_price, futures_positions. */
  extras: {
    params: { info: 'text', securities: 'codes', start: 'day?', end: 'day', count: 'count?' },
    columns: { day: 'day', code: 'text', value: 'float' },
    holds: 'hour',
  },
  fund_info: {
    params: { security: 'code', day: 'day?' },
    columns: {
      fund_name: 'text',
      fund_type: 'text',
      fund_establishment_day: 'day',
      fund_manager: 'text',
      fund_management_fee: 'text',
      fund_custodian_fee: 'text',
      fund_status: 'text',
      fund_size: 'text',
      fund_share: 'float',
      fund_asset_allocation_proportion: 'text',
      heavy_hold_stocks: 'text',
      heavy_hold_stocks_proportion: 'float',
      heavy_hold_bond: 'text',
      heavy_hold_bond_proportion: 'float',
    },
    holds: 'hour',
  },
  /** Payments by the day from which the price is without them; CNY before tax and new shares, for each share held. */
  dividends: {
    params: { securities: 'codes', start: 'day?', end: 'day' },
    columns: { code: 'text', day: 'day', cash: 'float', bonus: 'float' },
    holds: 'hour',
  },
  /** Shares that become tradable from `start` to `end` (both in the future or past); rates in % of all and of the tradable ones. */
  locked_shares: {
    params: { securities: 'codes', start: 'day', end: 'day' },
    columns: { day: 'day', code: 'text', num: 'float', rate1: 'float', rate2: 'float' },
    holds: 'hour',
  },
  /** Amounts in 万元, percentages as numbers. A day's rows are there from 20:00 on. */
  money_flow: {
    params: { securities: 'codes', start: 'day?', end: 'day', count: 'count?' },
    columns: {
      date: 'day',
      sec_code: 'text',
      change_pct: 'float',
      net_amount_main: 'float',
      net_pct_main: 'float',
      net_amount_xl: 'float',
      net_pct_xl: 'float',
      net_amount_l: 'float',
      net_pct_l: 'float',
      net_amount_m: 'float',
      net_pct_m: 'float',
      net_amount_s: 'float',
      net_pct_s: 'float',
    },
    holds: 'hour',
  },
  /** 龙虎榜; null securities = all. A day's rows are there from 20:00 on. */
  billboard: {
    params: { securities: 'codes?', start: 'day?', end: 'day', count: 'count?' },
    columns: {
      code: 'text',
      day: 'day',
      direction: 'text',
      abnormal_code: 'int',
      abnormal_name: 'text',
      sales_depart_name: 'text',
      rank: 'int',
      buy_value: 'float',
      buy_rate: 'float',
      sell_value: 'float',
      sell_rate: 'float',
      net_value: 'float',
      amount: 'float',
      total_value: 'float',
    },
    holds: 'hour',
  },
  /** 融资融券; CNY and shares. A day's rows are there from 9:00 of the next one. */
  margin_balances: {
    params: { securities: 'codes', start: 'day?', end: 'day', count: 'count?' },
    columns: {
      date: 'day',
      sec_code: 'text',
      fin_value: 'float',
      fin_buy_value: 'float',
      fin_refund_value: 'float',
      sec_value: 'float',
      sec_sell_value: 'float',
      sec_refund_value: 'float',
      fin_sec_value: 'float',
    },
    holds: 'hour',
  },
  /** Side: fin (bought on margin) or sec (sold short). */
  margin_securities: { params: { side: 'text', day: 'day' }, columns: { code: 'text' }, holds: 'hour' },
  /** The contract of a product that is traded most; no row = there is none. */
  dominant_future: { params: { product: 'text', day: 'day' }, columns: { code: 'text' }, holds: 'hour' },
  future_contracts: { params: { product: 'text', day: 'day' }, columns: { code: 'text' }, holds: 'hour' },
  /** Up to `end`, the last `count` or from `start` on. Depth columns are part of the answer when `depth` is asked for. */
  ticks: {
    params: { security: 'code', start: 'time?', end: 'time', count: 'count?', depth: 'flag', skip: 'flag' },
    columns: null,
    holds: 'moment',
  },
  /** One row a security and day, known from 9:28 on: code, time, current, volume, money, a1_p … b5_v. */
  call_auction: { params: { securities: 'codes', start: 'day', end: 'day' }, columns: null, holds: 'moment' },
  /**
   * Database `fundamentals`: tables joined by code, as of `day`, or of the report of `period` (`2015q1`, `2015`), or once for each
   * of `days` (with columns day and code); exactly one of them. Other databases (`finance`, `macro` …): their tables as they are.
   */
  query: {
    params: { database: 'text', query: 'query', day: 'day?', period: 'text?', days: 'days?' },
    columns: null,
    holds: 'hour',
  },
  /** Long: a row for each day and security, a column for each factor. */
  factor_values: {
    params: { securities: 'codes', factors: 'texts', start: 'day?', end: 'day', count: 'count?' },
    columns: null,
    holds: 'hour',
  },
  factors: {
    params: {},
    columns: { factor: 'text', factor_intro: 'text', category: 'text', category_intro: 'text' },
    holds: 'hour',
  },
} as const satisfies Readonly<Record<string, Dataset>>;

export type Datasets = typeof DATASETS;
export type DatasetName = keyof Datasets;

/** The parameters of a dataset, by name. */
export type ParamsOf<N extends DatasetName> = {
  readonly [P in keyof Datasets[N]['params']]: Datasets[N]['params'][P] extends ParameterKind
    ? ParameterValue<Datasets[N]['params'][P]>
    : never;
};

/** One question; the answer is a `DataTable`. */
export type DataRequest = {
  readonly [N in DatasetName]: { readonly dataset: N; readonly params: ParamsOf<N> };
}[DatasetName];

export const DATASET_NAMES = Object.keys(DATASETS) as readonly DatasetName[];

/** The definition of a name that comes from outside; undefined for what is none. */
export function findDataset(name: string): Dataset | undefined {
  return BY_NAME.get(name);
}

export function isDatasetName(name: unknown): name is DatasetName {
  return typeof name === 'string' && BY_NAME.has(name);
}

const BY_NAME: ReadonlyMap<string, Dataset> = new Map<string, Dataset>(Object.entries(DATASETS));
