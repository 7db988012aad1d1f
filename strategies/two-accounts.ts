/**
 * 两个子账户：0 号三成资金做 ETF 动量轮动，1 号两成资金用网格做一只 ETF；每月第一个交易日把 1 号的闲置资金补到一半。
 *
 *   bt live strategies/two-accounts.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 *
 * 没有分出去的资金放在一边，不属于 context.portfolio；`inout_cash` 可以把它拿进来，或者把赚到的拿出去。
 */
import {
  attribute_history,
  get_current_data,
  history,
  inout_cash,
  log,
  order,
  order_target_value,
  run_daily,
  run_monthly,
  set_benchmark,
  set_subportfolios,
  SubPortfolioConfig,
  transfer_cash,
} from 'jqdata';
import type { Context, SubPortfolio } from 'jqdata';

const ROTATION = 0;
const GRID = 1;
const POOL = ['510300.XSHG', '159915.XSHE', '518880.XSHG', '513100.XSHG'];
const GRID_FUND = '510500.XSHG';
/** 每格 1 %，一格 2 万元。 */
const STEP = 0.01;
const LOT_VALUE = 20_000;

export function initialize(context: Context): void {
  const cash = context.portfolio.starting_cash;
  set_subportfolios([
    SubPortfolioConfig({ cash: cash * 0.3, type: 'stock' }),
    SubPortfolioConfig({ cash: cash * 0.2, type: 'stock' }),
  ]);
  set_benchmark('510300.XSHG');
  g.base = null;
  run_monthly(balance, 1, '9:35');
  run_daily(rotate, '9:40');
  run_daily(grid, '10:00');
  run_daily(grid, '14:00');
  run_daily(settle, 'after_close');
}

/** 1 号的闲钱不到一半时从 0 号补一点。 */
export function balance(context: Context): void {
  const [from, to] = [context.subportfolios[ROTATION], context.subportfolios[GRID]];
  const missing = Math.min(to.total_value * 0.5 - to.available_cash, from.transferable_cash);
  if (missing > 1000) transfer_cash(ROTATION, GRID, missing);
}

/** 0 号：二十日涨幅最大的一只，跌的话空仓。 */
export function rotate(context: Context): void {
  const mine: SubPortfolio = context.subportfolios[ROTATION];
  const closes = history(21, '1d', 'close', POOL);
  const gains = closes.iloc(-1).div(closes.iloc(0)).sub(1).sort_values({ ascending: false });
  const best = String(gains.index.tolist()[0]);
  for (const code of mine.positions.keys())
    if (code !== best || gains.iloc(0) <= 0) order_target_value(code, 0, { pindex: ROTATION });
  if (gains.iloc(0) > 0) order_target_value(best, mine.total_value * 0.95, { pindex: ROTATION });
}

/** 1 号：跌一格买一份，涨一格卖一份。 */
export function grid(context: Context): void {
  const price = get_current_data()[GRID_FUND].last_price;
  if (!(price > 0)) return;
  if (g.base === null) g.base = attribute_history(GRID_FUND, 1, '1d', ['close']).close.iloc(-1);
  const base: number = g.base;
  const lot = Math.floor(LOT_VALUE / price / 100) * 100;
  const held = context.subportfolios[GRID].positions[GRID_FUND];
  if (price < base * (1 - STEP)) {
    if (order(GRID_FUND, lot, { pindex: GRID }) !== null) g.base = price;
  } else if (price > base * (1 + STEP)) {
    if (held.closeable_amount > 0) order(GRID_FUND, -Math.min(lot, held.closeable_amount), { pindex: GRID });
    g.base = price;
  }
}

/** 赚到的拿出去，放在一边。 */
export function settle(context: Context): void {
  for (const sub of context.subportfolios) {
    const gain = sub.total_value - sub.inout_cash;
    const out = Math.min(gain, sub.available_cash);
    if (out > sub.inout_cash * 0.05) inout_cash(-out, sub.pindex);
    log.info('子账户 %d：总资产 %.2f，可用 %.2f，收益 %.2f', sub.pindex, sub.total_value, sub.available_cash, gain);
  }
}
