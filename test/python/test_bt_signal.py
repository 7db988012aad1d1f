"""helpers/joinquant/bt_signal.py against a follower of this test's own, and against what the TypeScript side was made with (envelope.json)."""
import ast
import base64
import contextlib
import datetime
import hashlib
import hmac
import http.server
import io
import json
import os
import socket
import struct
import sys
import tempfile
import threading
import types
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
HELPERS = os.path.join(HERE, '..', '..', 'helpers', 'joinquant')
sys.path.insert(0, HELPERS)

import bt_signal as bt  # noqa: E402

PASSPHRASE = 'a passphrase of chance 1'
STRATEGY = '小市值'
NOW = datetime.datetime(2026, 3, 2, 9, 31)
REAL = (NOW - datetime.datetime(1970, 1, 1)).total_seconds() - 8 * 3600

with io.open(os.path.join(HERE, 'envelope.json'), encoding='utf-8') as file:
    VECTORS = json.load(file)

bt.time = types.SimpleNamespace(sleep=lambda seconds: None, time=lambda: REAL)
KEYS = bt._Keys(PASSPHRASE, STRATEGY)


class Follower(http.server.ThreadingHTTPServer):
    """Opens envelopes, and answers by `answers`: one of them a request, the last one for ever. 'drop' closes without a word."""

    def __init__(self):
        super(Follower, self).__init__(('127.0.0.1', 0), Handler)
        self.answers = [('accepted', '', '')]
        self.packets = []
        self.bodies = []
        threading.Thread(target=self.serve_forever, kwargs={'poll_interval': 0.01}, daemon=True).start()

    @property
    def url(self):
        return 'http://127.0.0.1:%d' % self.server_address[1]

    def close(self):
        self.shutdown()
        self.server_close()

    def open(self, packet):
        body, mac = packet[:-32], packet[-32:]
        if not hmac.compare_digest(hmac.new(KEYS.mac, body, hashlib.sha256).digest(), mac):
            return None, None
        nonce, end = body[28:44], 45 + body[44]
        return json.loads(bt._xor(KEYS, nonce, body[end:]).decode('utf-8')), nonce


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        follower = self.server
        packet = base64.b64decode(json.loads(self.rfile.read(int(self.headers['Content-Length'])).decode())['bt_signal'])
        follower.packets.append((self.path, packet))
        answer = follower.answers.pop(0) if len(follower.answers) > 1 else follower.answers[0]
        body, nonce = follower.open(packet)
        if body is None:
            return self._say(403, {'result': 'refused', 'id': '', 'code': 'NOT_AUTHENTIC', 'reason': 'no'})
        if answer == 'drop':
            self.close_connection = True
            return None
        if isinstance(answer, int):
            return self._say(answer, {'result': 'unavailable', 'id': '', 'code': 'X', 'reason': 'not now'})
        if isinstance(answer, dict):
            return self._say(200, answer)
        follower.bodies.append(body)
        result, code, reason = answer
        words = [result, body.get('id', ''), code, reason]
        self._say(200, dict(zip(('result', 'id', 'code', 'reason'), words), proof=bt.proof(KEYS, nonce, words)))

    def _say(self, status, answer):
        data = json.dumps(answer).encode('utf-8')
        self.send_response(status)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


def make_order(number=1001, is_buy=True, amount=300, **more):
    values = {
        'order_id': number, 'add_time': NOW, 'is_buy': is_buy, 'amount': amount, 'filled': 0, 'security': '000001.XSHE',
        'price': 10.5, 'avg_cost': 10.5, 'side': 'long', 'action': 'open', 'commission': 5.0, 'status': 'open', 'style': None,
    }
    values.update(more)
    return types.SimpleNamespace(**values)


class Context(object):
    """What JoinQuant hands to a hook."""

    def __init__(self, when=NOW, kind='sim_trade', held=500):
        position = types.SimpleNamespace(total_amount=held, price=10.0, value=held * 10.0)
        self.current_dt = when
        self.run_params = types.SimpleNamespace(type=kind)
        self.portfolio = types.SimpleNamespace(total_value=1e5, available_cash=float('nan'), positions={'000001.XSHE': position})


class Case(unittest.TestCase):
    def setUp(self):
        self.follower = Follower()
        self.addCleanup(self.follower.close)
        self.printed = io.StringIO()
        redirect = contextlib.redirect_stderr(self.printed)
        redirect.__enter__()
        self.addCleanup(redirect.__exit__, None, None, None)
        self.sender = self.make()
        self.order = make_order()

    def make(self, **more):
        return bt.Sender(self.follower.url, STRATEGY, PASSPHRASE, clock=lambda: REAL, **more)

    def call(self, sender=None, name='order', context=None, args=('000001.XSHE', 300), order='default', **kwargs):
        placed = self.order if order == 'default' else order

        def function(*args, **kwargs):
            return placed

        function.__name__ = name
        wrapped = (sender or self.sender).follows(function)

        def hook(context):
            return wrapped(*args, **kwargs)

        result = hook(Context() if context is None else context)
        self.assertIs(result, placed)
        return self.last(sender)

    def last(self, sender=None):
        results = (sender or self.sender).results
        return results[-1] if results else None

    def tearDown(self):
        self.assertNotIn(PASSPHRASE, self.printed.getvalue())


