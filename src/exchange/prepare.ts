import { planFor } from '../domain/data/query-plan.ts';
import type { QueryPlan } from '../domain/data/query-plan.ts';
import type { Steps } from '../domain/steps.ts';
import { answerInSteps } from './datasets/index.ts';
import type { Market } from './market.ts';

/** Companies that are asked for at once: few enough that what is made of a whole answer takes no longer than a step. */
const TOGETHER = 32;

/** Columns that screens ask for most: between them they need all that the accounts of a company follow from. */
const SCREENED = {
  valuation: ['code', 'market_cap', 'pe_ratio', 'pb_ratio', 'ps_ratio', 'circulating_market_cap'],
  indicator: ['roe', 'roa', 'eps', 'inc_net_profit_year_on_year', 'gross_profit_margin', 'adjusted_profit'],
  income: ['net_profit', 'operating_revenue', 'np_parent_company_owners'],
  balance: ['total_assets', 'total_liability', 'retained_profit'],
  cash_flow: ['net_operate_cash_flow', 'subtotal_operate_cash_inflow'],
} as const;

/**
 * Makes what the first questions for all stocks and their fundamentals would make, and compiles what answers them, by asking a few
 * companies at a time, as of an instant (epoch ms).
 */
export function* prepareMarket(market: Market, asOf: number): Steps<void> {
  yield* market.makeStocks();
  const codes = market.stocks().map(({ security }) => security);
  for (let at = 0; at < codes.length; at += TOGETHER) {
    const securities = codes.slice(at, at + TOGETHER);
    yield* answerInSteps(market, { dataset: 'security_info', params: { securities, day: null } }, asOf);
    yield;
    const params = {
      database: 'fundamentals',
      query: screenOf(securities),
      day: null,
      period: null,
      days: null,
    } as const;
    yield* answerInSteps(market, { dataset: 'query', params }, asOf);
    yield;
  }
}

function screenOf(codes: readonly string[]): QueryPlan {
  const select = Object.entries(SCREENED).flatMap(([table, names]) =>
    names.map((column) => ({ name: column, expression: { op: 'column' as const, table, column } })),
  );
  const order = { expression: { op: 'column', table: 'valuation', column: 'market_cap' }, descending: false } as const;
  return { ...planFor(select, 'valuation', codes), orderBy: [order] };
}
