import { CATALOGUE } from '../../domain/data/catalogue/index.ts';
import { positionOf } from './balance.ts';
import type { Books } from './books.ts';
import { between, noise } from './draws.ts';
import type { Sector } from './sector.ts';
import type { Statements } from './statements.ts';

type Names<T extends { readonly columns: object }> = Exclude<
  keyof T['columns'],
  'id' | 'code' | 'day' | 'pubDate' | 'statDate'
>;
const {
  bank_indicator: bankTable,
  security_indicator: securityTable,
  insurance_indicator: insuranceTable,
} = CATALOGUE.fundamentals;
export type BankIndicator = Readonly<Record<Names<typeof bankTable>, number>>;
export type SecurityIndicator = Readonly<Record<Names<typeof securityTable>, number>>;
export type InsuranceIndicator = Readonly<Record<Names<typeof insuranceTable>, number>>;

/** Whose yearly table each of them is. */
export const SECTOR_TABLES: ReadonlyMap<string, Sector> = new Map([
  ['bank_indicator', 'bank'],
  ['security_indicator', 'securities'],
  ['insurance_indicator', 'insurance'],
]);

/** The figures that a bank, broker or insurer tells beside its statements, of the year that ends with a quarter. */
export function sectorIndicator(
  statements: Statements,
  books: Books,
  quarter: number,
): BankIndicator | SecurityIndicator | InsuranceIndicator {
  const { sector } = books.profile;
  if (sector === 'bank') return bank(statements, books, quarter);
  return sector === 'securities' ? broker(books, quarter) : insurer(statements, books, quarter);
}

/** A figure of a company that hardly moves from year to year. */
function steady(key: number, quarter: number, label: number, low: number, high: number): number {
  return between(key, label, low, high) * (1 + 0.05 * noise(key, label + 40, quarter));
}

function bank(statements: Statements, books: Books, quarter: number): BankIndicator {
  return { ...bankBusiness(statements, books, quarter), ...bankCapital(statements, books, quarter) };
}

/** Of a bank's figures those about capital and bad loans. */
type CapitalName =
  | 'core_level_capital'
  | 'net_core_level_capital'
  | 'core_level_capital_adequacy_ratio'
  | 'net_level_1_capital'
  | 'level_1_capital_adequacy_ratio'
  | 'net_capital'
  | 'capital_adequacy_ratio'
  | 'weighted_risky_asset'
  | 'short_term_asset_liquidity_ratio_CNY'
  | 'short_term_asset_liquidity_ratio_FC'
  | 'Nonperforming_loan_rate'
  | 'single_largest_customer_loan_ratio'
  | 'top_ten_customer_loan_ratio'
  | 'bad_debts_reserve'
  | 'non_performing_loan_provision_coverage';
type BankCapital = Pick<BankIndicator, CapitalName>;

/** What it lends, borrows and earns by it. */
function bankBusiness(statements: Statements, books: Books, quarter: number): Omit<BankIndicator, CapitalName> {
  const { loan_and_advance: loans, deposit_in_interbank: owed } = statements.balance(books, {
    first: quarter,
    last: quarter,
  });
  const { assets, liability } = positionOf(books, quarter);
  const {
    interest_income: earned,
    interest_expense: paid,
    operating_revenue: revenue,
  } = statements.income(books, { first: quarter - 3, last: quarter });
  const [earning, costing, deposits] = [
    Math.round(assets * 0.95),
    Math.round(liability * 0.96),
    Math.round(owed * 0.85),
  ];
  const other = revenue - (earned - paid);
  return {
    total_loan: loans,
    total_deposit: deposits,
    interest_earning_assets: earning,
    non_interest_earning_assets: assets - earning,
    interest_earning_assets_yield: (100 * earned) / earning,
    interest_bearing_liabilities: costing,
    non_interest_bearing_liabilities: liability - costing,
    interest_bearing_liabilities_interest_rate: (100 * paid) / costing,
    non_interest_income: other,
    non_interest_income_ratio: (100 * other) / revenue,
    net_interest_margin: (100 * (earned - paid)) / earning,
    net_profit_margin: (100 * earned) / earning - (100 * paid) / costing,
    deposit_loan_ratio: (100 * loans) / deposits,
    cost_to_income_ratio: steady(books.profile.key, quarter, 148, 22, 34),
  };
}

