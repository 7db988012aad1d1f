/**
 * 低相关组合：每月在一组 ETF 里选出过去六十日收益率与其余最不相关的三只，等权持有。
 *
 *   bt live strategies/low-correlation.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import { history, log, order_target, order_target_value, run_monthly, set_benchmark } from 'jqdata';
import type { Context } from 'jqdata';

const POOL = ['510300.XSHG', '510500.XSHG', '159915.XSHE', '513100.XSHG', '518880.XSHG', '511010.XSHG', '159920.XSHE'];
const COUNT = 3;

export function initialize(_context: Context): void {
  set_benchmark('510300.XSHG');
  run_monthly(rebalance, 1, '9:40');
}

export function rebalance(context: Context): void {
  const returns = history(61, '1d', 'close', POOL).pct_change().dropna();
  const averages = returns.corr().mean().sort_values();
  const targets = averages.index.tolist().map(String).slice(0, COUNT);
  for (const code of context.portfolio.positions.keys()) if (!targets.includes(code)) order_target(code, 0);
  for (const code of targets) order_target_value(code, (context.portfolio.total_value * 0.98) / COUNT);
  log.info('平均相关系数最低：%s', targets.join(' '));
}