class Vectors(unittest.TestCase):
    def test_envelopes_and_proofs_are_those_of_the_other_side(self):
        for vector in VECTORS['envelopes']:
            keys = bt._Keys(vector['passphrase'], vector['strategy'])
            self.assertEqual((keys.encryption.hex(), keys.mac.hex()), (vector['encryptionKey'], vector['macKey']))
            nonce = bytes.fromhex(vector['nonce'])
            sealed = bt.seal(
                keys, vector['strategy'], vector['sealedAt'], vector['validSeconds'], bytes.fromhex(vector['life']), vector['number'],
                nonce, vector['plain'].encode('utf-8'),
            )
            self.assertEqual(sealed.hex(), vector['envelope'])
            self.assertEqual(bt.proof(keys, nonce, vector['words']), vector['proof'])


class Telling(Case):
    def test_an_order_is_told_with_the_id_of_its_day_and_number_and_what_the_source_holds(self):
        self.assertEqual(self.call(), bt.Result('accepted', '2026-03-02:1001', '', ''))
        self.assertEqual(self.follower.packets[0][0], '/api/order')
        self.assertEqual(self.follower.bodies, [{
            'kind': 'order', 'id': '2026-03-02:1001', 'security': '000001.XSHE', 'side': 'buy', 'amount': 300, 'price': 10.5,
            'sent_at': int(REAL * 1000), 'is_closing': None,
            'picture': {
                'at': int(REAL * 1000), 'total_value': 1e5, 'available_cash': None,
                'positions': [{'security': '000001.XSHE', 'amount': 500, 'price': 10.0, 'value': 5000.0}],
            },
        }])

    def test_it_is_sealed_and_numbered_and_two_of_one_text_differ(self):
        self.call()
        self.call(order=make_order(1002))
        first, second = [packet for _, packet in self.follower.packets]
        self.assertNotIn(b'000001', first)
        self.assertEqual(first[16:24], second[16:24])
        self.assertEqual([struct.unpack('>I', packet[24:28])[0] for packet in (first, second)], [1, 2])
        self.assertNotEqual(first[28:44], second[28:44])

    def test_an_unfilled_limit_order_has_its_limit_as_price_and_a_market_order_none(self):
        style = types.SimpleNamespace(limit_price=9.9)
        self.call(order=make_order(price=0.0, style=style))
        self.call(order=make_order(1002, price=0.0))
        self.call(order=make_order(1003, price=float('nan')))
        self.assertEqual([body['price'] for body in self.follower.bodies], [9.9, None, None])

    def test_a_sell_says_whether_it_is_all_that_is_held(self):
        for number, (name, amount, args, expected) in enumerate([
            ('order', 500, ('000001.XSHE', -500), True), ('order', 300, ('000001.XSHE', -300), False),
            ('order_target', 450, ('000001.XSHE', 0), True), ('order_target_value', 300, ('000001.XSHE', 2000), False),
        ]):
            self.call(name=name, args=args, order=make_order(number, is_buy=False, amount=amount))
            self.assertIs(self.follower.bodies[-1]['is_closing'], expected)

    def test_nothing_is_told_of_nothing_of_a_dead_order_and_of_one_that_is_not_long(self):
        self.call(order=None)
        self.call(order=make_order(status='rejected'))
        self.call(order=make_order(status='OrderStatus.canceled'))
        self.call(order=make_order(side='short'))
        self.assertEqual(self.follower.packets, [])
        self.call(order=make_order(status='canceled', filled=100))
        self.assertEqual(len(self.follower.packets), 1)

    def test_an_order_is_told_once_also_when_two_functions_come_back_with_it(self):
        self.call()
        self.call(name='order_value')
        self.assertEqual(len(self.follower.packets), 1)

    def test_what_the_source_holds_can_be_left_out_and_told_alone(self):
        self.call(self.make(picture=False))
        self.assertIsNone(self.follower.bodies[0]['picture'])
        self.assertEqual(self.sender.report(Context()).result, 'accepted')
        self.assertEqual(self.follower.bodies[1]['kind'], 'picture')
        self.assertEqual(self.sender.hello().result, 'accepted')

    def test_what_no_follower_can_hold_is_left_out_of_what_is_held(self):
        context = Context()
        for code, amount in (('110022.OF', 10.5), ('IF2009.CCFX', 1), ('10001313.XSHG', 1), ('600000.XSHG', -100)):
            context.portfolio.positions[code] = types.SimpleNamespace(total_amount=amount, price=1.0, value=1.0)
        self.assertEqual(self.call(context=context).result, 'accepted')
        self.assertEqual([row['security'] for row in self.follower.bodies[0]['picture']['positions']], ['000001.XSHE'])

    def test_an_order_goes_also_when_what_is_held_cannot_be_said(self):
        context = Context()
        context.portfolio = types.SimpleNamespace(positions=7)
        self.assertEqual(self.call(context=context).result, 'accepted')
        self.assertIsNone(self.follower.bodies[0]['picture'])
        self.assertIn('without what is held', self.printed.getvalue())

    def test_a_refusal_is_said_in_the_log_of_the_strategy(self):
        said = []
        sender = self.make(namespace={'log': types.SimpleNamespace(warn=said.append)})
        self.follower.answers = [('refused', 'RULE', '太贵')]
        self.assertEqual(self.call(sender), bt.Result('refused', '2026-03-02:1001', 'RULE', '太贵'))
        self.assertEqual(said, ['bt_signal: signal 2026-03-02:1001: refused (太贵)'])
        self.assertEqual(sender.unsent(), [])


