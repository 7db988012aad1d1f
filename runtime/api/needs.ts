import type { DatasetName } from '../../src/domain/data/datasets.ts';

/**
 * What names of the API ask a source of data for, beside quotes, bars and the calendar: known without loading the functions, because a
 * start looks here whether what a strategy uses is served. A test holds it against the functions.
 */
export const NEEDS: Readonly<Record<string, readonly DatasetName[]>> = {
  finance: ['query'],
  get_all_factors: ['factors'],
  get_all_securities: ['securities'],
  get_billboard_list: ['billboard'],
  get_call_auction: ['call_auction'],
  get_concept: ['concepts_of'],
  get_concept_stocks: ['concept_members'],
  get_concepts: ['concepts'],
  get_dominant_future: ['dominant_future'],
  get_extras: ['extras'],
  get_factor_values: ['factor_values'],
  get_fund_info: ['fund_info'],
  get_fundamentals: ['query'],
  get_fundamentals_continuously: ['query'],
  get_future_contracts: ['future_contracts'],
  get_history_fundamentals: ['query'],
  get_index_stocks: ['index_members'],
  get_index_weights: ['index_weights'],
  get_industries: ['industries'],
  get_industry: ['industries_of'],
  get_industry_stocks: ['industry_members'],
  get_locked_shares: ['locked_shares'],
  get_margincash_stocks: ['margin_securities'],
  get_marginsec_stocks: ['margin_securities'],
  get_money_flow: ['money_flow'],
  get_mtss: ['margin_balances'],
  get_split_dividend: ['dividends'],
  get_ticks: ['ticks'],
  get_valuation: ['query'],
  macro: ['query'],
};

/** What names ask for only with an argument (a day or a time of the past); without it quotes and master data are enough. */
export const NEEDS_AT_TIMES: Readonly<Record<string, readonly DatasetName[]>> = {
  get_current_tick: ['ticks'],
  get_security_info: ['security_info'],
};
