/**
 * RSRS 择时：用最高价对最低价的十八日回归斜率衡量支撑的强度，标准分高于 0.7 满仓，低于 -0.7 空仓。
 *
 *   bt live strategies/rsrs.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import { attribute_history, log, order_target, order_target_value, run_daily, set_benchmark } from 'jqdata';
import np from 'numpy';
import { map, range } from 'python';
import type { Context } from 'jqdata';

const [INDEX, ETF] = ['000300.XSHG', '510300.XSHG'];
const [WINDOW, HISTORY] = [18, 250];

export function initialize(_context: Context): void {
  set_benchmark(INDEX);
  run_daily(timing, '9:35');
}

export function timing(context: Context): void {
  const bars = attribute_history(INDEX, HISTORY + WINDOW, '1d', ['high', 'low']);
  const [high, low] = [bars.high.values, bars.low.values];
  const slope = (i: number): number => np.polyfit(low.slice(i, i + WINDOW), high.slice(i, i + WINDOW), 1)[0];
  const slopes = np.array(map(slope, range(HISTORY + 1)));
  const score = (slopes.at(-1) - slopes.mean()) / slopes.std();
  const held = ETF in context.portfolio.positions;
  if (!held && score > 0.7) {
    log.info('RSRS %.2f，买入', score);
    order_target_value(ETF, context.portfolio.total_value * 0.98);
  } else if (held && score < -0.7) {
    log.info('RSRS %.2f，卖出', score);
    order_target(ETF, 0);
  }
}
