# -*- coding: utf-8 -*-
"""Orders of a JoinQuant strategy, told to `bt follow` at home: one file for JoinQuant's research root.

    import bt_signal
    bt_signal.follow(globals(), 'https://my.host:8888', '小市值', 'PASSPHRASE')

Put these two lines at the top of the strategy, after its other imports, and change nothing else: each order that `order`, `order_value`,
`order_target`, `order_target_value` and `order_target_percent` come back with is told. Or choose what is told:

    sender = bt_signal.Sender('https://my.host:8888', '小市值', 'PASSPHRASE')
    order = sender.follows(order)        # by assignment; as @sender.follows over a function of your own that returns an order

Python 3.6 or newer, nothing but the standard library (and the package `redis` for an address that begins with redis://).

What can be relied on:

* An order's id is its trade day and its number at JoinQuant. What is sent again, by whomever, is the same signal, and is followed once.
* What is sent can be neither read nor changed on its way, nor played again later, also without TLS. An answer that was not made with the
  passphrase is none.
* Nothing is sent in a backtest: the strategy's time is compared with the real one.
* Nothing of this stops or changes the strategy: what fails is said in its log. What was not answered is kept: `bt_signal.resend()`.
* Nothing that is printed holds the passphrase.

A sender belongs to the module, not into JoinQuant's `g`, which is written to disk.
"""
import base64
import collections
import datetime
import functools
import hashlib
import hmac
import http.client
import json
import os
import re
import ssl
import struct
import sys
import threading
import time
import urllib.parse

__version__ = '1'

FUNCTIONS = ('order', 'order_value', 'order_target', 'order_target_value', 'order_target_percent')
# The strategy's time and the real one may differ by so much before it is a backtest, seconds.
BACKTEST_SECONDS = 600
# How long a packet holds: by HTTP it arrives at once or not at all, in Redis it may wait for the follower.
HTTP_SECONDS = 60
REDIS_SECONDS = 86400
ROUNDS = 200000
MOST_ANSWER = 65536
MOST_REMEMBERED = 10000
# What a follower can hold.
_SHARE = re.compile(r'^\d{6}\.(XSHE|XSHG)$')
# States of an order that did nothing.
_DEAD = ('rejected', 'canceled', 'cancelled', 'failed', 'deleted')

Result = collections.namedtuple('Result', 'result id code reason')
"""What came of a signal. `result`: accepted, duplicate, refused (all three are final), queued (in Redis), unsent (kept for resend()) or
skipped (there was nothing to send, or it is a backtest); `code` and `reason` say why."""


