# -*- coding: utf-8 -*-
"""Orders of a JoinQuant strategy, carried out at home: one file for JoinQuant's research root.

    import bt_remote as bt
    bt.configure('my.host', 'TOKEN', port=58620, account_key='main', tls_cert='gateway.pem')
    order_id = bt.order('000001.XSHE', 100, price=10.5)

It speaks the BulletTrade gateway's TCP protocol (theirs and ours), one connection a call. Python 3.6 or newer, nothing but the standard library.

What can be relied on:

* A place request is written **once**. When its fate is not known (the answer did not come, or says something that a server may say after it has
  sent the order on) `OrderUnknown` is raised; it names the key, and `find_order(key)` looks whether the order is there. Never place it again before that.
* A request that provably did not leave raises `NotSent`; an order that the gateway refused, or that came back rejected or cancelled, `OrderRejected`.
* Reading is repeated after a lost connection, placing never is.
* A price that nobody can name is an error that says which source answered what; never a skipped order. One that is older than `max_price_age`
  seconds is `PriceOld`, and nothing is ordered by it.
* Nothing that is printed or raised holds the token.

Amounts are shares, prices and values CNY, times China's.
"""
import collections
import json
import math
import os
import socket
import ssl
import struct
import sys
import time
import uuid

__version__ = '1'

MAX_FRAME = 32 * 1024 * 1024
OPEN_STATES = ('new', 'submitted', 'open', 'filling', 'partly_filled', 'canceling', 'partly_canceling')
DEAD_STATES = ('rejected', 'canceled', 'cancelled', 'failed', 'error')
FINAL_STATES = ('filled', 'partly_canceled') + DEAD_STATES
# A market order is sent with this much room to the last price, inside cage and limits.
MARKET_ROOM = 0.015
# No order is priced by anything older, unless configure(max_price_age=...) says otherwise, seconds.
MAX_PRICE_AGE = 60.0
# No price is made between the end of the opening auction and 9:30: these minutes do not age one. Seconds of China's day.
NO_PRICES = (9 * 3600 + 25 * 60, 9 * 3600 + 30 * 60)
REMARK_BYTES = 24


class RemoteError(RuntimeError):
    """Anything this file raises; `code` is the gateway's word for it, or ours."""

    def __init__(self, message, code='ERROR', key=None):
        super(RemoteError, self).__init__(message)
        self.code = code
        self.key = key


class NotSent(RemoteError):
    """Nothing was written: placing again is safe."""


class OrderRejected(RemoteError):
    """The gateway or the counter refused the order; it is not working."""


class OrderUnknown(RemoteError):
    """It is not known whether the order exists: `find_order(error.key)` looks for it."""


class PriceUnknown(RemoteError):
    """No source could name a price; the text says what each answered."""


class PriceOld(PriceUnknown):
    """The newest price is older than max_price_age: nothing was ordered by it."""


# Texts with which a gateway refuses before it hands anything on. Anything else leaves an order's fate unknown.
_REFUSALS = (
    '缺少 action', '未知 action', '券商服务未启用', '未实现', '未配置有效的 account_key', '超过额度限制', '❌ ',
    '停牌，无法下单', '无法获取有效价格', '数量不足最小手数', '无可卖数量', '限价单缺少委托价格', '过长（上限',
)