class Backtests(Case):
    def test_nothing_is_sent_in_one_whichever_way_it_shows(self):
        old = NOW - datetime.timedelta(seconds=601)
        self.call(context=Context(kind='simple_backtest'))
        self.call(context=Context(when=old))
        self.call(context=types.SimpleNamespace(), order=make_order(add_time=old))
        self.call(context=types.SimpleNamespace(), order=make_order(add_time='2026-03-02 09:31:00'))
        self.assertEqual(self.sender.report(Context(when=old)).result, 'skipped')
        self.assertEqual(self.follower.packets, [])
        self.assertEqual([result.code for result in self.sender.results], ['BACKTEST'] * 5)

    def test_a_strategy_that_is_late_by_minutes_is_none(self):
        self.assertEqual(self.call(context=Context(when=NOW - datetime.timedelta(seconds=599))).result, 'accepted')

    def test_without_a_context_the_order_says_when_it_is(self):
        self.assertEqual(self.call(context=types.SimpleNamespace()).result, 'accepted')
        self.assertIsNone(self.follower.bodies[0]['picture'])


class Failing(Case):
    def test_a_lost_answer_is_asked_for_again_with_the_same_bytes(self):
        self.follower.answers = ['drop', 503, ('duplicate', '', 'ordered')]
        self.assertEqual(self.call().result, 'duplicate')
        self.assertEqual(len(set(packet for _, packet in self.follower.packets)), 1)
        self.assertEqual(len(self.follower.packets), 3)

    def test_what_nobody_answered_is_kept_and_sent_again_under_its_id(self):
        self.follower.answers = ['drop']
        self.assertEqual((self.call().result, self.last().code), ('unsent', 'NO_ANSWER'))
        self.assertEqual(self.sender.unsent(), ['2026-03-02:1001'])
        self.assertIn('signal 2026-03-02:1001: unsent', self.printed.getvalue())
        self.follower.answers = [('accepted', '', '')]
        self.assertEqual([result.result for result in self.sender.resend()], ['accepted'])
        self.assertEqual((self.sender.unsent(), self.sender.resend()), ([], []))
        self.assertEqual(self.follower.bodies[0]['sent_at'], int(REAL * 1000))
        packets = [packet for _, packet in self.follower.packets]
        self.assertNotEqual(packets[0], packets[-1])

    def test_an_answer_without_proof_is_none(self):
        for answer in ({'result': 'accepted', 'id': '2026-03-02:1001', 'code': '', 'reason': ''},
                       {'result': 'accepted', 'id': '2026-03-02:1001', 'code': '', 'reason': '', 'proof': '0' * 64},
                       {'result': 'accepted', 'id': '', 'code': '', 'reason': '', 'proof': 'ü'}, {'status': 'success'}, {}):
            self.follower.answers = [answer]
            self.assertEqual(self.call(self.make()).result, 'unsent')

    def test_a_wrong_passphrase_is_said_and_not_tried_again(self):
        sender = bt.Sender(self.follower.url, STRATEGY, 'another passphrase 1', clock=lambda: REAL)
        self.assertEqual((self.call(sender).result, self.last(sender).code), ('unsent', 'NOT_AUTHENTIC'))
        self.assertEqual(len(self.follower.packets), 1)

    def test_nobody_there_is_no_error_of_the_strategy(self):
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            url = 'http://127.0.0.1:%d' % free.getsockname()[1]
        sender = bt.Sender(url, STRATEGY, PASSPHRASE, clock=lambda: REAL)
        self.assertEqual(self.call(sender).code, 'NO_ANSWER')

    def test_an_order_that_cannot_be_read_is_no_error_of_the_strategy(self):
        self.call(order=types.SimpleNamespace(order_id=1, add_time=NOW, is_buy=True, amount='many', security='x'))
        self.assertIn('a signal was not sent', self.printed.getvalue())

    def test_an_object_that_throws_when_it_is_looked_at_is_no_error_of_the_strategy(self):
        class Rude(object):
            def __getattr__(self, name):
                raise ValueError('no')

        rude = Rude()
        self.assertEqual(self.call(context=types.SimpleNamespace()).result, 'accepted')
        self.assertIsNotNone(rude)

    def test_what_the_function_itself_raises_is_raised(self):
        def order():
            raise KeyError('own')

        with self.assertRaises(KeyError):
            self.sender.follows(order)()

    def test_what_is_kept_outlives_the_strategy(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'unsent.json')
            self.follower.answers = ['drop']
            self.call(self.make(keep=path))
            self.assertEqual(self.make(keep=path).unsent(), ['2026-03-02:1001'])

    def test_what_is_kept_is_written_by_joinquants_own_functions_where_they_are(self):
        files = {}
        namespace = {'read_file': lambda path: files[path].encode('utf-8'), 'write_file': files.__setitem__}
        self.follower.answers = ['drop']
        self.call(self.make(keep='unsent.json', namespace=namespace))
        self.assertEqual(self.make(keep='unsent.json', namespace=namespace).unsent(), ['2026-03-02:1001'])