class Sender(object):
    """Tells one strategy's orders. `url`: http://HOST:PORT or https://HOST:PORT of `bt follow` (its path, when it is not /api/order, behind
    it), or redis://…; `tls_cert`: the follower's certificate when nobody known has signed it, a path (here, or beside this file) or its text; `picture`: holdings go along with each order;
    `keep`: the file in which unsent signals outlive the strategy (JoinQuant's write_file is used where there is one);
    `timeout`: seconds for one try of `tries`."""

    def __init__(self, url, strategy, passphrase, picture=True, tls_cert=None, stream='bt-signals', keep=None, timeout=5.0, tries=3,
                 backtest_seconds=BACKTEST_SECONDS, namespace=None, clock=time.time):
        if not isinstance(strategy, str) or not 0 < len(strategy.encode('utf-8')) <= 255:
            raise ValueError('strategy: the name of the strategy in the configuration of bt follow')
        if not isinstance(passphrase, str) or len(passphrase) < 16:
            raise ValueError('passphrase: at least 16 characters, the same ones as in the configuration of bt follow')
        self.strategy = strategy
        self.results = collections.deque(maxlen=1000)
        self._namespace = {} if namespace is None else namespace
        self._picture = bool(picture)
        self._keep = keep
        self._tries = max(1, int(tries))
        self._backtest_seconds = float(backtest_seconds)
        self._clock = clock
        self._keys = _Keys(passphrase, strategy)
        self._way = _way_of(url, tls_cert, stream, float(timeout))
        self._life = os.urandom(8)
        self._number = 0
        self._lock = threading.RLock()
        self._done = collections.OrderedDict()
        self._unsent = self._read_kept()

    def __repr__(self):
        return 'Sender(%r, %s)' % (self.strategy, self._way.name)

    # ---------------------------------------------------------------- what a strategy calls

    def follows(self, function):
        """The same function; each order that it comes back with is told."""
        original = getattr(function, '_bt_signal_original', function)

        @functools.wraps(original)
        def told(*args, **kwargs):
            context = _context()
            before = _held(context, args, kwargs)
            placed = original(*args, **kwargs)
            try:
                for order in placed if isinstance(placed, (list, tuple)) else (placed,):
                    self._tell_order(order, context, before, args, kwargs, original.__name__)
            except Exception as error:  # nothing of ours stops a strategy
                self._say('a signal was not sent: %s' % self._clean(error))
            return placed

        told._bt_signal_original = original
        return told

    def report(self, context):
        """Tells what the source holds, without an order: for a comparison in the evening."""
        try:
            if self._is_backtest(getattr(context, 'current_dt', None), context):
                return self._keep_result(Result('skipped', '', 'BACKTEST', 'a backtest tells nobody'))
            return self._send({'kind': 'picture', 'picture': _picture(context, self._clock)}, '')
        except Exception as error:
            self._say('what is held was not sent: %s' % self._clean(error))
            return Result('unsent', '', 'FAILED', self._clean(error))

    def hello(self):
        """Asks the follower for a word and orders nothing: whether address and passphrase are right."""
        try:
            return self._send({'kind': 'hello'}, '')
        except Exception as error:
            return Result('unsent', '', 'FAILED', self._clean(error))

    def unsent(self):
        """What is kept, oldest first: ids."""
        return [body['id'] for body in self._unsent]

    def resend(self):
        """Sends what is kept once more, oldest first; what is answered is kept no longer. An old order is refused as late by the follower."""
        results = []
        with self._lock:
            for body in list(self._unsent):
                results.append(self._send(body, body['id']))
        return results

    # ---------------------------------------------------------------- an order

    def _tell_order(self, order, context, before, args, kwargs, name):
        if order is None or not hasattr(order, 'order_id'):
            return
        state = str(getattr(order, 'status', '')).rsplit('.', 1)[-1].lower()
        if state in _DEAD and not _number(getattr(order, 'filled', 0)):
            self._keep_result(Result('skipped', str(order.order_id), 'DEAD', "the source's order came to nothing"))
            return
        if str(getattr(order, 'side', None) or 'long').rsplit('.', 1)[-1].lower() != 'long':
            self._keep_result(Result('skipped', str(order.order_id), 'NOT_LONG', 'only what is held long is followed'))
            self._say('an order of %s is not long and is not told: bt follow trades shares only' % getattr(order, 'security', '?'))
            return
        added = getattr(order, 'add_time', None)
        when = added if isinstance(added, datetime.datetime) else getattr(context, 'current_dt', None)
        if self._is_backtest(getattr(context, 'current_dt', None) or when, context):
            self._keep_result(Result('skipped', str(order.order_id), 'BACKTEST', 'a backtest tells nobody'))
            return
        body = _order_body(order, when, self._clock)
        body['is_closing'] = _is_closing(body, before, args, kwargs, name)
        body['picture'] = self._shown(context) if self._picture and context is not None else None
        with self._lock:
            if body['id'] in self._done:
                return
            result = self._send(body, body['id'])
        if result.result not in ('accepted', 'queued'):
            self._say('signal %s: %s%s' % (body['id'], result.result, ' (%s)' % result.reason if result.reason else ''))

    def _shown(self, context):
        """Holdings beside an order: what cannot be said of them does not hold the order back."""
        try:
            return _picture(context, self._clock)
        except Exception as error:
            self._say('a signal goes without what is held: %s' % self._clean(error))
            return None

    def _is_backtest(self, when, context):
        kind = str(getattr(getattr(context, 'run_params', None), 'type', ''))
        if 'backtest' in kind:
            return True
        if not isinstance(when, datetime.datetime):
            return True  # whoever cannot say when it is must not trade
        return abs((when.replace(tzinfo=None) - _china_now(self._clock)).total_seconds()) > self._backtest_seconds

    # ---------------------------------------------------------------- sending

    def _send(self, body, name):
        """Seals and sends; the same bytes in each try, so that a try that did arrive makes the next one a duplicate."""
        with self._lock:
            self._number += 1
            number = self._number
        plain = json.dumps(body, ensure_ascii=False, allow_nan=False).encode('utf-8')
        nonce = os.urandom(16)
        packet = seal(self._keys, self.strategy, int(self._clock() * 1000), self._way.seconds, self._life, number, nonce, plain)
        result = None
        for attempt in range(self._tries):
            if attempt > 0:
                time.sleep(0.5)
            result = self._way.send(packet, nonce, self._keys, name)
            if result.result != 'unsent' or result.code == 'NOT_AUTHENTIC':
                break
        if body['kind'] == 'order':
            self._remember(body, result)
        return self._keep_result(result._replace(id=result.id or name, reason=self._clean(result.reason)))

    def _remember(self, body, result):
        with self._lock:
            kept = [other for other in self._unsent if other['id'] != body['id']]
            if result.result == 'unsent':
                kept.append(body)
            else:
                self._done[body['id']] = result.result
                while len(self._done) > MOST_REMEMBERED:
                    self._done.popitem(last=False)
            if kept != self._unsent:
                self._unsent = kept
                self._write_kept()

    def _keep_result(self, result):
        self.results.append(result)
        return result

    # ---------------------------------------------------------------- what outlives the strategy

    def _read_kept(self):
        if self._keep is None:
            return []
        try:
            reader = self._namespace.get('read_file')
            if reader is not None:
                data = reader(self._keep)
            else:
                with open(self._keep, 'rb') as file:
                    data = file.read()
            text = data.decode('utf-8') if isinstance(data, bytes) else data
            return [body for body in json.loads(text) if isinstance(body, dict) and 'id' in body]
        except Exception:  # there is none yet
            return []

    def _write_kept(self):
        if self._keep is None:
            return
        text = json.dumps(self._unsent, ensure_ascii=False)
        try:
            writer = self._namespace.get('write_file')
            if writer is not None:
                writer(self._keep, text)
            else:
                with open(self._keep, 'wb') as file:
                    file.write(text.encode('utf-8'))
        except Exception as error:
            self._say('unsent signals could not be written to %s: %s' % (self._keep, self._clean(error)))

    # ---------------------------------------------------------------- words

    def _say(self, text):
        line = 'bt_signal: %s' % self._clean(text)
        try:
            log = self._namespace.get('log')
            if log is not None and hasattr(log, 'warn'):
                log.warn(line)
            else:
                sys.stderr.write(line + '\n')
        except Exception:
            pass

    def _clean(self, error):
        text = error if isinstance(error, str) else str(error) or type(error).__name__
        for secret in (self._keys.passphrase, self._way.secret):
            if secret:
                text = text.replace(secret, '***')
        return text