class RemoteConnection(object):
    """One gateway. Each request opens a connection, shakes hands, asks once and closes."""

    def __init__(self, host, token, port=58620, tls_cert=None, retries=2, retry_interval=0.5, rpc_timeout=60.0, connect_timeout=10.0, debug=True):
        if not host:
            raise RemoteError('configure() needs the host of the gateway', 'NO_HOST')
        self.host, self.port = host, int(port)
        self._token = token
        self._tls = _trusting(tls_cert) if tls_cert else None
        self.retries = max(0, int(retries))
        self.retry_interval = max(0.1, float(retry_interval))
        self.rpc_timeout = max(5.0, float(rpc_timeout))
        self.connect_timeout = float(connect_timeout)
        self.debug = debug

    def __repr__(self):
        return 'RemoteConnection(%s:%d%s)' % (self.host, self.port, ', TLS' if self._tls else '')

    def read(self, action, payload, timeout=None):
        """The answer to a request that may be asked again: it is, after a lost connection, `retries` times."""
        for attempt in range(self.retries + 1):
            try:
                return self._once(action, payload, timeout)
            except (OSError, _Broken) as error:
                if attempt == self.retries:
                    raise RemoteError(
                        '%s got no answer from %s:%d after %d attempts: %s' % (action, self.host, self.port, attempt + 1, self._clean(error)),
                        'NO_ANSWER',
                    )
                time.sleep(self.retry_interval)

    def write(self, action, payload, key, timeout=None):
        """The answer to a request that is written once, whatever happens. NotSent, OrderRejected or OrderUnknown."""
        state = {'written': False}
        try:
            return self._once(action, payload, timeout, state)
        except _Refused as error:
            if any(text in error.text for text in _REFUSALS) and error.code == 'REQUEST_FAILED':
                raise OrderRejected('refused by the gateway: %s' % error.text, error.code, key)
            raise OrderUnknown(_unknown_text(key, 'the gateway answered %s: %s' % (error.code, error.text)), error.code, key)
        except RemoteError:  # the handshake was refused: nothing was asked yet
            raise
        except (OSError, _Broken) as error:
            if not state['written']:
                raise NotSent('not sent, %s:%d cannot be reached: %s' % (self.host, self.port, self._clean(error)), 'NOT_SENT', key)
            raise OrderUnknown(_unknown_text(key, self._clean(error)), 'NO_ANSWER', key)

    def _once(self, action, payload, timeout, state=None):
        deadline = self.rpc_timeout if timeout is None else timeout
        raw = socket.create_connection((self.host, self.port), self.connect_timeout)
        try:
            line = raw if self._tls is None else self._tls.wrap_socket(raw, server_hostname=self.host)
            line.settimeout(self.connect_timeout)
            line.sendall(_frame({'type': 'handshake', 'token': self._token, 'protocol': 1, 'features': []}))
            greeting = _receive(line)
            if greeting.get('type') != 'handshake_ack':
                code = str(greeting.get('code') or 'HANDSHAKE')
                advice = {'AUTH_FAILED': 'the token is wrong', 'SERVER_BUSY': 'the gateway has too many connections'}.get(code, 'the gateway refused')
                raise NotSent('%s (%s)' % (advice, code), code)
            line.settimeout(deadline)
            request = _frame({'type': 'request', 'id': '1', 'action': action, 'payload': payload})
            if state is not None:
                state['written'] = True  # from here on it may have arrived, also when the write fails half way
            line.sendall(request)
            while True:
                message = _receive(line)
                if message.get('type') == 'response' and str(message.get('id')) == '1':
                    return message.get('payload')
                if message.get('type') == 'error':
                    raise _Refused(str(message.get('code') or 'ERROR'), str(message.get('message') or ''))
        finally:
            raw.close()

    def _clean(self, error):
        text = str(error) or type(error).__name__
        return text.replace(self._token, '***') if self._token else text


def _trusting(certificate):
    """TLS that trusts this certificate: a path, here or beside this file, or its own text (at JoinQuant `read_file('gateway.pem')`)."""
    text = certificate.decode('utf-8', 'replace') if isinstance(certificate, bytes) else certificate
    try:
        if '-----BEGIN' in text:
            return ssl.create_default_context(cadata=text)
        beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), text)
        return ssl.create_default_context(cafile=text if os.path.exists(text) else beside)
    except (OSError, ValueError) as error:
        name = 'the text given' if '-----BEGIN' in text else text
        raise RemoteError(
            'tls_cert: no certificate can be read from %s (%s). Upload it beside bt_remote.py, or pass what it says: tls_cert=read_file("gateway.pem")' % (name, error),
            'BAD_CONFIG',
        )


class _Broken(Exception):
    """The peer broke the protocol or went away."""


class _Refused(RemoteError):
    def __init__(self, code, text):
        super(_Refused, self).__init__('the gateway answered %s: %s' % (code, text), code)
        self.text = text


def _unknown_text(key, why):
    return '下单结果未知 (submit_unknown), key %s: %s. Look with find_order(%r) before you place it again.' % (key, why, key)


def _frame(message):
    body = json.dumps(message, ensure_ascii=False, allow_nan=False).encode('utf-8')
    return struct.pack('>I', len(body)) + body


def _receive(line):
    size = struct.unpack('>I', _exactly(line, 4))[0]
    if not 0 < size <= MAX_FRAME:
        raise _Broken('the gateway sent a frame of %d bytes: is this port a BulletTrade gateway, with TLS as configured?' % size)
    try:
        message = json.loads(_exactly(line, size).decode('utf-8'))
    except ValueError:
        raise _Broken('the gateway sent something that is no JSON')
    if not isinstance(message, dict):
        raise _Broken('the gateway sent no object')
    return message


def _exactly(line, count):
    parts = []
    while count > 0:
        part = line.recv(min(count, 1 << 16))
        if not part:
            raise _Broken('the gateway closed the connection')
        parts.append(part)
        count -= len(part)
    return b''.join(parts)