function bankCapital(statements: Statements, books: Books, quarter: number): BankCapital {
  const { key } = books.profile;
  const { loan_and_advance: loans } = statements.balance(books, { first: quarter, last: quarter });
  const { assets, equity } = positionOf(books, quarter);
  const risky = Math.round(assets * steady(key, quarter, 141, 0.58, 0.66));
  const [core, first, all] = [equity, Math.round(equity * 1.1), Math.round(equity * 1.3)];
  const bad = steady(key, quarter, 142, 0.8, 1.8);
  const reserves = steady(key, quarter, 143, 160, 380);
  return {
    core_level_capital: core,
    net_core_level_capital: core,
    core_level_capital_adequacy_ratio: (100 * core) / risky,
    net_level_1_capital: first,
    level_1_capital_adequacy_ratio: (100 * first) / risky,
    net_capital: all,
    capital_adequacy_ratio: (100 * all) / risky,
    weighted_risky_asset: risky,
    short_term_asset_liquidity_ratio_CNY: steady(key, quarter, 144, 45, 75),
    short_term_asset_liquidity_ratio_FC: steady(key, quarter, 145, 60, 120),
    Nonperforming_loan_rate: bad,
    single_largest_customer_loan_ratio: steady(key, quarter, 146, 1.5, 5),
    top_ten_customer_loan_ratio: steady(key, quarter, 147, 10, 22),
    bad_debts_reserve: Math.round((loans * bad * reserves) / 1e4),
    non_performing_loan_provision_coverage: reserves,
  };
}

function broker(books: Books, quarter: number): SecurityIndicator {
  const { key } = books.profile;
  const { equity, liability } = positionOf(books, quarter);
  const net = Math.round(equity * steady(key, quarter, 141, 0.65, 0.85));
  const risk = net / steady(key, quarter, 142, 1.8, 3);
  return {
    net_capital: net,
    net_assets: equity,
    net_capital_to_reserve: (100 * net) / risk,
    net_capital_to_net_asset: (100 * net) / equity,
    net_capital_to_debt: (100 * net) / liability,
    net_asset_to_debt: (100 * equity) / liability,
    net_capital_to_sales_department_number: net / 250,
    own_stock_to_net_capital: steady(key, quarter, 143, 15, 45),
    own_security_to_net_capital: steady(key, quarter, 144, 120, 280),
    operational_risk_reserve: Math.round(risk * 0.15),
    market_risk_reserve: Math.round(risk * 0.55),
    credit_risk_reserve: Math.round(risk * 0.3),
  };
}

function insurer(statements: Statements, books: Books, quarter: number): InsuranceIndicator {
  const { key } = books.profile;
  const { premiums_earned: before } = statements.income(books, { first: quarter - 7, last: quarter - 4 });
  const { premiums_earned: premiums, net_pay_insurance_claims: claims } = statements.income(books, {
    first: quarter - 3,
    last: quarter,
  });
  const { assets, liability } = positionOf(books, quarter);
  const [payoff, expenses] = [steady(key, quarter, 141, 60, 72), steady(key, quarter, 142, 24, 31)];
  return {
    investment_assets: Math.round(assets * 0.87),
    total_investment_rate_of_return: steady(key, quarter, 143, 3, 6),
    net_investment_rate_of_return: steady(key, quarter, 144, 3.2, 5),
    earned_premium: premiums,
    earned_premium_growth_rate: (100 * (premiums - before)) / before,
    payoff_cost: claims,
    compensation_rate: (100 * claims) / premiums,
    not_expired_duty_reserve: Math.round(liability * 0.04),
    outstanding_claims_reserve: Math.round(liability * 0.03),
    prop_insur_solvency_adequacy_ratio: steady(key, quarter, 145, 200, 290),
    life_insur_solvency_adequacy_ratio: steady(key, quarter, 146, 190, 270),
    comprehensive_cost_ratio: payoff + expenses,
    comprehensive_compensation_rate: payoff,
    compre_expense_rate: expenses,
    policy_persistency_rate: steady(key, quarter, 147, 82, 94),
  };
}
