import type { Year } from './reports.ts';

// Figures of four quarters that several factors are made of.

export function grossMargin({ income }: Year): number {
  return (income.operating_revenue - income.operating_cost) / income.operating_revenue;
}

export function returnOnEquity({ income, balance }: Year): number {
  return income.np_parent_company_owners / balance.equities_parent_company_owners;
}

export function returnOnAssets({ income, balance }: Year): number {
  return income.net_profit / balance.total_assets;
}

export function debtToAssets({ balance }: Year): number {
  return balance.total_liability / balance.total_assets;
}

/** CNY, before interest and tax. */
export function earningsBeforeInterest({ income }: Year): number {
  return income.total_profit + income.financial_expense;
}