# ---------------------------------------------------------------------------------------------------------------- prices and rules

Price = collections.namedtuple('Price', 'value source age_seconds')
"""A price, where it is from, and how old it is (None when the source does not say)."""


def _number(value):
    """A finite number above 0; None for anything else: a vendor's 0 is a price that is not there."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) and number > 0 else None


def _first(row, *names):
    for name in names:
        found = _number(row.get(name)) if isinstance(row, dict) else None
        if found is not None:
            return found
    return None


def tick_size(security):
    """0.001 for funds, bonds and B shares of Shanghai, else 0.01."""
    code, _, market = security.partition('.')
    if market == 'XSHG':
        return 0.001 if code[:1] in ('5', '1', '9', '2') else 0.01
    return 0.001 if code[:1] == '1' else 0.01


def is_fund(security):
    return security[:2] in ('15', '16', '18', '50', '51', '52', '56', '58', '59')


def round_to_tick(security, price, up):
    """To a whole tick, inwards: up for the lowest price allowed, down for the highest."""
    tick = tick_size(security)
    steps = price / tick
    return round((math.ceil(steps - 1e-6) if up else math.floor(steps + 1e-6)) * tick, 3)


def cage(security, reference, is_buy):
    """The worst price that continuous trading takes against `reference`; None where there is no cage (funds, bonds)."""
    code = security[:6]
    if is_fund(security) or code[:2] in ('11', '12', '13', '20'):
        return None
    if code[:1] in ('4', '8') or code[:2] == '92':  # Beijing
        return max(reference * 1.05, reference + 0.1) if is_buy else min(reference * 0.95, reference - 0.1)
    if code[:2] == '68':
        return reference * (1.02 if is_buy else 0.98)
    room = 10 * tick_size(security)
    return max(reference * 1.02, reference + room) if is_buy else min(reference * 0.98, reference - room)


def lot_rules(security):
    """(smallest buy, step) in shares."""
    code = security[:6]
    if code[:2] == '68':
        return 200, 1
    if code[:1] in ('4', '8') or code[:2] == '92':
        return 100, 1
    if code[:2] in ('11', '12', '13', '20'):
        return 10, 10
    return 100, 100


def whole_lots(security, shares):
    """As many of `shares` as may be bought; 0 when that is less than the smallest buy."""
    least, step = lot_rules(security)
    shares = int(shares)
    return 0 if shares < least else least + (shares - least) // step * step


class RemoteDataClient(object):
    """Prices from the gateway."""

    def __init__(self, connection):
        self._connection = connection

    def get_snapshot(self, security):
        """The gateway's own words about the security now; {} when it knows nothing."""
        return _mapping(self._connection.read('data.snapshot', {'security': security}))

    def get_live_current(self, security):
        return _mapping(self._connection.read('data.live_current', {'security': security}))

    def get_price(self, security, **fields):
        """Bars as a list of dicts (the gateway's columns); a pandas DataFrame where pandas is installed."""
        table = self._connection.read('data.history', dict(fields, security=security))
        columns, records = _table(table)
        try:
            import pandas
        except ImportError:
            return [dict(zip(columns, row)) for row in records]
        return pandas.DataFrame(records, columns=columns)

    def get_trade_days(self, start=None, end=None, count=None):
        fields = {'start': start, 'end': end, 'count': count}
        answer = _mapping(self._connection.read('data.trade_days', {name: _day(value) for name, value in fields.items() if value is not None}))
        return answer.get('values') or answer.get('value') or []

    def get_last_price(self, security):
        """The price alone; PriceUnknown when no source has one."""
        return self.get_price_now(security).value

    def get_price_now(self, security):
        """Price with source and age: the snapshot, then the last minute bar."""
        told = []
        for source, ask in (('snapshot', self._from_snapshot), ('minute bar', self._from_bar)):
            try:
                found = ask(security)
            except RemoteError as error:
                told.append('%s: %s' % (source, error))
                continue
            if found is not None:
                return found
            told.append('%s: no price' % source)
        raise PriceUnknown('nobody names a price of %s (%s)' % (security, '; '.join(told)), 'NO_PRICE')

    def _from_snapshot(self, security):
        row = self.get_snapshot(security)
        value = _first(row, 'last_price', 'lastPrice', 'price')
        return None if value is None else Price(value, 'snapshot', _age(row.get('dt') or row.get('time')))

    def _from_bar(self, security):
        answer = self._connection.read('data.history', {'security': security, 'count': 1, 'frequency': '1m', 'fields': None})
        columns, records = _table(answer)
        if not records or 'close' not in columns:
            return None
        row = dict(zip(columns, records[-1][-len(columns):]))
        value = _number(row.get('close'))
        return None if value is None else Price(value, 'minute bar', _age(row.get('time')))


