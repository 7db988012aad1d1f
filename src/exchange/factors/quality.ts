import type { PriceFactors } from './definition.ts';
import { debtToAssets, earningsBeforeInterest, grossMargin, returnOnAssets, returnOnEquity } from './ratios.ts';
import { eightYears, growth, overYears, reported, turnover } from './reported.ts';
import type { Company } from './reported.ts';
import type { Year } from './reports.ts';
import { deviation, mean } from './windows.ts';

const overheads = ({ income }: Year): number =>
  (income.sale_expense + income.administration_expense) / income.operating_revenue;
const TAX = 0.25;

/** How well a company works, and what it stands on: ratios of four quarters and of balances. */
export const QUALITY: PriceFactors = {
  roe_ttm: reported('权益回报率TTM', ({ now }) => returnOnEquity(now)),
  roa_ttm: reported('资产回报率TTM', ({ now }) => returnOnAssets(now)),
  gross_income_ratio: reported('销售毛利率', ({ now }) => grossMargin(now)),
  net_profit_ratio: reported('销售净利率', ({ now: { income } }) => income.net_profit / income.operating_revenue),
  operating_profit_ratio: reported(
    '营业利润率',
    ({ now: { income } }) => income.operating_profit / income.operating_revenue,
  ),
  total_profit_to_cost_ratio: reported(
    '成本费用利润率',
    ({ now: { income } }) =>
      income.total_profit /
      (income.operating_cost + income.financial_expense + income.sale_expense + income.administration_expense),
  ),
  admin_expense_rate: reported(
    '管理费用与营业总收入之比',
    ({ now: { income } }) => income.administration_expense / income.total_operating_revenue,
  ),
  financial_expense_rate: reported(
    '财务费用与营业总收入之比',
    ({ now: { income } }) => income.financial_expense / income.total_operating_revenue,
  ),
  sale_expense_to_operating_revenue: reported(
    '销售费用与营业收入之比',
    ({ now: { income } }) => income.sale_expense / income.operating_revenue,
  ),
  cash_rate_of_sales: reported(
    '经营活动产生的现金流量净额与营业收入之比',
    ({ now: { cash, income } }) => cash.net_operate_cash_flow / income.operating_revenue,
  ),
  net_operate_cash_flow_to_asset: reported(
    '总资产现金回收率',
    ({ now, before }) =>
      (2 * now.cash.net_operate_cash_flow) / (now.balance.total_assets + before.balance.total_assets),
  ),
  net_operate_cash_flow_to_total_liability: reported(
    '经营活动产生的现金流量净额/负债合计',
    ({ now: { cash, balance } }) => cash.net_operate_cash_flow / balance.total_liability,
  ),
  net_operate_cash_flow_to_total_current_liability: reported(
    '现金流动负债比',
    ({ now: { cash, balance } }) => cash.net_operate_cash_flow / balance.total_current_liability,
  ),
  current_ratio: reported(
    '流动比率',
    ({ now: { balance } }) => balance.total_current_assets / balance.total_current_liability,
  ),
  quick_ratio: reported(
    '速动比率',
    ({ now: { balance } }) => (balance.total_current_assets - balance.inventories) / balance.total_current_liability,
  ),
  cash_to_current_liability: reported(
    '现金比率',
    ({ now: { cash, balance } }) => cash.cash_and_equivalents_at_end / balance.total_current_liability,
  ),
  debt_to_asset_ratio: reported('债务总资产比', ({ now }) => debtToAssets(now)),
  debt_to_equity_ratio: reported(
    '产权比率',
    ({ now: { balance } }) => balance.total_liability / balance.equities_parent_company_owners,
  ),
  equity_to_asset_ratio: reported(
    '股东权益比率',
    ({ now: { balance } }) => balance.total_owner_equities / balance.total_assets,
  ),
  intangible_asset_ratio: reported(
    '无形资产比率',
    ({ now: { balance } }) => balance.intangible_assets / balance.total_assets,
  ),
  total_asset_turnover_rate: turnover(
    '总资产周转率',
    ({ income }) => income.operating_revenue,
    ({ balance }) => balance.total_assets,
  ),
  current_asset_turnover_rate: turnover(
    '流动资产周转率TTM',
    ({ income }) => income.operating_revenue,
    ({ balance }) => balance.total_current_assets,
  ),
  equity_turnover_rate: turnover(
    '股东权益周转率',
    ({ income }) => income.operating_revenue,
    ({ balance }) => balance.total_owner_equities,
  ),
  inventory_turnover_rate: turnover(
    '存货周转率',
    ({ income }) => income.operating_cost,
    ({ balance }) => balance.inventories,
  ),
  accounts_payable_turnover_rate: turnover(
    '应付账款周转率',
    ({ income }) => income.operating_cost,
    ({ balance }) => balance.accounts_payable,
  ),
  account_receivable_turnover_rate: turnover(
    '应收账款周转率',
    ({ income }) => income.operating_revenue,
    ({ balance }) => balance.account_receivable,
  ),
  net_profit_to_total_operate_revenue_ttm: reported(
    '净利润与营业总收入之比',
    ({ now: { income } }) => income.net_profit / income.total_operating_revenue,
  ),
  operating_cost_to_operating_revenue_ratio: reported(
    '销售成本率',
    ({ now: { income } }) => income.operating_cost / income.operating_revenue,
  ),
  goods_service_cash_to_operating_revenue_ttm: reported(
    '销售商品提供劳务收到的现金与营业收入之比',
    ({ now: { cash, income } }) => cash.goods_sale_and_service_render_cash / income.operating_revenue,
  ),
  roic_ttm: reported('投资资本回报率TTM', ({ now }) => {
    const { balance } = now;
    const debt = balance.shortterm_loan + balance.longterm_loan + balance.bonds_payable;
    return (earningsBeforeInterest(now) * (1 - TAX)) / (balance.total_owner_equities + debt);
  }),
  MLEV: reported(
    '市场杠杆',
    ({ now: { balance }, worth }) =>
      balance.total_non_current_liability / (balance.total_non_current_liability + worth),
  ),
  SGI: reported('营业收入指数', ({ now, before }) => now.income.operating_revenue / before.income.operating_revenue),
  GMI: reported('毛利率指数', ({ now, before }) => grossMargin(before) / grossMargin(now)),
  SGAI: reported('销售管理费用指数', ({ now, before }) => overheads(now) / overheads(before)),
  DEGM: growth('毛利率增长', grossMargin),
  roe_ttm_8y: eightYears('长期权益回报率TTM', returnOnEquity),
  roa_ttm_8y: eightYears('长期资产回报率TTM', returnOnAssets),
  DEGM_8y: reported('长期毛利率增长', marginGrowth),
  margin_stability: reported('盈利能力稳定性', marginStability),
  maximum_margin: reported('最大盈利水平', (company) => Math.max(marginGrowth(company), marginStability(company))),
};

function marginGrowth(company: Company): number {
  const margins = overYears(company, 9, grossMargin);
  return ((margins?.at(-1) ?? Number.NaN) / (margins?.[0] ?? Number.NaN)) ** (1 / 8) - 1;
}

function marginStability(company: Company): number {
  const margins = overYears(company, 8, grossMargin);
  return margins === null ? Number.NaN : mean(margins, 7, 8) / deviation(margins, 7, 8);
}
