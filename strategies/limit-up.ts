/**
 * 涨停板：昨天盘中到过涨停价且收涨 2 % 以上的股票，今天开盘后没有涨停就买入，最多五只；次日尾盘不再涨停就卖出。
 *
 *   bt live strategies/limit-up.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import {
  g,
  get_all_securities,
  get_current_data,
  get_price,
  log,
  order_target,
  order_target_value,
  run_daily,
  set_benchmark,
} from 'jqdata';
import type { Context } from 'jqdata';

declare global {
  interface G {
    candidates: string[];
  }
}

const COUNT = 5;

export function initialize(_context: Context): void {
  set_benchmark('000300.XSHG');
  g.candidates = [];
  run_daily(prepare, '9:05');
  run_daily(buy, '9:31');
  run_daily(sell, '14:50');
}

/** 昨天最高价到过涨停价、收盘涨 2 % 以上的主板股票。 */
export function prepare(context: Context): void {
  const day = context.previous_date;
  const codes = get_all_securities('stock', day)
    .index.tolist()
    .map(String)
    .filter((code) => /^(?:60|00)/.test(code));
  const bars = get_price(codes, {
    end_date: day,
    count: 2,
    fields: ['close', 'high', 'high_limit', 'pre_close'],
    panel: false,
  });
  const strong = bars.loc(bars.high.ge(bars.high_limit).and(bars.close.gt(bars.pre_close.mul(1.02))));
  const yesterday = strong.loc(strong.time.eq(bars.time.max()));
  g.candidates = yesterday.code.tolist();
  log.info('昨天触及涨停 %d 只', g.candidates.length);
}

export function buy(context: Context): void {
  const data = get_current_data();
  const free = COUNT - context.portfolio.positions.length;
  const wanted = g.candidates
    .filter((code) => {
      const { paused, is_st, day_open, last_price, high_limit } = data.get(code);
      return !paused && !is_st && last_price < high_limit && day_open > 0 && !(code in context.portfolio.positions);
    })
    .slice(0, Math.max(0, free));
  for (const code of wanted) order_target_value(code, context.portfolio.total_value / COUNT);
}

export function sell(context: Context): void {
  const data = get_current_data();
  for (const position of context.portfolio.positions.values()) {
    const { last_price, high_limit } = data.get(position.security);
    if (position.closeable_amount > 0 && last_price < high_limit) order_target(position.security, 0);
  }
}