def _mapping(answer):
    """A `dict` answer: its `value` where that is an object."""
    if not isinstance(answer, dict):
        raise RemoteError('the gateway answered %s where an object was expected' % type(answer).__name__, 'BAD_ANSWER')
    value = answer.get('value')
    return value if isinstance(value, dict) else {name: answer[name] for name in answer if name != 'dtype'}


def _rows(answer):
    if isinstance(answer, dict) and isinstance(answer.get('value'), list):
        answer = answer['value']
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        raise RemoteError('the gateway answered something else than a list of rows', 'BAD_ANSWER')
    return answer


def _table(answer):
    if not isinstance(answer, dict) or not isinstance(answer.get('columns'), list) or not isinstance(answer.get('records'), list):
        raise RemoteError('the gateway answered something else than a table', 'BAD_ANSWER')
    return answer['columns'], answer['records']


def _age(moment):
    """Seconds since a time of the gateway: epoch ms or s, or a text of China's time; None for what is neither."""
    if isinstance(moment, (int, float)) and not isinstance(moment, bool) and moment > 0:
        seconds = moment / 1000.0 if moment > 1e11 else float(moment)
        return max(0.0, time.time() - seconds)
    if isinstance(moment, str):
        for form in ('%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y%m%d %H:%M:%S', '%Y%m%d%H%M%S'):
            try:
                import calendar

                return max(0.0, time.time() - (calendar.timegm(time.strptime(moment[:19], form)) - 8 * 3600))
            except ValueError:
                continue
    return None


def _day(value):
    return value if isinstance(value, (int, str)) else str(value)[:10]


# ---------------------------------------------------------------------------------------------------------------- orders and accounts


class MarketOrderStyle(object):
    """At once, at prices no worse than `limit_price` (computed when it is left out)."""

    def __init__(self, limit_price=None):
        self.limit_price = limit_price


class LimitOrderStyle(object):
    def __init__(self, limit_price):
        self.limit_price = limit_price


class _Row(object):
    """Attributes of a gateway's row; the whole of it is `raw_response`."""

    def __init__(self, **fields):
        self.__dict__.update(fields)

    def __repr__(self):
        shown = ', '.join('%s=%r' % item for item in sorted(self.__dict__.items()) if item[0] not in ('raw_response', 'last_snapshot'))
        return '%s(%s)' % (type(self).__name__, shown)


class RemoteOrder(_Row):
    pass


class RemoteTrade(_Row):
    pass


class RemotePosition(_Row):
    pass


class RemoteAccount(_Row):
    pass


def _order_of(row):
    status = str(row.get('status') or row.get('state') or 'unknown')
    filled = int(row.get('filled') or row.get('traded_volume') or 0)
    price = _first(row, 'traded_price', 'avg_price', 'price')
    return RemoteOrder(
        order_id=str(row.get('order_id') or row.get('entrust_id') or ''),
        status=status,
        security=_jq_code(row.get('security')),
        amount=int(row.get('amount') or row.get('order_volume') or row.get('volume') or 0),
        price=_first(row, 'order_price') or price or 0.0,
        filled=filled,
        actual_amount=filled,
        actual_price=price if filled else 0.0,
        is_buy=_is_buy(row),
        order_remark=str(row.get('order_remark') or row.get('remark') or ''),
        strategy_name=str(row.get('strategy_name') or ''),
        timed_out=bool(row.get('timed_out')),
        async_tracking=bool(row.get('async_tracking')),
        last_snapshot=row.get('last_snapshot'),
        raw_response=row,
    )


def _is_buy(row):
    if isinstance(row.get('is_buy'), bool):
        return row['is_buy']
    side = str(row.get('side') or row.get('order_type') or '').lower()
    if side in ('buy', '23'):
        return True
    return False if side in ('sell', '24') else None


def _jq_code(code):
    text = str(code or '').upper()
    for old, new in (('.SZ', '.XSHE'), ('.SH', '.XSHG')):
        if text.endswith(old):
            return text[: -len(old)] + new
    return text


