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

/** CNY, what a company has that is money or soon becomes it. */
export function financialAssets({ balance }: Year): number {
  return balance.cash_equivalents + balance.trading_assets + balance.bill_receivable;
}

/** CNY, what it owes and pays interest on. */
export function financialLiability({ balance }: Year): number {
  return (
    balance.shortterm_loan + balance.non_current_liability_in_one_year + balance.longterm_loan + balance.bonds_payable
  );
}

export function operatingAssets(year: Year): number {
  return year.balance.total_assets - financialAssets(year);
}

export function operatingLiability(year: Year): number {
  return year.balance.total_liability - financialLiability(year);
}

/** CNY, debt less the cash at the end of the period. */
export function netDebt(year: Year): number {
  return financialLiability(year) - year.cash.cash_and_equivalents_at_end;
}
