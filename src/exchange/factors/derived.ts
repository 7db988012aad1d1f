import type { PriceFactors } from './definition.ts';
import { reported } from './reported.ts';
import type { Year } from './reports.ts';
import { operatingAssets, operatingLiability, financialAssets, financialLiability, netDebt } from './ratios.ts';

/** A line that companies of this kind may leave out counts as nothing. */
const orNone = (amount: number): number => (Number.isNaN(amount) ? 0 : amount);

/** What is owed within a year and bears no interest. */
function interestFree({ balance }: Year): number {
  const owed = balance.notes_payable + balance.accounts_payable + balance.taxs_payable + balance.other_payable;
  const before = orNone(balance.advance_peceipts) + orNone(balance.contract_liability);
  return owed + before + orNone(balance.interest_payable) + balance.other_current_liability;
}

/** Paid less earned; what is no bank tells it as its financial expense. */
function netInterest({ income }: Year): number {
  const net = income.interest_expense - income.interest_income;
  return Number.isNaN(net) ? income.financial_expense : net;
}

/** What follows from the lines of the statements, CNY; flows are sums of four quarters. */
export const DERIVED: PriceFactors = {
  financial_assets: reported('金融资产', ({ now }) => financialAssets(now)),
  financial_liability: reported('金融负债', ({ now }) => financialLiability(now)),
  operating_assets: reported('经营性资产', ({ now }) => operatingAssets(now)),
  operating_liability: reported('经营性负债', ({ now }) => operatingLiability(now)),
  interest_free_current_liability: reported('无息流动负债', ({ now }) => interestFree(now)),
  interest_carry_current_liability: reported(
    '带息流动负债',
    ({ now }) => now.balance.total_current_liability - interestFree(now),
  ),
  net_debt: reported('净债务', ({ now }) => netDebt(now)),
  net_interest_expense: reported('净利息费用', ({ now }) => netInterest(now)),
  non_recurring_gain_loss: reported('非经常性损益', ({ oneOffs }) => oneOffs),
  OperateNetIncome: reported(
    '经营活动净收益',
    ({ now: { income } }) => income.total_operating_revenue - income.total_operating_cost,
  ),
  retained_earnings: reported(
    '留存收益',
    ({ now: { balance } }) => balance.surplus_reserve_fund + balance.retained_profit,
  ),
  value_change_profit_ttm: reported(
    '价值变动净收益TTM',
    ({ now: { income } }) =>
      income.fair_value_variable_income + income.investment_income + orNone(income.exchange_income),
  ),
};
