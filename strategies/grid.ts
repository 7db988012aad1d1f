/**
 * 网格：以首日开盘价为基准，价格每跌 0.5 % 买一份，每涨 0.5 % 卖一份，每分钟看一次。
 *
 *   bt live strategies/grid.ts --broker qmt-remote --with-stub --at '2026-06-01 09:00' --until '2026-06-12 15:30' --speed max
 */
import { g, log, order, set_universe } from 'jqdata';
import type { BarData, Context } from 'jqdata';

declare global {
  interface G {
    base: number | null;
    level: number;
  }
}

const SECURITY = '510300.XSHG';
const STEP = 0.005;
const UNITS = 2000;
const LEVELS = 10;

export function initialize(_context: Context): void {
  set_universe([SECURITY]);
  g.base = null;
  g.level = 0;
}

export function handle_data(context: Context, data: BarData): void {
  const bar = data.get(SECURITY);
  if (bar.paused || bar.isnan()) return;
  g.base ??= bar.close;
  const level = Math.max(-LEVELS, Math.min(LEVELS, Math.round(Math.log(bar.close / g.base) / Math.log(1 + STEP))));
  if (level === g.level) return;
  const units = (g.level - level) * UNITS;
  const { positions } = context.portfolio;
  const held = SECURITY in positions ? positions[SECURITY].closeable_amount : 0;
  const amount = units > 0 ? units : -Math.min(-units, held);
  if (amount !== 0 && order(SECURITY, amount) !== null)
    log.info('网格 %d → %d，价格 %.3f，下单 %d', g.level, level, bar.close, amount);
  g.level = level;
}