# ---------------------------------------------------------------------------------------------------------------- module's own sender

_sender = None


def follow(namespace, url, strategy, passphrase, functions=FUNCTIONS, **options):
    """Tells each order that these functions of the namespace (give `globals()`) come back with. Called again it replaces the sender."""
    global _sender
    sender = Sender(url, strategy, passphrase, namespace=namespace, **options)
    found = [name for name in functions if callable(namespace.get(name))]
    if not found:
        raise ValueError('none of %s is there: call follow(globals(), …) in the strategy, after its imports' % ', '.join(functions))
    for name in found:
        namespace[name] = sender.follows(namespace[name])
    _sender = sender
    return sender


def resend():
    """See Sender.resend."""
    return _of_module().resend()


def unsent():
    """See Sender.unsent."""
    return _of_module().unsent()


def report(context):
    """See Sender.report."""
    return _of_module().report(context)


def hello():
    """See Sender.hello."""
    return _of_module().hello()


def _of_module():
    if _sender is None:
        raise RuntimeError('call bt_signal.follow(globals(), …) first')
    return _sender


# ---------------------------------------------------------------------------------------------------------------- the packet

class _Keys(object):
    """Two keys of one passphrase: what encrypts never signs."""

    def __init__(self, passphrase, strategy):
        salt = hashlib.sha256(('bt-signal 1 ' + strategy).encode('utf-8')).digest()
        both = hashlib.pbkdf2_hmac('sha256', passphrase.encode('utf-8'), salt, ROUNDS, 64)
        self.passphrase = passphrase
        self.encryption, self.mac = both[:32], both[32:]

    def __repr__(self):
        return '_Keys(***)'


