"""The reference's JoinQuant helper against a server: their_helper.py HOST PORT TOKEN, with its folder `helpers` on PYTHONPATH."""
import sys
from types import SimpleNamespace

from probe import GOLD, STOCK, Trial, need, place_of

import bullet_trade_jq_remote_helper as bt

host, port, token = place_of(sys.argv)
trial = Trial()
bt.configure(host, token, port=port, debug=False, retries=0)
last = {}


def price():
    bt.get_broker_client().bind_data_client(bt.get_data_client())
    last[GOLD] = bt.get_data_client().get_last_price(GOLD)
    last[STOCK] = bt.get_data_client().get_last_price(STOCK)
    need(last[GOLD] and last[STOCK], last)


def account():
    need(bt.get_account().total_value > 0, 'no value')
    return '%d positions' % len(bt.get_positions())


def placed(call):
    """An order's id, and how many shares the server took."""

    def place():
        order_id = call()
        need(order_id, 'no order id')
        return '%s shares' % bt.get_order_status(order_id)['amount']

    return place


def cancelled():
    order_id = bt.order(STOCK, 100, price=round(last[STOCK] * 0.95, 2), wait_timeout=0)
    need(order_id in bt.get_open_orders(), 'not among the open orders')
    need(bt.cancel_order(order_id)['value'] is True, 'the cancel was refused')


def bought():
    """Gold is sold on the day it is bought, so the targets below have something to sell."""
    bt.order(GOLD, 1000, price=None, wait_timeout=5)
    return ', '.join('%s %d' % (one.security, one.available) for one in bt.get_positions())


def bars():
    frame = bt.get_data_client().get_price(GOLD, count=3, fields=['close'])
    need(list(frame.columns) == ['close'] and len(frame) == 3, list(frame.columns))


def lists():
    bt.get_orders(), bt.get_trades()


def compat():
    namespace = {}
    context = SimpleNamespace(run_params=SimpleNamespace(type='sim_trade'), portfolio=None, subportfolios=[])
    answer = bt.install_jq_compat(namespace, context=context, host=host, token=token, port=port, default_wait_timeout=2.0, debug=False)
    need(answer['enabled'] is True, answer)
    need(context.portfolio.total_value > 0, 'no portfolio')
    need(namespace['order'](GOLD, 100) is not None, 'order gave nothing')
    need(namespace['order_value'](GOLD, last[GOLD] * 555) is not None, 'order_value gave nothing')
    return '%d positions' % len(context.portfolio.positions)


def wrong_sub():
    bt.get_broker_client().sub_account_id = 'nobody'
    try:
        return placed(lambda: bt.order(GOLD, 100))()
    finally:
        bt.get_broker_client().sub_account_id = None


trial('last price', price)
trial('account and positions', account)
trial('get_price', bars)
trial('get_trade_days', lambda: '%d days' % len(bt.get_data_client().get_trade_days('2026-03-20', '2026-04-01')))
trial('limit order, cancelled', cancelled)
trial('order, market', placed(lambda: bt.order(GOLD, 100)))
trial('order, bought', bought)
trial('order_value', placed(lambda: bt.order_value(GOLD, last[GOLD] * 1490)))
trial('order_value with a price', placed(lambda: bt.order_value(GOLD, last[GOLD] * 1490, price=last[GOLD])))
trial('order_percent', placed(lambda: bt.order_percent(STOCK, 0.01234)))
trial('order_target', placed(lambda: bt.order_target(STOCK, 3050)))
trial('order_target_value', placed(lambda: bt.order_target_value('600000.XSHG', 14900.0)))
trial('order_target_percent', placed(lambda: bt.order_target_percent('600519.XSHG', 0.2)))
trial('order, part sold', placed(lambda: bt.order(GOLD, -150)))
trial('order_target 0', placed(lambda: bt.order_target(GOLD, 0)))
trial('MarketOrderStyle', placed(lambda: bt.order(GOLD, 200, style=bt.MarketOrderStyle(round(last[GOLD] * 1.3, 3)))))
trial('LimitOrderStyle', placed(lambda: bt.order(GOLD, 230, style=bt.LimitOrderStyle(last[GOLD]))))
trial('orders and trades', lists)
trial('install_jq_compat', compat)
