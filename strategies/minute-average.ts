/**
 * 不写 import 也能运行：聚宽的函数都是全局的。
 *
 *   bt live strategies/minute-average.ts --broker qmt-remote
 *
 * 每分钟把上一分钟的收盘价与前五日均价比较：高出 1 % 就买到 1000 份，低于均价就清仓。
 */
const SECURITY = '510300.XSHG';
const AMOUNT = 1000;

/** 启动时运行。 */
export function initialize(_context: Context): void {
  set_benchmark('000300.XSHG');
  set_universe([SECURITY]);
}

/** 每个交易分钟一次；data 是上一分钟的行情。 */
export function handle_data(context: Context, data: BarData): void {
  const bar = data.get(SECURITY);
  if (bar.paused || bar.isnan()) return;
  const average = bar.mavg(5);
  const { positions } = context.portfolio;
  const held = SECURITY in positions;
  if (!held && bar.close > average * 1.01) {
    log.info('%s 收盘 %.3f 高于五日均价 %.3f，买入', SECURITY, bar.close, average);
    order_target(SECURITY, AMOUNT);
  } else if (held && positions.get(SECURITY).closeable_amount > 0 && bar.close < average) {
    log.info('%s 收盘 %.3f 低于五日均价 %.3f，卖出', SECURITY, bar.close, average);
    order_target(SECURITY, 0);
  }
}
