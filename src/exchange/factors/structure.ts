import type { PriceFactors } from './definition.ts';
import {
  debtToAssets,
  earningsBeforeInterest,
  netDebt,
  operatingAssets,
  operatingLiability,
  returnOnAssets,
} from './ratios.ts';
import { growth, reported, turnover } from './reported.ts';
import type { Year } from './reports.ts';

/** Days of a year in which stocks and bills turn over. */
const YEAR = 360;

const operatingProfit = ({ income }: Year): number => income.total_operating_revenue - income.total_operating_cost;
const netOperatingAssets = (year: Year): number => operatingAssets(year) - operatingLiability(year);
const fixed = ({ balance }: Year): number => balance.fixed_assets + balance.constru_in_process;
const receivables = ({ income, balance }: Year): number => balance.account_receivable / income.operating_revenue;
const profitMargin = ({ income }: Year): number => income.operating_profit / income.operating_revenue;
/** What changes between two balances, as their mean. */
const meanOf = (now: Year, before: Year, stock: (year: Year) => number): number => (stock(now) + stock(before)) / 2;

/** What assets and debts consist of, and what profits come from. */
export const STRUCTURE: PriceFactors = {
  ACCA: reported(
    '现金流资产比和资产回报率之差',
    ({ now }) => now.cash.net_operate_cash_flow / now.balance.total_assets - returnOnAssets(now),
  ),
  DSRI: reported('应收账款指数', ({ now, before }) => receivables(now) / receivables(before)),
  LVGI: reported('财务杠杆指数', ({ now, before }) => debtToAssets(now) / debtToAssets(before)),
  ROAEBITTTM: reported(
    '总资产报酬率TTM',
    ({ now, before }) => earningsBeforeInterest(now) / meanOf(now, before, ({ balance }) => balance.total_assets),
  ),
  account_receivable_turnover_days: reported(
    '应收账款周转天数',
    ({ now, before }) =>
      (YEAR * meanOf(now, before, ({ balance }) => balance.account_receivable)) / now.income.operating_revenue,
  ),
  accounts_payable_turnover_days: reported(
    '应付账款周转天数',
    ({ now, before }) =>
      (YEAR * meanOf(now, before, ({ balance }) => balance.accounts_payable)) / now.income.operating_cost,
  ),
  inventory_turnover_days: reported(
    '存货周转天数',
    ({ now, before }) => (YEAR * meanOf(now, before, ({ balance }) => balance.inventories)) / now.income.operating_cost,
  ),
  fixed_assets_turnover_rate: turnover(
    '固定资产周转率',
    ({ income }) => income.operating_revenue,
    ({ balance }) => balance.fixed_assets,
  ),
  asset_turnover_ttm: turnover('经营资产周转率TTM', ({ income }) => income.operating_revenue, netOperatingAssets),
  profit_margin_ttm: reported('销售利润率TTM', ({ now }) => profitMargin(now)),
  rnoa_ttm: reported(
    '经营资产回报率TTM',
    ({ now, before }) => (profitMargin(now) * now.income.operating_revenue) / meanOf(now, before, netOperatingAssets),
  ),
  adjusted_profit_to_total_profit: reported(
    '扣除非经常损益后的净利润/净利润',
    ({ now: { income }, oneOffs }) => (income.np_parent_company_owners - oneOffs) / income.net_profit,
  ),
  invest_income_associates_to_total_profit: reported(
    '对联营和合营公司投资收益/利润总额',
    ({ now: { income } }) => income.invest_income_associates / income.total_profit,
  ),
  net_non_operating_income_to_total_profit: reported(
    '营业外收支利润净额/利润总额',
    ({ now: { income } }) => (income.non_operating_revenue - income.non_operating_expense) / income.total_profit,
  ),
  operating_profit_to_total_profit: reported(
    '经营活动净收益/利润总额',
    ({ now }) => operatingProfit(now) / now.income.total_profit,
  ),
  operating_profit_to_operating_revenue: reported(
    '营业利润与营业总收入之比',
    ({ now: { income } }) => income.operating_profit / income.total_operating_revenue,
  ),
  operating_tax_to_operating_revenue_ratio_ttm: reported(
    '销售税金率',
    ({ now: { income } }) => income.operating_tax_surcharges / income.operating_revenue,
  ),
  operating_profit_growth_rate: growth('营业利润增长率', ({ income }) => income.operating_profit),
  cfo_to_ev: reported('经营活动产生的现金流量净额与企业价值之比TTM', ({ now: { cash, balance }, worth }) => {
    const value = worth + balance.total_liability - balance.cash_equivalents;
    return cash.net_operate_cash_flow / value;
  }),
  net_operate_cash_flow_to_net_debt: reported(
    '经营活动产生现金流量净额/净债务',
    ({ now }) => now.cash.net_operate_cash_flow / netDebt(now),
  ),
  net_operate_cash_flow_to_operate_income: reported(
    '经营活动产生的现金流量净额与经营活动净收益之比',
    ({ now }) => now.cash.net_operate_cash_flow / operatingProfit(now),
  ),
  net_operating_cash_flow_coverage: reported(
    '净利润现金含量',
    ({ now: { cash, income } }) => cash.net_operate_cash_flow / income.np_parent_company_owners,
  ),
  debt_to_tangible_equity_ratio: reported('有形净值债务率', ({ now: { balance } }) => {
    const tangible = balance.total_owner_equities - balance.intangible_assets - balance.good_will;
    return balance.total_liability / tangible;
  }),
  equity_to_fixed_asset_ratio: reported(
    '股东权益与固定资产比率',
    ({ now }) => now.balance.total_owner_equities / fixed(now),
  ),
  fixed_asset_ratio: reported('固定资产比率', ({ now }) => fixed(now) / now.balance.total_assets),
  non_current_asset_ratio: reported(
    '非流动资产比率',
    ({ now: { balance } }) => balance.total_non_current_assets / balance.total_assets,
  ),
  long_debt_to_asset_ratio: reported(
    '长期借款与资产总计之比',
    ({ now: { balance } }) => balance.longterm_loan / balance.total_assets,
  ),
  long_term_debt_to_asset_ratio: reported(
    '长期负债与资产总计之比',
    ({ now: { balance } }) => balance.total_non_current_liability / balance.total_assets,
  ),
  long_debt_to_working_capital_ratio: reported(
    '长期负债与营运资金比率',
    ({ now: { balance } }) =>
      balance.total_non_current_liability / (balance.total_current_assets - balance.total_current_liability),
  ),
  super_quick_ratio: reported('超速动比率', ({ now: { balance } }) => {
    const money = balance.cash_equivalents + balance.trading_assets + balance.bill_receivable;
    return (money + balance.account_receivable + balance.other_receivable) / balance.total_current_liability;
  }),
};
