# -*- coding: utf-8 -*-
"""聚宽研究根目录示例：与 bt_remote.py 放在一起，策略中 `from remote_strategy_example import *` 即可，任务在本地的网关上执行。

五个任务：账户与持仓，限价买入后撤单，异步市价买入，未完结订单，黄金 ETF 买卖回合。
"""
# 研究根目录里的模块要自己引入聚宽的函数（log、run_daily……），策略本身不用。
from kuanke.user_space_api import *

import bt_remote as bt

HOST, PORT, TOKEN = 'your.host', 58620, 'your-token'
ACCOUNT_KEY, SUB_ACCOUNT_ID = None, None  # None：网关的默认账户
TLS_CERT = None  # 网关的证书：read_file('gateway.pem')，或者与 bt_remote.py 放在一起的文件名


def process_initialize(context):
    bt.configure(HOST, TOKEN, port=PORT, tls_cert=TLS_CERT, account_key=ACCOUNT_KEY, sub_account_id=SUB_ACCOUNT_ID)


def initialize(context):
    set_benchmark('000001.XSHE')
    run_daily(show_account_and_positions, time='09:35')
    run_daily(place_limit_buy_and_cancel, time='09:36')
    run_daily(place_market_buy_async, time='09:37')
    run_daily(check_open_orders, time='09:38')
    run_daily(trade_gold_roundtrip, time='09:39')


def show_account_and_positions(context):
    account = bt.get_account()
    positions = bt.get_positions()
    log.info('[账号] 可用资金=%.2f 总资产=%.2f 持仓数=%d' % (account.available_cash, account.total_value, len(positions)))
    for position in positions:
        log.info('[持仓] %s 数量=%d 可卖=%s' % (position.security, position.amount, position.available))


def place_limit_buy_and_cancel(context):
    security = '000001.XSHE'
    last = bt.get_data_client().get_last_price(security)
    order_id = bt.order(security, 100, price=round(last * 0.99, 2), wait_timeout=2)
    log.info('[限价单] order_id=%s' % order_id)
    answer = bt.cancel_order(order_id)
    log.info('[撤单] %s' % answer.get('status'))


def place_market_buy_async(context):
    try:
        log.info('[市价单] order_id=%s' % bt.order('000002.XSHE', 100, wait_timeout=0))
    except bt.OrderUnknown as unknown:
        log.error('[市价单] 结果未知，先查再说：%s' % bt.find_order(unknown.key))


def check_open_orders(context):
    for order_id, found in bt.get_open_orders().items():
        log.info('[订单查询] order_id=%s 状态=%s 已成=%d' % (order_id, found.status, found.filled))


def trade_gold_roundtrip(context):
    gold = '518880.XSHG'
    bought = bt.order(gold, 100, wait_timeout=10)
    log.info('[黄金回合] 买单 %s %s' % (bought, bt.get_order_status(bought).get('status')))
    sold = bt.order(gold, -100, wait_timeout=10)
    log.info('[黄金回合] 卖单 %s %s' % (sold, bt.get_order_status(sold).get('status')))
