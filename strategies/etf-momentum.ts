/**
 * ETF 动量：每天比较几只 ETF 二十日的趋势（对数价格回归的年化斜率乘以拟合优度），只持有最强的一只；都在下跌就空仓。
 *
 *   bt live strategies/etf-momentum.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import {
  attribute_history,
  get_current_data,
  log,
  order_target,
  order_target_value,
  run_daily,
  set_benchmark,
} from 'jqdata';
import math from 'math';
import np from 'numpy';
import type { Context } from 'jqdata';

const POOL = ['510300.XSHG', '510500.XSHG', '159915.XSHE', '513100.XSHG', '518880.XSHG', '510880.XSHG'];
const DAYS = 20;

export function initialize(_context: Context): void {
  set_benchmark('510300.XSHG');
  run_daily(rotate, '10:00');
}

/** 年化收益乘以 R²。 */
function momentum(code: string): number {
  const y = np.log(attribute_history(code, DAYS, '1d', ['close']).close.values);
  if (np.ptp(y) === 0) return 0;
  const x = np.arange(y.length);
  const [slope] = np.polyfit(x, y, 1);
  const r = np.corrcoef(x, y)[0][1];
  return (math.exp(slope * 250) - 1) * r ** 2;
}

export function rotate(context: Context): void {
  const data = get_current_data();
  const scores = POOL.filter((code) => !data.get(code).paused)
    .map((code): [string, number] => [code, momentum(code)])
    .sort(([, a], [, b]) => b - a);
  const best = scores.find(([, score]) => score > 0)?.[0] ?? null;
  for (const code of context.portfolio.positions.keys()) if (code !== best) order_target(code, 0);
  if (best !== null && !(best in context.portfolio.positions)) {
    log.info('换入 %s，动量 %.3f', best, scores[0][1]);
    order_target_value(best, context.portfolio.total_value * 0.98);
  }
}
