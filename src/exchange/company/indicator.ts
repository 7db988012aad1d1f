import { positionOf } from './balance.ts';
import { sharesAt, type Books } from './books.ts';
import { oneOffs } from './income.ts';
import type { CashFlow, Income, Indicator } from './sheets.ts';

/** What ratios are made of; null: no line that needs it is wanted. */
interface Sources {
  readonly income: Readonly<Income>;
  /** The same months of the year before. */
  readonly lastYear: Readonly<Income> | null;
  /** As many months immediately before. */
  readonly before: Readonly<Income> | null;
  readonly cashFlow: Readonly<CashFlow> | null;
}

/** Ratios of quarters `first` … `last`, in per cent. */
export function fillIndicator(
  sheet: Indicator,
  books: Books,
  { first, last }: { readonly first: number; readonly last: number },
  sources: Sources,
): void {
  const { income, cashFlow, lastYear, before } = sources;
  fillReturns(sheet, books, first, last, income);
  fillRatios(sheet, income);
  if (cashFlow !== null) fillCashRatios(sheet, income, cashFlow);
  if (lastYear !== null) fillYearGrowth(sheet, income, lastYear);
  if (before !== null) fillPeriodGrowth(sheet, income, before);
}

/** Returns are on the mean of what there was at the beginning and at the end. */
function fillReturns(sheet: Indicator, books: Books, first: number, last: number, income: Readonly<Income>): void {
  const [begin, end] = [positionOf(books, Math.max(books.first, first - 1)), positionOf(books, last)];
  const parent = income.np_parent_company_owners;
  const equity = (begin.equity + end.equity) / 2;
  const exchange = Number.isNaN(income.exchange_income) ? 0 : income.exchange_income;
  sheet.eps = parent / sharesAt(books, last);
  sheet.adjusted_profit = parent - oneOffs(income, books.profile.tax);
  sheet.operating_profit = income.total_operating_revenue - income.total_operating_cost;
  sheet.value_change_profit = income.fair_value_variable_income + income.investment_income + exchange;
  sheet.roe = percent(parent, equity);
  sheet.inc_return = percent(sheet.adjusted_profit, equity);
  sheet.roa = percent(income.net_profit, (begin.assets + end.assets) / 2);
  sheet.adjusted_profit_to_profit = percent(sheet.adjusted_profit, parent);
}

function fillRatios(sheet: Indicator, income: Readonly<Income>): void {
  const total = income.total_operating_revenue;
  const revenue = income.operating_revenue;
  sheet.net_profit_margin = percent(income.net_profit, revenue);
  sheet.gross_profit_margin = percent(revenue - income.operating_cost, revenue);
  sheet.expense_to_total_revenue = percent(income.total_operating_cost, total);
  sheet.operation_profit_to_total_revenue = percent(income.operating_profit, total);
  sheet.net_profit_to_total_revenue = percent(income.net_profit, total);
  sheet.operating_expense_to_total_revenue = percent(income.sale_expense, total);
  sheet.ga_expense_to_total_revenue = percent(income.administration_expense, total);
  sheet.financing_expense_to_total_revenue = percent(income.financial_expense, total);
  sheet.operating_profit_to_profit = percent(sheet.operating_profit, income.total_profit);
  sheet.invesment_profit_to_profit = percent(sheet.value_change_profit, income.total_profit);
}

function fillCashRatios(sheet: Indicator, income: Readonly<Income>, cash: Readonly<CashFlow>): void {
  const revenue = income.operating_revenue;
  sheet.goods_sale_and_service_to_revenue = percent(cash.goods_sale_and_service_render_cash, revenue);
  sheet.ocf_to_revenue = percent(cash.net_operate_cash_flow, revenue);
  sheet.ocf_to_operating_profit = percent(cash.net_operate_cash_flow, sheet.operating_profit);
}

function fillYearGrowth(sheet: Indicator, income: Readonly<Income>, lastYear: Readonly<Income>): void {
  const parent = income.np_parent_company_owners;
  sheet.inc_total_revenue_year_on_year = growth(income.total_operating_revenue, lastYear.total_operating_revenue);
  sheet.inc_revenue_year_on_year = growth(income.operating_revenue, lastYear.operating_revenue);
  sheet.inc_operation_profit_year_on_year = growth(income.operating_profit, lastYear.operating_profit);
  sheet.inc_net_profit_year_on_year = growth(income.net_profit, lastYear.net_profit);
  sheet.inc_net_profit_to_shareholders_year_on_year = growth(parent, lastYear.np_parent_company_owners);
}

function fillPeriodGrowth(sheet: Indicator, income: Readonly<Income>, before: Readonly<Income>): void {
  const parent = income.np_parent_company_owners;
  sheet.inc_total_revenue_annual = growth(income.total_operating_revenue, before.total_operating_revenue);
  sheet.inc_revenue_annual = growth(income.operating_revenue, before.operating_revenue);
  sheet.inc_operation_profit_annual = growth(income.operating_profit, before.operating_profit);
  sheet.inc_net_profit_annual = growth(income.net_profit, before.net_profit);
  sheet.inc_net_profit_to_shareholders_annual = growth(parent, before.np_parent_company_owners);
}

/** Against another period; what was a loss grows when it becomes smaller. */
function growth(now: number, before: number): number {
  return percent(now - before, Math.abs(before));
}

/** Missing when there is nothing to compare with. */
function percent(part: number, whole: number): number {
  return whole === 0 ? Number.NaN : (100 * part) / whole;
}