class RemoteBrokerClient(object):
    """Account and orders over one connection."""

    def __init__(self, connection, account_key=None, sub_account_id=None, place_order_timeout_margin=30.0, data=None, dry_run=False, max_price_age=MAX_PRICE_AGE):
        self._connection = connection
        self._account_key, self._sub_account_id = account_key, sub_account_id
        self._margin = float(place_order_timeout_margin)
        self._data = data
        self.dry_run = bool(dry_run)
        self.max_price_age = _age_limit(max_price_age)

    def bind_data_client(self, data):
        """Whose prices fill in what a caller leaves out."""
        self._data = data

    def get_account(self):
        value = _mapping(self._connection.read('broker.account', self._who({})))
        cash, total = _money(value, 'available_cash'), _money(value, 'total_value', 'total_asset')
        return RemoteAccount(available_cash=cash, total_value=total, raw_response=value)

    def get_positions(self):
        return [self._position(row) for row in _rows(self._connection.read('broker.positions', self._who({})))]

    def _position(self, row):
        amount = int(row.get('amount') or row.get('total_amount') or 0)
        # 0 is a value: what was bought today cannot be sold.
        closeable = next((int(row[name]) for name in ('closeable_amount', 'available', 'available_amount', 'can_use_volume') if row.get(name) is not None), None)
        return RemotePosition(
            security=_jq_code(row.get('security')),
            amount=amount,
            avg_cost=_first(row, 'avg_cost'),
            market_value=_first(row, 'market_value', 'position_value'),
            current_price=_first(row, 'current_price', 'last_price'),
            available=closeable,
            frozen=None if closeable is None else max(0, amount - closeable),
            market=_jq_code(row.get('security')).partition('.')[2],
            raw_response=row,
        )

    def get_orders(self, order_id=None, security=None, status=None):
        fields = {'order_id': order_id, 'security': security}
        rows = _rows(self._connection.read('broker.orders', self._who({name: value for name, value in fields.items() if value})))
        orders = [_order_of(row) for row in rows]
        return collections.OrderedDict((one.order_id, one) for one in orders if status is None or one.status == str(status))

    def get_open_orders(self):
        return collections.OrderedDict((key, one) for key, one in self.get_orders().items() if one.status in OPEN_STATES)

    def get_trades(self, order_id=None, security=None):
        fields = {'order_id': order_id, 'security': security}
        rows = _rows(self._connection.read('broker.trades', self._who({name: value for name, value in fields.items() if value})))
        found = collections.OrderedDict()
        for row in rows:
            trade = RemoteTrade(
                trade_id=str(row.get('trade_id') or ''),
                order_id=str(row.get('order_id') or ''),
                security=_jq_code(row.get('security')),
                amount=int(row.get('amount') or 0),
                price=_first(row, 'price', 'traded_price', 'trade_price'),
                time=row.get('time'),
                commission=float(row.get('commission') or row.get('commission_fee') or 0),
                tax=float(row.get('tax') or 0),
                raw_response=row,
            )
            found[trade.trade_id] = trade
        return found

    def get_order_status(self, order_id):
        return self._connection.read('broker.order_status', self._who({'order_id': order_id}))

    def cancel_order(self, order_id):
        """Asked for; whether it is cancelled says `status` of the answer, or a later get_order_status()."""
        if self.dry_run:
            return {'dtype': 'dict', 'value': True, 'dry_run': True}
        return self._connection.read('broker.cancel_order', self._who({'order_id': getattr(order_id, 'order_id', order_id)}))

    def find_order(self, key):
        """The order that was placed under a key, by its remark; None when the gateway's list of today has none."""
        mark = _mark(key)
        found = [one for one in self.get_orders().values() if one.order_remark.startswith(mark)]
        return found[0] if found else None

    def place_order(self, security, amount, is_buy, style, wait_timeout=0, remark=None, key=None):
        """Places one order, once. A RemoteOrder; NotSent, OrderRejected or OrderUnknown."""
        key = key or 'bt-helper-' + uuid.uuid4().hex[:24]
        amount = self._amount(security, amount, is_buy)
        style, market = self._priced(security, is_buy, style)
        payload = self._who(
            {
                'security': security,
                'side': 'BUY' if is_buy else 'SELL',
                'amount': amount,
                'style': style,
                'idempotency_key': key,
                'order_remark': _remark(key, remark),
                'wait_timeout': float(wait_timeout or 0),
            }
        )
        if market:
            payload['market'] = True
        self._say('%s %s %d @ %s key=%s%s' % (payload['side'], security, amount, style.get('price', style.get('protect_price')), key, ' (dry run)' if self.dry_run else ''))
        if self.dry_run:
            return _order_of(dict(payload, order_id='dry-' + key, status='new', is_buy=is_buy))
        timeout = max(self._connection.rpc_timeout, payload['wait_timeout'] + self._margin)
        return self._outcome(self._connection.write('broker.place_order', payload, key, timeout), payload, key)

    def _outcome(self, answer, payload, key):
        if not isinstance(answer, dict):
            raise OrderUnknown(_unknown_text(key, 'the answer is no order'), 'BAD_ANSWER', key)
        row = answer.get('value') if isinstance(answer.get('value'), dict) else answer
        status, order_id = str(row.get('status') or ''), str(row.get('order_id') or '')
        if row.get('submit_unknown') or status == 'submit_unknown' or order_id in ('', '0'):
            raise OrderUnknown(_unknown_text(key, str(row.get('warning') or 'the gateway does not know')), 'SUBMIT_UNKNOWN', key)
        if order_id.startswith('-'):
            raise OrderRejected('the counter refused the order (%s)' % order_id, 'REJECTED', key)
        if status in DEAD_STATES and not int(row.get('filled') or 0):
            raise OrderRejected('the order came back %s: %s' % (status, row.get('status_msg') or 'no reason given'), status.upper(), key)
        order = _order_of(dict({'security': payload['security'], 'amount': payload['amount'], 'is_buy': payload['side'] == 'BUY'}, **row))
        order.key = key
        return order

    def _amount(self, security, amount, is_buy):
        shares = int(amount)
        if shares <= 0:
            raise OrderRejected('%s: an order of %s shares cannot be placed' % (security, amount), 'BAD_AMOUNT')
        if not is_buy:
            return shares
        whole = whole_lots(security, shares)
        if whole == 0:
            raise OrderRejected('%s: %d shares are less than the smallest buy of %d' % (security, shares, lot_rules(security)[0]), 'BAD_AMOUNT')
        if whole != shares:
            self._say('%s: %d shares become %d (lots)' % (security, shares, whole))
        return whole

    def _priced(self, security, is_buy, style):
        kind, given = _style(style)
        if kind == 'limit':
            price = _number(given)
            if price is None:
                raise OrderRejected('%s: a limit order needs a price above 0, was %r' % (security, given), 'BAD_PRICE')
            return {'type': 'limit', 'price': round_to_tick(security, price, up=not is_buy)}, False
        return {'type': 'market', 'protect_price': self._protected(security, is_buy, _number(given))}, True

    def _protected(self, security, is_buy, given):
        """The worst price of a market order: what was given or 1.5 % from the last, inside cage and daily limits, on a tick."""
        now = self.price_to_order_by(security)
        wanted = now.value * (1 + MARKET_ROOM if is_buy else 1 - MARKET_ROOM) if given is None else given
        book = _live_or_nothing(self._data, security)
        bound = cage(security, now.value, is_buy)
        limit = _first(book, 'high_limit') if is_buy else _first(book, 'low_limit')
        bounds = [one for one in (bound, limit) if one is not None]
        price = min([wanted] + bounds) if is_buy else max([wanted] + bounds)
        return round_to_tick(security, price, up=not is_buy)

    def price_to_order_by(self, security):
        """The price of now; PriceOld where it is older than max_price_age. One whose source does not say how old it is is taken, and said."""
        if self._data is None:
            raise PriceUnknown('%s: no data client is bound; call bind_data_client(), or give a price' % security, 'NO_PRICE')
        now = self._data.get_price_now(security)
        if now.age_seconds is None:
            self._say('%s: the %s does not say how old its price %s is' % (security, now.source, now.value))
            return now
        age = now.age_seconds - _without_prices(time.time() - now.age_seconds, time.time())
        if self.max_price_age is not None and age > self.max_price_age:
            raise PriceOld(
                '%s: the price %s (%s) is %d s old, %d s are allowed; nothing is ordered by it. Give a price of yours, or allow it with configure(max_price_age=...), None for any age'
                % (security, now.value, now.source, age, self.max_price_age),
                'PRICE_OLD',
            )
        if age > MAX_PRICE_AGE:
            self._say('%s: the price %s (%s) is %d s old' % (security, now.value, now.source, age))
        return now

    def _who(self, fields):
        return dict(fields, account_key=self._account_key, sub_account_id=self._sub_account_id)

    def _say(self, text):
        if self._connection is None or self._connection.debug:
            sys.stderr.write('[bt_remote] %s\n' % text)


