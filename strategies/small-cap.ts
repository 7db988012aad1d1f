/**
 * 小市值轮动：每周第一个交易日，在中小板综指成分股里取市值最小的十只，等权持有。
 *
 *   bt live strategies/small-cap.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import {
  get_current_data,
  get_fundamentals,
  get_index_stocks,
  log,
  order_target,
  order_target_value,
  query,
  run_daily,
  run_weekly,
  set_benchmark,
  set_option,
  valuation,
} from 'jqdata';
import type { Context } from 'jqdata';

const POOL = '399101.XSHE';
const COUNT = 10;

export function initialize(_context: Context): void {
  set_benchmark('000300.XSHG');
  set_option('use_real_price', true);
  run_weekly(rebalance, 1, '9:35');
  run_daily(stop_loss, '14:50');
}

/** 不停牌、非 ST、未退市、未涨跌停。 */
function tradable(codes: readonly string[]): string[] {
  const data = get_current_data();
  return codes.filter((code) => {
    const { paused, is_st, name, last_price, high_limit, low_limit } = data.get(code);
    return !paused && !is_st && !name.includes('退') && last_price < high_limit && last_price > low_limit;
  });
}

export function rebalance(context: Context): void {
  const pool = get_index_stocks(POOL);
  const table = get_fundamentals(
    query(valuation.code, valuation.market_cap)
      .filter(valuation.code.in_(pool), valuation.market_cap.gt(0))
      .order_by(valuation.market_cap.asc())
      .limit(COUNT * 4),
  );
  const targets = tradable(table.code.tolist()).slice(0, COUNT);
  const { positions } = context.portfolio;
  for (const code of positions.keys()) {
    if (!targets.includes(code)) order_target(code, 0);
  }
  const value = context.portfolio.total_value / COUNT;
  for (const code of targets) order_target_value(code, value);
  log.info('调仓：目标 %d 只，持有 %d 只', targets.length, context.portfolio.positions.length);
}

/** 亏损超过 8 % 的卖出。 */
export function stop_loss(context: Context): void {
  for (const position of context.portfolio.positions.values()) {
    if (position.closeable_amount > 0 && position.price < position.avg_cost * 0.92) {
      log.info('止损 %s：现价 %.2f，成本 %.2f', position.security, position.price, position.avg_cost);
      order_target(position.security, 0);
    }
  }
}
