/**
 * 行业龙头：申万一级行业里各取流通市值最大的一只，再取过去二十日涨幅最高的八只，每两周调仓。
 *
 *   bt live strategies/industry-leader.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-30 15:30' --speed max
 */
import {
  g,
  get_current_data,
  get_fundamentals,
  get_industries,
  get_industry_stocks,
  history,
  log,
  order_target,
  order_target_value,
  query,
  run_weekly,
  set_benchmark,
  valuation,
} from 'jqdata';
import type { Context } from 'jqdata';

declare global {
  interface G {
    weeks: number;
  }
}

const COUNT = 8;

export function initialize(_context: Context): void {
  set_benchmark('000300.XSHG');
  g.weeks = 0;
  run_weekly(rebalance, 1, '9:45');
}

/** 每个行业流通市值最大的一只。 */
function leaders(): string[] {
  const industries = get_industries('sw_l1').index.tolist().map(String);
  return industries.flatMap((industry) => {
    const stocks = get_industry_stocks(industry);
    if (stocks.length === 0) return [];
    const [first] = get_fundamentals(
      query(valuation.code)
        .filter(valuation.code.in_(stocks))
        .order_by(valuation.circulating_market_cap.desc())
        .limit(1),
    ).code.tolist();
    return first === undefined ? [] : [first];
  });
}

export function rebalance(context: Context): void {
  g.weeks += 1;
  if (g.weeks % 2 === 0) return;
  const codes = leaders();
  const closes = history(21, '1d', 'close', codes);
  const data = get_current_data();
  const targets = codes
    .map((code): [string, number] => [code, closes[code].at(-1) / closes[code].at(0) - 1])
    .filter(([code, gain]) => gain > -1 && !data.get(code).paused && !data.get(code).is_st)
    .sort(([, a], [, b]) => b - a)
    .slice(0, COUNT)
    .map(([code]) => code);
  for (const code of context.portfolio.positions.keys()) if (!targets.includes(code)) order_target(code, 0);
  for (const code of targets) order_target_value(code, context.portfolio.total_value / COUNT);
  log.info('行业龙头 %d 个行业，持有 %s', codes.length, targets.join(' '));
}
