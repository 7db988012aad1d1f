# -*- coding: utf-8 -*-
"""示例策略（Python）：与 strategies/demo.ts 相同的五个任务，聚宽写法，一字不改即可运行。

    bt live strategies/python/demo.py --broker qmt-remote

09:35 账户与持仓，09:36 限价买入后撤单，09:37 市价买入，09:38 未完结订单与可卖数量，09:39 黄金 ETF 买卖回合。只用聚宽的函数，不需要任何第三方包。
"""
from jqdata import *


def process_initialize(context):
    log.info('process_initialize 进程启动 %s' % context.current_dt)


def initialize(context):
    set_benchmark('000001.XSHE')
    set_option('use_real_price', True)
    run_daily(show_account_and_positions, time='09:35')
    run_daily(place_limit_buy_and_cancel, time='09:36')
    run_daily(place_market_buy, time='09:37')
    run_daily(check_open_orders, time='09:38')
    run_daily(trade_gold_roundtrip, time='09:39')


def show_account_and_positions(context):
    portfolio = context.portfolio
    log.info('[账号] 可用资金=%.2f 总资产=%.2f 持仓数=%d' % (portfolio.available_cash, portfolio.total_value, len(portfolio.positions)))
    for code, position in portfolio.positions.items():
        log.info('[持仓] %s 数量=%d 成本=%.4f 市值=%.2f' % (code, position.total_amount, position.avg_cost, position.value))


def place_limit_buy_and_cancel(context):
    """以现价的 99 折挂限价买单 100 股，然后撤单。"""
    security = '000001.XSHE'
    last = get_current_data()[security].last_price
    if not last > 0:
        log.warn('[限价单] 没有 %s 的价格，跳过' % security)
        return
    limit_price = round(last * 0.99, 2)
    placed = order(security, 100, LimitOrderStyle(limit_price))
    if placed is None:
        return
    log.info('[限价单] 限价=%.2f order_id=%s' % (limit_price, placed.order_id))
    cancel_order(placed)
    log.info('[撤单] 已提交 order_id=%s' % placed.order_id)


def place_market_buy(context):
    placed = order('000002.XSHE', 100)
    log.info('[市价单] order_id=%s 状态=%s' % (placed.order_id, placed.status) if placed else '[市价单] 没有下单')


def check_open_orders(context):
    for order_id, found in get_open_orders().items():
        log.info('[订单查询] order_id=%s 状态=%s' % (order_id, found.status))
    for code in context.portfolio.positions:
        position = context.portfolio.positions[code]
        log.info('[持仓核对] %s 总量=%d 可卖=%d' % (code, position.total_amount, position.closeable_amount))


def trade_gold_roundtrip(context):
    """买入黄金 ETF 100 份，成交后再卖出同样的数量（T+0）。"""
    gold = '518880.XSHG'
    bought = order(gold, 100)
    if bought is not None and bought.filled > 0:
        sold = order(gold, -bought.filled)
        log.info('[黄金回合] 买入价=%.3f 卖出价=%.3f' % (bought.price, sold.price if sold else float('nan')))
