/**
 * 高股息：过去一年已实施的现金分红除以总市值，取股息率最高的十只，每月调仓一次。
 *
 *   bt live strategies/dividend.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import {
  finance,
  get_current_data,
  get_fundamentals,
  get_index_stocks,
  log,
  order_target,
  order_target_value,
  query,
  run_monthly,
  set_benchmark,
  timedelta,
  valuation,
} from 'jqdata';
import type { Context } from 'jqdata';

const COUNT = 10;

export function initialize(_context: Context): void {
  set_benchmark('000300.XSHG');
  run_monthly(rebalance, 1, '9:40');
}

/** 代码与股息率（%），从高到低。 */
function yields(context: Context): [string, number][] {
  const pool = get_index_stocks('000300.XSHG');
  const day = context.previous_date;
  const { STK_XR_XD: rights } = finance;
  const paid = finance.run_query(
    query(rights.code, rights.a_registration_date, rights.bonus_amount_rmb).filter(
      rights.code.in_(pool),
      rights.a_registration_date.ge(day.sub(timedelta({ days: 365 }))),
      rights.a_registration_date.le(day),
      rights.bonus_amount_rmb.gt(0),
    ),
  );
  const bonus = paid.groupby('code').bonus_amount_rmb.sum();
  const caps = get_fundamentals(
    query(valuation.code, valuation.market_cap).filter(valuation.code.in_(bonus.index.tolist().map(String))),
  ).set_index('code').market_cap;
  // 分红单位万元，市值单位亿元。
  return caps.index
    .tolist()
    .map((code): [string, number] => [String(code), (bonus.loc(code) / (caps.loc(code) * 10_000)) * 100])
    .sort(([, a], [, b]) => b - a);
}

export function rebalance(context: Context): void {
  const data = get_current_data();
  const best = yields(context)
    .filter(([code]) => !data.get(code).paused && !data.get(code).is_st)
    .slice(0, COUNT);
  const targets = best.map(([code]) => code);
  for (const code of context.portfolio.positions.keys()) if (!targets.includes(code)) order_target(code, 0);
  for (const code of targets) order_target_value(code, context.portfolio.total_value / COUNT);
  for (const [code, rate] of best) log.info('股息率 %s %.2f%%', code, rate);
}