def _without_prices(begin, end):
    """Seconds between two times (epoch) in which the exchange of that day makes no price before it opens."""
    midnight = (end + 8 * 3600) // 86400 * 86400 - 8 * 3600
    return max(0.0, min(end, midnight + NO_PRICES[1]) - max(begin, midnight + NO_PRICES[0]))


def _age_limit(seconds):
    """A number above 0, or None for any age."""
    if seconds is None:
        return None
    number = _number(seconds)
    if number is None:
        raise RemoteError('max_price_age is seconds above 0, or None for any age; was %r' % (seconds,), 'BAD_CONFIG')
    return number


def _live_or_nothing(data, security):
    """Limits where the gateway tells them; the exchange holds them in any case."""
    try:
        return data.get_live_current(security)
    except RemoteError:
        return {}


def _style(style):
    """('limit' | 'market', price or None) of a style object (JoinQuant's or ours), a price, or nothing."""
    if style is None:
        return 'market', None
    if isinstance(style, (int, float)) and not isinstance(style, bool):
        return 'limit', style
    name = type(style).__name__
    if 'Stop' in name:
        raise NotImplementedError('stop orders are not carried to the gateway: watch the price in your strategy and order then')
    price = getattr(style, 'limit_price', None)
    if 'LimitOrderStyle' in name:
        return 'limit', price if price is not None else getattr(style, 'price', None)
    if 'MarketOrderStyle' in name:
        return 'market', price
    raise OrderRejected('%r is no order style: give a price, LimitOrderStyle(p) or MarketOrderStyle()' % (style,), 'BAD_STYLE')


