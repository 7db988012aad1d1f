/**
 * 配对：两只沪深300 ETF 的价比偏离六十日均值两个标准差时，换到便宜的一只。
 *
 *   bt live strategies/pair.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import { get_current_data, history, log, order_target, order_target_value, run_daily, set_benchmark } from 'jqdata';
import type { Context } from 'jqdata';

const [A, B] = ['510300.XSHG', '510330.XSHG'];
const DAYS = 60;

export function initialize(_context: Context): void {
  set_benchmark(A);
  run_daily(check, '14:30');
}

export function check(context: Context): void {
  const closes = history(DAYS, '1d', 'close', [A, B]);
  const ratio = closes[A].div(closes[B]);
  const data = get_current_data();
  const now = data.get(A).last_price / data.get(B).last_price;
  const z = (now - ratio.mean()) / ratio.std();
  const { positions } = context.portfolio;
  const held = [A, B].find((code) => code in positions) ?? null;
  const cheap = z > 1 ? B : z < -1 ? A : (held ?? A);
  if (cheap === held) return;
  log.info('价比 %.4f，偏离 %.2f 个标准差，持有 %s', now, z, cheap);
  if (held !== null) order_target(held, 0);
  order_target_value(cheap, context.portfolio.total_value * 0.98);
}