def seal(keys, strategy, sealed_at, seconds, life, number, nonce, plain):
    """The packet, byte by byte as src/follow/formats/envelope.ts says."""
    name = strategy.encode('utf-8')
    head = b'BTS1' + struct.pack('>QI', sealed_at, seconds) + life + struct.pack('>I', number) + nonce + struct.pack('>B', len(name))
    body = head + name + _xor(keys, nonce, plain)
    return body + hmac.new(keys.mac, body, hashlib.sha256).digest()


def proof(keys, nonce, words):
    """What proves an answer: `words` are result, id, code and reason."""
    text = ''.join('\n' + word for word in words)
    return hmac.new(keys.mac, b'answer' + nonce + text.encode('utf-8'), hashlib.sha256).hexdigest()


def _xor(keys, nonce, data):
    stream = b''.join(
        hmac.new(keys.encryption, nonce + struct.pack('>I', block), hashlib.sha256).digest() for block in range((len(data) + 31) // 32)
    )
    return bytes(a ^ b for a, b in zip(data, stream))


# ---------------------------------------------------------------------------------------------------------------- ways out

def _trusting(certificate):
    """TLS that trusts this certificate: a path, here or beside this file, or its own text; None = those that the system trusts."""
    if not certificate:
        return ssl.create_default_context()
    text = certificate.decode('utf-8', 'replace') if isinstance(certificate, bytes) else certificate
    try:
        if '-----BEGIN' in text:
            return ssl.create_default_context(cadata=text)
        beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), text)
        return ssl.create_default_context(cafile=text if os.path.exists(text) else beside)
    except (OSError, ValueError) as error:
        name = 'the text given' if '-----BEGIN' in text else text
        raise ValueError('tls_cert: no certificate can be read from %s (%s). Upload it beside bt_signal.py, or pass what it says: tls_cert=read_file("cert.pem")' % (name, error))


class _Http(object):
    seconds = HTTP_SECONDS
    secret = None

    def __init__(self, url, tls_cert, timeout):
        self.name = '%s://%s' % (url.scheme, url.netloc)
        self._url = url
        self._path = url.path if url.path not in ('', '/') else '/api/order'
        self._timeout = timeout
        self._tls = _trusting(tls_cert) if url.scheme == 'https' else None

    def send(self, packet, nonce, keys, name):
        body = json.dumps({'bt_signal': base64.b64encode(packet).decode('ascii')}).encode('ascii')
        port = self._url.port or (443 if self._tls else 80)
        if self._tls is None:
            line = http.client.HTTPConnection(self._url.hostname, port, timeout=self._timeout)
        else:
            line = http.client.HTTPSConnection(self._url.hostname, port, timeout=self._timeout, context=self._tls)
        try:
            line.request('POST', self._path, body, {'Content-Type': 'application/json', 'Connection': 'close'})
            answer = line.getresponse()
            return _read_answer(answer.status, answer.read(MOST_ANSWER), nonce, keys, name)
        except (OSError, http.client.HTTPException) as error:
            return Result('unsent', name, 'NO_ANSWER', 'no answer from %s: %s' % (self.name, str(error) or type(error).__name__))
        finally:
            line.close()


def _read_answer(status, data, nonce, keys, name):
    try:
        answer = json.loads(data.decode('utf-8'))
        words = [answer[word] for word in ('result', 'id', 'code', 'reason')]
        given = answer.get('proof')
        text = [word for word in words if isinstance(word, str)]
    except (ValueError, KeyError, TypeError, AttributeError):
        return Result('unsent', name, 'NO_FOLLOWER', 'status %d and no words of bt follow: is this its address?' % status)
    if len(text) == 4 and isinstance(given, str) and hmac.compare_digest(given.encode('utf-8'), proof(keys, nonce, text).encode('utf-8')):
        if words[0] in ('accepted', 'duplicate', 'refused'):
            return Result(*text)
    if status == 403:
        return Result('unsent', name, 'NOT_AUTHENTIC', 'the follower does not know this strategy or this passphrase')
    return Result('unsent', name, 'UNPROVEN' if status == 200 else 'NOT_TAKEN', 'status %d: %s' % (status, text[-1] if text else ''))


