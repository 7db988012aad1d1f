/** How far the sheets of a question have to be filled: most questions are about sums, and a sheet has ninety lines. */
export interface Wanted {
  readonly income: 'result' | 'gains' | 'costs';
  readonly cash: 'none' | 'operating' | 'all';
  readonly balance: 'equity' | 'all';
  /** Growth against the year and against the period before. */
  readonly lastYear: boolean;
  readonly before: boolean;
}

export const EVERYTHING: Wanted = { income: 'costs', cash: 'all', balance: 'all', lastYear: true, before: true };

/** What `fillResult`, `fillGains`, `fillOperating` and `fillEquity` fill. */
const RESULT = setOf(
  'total_operating_revenue operating_revenue total_profit income_tax_expense net_profit np_parent_company_owners ' +
    'minority_profit sust_operate_net_profit total_composite_income ci_parent_company_owners ci_minority_owners',
);
const GAINS = setOf(
  'non_operating_revenue non_operating_expense operating_profit fair_value_variable_income investment_income ' +
    'invest_income_associates other_earnings total_operating_cost',
);
const OPERATING = setOf(
  'goods_sale_and_service_render_cash goods_and_services_cash_paid net_original_insurance_cash original_compensation_paid ' +
    'interest_and_commission_cashin handling_charges_and_commission tax_levy_refund other_cashin_related_operate ' +
    'subtotal_operate_cash_inflow staff_behalf_paid tax_payments other_operate_cash_paid subtotal_operate_cash_outflow ' +
    'net_operate_cash_flow',
);
const EQUITY = setOf(
  'cash_equivalents total_assets total_liability equities_parent_company_owners minority_interests total_owner_equities ' +
    'total_sheet_owner_equities paidin_capital capital_reserve_fund surplus_reserve_fund ordinary_risk_reserve_fund retained_profit',
);
/** Ratios to the cash of the operations, and those to lines that `fillIncome` alone fills. */
const OF_CASH = setOf('goods_sale_and_service_to_revenue ocf_to_revenue ocf_to_operating_profit');
const OF_COSTS = setOf(
  'gross_profit_margin operating_expense_to_total_revenue ga_expense_to_total_revenue financing_expense_to_total_revenue ' +
    'value_change_profit invesment_profit_to_profit',
);

/** What is wanted for these columns of a table of reports. */
export function wantedFor(table: string, columns: readonly string[]): Wanted {
  const some = (test: (name: string) => boolean): boolean => columns.some(test);
  switch (table) {
    case 'income': {
      const beyond = columns.filter((name) => !RESULT.has(name));
      const income = beyond.length === 0 ? 'result' : beyond.every((name) => GAINS.has(name)) ? 'gains' : 'costs';
      return { ...EVERYTHING, income };
    }
    case 'cash_flow':
      return { ...EVERYTHING, cash: columns.every((name) => OPERATING.has(name)) ? 'operating' : 'all' };
    case 'balance':
      return { ...EVERYTHING, balance: columns.every((name) => EQUITY.has(name)) ? 'equity' : 'all' };
    case 'indicator':
      return {
        ...EVERYTHING,
        income: some((name) => OF_COSTS.has(name)) ? 'costs' : 'gains',
        cash: some((name) => OF_CASH.has(name)) ? 'operating' : 'none',
        lastYear: some((name) => name.endsWith('_year_on_year')),
        before: some((name) => name.endsWith('_annual')),
      };
    default:
      return EVERYTHING;
  }
}

function setOf(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}
