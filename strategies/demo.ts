/**
 * 示例策略：从查询账户到一次完整的买卖回合，五个定时任务在一个上午走完。
 *
 *   bt live strategies/demo.ts --broker qmt-remote
 *
 * 任务与时间：09:35 账户与持仓，09:36 限价买入后撤单，09:37 异步市价买入，09:38 未完结订单与可卖数量，09:39 黄金 ETF 买卖回合。
 * 只用聚宽的函数；`{ wait_timeout }` 是本程序的扩展：等多少秒回报，0 表示不等。
 */
import {
  cancel_order,
  get_current_data,
  get_open_orders,
  get_orders,
  LimitOrderStyle,
  log,
  order,
  run_daily,
  set_benchmark,
  set_option,
} from 'jqdata';
import type { Context } from 'jqdata';

/** 每次进程启动都会运行：连接、账号等由启动参数与环境变量给出，这里没有什么要重建。 */
export function process_initialize(context: Context): void {
  log.info('process_initialize 进程启动 %s', context.current_dt);
}

/** 启动时运行：登记基准、选项和五个任务。 */
export function initialize(_context: Context): void {
  set_benchmark('000001.XSHE');
  set_option('use_real_price', true);

  run_daily(show_account_and_positions, { time: '09:35' });
  run_daily(place_limit_buy_and_cancel, { time: '09:36' });
  run_daily(place_market_buy_async, { time: '09:37' });
  run_daily(check_open_orders, { time: '09:38' });
  run_daily(trade_gold_roundtrip, { time: '09:39' });
}

/** 打印账户与持仓。 */
export function show_account_and_positions(context: Context): void {
  try {
    const { available_cash, total_value, positions } = context.portfolio;
    log.info('[账号] 可用资金=%.2f 总资产=%.2f 持仓数=%d', available_cash, total_value, positions.length);
    for (const pos of positions.values()) {
      const amount = pos.total_amount + pos.locked_amount;
      log.info('[持仓] %s 数量=%d 成本=%.4f 市值=%.2f', pos.security, amount, pos.avg_cost, pos.value);
    }
  } catch (error) {
    log.error('[账号] 读取账户或持仓失败: %s', error);
  }
}

/** 以现价的 99 折挂限价买单 100 股，最多等 10 秒回报，然后撤单。 */
export function place_limit_buy_and_cancel(_context: Context): void {
  const symbol = '000001.XSHE';
  try {
    const last = get_current_data().get(symbol).last_price;
    if (!(last > 0)) {
      log.warning('[限价单] 没有 %s 的价格，跳过', symbol);
      return;
    }
    const limit_price = Number((last * 0.99).toFixed(2));
    log.info('[限价单] %s 按 99 折买入，限价=%.2f', symbol, limit_price);
    const placed = order(symbol, 100, LimitOrderStyle(limit_price), { wait_timeout: 10 });
    log.info('[限价单] 下单返回 order_id=%s，准备撤单', placed?.order_id);
    if (placed) {
      try {
        cancel_order(placed);
        log.info('[撤单] 已提交撤单 order_id=%s', placed.order_id);
      } catch (error) {
        log.error('[撤单] 撤单失败 order_id=%s: %s', placed.order_id, error);
      }
    }
  } catch (error) {
    log.error('[限价单] 下单流程出错: %s', error);
  }
}

/** 市价买入（自动换成带保护价的委托），不等回报。 */
export function place_market_buy_async(_context: Context): void {
  const symbol = '000002.XSHE';
  try {
    log.info('[市价单] %s 买入 100，异步', symbol);
    const placed = order(symbol, 100, { wait_timeout: 0 });
    log.info('[市价单] 已提交 order_id=%s', placed?.order_id);
  } catch (error) {
    log.error('[市价单] 下单失败: %s', error);
  }
}

/** 同步买入黄金 ETF 100 份，成交后再卖出同样的数量；前、中、后各打印一次资金与持仓。 */
export function trade_gold_roundtrip(context: Context): void {
  const symbol = '518880.XSHG';
  try {
    log_gold(context, '前', symbol);
    log.info('[黄金回合] 市价买入 %s 100 份，等待成交（自动计算保护价）', symbol);
    const bought = order(symbol, 100, { wait_timeout: 10 });
    log.info('[黄金回合] 买单 order_id=%s', bought?.order_id);
    if (bought) {
      log_gold(context, '买后', symbol);
      log.info('[黄金回合] 市价卖出 %s 100 份，等待成交（自动计算保护价）', symbol);
      const sold = order(symbol, -100, { wait_timeout: 10 });
      log.info('[黄金回合] 卖单 order_id=%s', sold?.order_id);
      log_gold(context, '卖后', symbol);
    }
  } catch (error) {
    log.error('[黄金回合] 交易失败: %s', error);
  }
}

/** 未完结的订单及其状态，然后是每只持仓的可卖数量。 */
export function check_open_orders(context: Context): void {
  try {
    const opens = get_open_orders();
    log.info('[订单查询] 未完结订单数=%d', opens.length);
    for (const order_id of opens) {
      const found = get_orders({ order_id }).get(order_id);
      log.info('[订单查询] order_id=%s 状态=%s 详情=%s', order_id, found?.status, found);
    }
    for (const pos of context.portfolio.positions.values()) {
      const total = pos.total_amount + pos.locked_amount;
      log.info('[持仓核对] %s 总量=%d 可卖=%d 冻结=%d', pos.security, total, pos.closeable_amount, pos.locked_amount);
    }
  } catch (error) {
    log.error('[订单查询] 失败: %s', error);
  }
}

/** 一行资金与持仓。没有持仓时不去读 positions[symbol]，否则会多一行提示。 */
function log_gold(context: Context, when: string, symbol: string): void {
  const { available_cash, positions } = context.portfolio;
  const pos = positions.get(symbol, null);
  const total = pos ? pos.total_amount + pos.locked_amount : 0;
  log.info('[黄金回合][%s] 可用资金=%.2f 持仓=%d 可卖=%d', when, available_cash, total, pos ? pos.closeable_amount : 0);
}