def _mark(key):
    """What the remark of an order begins with: unique, and short enough for the counter's 24 bytes."""
    import hashlib

    return 'bt:' + hashlib.sha256(key.encode('utf-8')).hexdigest()[:8]


def _remark(key, label):
    text = _mark(key) + ((':' + label) if label else '')
    return text.encode('utf-8')[:REMARK_BYTES].decode('utf-8', 'ignore')


def _money(row, *names):
    for name in names:
        value = row.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
    raise RemoteError('the gateway does not tell %s of the account' % names[0], 'BAD_ANSWER')


# ---------------------------------------------------------------------------------------------------------------- functions

_current = {'data': None, 'broker': None}


def configure(host, token, port=58620, account_key=None, sub_account_id=None, tls_cert=None, retries=2, retry_interval=0.5, rpc_timeout=60.0, place_order_timeout_margin=30.0, debug=True, dry_run=False, max_price_age=MAX_PRICE_AGE):
    """Says where the gateway is. Nothing is connected yet. `tls_cert`: its certificate, as a path (here, or beside this file) or as text. `dry_run`: orders and cancels are printed, never sent. `max_price_age`: seconds; None = any."""
    connection = RemoteConnection(host, token, port, tls_cert, retries, retry_interval, rpc_timeout, debug=debug)
    _current['data'] = RemoteDataClient(connection)
    _current['broker'] = RemoteBrokerClient(connection, account_key, sub_account_id, place_order_timeout_margin, _current['data'], dry_run, max_price_age)
    return _current['broker']


def get_data_client():
    return _configured('data')


def get_broker_client():
    return _configured('broker')


def _configured(name):
    if _current[name] is None:
        raise RemoteError('尚未调用 configure() 初始化: call configure(host, token) first', 'NOT_CONFIGURED')
    return _current[name]


def get_account():
    return get_broker_client().get_account()


def get_positions():
    return get_broker_client().get_positions()


def get_orders(order_id=None, security=None, status=None, from_broker=False):
    return get_broker_client().get_orders(order_id, security, status)


def get_open_orders():
    return get_broker_client().get_open_orders()


def get_trades(order_id=None, security=None):
    return get_broker_client().get_trades(order_id, security)


def get_order_status(order_id):
    return get_broker_client().get_order_status(order_id)


def cancel_order(order_id):
    return get_broker_client().cancel_order(order_id)


def find_order(key):
    return get_broker_client().find_order(key)


def order(security, amount, price=None, side=None, wait_timeout=0, style=None, market=None, remark=None, order_remark=None, idempotency_key=None):
    """Order id; '' for an amount of 0. The sign is the side unless `side` says buy or sell. No price: a market order with a protected price."""
    shares = int(amount)
    if shares == 0:
        return ''
    is_buy = _side(shares, side)
    chosen = style if style is not None else (None if market else price)
    placed = get_broker_client().place_order(
        security, abs(shares), is_buy, chosen, wait_timeout, remark if remark is not None else order_remark, idempotency_key
    )
    return placed.order_id


def order_value(security, value, price=None, wait_timeout=0, style=None, side=None, pindex=0, close_today=False, market=None, remark=None, order_remark=None, idempotency_key=None):
    """As many shares as `value` CNY are at the price (given, or the gateway's)."""
    _plain(pindex, close_today)
    shares = int(abs(value) / _price_for(security, price, style))
    if value > 0 and side is None:
        shares = whole_lots(security, shares)
    signed = shares if value > 0 else -shares
    return order(security, signed, price, side, wait_timeout, style, market, remark, order_remark, idempotency_key)


def order_percent(security, percent, price=None, **rest):
    return order_value(security, get_account().total_value * percent, price, **rest)


