import { defineTable, REPORT_HEAD } from './column.ts';

// Annual tables of three kinds of companies; names from memory.

/** Banks, one row a year. */
export const bank_indicator = defineTable(
  { database: 'fundamentals', rows: 'year' },
  {
    ...REPORT_HEAD,
    total_loan: ['float', 'CNY', 'loans'],
    total_deposit: ['float', 'CNY', 'deposits'],
    interest_earning_assets: ['float', 'CNY', 'assets that earn interest'],
    non_interest_earning_assets: ['float', 'CNY', 'assets that earn none'],
    interest_earning_assets_yield: ['float', '%', 'yield of assets that earn interest'],
    interest_bearing_liabilities: ['float', 'CNY', 'liabilities that cost interest'],
    non_interest_bearing_liabilities: ['float', 'CNY', 'liabilities that cost none'],
    interest_bearing_liabilities_interest_rate: ['float', '%', 'rate of liabilities that cost interest'],
    non_interest_income: ['float', 'CNY', 'income beside interest'],
    non_interest_income_ratio: ['float', '%', 'of all income'],
    net_interest_margin: ['float', '%', 'net interest margin'],
    net_profit_margin: ['float', '%', 'net interest spread'],
    core_level_capital: ['float', 'CNY', 'core tier 1 capital'],
    net_core_level_capital: ['float', 'CNY', 'core tier 1 capital, net'],
    core_level_capital_adequacy_ratio: ['float', '%', 'core tier 1 ratio'],
    net_level_1_capital: ['float', 'CNY', 'tier 1 capital, net'],
    level_1_capital_adequacy_ratio: ['float', '%', 'tier 1 ratio'],
    net_capital: ['float', 'CNY', 'capital, net'],
    capital_adequacy_ratio: ['float', '%', 'capital ratio'],
    weighted_risky_asset: ['float', 'CNY', 'risk-weighted assets'],
    deposit_loan_ratio: ['float', '%', 'loans to deposits'],
    short_term_asset_liquidity_ratio_CNY: ['float', '%', 'short-term liquidity in CNY'],
    short_term_asset_liquidity_ratio_FC: ['float', '%', 'short-term liquidity in other currencies'],
    Nonperforming_loan_rate: ['float', '%', 'bad loans of all loans'],
    single_largest_customer_loan_ratio: ['float', '%', 'largest borrower to capital'],
    top_ten_customer_loan_ratio: ['float', '%', 'ten largest borrowers to capital'],
    bad_debts_reserve: ['float', 'CNY', 'reserves for bad loans'],
    non_performing_loan_provision_coverage: ['float', '%', 'reserves to bad loans'],
    cost_to_income_ratio: ['float', '%', 'cost to income'],
  },
);

/** Brokers, one row a year. */
export const security_indicator = defineTable(
  { database: 'fundamentals', rows: 'year' },
  {
    ...REPORT_HEAD,
    net_capital: ['float', 'CNY', 'net capital'],
    net_assets: ['float', 'CNY', 'net assets'],
    net_capital_to_reserve: ['float', '%', 'net capital to risk reserves'],
    net_capital_to_net_asset: ['float', '%', 'net capital to net assets'],
    net_capital_to_debt: ['float', '%', 'net capital to debt'],
    net_asset_to_debt: ['float', '%', 'net assets to debt'],
    net_capital_to_sales_department_number: ['float', 'CNY', 'net capital for each branch'],
    own_stock_to_net_capital: ['float', '%', 'own shares to net capital'],
    own_security_to_net_capital: ['float', '%', 'own bonds to net capital'],
    operational_risk_reserve: ['float', 'CNY', 'reserve for operational risk'],
    market_risk_reserve: ['float', 'CNY', 'reserve for market risk'],
    credit_risk_reserve: ['float', 'CNY', 'reserve for credit risk'],
  },
);

/** Insurers, one row a year. */
export const insurance_indicator = defineTable(
  { database: 'fundamentals', rows: 'year' },
  {
    ...REPORT_HEAD,
    investment_assets: ['float', 'CNY', 'invested assets'],
    total_investment_rate_of_return: ['float', '%', 'total return of investments'],
    net_investment_rate_of_return: ['float', '%', 'net return of investments'],
    earned_premium: ['float', 'CNY', 'premiums earned'],
    earned_premium_growth_rate: ['float', '%', 'growth of premiums earned'],
    payoff_cost: ['float', 'CNY', 'claims paid'],
    compensation_rate: ['float', '%', 'claims to premiums'],
    not_expired_duty_reserve: ['float', 'CNY', 'reserve for unexpired cover'],
    outstanding_claims_reserve: ['float', 'CNY', 'reserve for open claims'],
    prop_insur_solvency_adequacy_ratio: ['float', '%', 'solvency of property insurance'],
    life_insur_solvency_adequacy_ratio: ['float', '%', 'solvency of life insurance'],
    comprehensive_cost_ratio: ['float', '%', 'combined ratio'],
    comprehensive_compensation_rate: ['float', '%', 'combined claims ratio'],
    compre_expense_rate: ['float', '%', 'combined expense ratio'],
    policy_persistency_rate: ['float', '%', 'policies that go on'],
  },
);
