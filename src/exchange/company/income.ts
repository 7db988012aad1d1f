import { sharesAt, type Books } from './books.ts';
import { between, noise } from './draws.ts';
import type { Profile } from './profile.ts';
import { movingPart, type Income } from './sheets.ts';

/**
 * Profit and loss of a single quarter, made from below: what is left for the owners is given, taxes and gains between are drawn,
 * and the cost of what was sold is what remains. So all of it adds up exactly.
 */
export function fillIncome(sheet: Income, books: Books, quarter: number): void {
  fillGains(sheet, books, quarter);
  const { profile } = books;
  sheet.basic_eps = sheet.np_parent_company_owners / sharesAt(books, quarter);
  sheet.diluted_eps = sheet.basic_eps;
  if (profile.sector === 'general') fillCosts(sheet, profile.key, quarter);
  else fillFinancial(sheet, profile, quarter, sheet.operating_revenue);
}

/** The same without what the cost is made of and the earnings of a share: what growth is measured in. */
export function fillGains(sheet: Income, books: Books, quarter: number): void {
  fillResult(sheet, books, quarter);
  fillBeside(sheet, books.profile, quarter, sheet.operating_revenue);
}

/** Revenue, and what is left of it. */
export function fillResult(sheet: Income, books: Books, quarter: number): void {
  const { profile } = books;
  const revenue = books.revenueIn(quarter);
  const parent = books.profitIn(quarter);
  const net = parent + Math.round(parent * profile.minority);
  sheet.total_operating_revenue = revenue;
  sheet.operating_revenue = revenue;
  fillProfit(sheet, parent, net, profile.tax);
}

/** The lines under the profit before tax. */
function fillProfit(sheet: Income, parent: number, net: number, rate: number): void {
  const tax = net > 0 ? Math.round((net / (1 - rate)) * rate) : 0;
  sheet.total_profit = net + tax;
  sheet.income_tax_expense = tax;
  sheet.net_profit = net;
  sheet.np_parent_company_owners = parent;
  sheet.minority_profit = net - parent;
  sheet.sust_operate_net_profit = net;
  sheet.total_composite_income = net;
  sheet.ci_parent_company_owners = parent;
  sheet.ci_minority_owners = net - parent;
}

/** What is earned beside the revenue, and the cost that then is left for the operations. */
function fillBeside(sheet: Income, { key }: Profile, quarter: number, revenue: number): void {
  const fair = Math.round(revenue * 0.004 * noise(key, 33, quarter));
  const investment = Math.round(revenue * between(key, 34, 0, 0.03) * (1 + 0.6 * noise(key, 35, quarter)));
  const subsidies = Math.round(revenue * between(key, 36, 0, 0.012));
  sheet.non_operating_revenue = Math.round(revenue * 0.004 * (1 + noise(key, 31, quarter)));
  sheet.non_operating_expense = Math.round(revenue * 0.003 * (1 + noise(key, 32, quarter)));
  sheet.operating_profit = sheet.total_profit - sheet.non_operating_revenue + sheet.non_operating_expense;
  sheet.fair_value_variable_income = fair;
  sheet.investment_income = investment;
  sheet.invest_income_associates = Math.round(investment * 0.4);
  sheet.other_earnings = subsidies;
  sheet.total_operating_cost = revenue + fair + investment + subsidies - sheet.operating_profit;
}

/** Parts of all cost; what was sold costs what the others leave. */
function fillCosts(sheet: Income, key: number, quarter: number): void {
  const cost = sheet.total_operating_cost;
  const tax = movingPart(key, quarter, cost, 41, 0.004, 0.012);
  const impaired = movingPart(key, quarter, cost, 42, 0.001, 0.012);
  const sale = movingPart(key, quarter, cost, 46, 0.01, 0.16);
  const admin = movingPart(key, quarter, cost, 47, 0.02, 0.11);
  const research = movingPart(key, quarter, cost, 48, 0, 0.1);
  const finance = movingPart(key, quarter, cost, 49, -0.004, 0.03);
  const credit = movingPart(key, quarter, cost, 50, 0, 0.006);
  sheet.operating_tax_surcharges = tax;
  sheet.asset_impairment_loss = impaired;
  sheet.sale_expense = sale;
  sheet.administration_expense = admin;
  sheet.rd_expenses = research;
  sheet.financial_expense = finance;
  sheet.credit_impairment_loss = credit;
  sheet.operating_cost = cost - tax - impaired - sale - admin - research - finance - credit;
}

/** Banks, brokers and insurers: their revenue is net of what they pay for it. */
function fillFinancial(sheet: Income, { sector, key }: Profile, quarter: number, revenue: number): void {
  const cost = sheet.total_operating_cost;
  const tax = movingPart(key, quarter, cost, 41, 0.004, 0.012);
  const impaired = movingPart(key, quarter, cost, 42, 0.001, 0.012);
  const credit =
    sector === 'bank' ? movingPart(key, quarter, cost, 43, 0.3, 0.5) : movingPart(key, quarter, cost, 43, 0.005, 0.03);
  const part = between(key, 37, 0.1, 0.25) * (1 + 0.1 * noise(key, 38, quarter));
  let rest = cost - tax - impaired - credit;
  sheet.operating_tax_surcharges = tax;
  sheet.asset_impairment_loss = impaired;
  sheet.credit_impairment_loss = credit;
  if (sector === 'insurance') {
    sheet.premiums_earned = Math.round(revenue * (0.7 + part / 2));
    sheet.interest_income = revenue - sheet.premiums_earned;
    sheet.net_pay_insurance_claims = movingPart(key, quarter, cost, 44, 0.35, 0.5);
    sheet.withdraw_insurance_contract_reserve = movingPart(key, quarter, cost, 45, 0.2, 0.3);
    rest -= sheet.net_pay_insurance_claims + sheet.withdraw_insurance_contract_reserve;
  } else {
    const commission = Math.round(revenue * (sector === 'securities' ? 0.3 + part : part));
    sheet.commission_income = commission;
    sheet.commission_expense = Math.round(commission * 0.12);
    sheet.interest_income = Math.round(revenue * (sector === 'bank' ? 1.9 : 0.5));
    const net = Math.round((revenue - commission + sheet.commission_expense) * 0.9);
    sheet.interest_expense = sheet.interest_income - net;
    sheet.exchange_income = Math.round(revenue * 0.002 * noise(key, 39, quarter));
  }
  sheet.administration_expense = rest;
}

/** The part of the profit that does not come back each year, after tax. */
export function oneOffs(sheet: Income, rate: number): number {
  const other = sheet.non_operating_revenue - sheet.non_operating_expense;
  return Math.round((sheet.fair_value_variable_income + other + sheet.other_earnings / 2) * (1 - rate));
}