def order_target(security, target, price=None, wait_timeout=0, style=None, side=None, pindex=0, close_today=False, market=None, remark=None, order_remark=None, idempotency_key=None):
    """To `target` shares from what the account holds; '' when it holds that."""
    _plain(pindex, close_today)
    held = sum(one.amount for one in get_positions() if one.security == _jq_code(security))
    difference = int(target) - held
    if difference > 0:
        difference = whole_lots(security, difference)
    return order(security, difference, price, None, wait_timeout, style, market, remark, order_remark, idempotency_key) if difference else ''


def order_target_value(security, target_value=None, price=None, value=None, style=None, **rest):
    """To holdings worth `target_value` CNY."""
    if (target_value is None) == (value is None):
        raise TypeError('order_target_value() takes target_value or value: give one of the two')
    wanted = target_value if value is None else value
    return order_target(security, int(wanted / _price_for(security, price, style)) if wanted else 0, price, style=style, **rest)


def order_target_percent(security, percent, price=None, **rest):
    return order_target_value(security, get_account().total_value * percent, price, **rest)


def _price_for(security, price, style):
    kind, given = _style(style if style is not None else price)
    return _number(given) or get_broker_client().price_to_order_by(security).value


def _side(amount, side):
    if side is None:
        return amount > 0
    word = str(side).lower()
    if word in ('buy', 'b', 'long'):
        return amount > 0 if word == 'long' else True
    if word in ('sell', 's'):
        return False
    raise NotImplementedError('side %r: stocks and funds are bought and sold, not shorted' % (side,))


def _plain(pindex, close_today):
    if pindex or close_today:
        raise NotImplementedError('pindex and close_today are not carried to the gateway')


# ---------------------------------------------------------------------------------------------------------------- JoinQuant's names


def install_jq_compat(namespace, context, host, token, port=58620, account_key=None, sub_account_id=None, mirror_jq_orders=False, default_wait_timeout=16.0, tls_cert=None, retries=2, retry_interval=0.5, rpc_timeout=60.0, place_order_timeout_margin=30.0, debug=True, dry_run=False, max_price_age=MAX_PRICE_AGE):
    """JoinQuant's own functions in `namespace` (usually globals()) go to the gateway, in simulated trading only; backtests keep the originals.

    Returns {'enabled', 'run_type', 'reason'}. `mirror_jq_orders`: the simulated account carries each order out too, after ours.
    """
    kind = str(getattr(getattr(context, 'run_params', None), 'type', 'unknown'))
    originals = namespace.setdefault('__bt_remote_originals__', {})
    if kind != 'sim_trade':
        for name, function in originals.items():
            namespace[name] = function
        return {'enabled': False, 'run_type': kind, 'reason': 'backtest' if 'backtest' in kind else 'unsupported_run_type'}
    configure(host, token, port, account_key, sub_account_id, tls_cert, retries, retry_interval, rpc_timeout, place_order_timeout_margin, debug, dry_run, max_price_age)
    for name, function in _jq_functions(default_wait_timeout).items():
        if name in namespace and name not in originals:
            originals[name] = namespace[name]
        namespace[name] = _mirrored(function, originals.get(name)) if mirror_jq_orders and name.startswith('order') else function
    return {'enabled': True, 'run_type': kind, 'reason': None}


def _jq_functions(wait_timeout):
    def placed(call):
        def function(security, quantity, style=None, side='long', pindex=0, close_today=False, **rest):
            if side not in ('long', None):
                raise NotImplementedError('side %r: stocks and funds are not shorted' % (side,))
            _plain(pindex, close_today)
            rest.setdefault('wait_timeout', wait_timeout)
            order_id = call(security, quantity, style=style, **rest)
            return get_orders(order_id=order_id).get(order_id) if order_id else None

        return function

    names = {'order': order, 'order_value': order_value, 'order_target': order_target, 'order_target_value': order_target_value, 'order_percent': order_percent, 'order_target_percent': order_target_percent}
    functions = {name: placed(call) for name, call in names.items()}
    for name, function in functions.items():
        function.__name__ = name
    functions.update(cancel_order=cancel_order, get_open_orders=get_open_orders, get_orders=get_orders, get_trades=get_trades)
    return functions


def _mirrored(function, original):
    def call(*args, **words):
        result = function(*args, **words)
        if original is not None:
            try:
                original(*args, **words)
            except Exception as error:  # the simulated account is a mirror: the real order stands
                sys.stderr.write('[bt_remote] the simulated account refused the mirrored order: %s\n' % error)
        return result

    call.__name__ = function.__name__
    return call
