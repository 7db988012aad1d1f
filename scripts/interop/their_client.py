"""The reference's remote broker and data provider against a server: their_client.py HOST PORT TOKEN, with its checkout on PYTHONPATH."""
import asyncio
import datetime
import sys
import threading

from probe import GOLD, INDEX, STOCK, Trial, need, place_of, stand_in

stand_in('jqdatasdk')

from bullet_trade.broker import RemoteQmtBroker  # noqa: E402
from bullet_trade.data.providers.remote_qmt import RemoteQmtProvider  # noqa: E402

host, port, token = place_of(sys.argv)
config = {'host': host, 'port': port, 'token': token}
trial = Trial()
broker = RemoteQmtBroker('demo', config=config)
provider = RemoteQmtProvider(config)
limits = {}


def run(call):
    return asyncio.run(call)


def account():
    info = broker.get_account_info()
    need(info['available_cash'] > 0 and info['total_value'] >= info['available_cash'], info)


def snapshot():
    tick = provider.get_current_tick(GOLD)
    need(tick['last_price'] > 0 and tick['sid'] == GOLD and tick['dt'], tick)
    return tick['dt']


def live_current():
    # The provider has no call for it; the reference's own adapter and helper ask it.
    answer = broker._connection.request('data.live_current', {'security': GOLD})
    limits.update(answer)
    need(answer['low_limit'] <= answer['last_price'] <= answer['high_limit'] and answer['paused'] is False, answer)


def history(**asked):
    def ask():
        frame = provider.get_price(asked.pop('security', GOLD), **asked)
        wanted = asked.get('fields')
        need(len(frame) == asked['count'], '%d rows of %d' % (len(frame), asked['count']))
        if wanted:
            need(list(frame.columns) == wanted, 'columns %s' % list(frame.columns))
        return ', '.join(map(str, frame.columns))

    return ask


def several():
    frame = provider.get_price([GOLD, STOCK], count=2, fields=['close'])
    need(list(frame.columns) == [('close', GOLD), ('close', STOCK)], list(frame.columns))


def trade_days():
    days = provider.get_trade_days(count=3)
    need(len(days) == 3 and days == sorted(days), days)


def securities():
    frame = provider.get_all_securities('etf')
    need(len(frame) > 0, 'no rows')
    return ', '.join(map(str, frame.columns))


def index_stocks():
    found = provider.get_index_stocks(INDEX)
    need(len(found) > 0 and all(isinstance(code, str) for code in found), found[:3])
    return '%d stocks' % len(found)


def info():
    found = provider.get_security_info(GOLD)
    need(found['type'] == 'etf' and found['display_name'], found)


def ticks():
    came = threading.Event()
    provider.set_tick_callback(lambda _context, tick: came.set() if tick['last_price'] else None, None)
    provider.subscribe_ticks([GOLD])
    need(came.wait(5), 'no tick in 5 s')
    provider.unsubscribe_ticks()


def limit(amount, price, security=GOLD, wait=0.0):
    order_id = run(broker.buy(security, amount, price, wait))
    return order_id, broker.get_last_order_response(order_id)


def resting():
    order_id, _ = limit(100, limits['low_limit'])
    need(any(str(one['order_id']) == order_id for one in broker.get_open_orders()), 'not among the open orders')
    status = run(broker.get_order_status(order_id))
    need(status['order_id'] == order_id and status['amount'] == 100, status)
    need(run(broker.cancel_order(order_id)) is True, 'the cancel was refused')
    status = run(broker.get_order_status(order_id))
    need(status['status'] in ('canceled', 'cancelled'), status['status'])


def order_time():
    order_id, _ = limit(100, limits['low_limit'])
    told = run(broker.get_order_status(order_id))['order_time']
    need(isinstance(told, int) and datetime.datetime.fromtimestamp(told).year > 2000, repr(told))


def filled():
    order_id, answer = limit(100, limits['last_price'] * 1.0, wait=10.0)
    need(answer['status'] in ('filled', 'open'), answer['status'])
    if answer['status'] == 'filled':
        need(len(broker.get_trades(order_id)) > 0, 'filled without a trade')
        need(any(one['security'] == GOLD and one['amount'] > 0 for one in broker.get_positions()), 'filled without a position')
    return answer['status']


def odd_lot():
    order_id, answer = limit(1490, limits['low_limit'])
    return '1490 became %s' % answer['amount']


def beyond():
    price = round(limits['high_limit'] * 1.1, 3)
    order_id, answer = limit(100, price)
    return 'limit %s (upper limit %s) became %s' % (price, limits['high_limit'], answer['order_price'])


def market():
    order_id = run(broker.buy(GOLD, 100, None, 5.0, market=True))
    return broker.get_last_order_response(order_id)['status']


def protected():
    order_id = run(broker.buy(GOLD, 100, round(limits['last_price'] * 1.5, 3), 5.0, market=True))
    answer = broker.get_last_order_response(order_id)
    return '%s at no more than %s' % (answer['status'], answer['order_price'])


def no_price():
    payload = dict(broker._base_payload(), security=GOLD, amount=100, side='BUY', style={'type': 'limit'}, wait_timeout=0)
    answer = broker._connection.request('broker.place_order', payload)
    need(answer['order_id'], answer)
    return 'priced at %s' % answer['order_price']


def engine_view():
    need({'available_cash', 'total_value', 'positions'} <= set(broker.sync_account()), 'fields are missing')
    need(isinstance(broker.sync_orders(), list), 'no list')


def health():
    value = broker._connection.request('admin.health', {})['value']
    need(value['process_alive'] is True and 'features' in value, value)


def overview():
    text = broker._connection.request('admin.print_account', {})['value']
    need('总资产' in text, text)


trial('connect', broker.connect)
trial('account', account)
trial('health', health)
trial('account overview', overview)
trial('snapshot', snapshot)
trial('live_current', live_current)
trial('daily bars', history(count=5))
trial('daily bars, fields', history(count=3, fields=['close', 'volume']))
trial('minute bars', history(count=3, frequency='1m'))
trial('minute bars, fields', history(count=3, frequency='minute', fields=['close']))
trial('bars of two', several)
trial('trade days', trade_days)
trial('get_all_securities', securities)
trial('get_index_stocks', index_stocks)
trial('get_split_dividend', lambda: '%d events' % len(provider.get_split_dividend('600350.XSHG')))
trial('security info', info)
trial('ticks', ticks)
trial('limit order, listed, cancelled', resting)
trial('order_time is epoch seconds', order_time)
trial('limit order that fills', filled)
trial('limit order of 1490', odd_lot)
trial('limit above the upper limit', beyond)
trial('limit order without a price', no_price)
trial('market order', market)
trial('market order, far protect price', protected)
trial('account, positions and orders for the engine', engine_view)
broker.disconnect()