class _Redis(object):
    seconds = REDIS_SECONDS

    def __init__(self, url, stream, timeout):
        try:
            import redis
        except ImportError:
            raise ValueError('an address redis://… needs the Python package redis')
        self.name = 'redis://%s' % url.netloc.rsplit('@', 1)[-1]
        self.secret = urllib.parse.unquote(url.password) if url.password else None
        self._stream = stream
        self._redis = redis.Redis.from_url(url.geturl(), socket_timeout=timeout, socket_connect_timeout=timeout)

    def send(self, packet, nonce, keys, name):
        try:
            self._redis.xadd(self._stream, {'bt_signal': base64.b64encode(packet)}, maxlen=10000, approximate=True)
            return Result('queued', name, '', '')
        except Exception as error:  # its own classes, which cannot be named without the package
            return Result('unsent', name, 'NO_ANSWER', 'no answer from %s: %s' % (self.name, error))


def _way_of(address, tls_cert, stream, timeout):
    url = urllib.parse.urlsplit(address)
    if url.scheme in ('redis', 'rediss'):
        return _Redis(url, stream, timeout)
    if url.scheme in ('http', 'https') and url.hostname:
        return _Http(url, tls_cert, timeout)
    raise ValueError('url: http://HOST:PORT, https://HOST:PORT or redis://HOST:PORT/0')


# ---------------------------------------------------------------------------------------------------------------- JoinQuant's objects

def _context():
    """JoinQuant hands its context to every hook: it is looked for in the frames that led here."""
    try:
        frame = sys._getframe(2)
    except Exception:  # a Python that shows none
        return None
    while frame is not None:
        for value in list(frame.f_locals.values()):
            try:
                if isinstance(getattr(value, 'current_dt', None), datetime.datetime) and hasattr(value, 'portfolio'):
                    return value
            except Exception:  # an object that throws when it is looked at is none
                pass
        frame = frame.f_back
    return None


def _security(args, kwargs):
    value = kwargs.get('security', args[0] if args else None)
    return value if isinstance(value, str) else None


def _held(context, args, kwargs):
    """Shares of the security before the order; None when nobody can say."""
    try:
        positions = context.portfolio.positions
        security = _security(args, kwargs)
        return _number(positions[security].total_amount) if security in positions else 0
    except Exception:
        return None


def _is_closing(body, before, args, kwargs, name):
    if body['side'] != 'sell':
        return None
    if name in ('order_target', 'order_target_value', 'order_target_percent'):
        target = kwargs.get('amount', kwargs.get('value', kwargs.get('percent', args[1] if len(args) > 1 else None)))
        if target == 0:
            return True
    return None if before is None else body['amount'] >= before


def _order_body(order, when, clock):
    day = (when or _china_now(clock)).strftime('%Y-%m-%d')
    price = _number(getattr(order, 'price', None))
    limit = _number(getattr(getattr(order, 'style', None), 'limit_price', None))
    return {
        'kind': 'order',
        'id': '%s:%s' % (day, order.order_id),
        'security': str(order.security),
        'side': 'buy' if order.is_buy else 'sell',
        'amount': int(abs(order.amount)),
        'price': price if price else limit if limit else None,
        'sent_at': int(clock() * 1000),
        'is_closing': None,
        'picture': None,
    }


def _picture(context, clock):
    portfolio = context.portfolio
    positions = []
    for code, position in dict(portfolio.positions).items():
        amount = _number(getattr(position, 'total_amount', None))
        # Futures, options, funds outside the exchanges and what is owed are nobody's to follow, and no reason to refuse the rest.
        if amount and amount > 0 and _SHARE.match(str(code)):
            positions.append({
                'security': str(code),
                'amount': int(amount),
                'price': _number(getattr(position, 'price', None)) or None,
                'value': _number(getattr(position, 'value', None)),
            })
    return {
        'at': int(clock() * 1000),
        'total_value': _number(getattr(portfolio, 'total_value', None)),
        'available_cash': _number(getattr(portfolio, 'available_cash', None)),
        'positions': positions,
    }


def _number(value):
    """A number that JSON knows; None for anything else, also for NaN."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if number == number and abs(number) != float('inf') else None


def _china_now(clock):
    return datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=clock() + 8 * 3600)
