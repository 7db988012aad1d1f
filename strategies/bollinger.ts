/**
 * 布林带：价格跌破下轨买入，回到中轨以上卖出；五只 ETF 各占两成资金。
 *
 *   bt live strategies/bollinger.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
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
import { BBANDS } from 'talib';
import type { Context } from 'jqdata';

const POOL = ['510300.XSHG', '510500.XSHG', '159915.XSHE', '512480.XSHG', '512880.XSHG'];
const DAYS = 20;

export function initialize(_context: Context): void {
  set_benchmark('510300.XSHG');
  run_daily(trade, '14:40');
}

export function trade(context: Context): void {
  const data = get_current_data();
  for (const code of POOL) {
    const closes = attribute_history(code, DAYS * 3, '1d', ['close']).close;
    const [, middle, lower] = BBANDS(closes.values, { timeperiod: DAYS, nbdevup: 1, nbdevdn: 1 });
    const { last_price, paused } = data.get(code);
    const held = code in context.portfolio.positions;
    if (paused) continue;
    if (!held && last_price < (lower.at(-1) ?? Number.NaN)) {
      log.info('%s 现价 %.3f 低于下轨 %.3f', code, last_price, lower.at(-1) ?? Number.NaN);
      order_target_value(code, context.portfolio.total_value / POOL.length);
    } else if (held && last_price > (middle.at(-1) ?? Number.NaN)) {
      log.info('%s 现价 %.3f 高于中轨 %.3f', code, last_price, middle.at(-1) ?? Number.NaN);
      order_target(code, 0);
    }
  }
}
