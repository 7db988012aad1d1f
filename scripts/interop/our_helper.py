"""helpers/joinquant/bt_remote.py against a server: our_helper.py HOST PORT TOKEN, with its folder on PYTHONPATH."""
import sys

from probe import GOLD, STOCK, Trial, need, place_of

import bt_remote as bt

host, port, token = place_of(sys.argv)
trial = Trial()
# The servers stand at a day of the past: their prices are as old as it is, which orders nothing unless it is allowed.
bt.configure(host, token, port=port, debug=False, retries=0, max_price_age=None)
last = {}


def price():
    found = bt.get_data_client().get_price_now(GOLD)
    last[GOLD] = found.value
    last[STOCK] = bt.get_data_client().get_last_price(STOCK)
    return found.source


def account():
    need(bt.get_account().total_value > 0, 'no value')
    return '%d positions' % len(bt.get_positions())


def placed(call):
    def place():
        order_id = call()
        need(order_id, 'no order id')
        return '%s shares' % bt.get_order_status(order_id)['amount']

    return place


def cancelled():
    order_id = bt.order(STOCK, 100, price=round(last[STOCK] * 0.95, 2), idempotency_key='interop-1')
    need(bt.find_order('interop-1').order_id == order_id, 'not found by its key')
    need(order_id in bt.get_open_orders(), 'not among the open orders')
    bt.cancel_order(order_id)
    need(order_id not in bt.get_open_orders(), 'still open after the cancel')


def twice():
    """The key of an order that is there: placed again, it must be the same order."""
    price = round(last[STOCK] * 0.96, 2)
    first = bt.order(STOCK, 100, price=price, idempotency_key='interop-2')
    again = bt.order(STOCK, 100, price=price, idempotency_key='interop-2')
    need(first == again, '%s and %s' % (first, again))


def refused():
    try:
        bt.order(STOCK, 100, price=-1.0)
    except bt.OrderRejected:
        return
    raise AssertionError('an order at -1 was not refused')


trial('last price', price)
trial('account and positions', account)
trial('get_price', lambda: '%d rows' % len(bt.get_data_client().get_price(GOLD, count=3)))
trial('limit order, found by key, cancelled', cancelled)
trial('one key is one order', twice)
trial('an impossible price', refused)
trial('order, market', placed(lambda: bt.order(GOLD, 1000, wait_timeout=5)))
trial('order_value', placed(lambda: bt.order_value(GOLD, last[GOLD] * 1490)))
trial('order_percent', placed(lambda: bt.order_percent(STOCK, 0.01234)))
trial('order_target', placed(lambda: bt.order_target(STOCK, 3050)))
trial('order_target_value', placed(lambda: bt.order_target_value('600000.XSHG', 14900.0)))
trial('orders and trades', lambda: '%d orders' % len(bt.get_orders()) if isinstance(bt.get_trades(), dict) else None)
