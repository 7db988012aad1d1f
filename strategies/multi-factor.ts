/**
 * 多因子：沪深300成分股按市盈率、市净率（越低越好）与净资产收益率、营收增长（越高越好）的名次打分，每月第一个交易日等权持有前十名。
 *
 *   bt live strategies/multi-factor.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import {
  get_current_data,
  get_fundamentals,
  get_index_stocks,
  indicator,
  log,
  order_target,
  order_target_value,
  query,
  run_monthly,
  set_benchmark,
  valuation,
} from 'jqdata';
import type { Context } from 'jqdata';

const COUNT = 10;

export function initialize(_context: Context): void {
  set_benchmark('000300.XSHG');
  run_monthly(rebalance, 1, '9:40');
}

/** 打分最高的代码，从高到低。 */
function ranked(): string[] {
  const table = get_fundamentals(
    query(
      valuation.code,
      valuation.pe_ratio,
      valuation.pb_ratio,
      indicator.roe,
      indicator.inc_total_revenue_year_on_year,
    ).filter(
      valuation.code.in_(get_index_stocks('000300.XSHG')),
      valuation.pe_ratio.between(0, 60),
      valuation.pb_ratio.gt(0),
      indicator.roe.gt(0),
    ),
  ).set_index('code');
  const score = table.pe_ratio
    .rank({ ascending: false })
    .add(table.pb_ratio.rank({ ascending: false }))
    .add(table.roe.rank())
    .add(table.inc_total_revenue_year_on_year.fillna(0).rank());
  return score.sort_values({ ascending: false }).index.tolist().map(String);
}

export function rebalance(context: Context): void {
  const data = get_current_data();
  const targets = ranked()
    .filter((code) => !data.get(code).paused && !data.get(code).is_st)
    .slice(0, COUNT);
  for (const code of context.portfolio.positions.keys()) if (!targets.includes(code)) order_target(code, 0);
  for (const code of targets) order_target_value(code, context.portfolio.total_value / COUNT);
  log.info('多因子调仓：%s', targets.join(' '));
}
