import type { PriceFactors } from './definition.ts';
import { earningsBeforeInterest } from './ratios.ts';
import { growth, reported } from './reported.ts';

/** Sums of four quarters, CNY. */
export const BASICS: PriceFactors = {
  market_cap: reported('市值', ({ worth }) => worth),
  circulating_market_cap: reported('流通市值', ({ tradableWorth }) => tradableWorth),
  total_operating_revenue_ttm: reported('营业总收入TTM', ({ now }) => now.income.total_operating_revenue),
  operating_revenue_ttm: reported('营业收入TTM', ({ now }) => now.income.operating_revenue),
  total_operating_cost_ttm: reported('营业总成本TTM', ({ now }) => now.income.total_operating_cost),
  operating_cost_ttm: reported('营业成本TTM', ({ now }) => now.income.operating_cost),
  gross_profit_ttm: reported('毛利TTM', ({ now: { income } }) => income.operating_revenue - income.operating_cost),
  sale_expense_ttm: reported('销售费用TTM', ({ now }) => now.income.sale_expense),
  administration_expense_ttm: reported('管理费用TTM', ({ now }) => now.income.administration_expense),
  financial_expense_ttm: reported('财务费用TTM', ({ now }) => now.income.financial_expense),
  asset_impairment_loss_ttm: reported('资产减值损失TTM', ({ now }) => now.income.asset_impairment_loss),
  operating_profit_ttm: reported('营业利润TTM', ({ now }) => now.income.operating_profit),
  total_profit_ttm: reported('利润总额TTM', ({ now }) => now.income.total_profit),
  net_profit_ttm: reported('净利润TTM', ({ now }) => now.income.net_profit),
  np_parent_company_owners_ttm: reported(
    '归属于母公司股东的净利润TTM',
    ({ now }) => now.income.np_parent_company_owners,
  ),
  goods_sale_and_service_render_cash_ttm: reported(
    '销售商品提供劳务收到的现金TTM',
    ({ now }) => now.cash.goods_sale_and_service_render_cash,
  ),
  net_operate_cash_flow_ttm: reported('经营活动现金流量净额TTM', ({ now }) => now.cash.net_operate_cash_flow),
  net_invest_cash_flow_ttm: reported('投资活动现金流量净额TTM', ({ now }) => now.cash.net_invest_cash_flow),
  net_finance_cash_flow_ttm: reported('筹资活动现金流量净额TTM', ({ now }) => now.cash.net_finance_cash_flow),
  retained_profit: reported('未分配利润', ({ now }) => now.balance.retained_profit),
  net_working_capital: reported(
    '净运营资本',
    ({ now: { balance } }) => balance.total_current_assets - balance.total_current_liability,
  ),
  EBIT: reported('息税前利润', ({ now }) => earningsBeforeInterest(now)),
  non_operating_net_profit_ttm: reported(
    '营业外收支净额TTM',
    ({ now: { income } }) => income.non_operating_revenue - income.non_operating_expense,
  ),
  cash_flow_to_price_ratio: reported('现金流市值比', ({ now, worth }) => now.cash.cash_equivalent_increase / worth),
  sales_to_price_ratio: reported('营收市值比', ({ now, worth }) => now.income.operating_revenue / worth),
};

/** For each share, CNY. */
export const PER_SHARE: PriceFactors = {
  eps_ttm: reported('每股收益TTM', ({ now, shares }) => now.income.np_parent_company_owners / shares),
  net_asset_per_share: reported('每股净资产', ({ now, shares }) => now.balance.equities_parent_company_owners / shares),
  net_operate_cash_flow_per_share: reported(
    '每股经营活动产生的现金流量净额',
    ({ now, shares }) => now.cash.net_operate_cash_flow / shares,
  ),
  cashflow_per_share_ttm: reported(
    '每股现金流量净额TTM',
    ({ now, shares }) => now.cash.cash_equivalent_increase / shares,
  ),
  cash_and_equivalents_per_share: reported(
    '每股现金及现金等价物余额',
    ({ now, shares }) => now.cash.cash_and_equivalents_at_end / shares,
  ),
  operating_revenue_per_share_ttm: reported(
    '每股营业收入TTM',
    ({ now, shares }) => now.income.operating_revenue / shares,
  ),
  total_operating_revenue_per_share_ttm: reported(
    '每股营业总收入TTM',
    ({ now, shares }) => now.income.total_operating_revenue / shares,
  ),
  operating_profit_per_share_ttm: reported(
    '每股营业利润TTM',
    ({ now, shares }) => now.income.operating_profit / shares,
  ),
  capital_reserve_fund_per_share: reported(
    '每股资本公积金',
    ({ now, shares }) => now.balance.capital_reserve_fund / shares,
  ),
  surplus_reserve_fund_per_share: reported(
    '每股盈余公积金',
    ({ now, shares }) => now.balance.surplus_reserve_fund / shares,
  ),
  retained_earnings_per_share: reported(
    '每股留存收益',
    ({ now: { balance }, shares }) => (balance.surplus_reserve_fund + balance.retained_profit) / shares,
  ),
  retained_profit_per_share: reported('每股未分配利润', ({ now, shares }) => now.balance.retained_profit / shares),
};

/** Against the four quarters, or the balance, of a year before. */
export const GROWTH: PriceFactors = {
  operating_revenue_growth_rate: growth('营业收入增长率', ({ income }) => income.operating_revenue),
  total_profit_growth_rate: growth('利润总额增长率', ({ income }) => income.total_profit),
  net_profit_growth_rate: growth('净利润增长率', ({ income }) => income.net_profit),
  np_parent_company_owners_growth_rate: growth(
    '归属母公司股东的净利润增长率',
    ({ income }) => income.np_parent_company_owners,
  ),
  PEG: reported('市盈率与利润增长率之比', ({ now, before, worth }) => {
    const [profit, last] = [now.income.np_parent_company_owners, before.income.np_parent_company_owners];
    return worth / profit / ((profit / last - 1) * 100);
  }),
  total_asset_growth_rate: growth('总资产增长率', ({ balance }) => balance.total_assets),
  net_asset_growth_rate: growth('净资产增长率', ({ balance }) => balance.total_owner_equities),
  net_operate_cashflow_growth_rate: growth(
    '经营活动产生的现金流量净额增长率',
    ({ cash }) => cash.net_operate_cash_flow,
  ),
  financing_cash_growth_rate: growth('筹资活动产生的现金流量净额增长率', ({ cash }) => cash.net_finance_cash_flow),
};