class Following(Case):
    def test_one_line_follows_every_function_that_is_there_and_a_second_one_replaces_the_first(self):
        calls = []

        def order(security, amount):
            calls.append(security)
            return make_order(len(calls))

        namespace = {'order': order, 'order_value': order, 'context': Context()}
        for _ in range(2):
            bt.follow(namespace, self.follower.url, STRATEGY, PASSPHRASE, clock=lambda: REAL)
        exec('order("000001.XSHE", 100)\norder_value("000001.XSHE", 100)', namespace)
        self.assertEqual((len(calls), len(self.follower.packets)), (2, 2))
        self.assertEqual(bt.hello().result, 'accepted')
        self.assertEqual((bt.unsent(), bt.resend()), ([], []))

    def test_what_cannot_work_is_refused_at_once(self):
        for arguments in ((self.follower.url, STRATEGY, 'short'), (self.follower.url, '', PASSPHRASE), ('ftp://x', STRATEGY, PASSPHRASE)):
            with self.assertRaises(ValueError):
                bt.Sender(*arguments)
        with self.assertRaises(ValueError):
            bt.follow({}, self.follower.url, STRATEGY, PASSPHRASE)

    def test_redis_is_added_to_a_stream_of_bounded_length(self):
        added = []

        class Redis(object):
            @classmethod
            def from_url(cls, url, **options):
                return cls()

            def xadd(self, *args, **kwargs):
                added.append((args, kwargs))

        sys.modules['redis'] = types.SimpleNamespace(Redis=Redis)
        self.addCleanup(sys.modules.pop, 'redis')
        sender = bt.Sender('redis://:very-secret@127.0.0.1:6379/0', STRATEGY, PASSPHRASE, clock=lambda: REAL)
        self.assertEqual(self.call(sender).result, 'queued')
        self.assertNotIn('very-secret', repr(sender))
        (stream, fields), options = added[0]
        self.assertEqual((stream, list(fields), options), ('bt-signals', ['bt_signal'], {'maxlen': 10000, 'approximate': True}))
        packet = base64.b64decode(fields['bt_signal'])
        self.assertEqual(struct.unpack('>I', packet[12:16])[0], 86400)
        self.assertEqual(self.follower.open(packet)[0]['id'], '2026-03-02:1001')


class Certificates(unittest.TestCase):
    def test_a_certificate_is_a_path_here_or_beside_the_sender_or_its_text(self):
        path = os.path.abspath(os.path.join(HERE, '..', 'fixtures', 'tls', 'ca.pem'))
        with open(path) as file:
            text = file.read()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(os.sep)
        for given in (path, os.path.relpath(path, HELPERS), text, text.encode('ascii')):
            sender = bt.Sender('https://host', STRATEGY, PASSPHRASE, tls_cert=given)
            self.assertEqual(len(sender._way._tls.get_ca_certs()), 1)
        for given in ('nowhere.pem', '-----BEGIN CERTIFICATE-----'):
            with self.assertRaisesRegex(ValueError, 'read_file'):
                bt.Sender('https://host', STRATEGY, PASSPHRASE, tls_cert=given)


class Grammar(unittest.TestCase):
    def test_it_is_python_3_6(self):
        with open(os.path.join(HELPERS, 'bt_signal.py'), encoding='utf-8') as file:
            ast.parse(file.read(), feature_version=(3, 6))


if __name__ == '__main__':
    unittest.main()
