"""helpers/joinquant/bt_remote.py against a gateway of this test's own, which can lose answers, refuse and lie."""
import ast
import contextlib
import io
import json
import os
import socket
import struct
import sys
import threading
import time
import unittest

HELPERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'helpers', 'joinquant')
CERTIFICATE = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures', 'tls', 'ca.pem'))
sys.path.insert(0, HELPERS)

import bt_remote as bt  # noqa: E402

TOKEN = 'very-secret-token'
SNAPSHOT = {'dtype': 'dict', 'value': {'last_price': 10.0}}
LIMITS = {'dtype': 'dict', 'value': {'last_price': 10.0, 'high_limit': 11.0, 'low_limit': 9.0}}


class Gateway(object):
    """Answers by `answers[action]`: a value, a list of values (one a request), or an exception's name: 'drop' closes, 'error:CODE:text' refuses."""

    def __init__(self):
        self.answers = {'data.snapshot': SNAPSHOT, 'data.live_current': LIMITS, 'broker.orders': [[]]}
        self.requests = []
        self.handshake = {'type': 'handshake_ack', 'session_id': 's1', 'keepalive': 20, 'protocol': 1, 'features': ['data', 'broker']}
        self._listener = socket.socket()
        self._listener.bind(('127.0.0.1', 0))
        self._listener.listen(16)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._listener.close()

    def of(self, action):
        return [payload for name, payload in self.requests if name == action]

    def _serve(self):
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            try:
                self._session(line)
            except (OSError, struct.error):
                pass
            finally:
                line.close()

    def _session(self, line):
        self._read(line)
        self._write(line, self.handshake)
        if self.handshake['type'] == 'error':
            return
        request = self._read(line)
        self.requests.append((request['action'], request['payload']))
        answer = self.answers.get(request['action'], {})
        if isinstance(answer, list) and answer and isinstance(answer[0], (list, dict, str)) and request['action'] != 'broker.positions':
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer == 'drop':
            return
        if isinstance(answer, str) and answer.startswith('error:'):
            _, code, text = answer.split(':', 2)
            self._write(line, {'type': 'error', 'code': code, 'message': text, 'id': request['id']})
            return
        self._write(line, {'type': 'response', 'id': request['id'], 'payload': answer})

    @staticmethod
    def _read(line):
        size = struct.unpack('>I', line.recv(4, socket.MSG_WAITALL))[0]
        return json.loads(line.recv(size, socket.MSG_WAITALL).decode('utf-8'))

    @staticmethod
    def _write(line, message):
        body = json.dumps(message).encode('utf-8')
        line.sendall(struct.pack('>I', len(body)) + body)


class Case(unittest.TestCase):
    def setUp(self):
        self.gateway = Gateway()
        self.addCleanup(self.gateway.close)
        self.printed = io.StringIO()
        self.configure()
        redirect = contextlib.redirect_stderr(self.printed)
        redirect.__enter__()
        self.addCleanup(redirect.__exit__, None, None, None)

    def configure(self, **rest):
        return bt.configure('127.0.0.1', TOKEN, port=self.gateway.port, retry_interval=0.1, **rest)


class Placing(Case):
    def test_an_order_is_placed_with_a_key_and_a_remark_that_begins_with_its_mark(self):
        self.gateway.answers['broker.place_order'] = {'order_id': '7', 'status': 'open'}
        self.assertEqual(bt.order('000001.XSHE', 100, price=10.004, remark='价值', idempotency_key='k1'), '7')
        payload = self.gateway.of('broker.place_order')[0]
        self.assertEqual((payload['side'], payload['amount'], payload['style']), ('BUY', 100, {'type': 'limit', 'price': 10.0}))
        self.assertEqual(payload['idempotency_key'], 'k1')
        self.assertTrue(payload['order_remark'].startswith('bt:'))
        self.assertLessEqual(len(payload['order_remark'].encode('utf-8')), 24)

    def test_a_lost_answer_is_unknown_and_nothing_is_sent_again(self):
        self.gateway.answers['broker.place_order'] = 'drop'
        with self.assertRaises(bt.OrderUnknown) as raised:
            bt.order('000001.XSHE', 100, price=10)
        self.assertEqual(len(self.gateway.of('broker.place_order')), 1)
        self.assertIn(raised.exception.key, str(raised.exception))
        self.assertIn('submit_unknown', str(raised.exception))

    def test_what_is_unknown_can_be_looked_for_by_its_key(self):
        self.gateway.answers['broker.place_order'] = 'drop'
        with self.assertRaises(bt.OrderUnknown) as raised:
            bt.order('000001.XSHE', 100, price=10, remark='x')
        sent = self.gateway.of('broker.place_order')[0]
        other = {'order_id': '8', 'order_remark': 'bt:00000000', 'status': 'open', 'security': '000001.XSHE'}
        mine = {'order_id': '9', 'order_remark': sent['order_remark'], 'status': 'open', 'security': '000001.SZ', 'amount': 100}
        self.gateway.answers['broker.orders'] = [[other, mine]]
        found = bt.find_order(raised.exception.key)
        self.assertEqual((found.order_id, found.security), ('9', '000001.XSHE'))
        self.assertIsNone(bt.find_order('another key'))

    def test_a_text_that_comes_before_anything_is_handed_on_is_a_refusal_any_other_is_unknown(self):
        for text, expected in (('000001.XSHE 无可卖数量', bt.OrderRejected), ('QMT 下单失败: timeout', bt.OrderUnknown), ('database is locked', bt.OrderUnknown)):
            self.gateway.answers['broker.place_order'] = 'error:REQUEST_FAILED:' + text
            with self.assertRaises(expected) as raised:
                bt.order('000001.XSHE', 100, price=10)
            self.assertIn(text, str(raised.exception))
        for code in ('REQUEST_TIMEOUT', 'QMT_UNAVAILABLE'):
            self.gateway.answers['broker.place_order'] = 'error:%s:无可卖数量' % code
            with self.assertRaises(bt.OrderUnknown):
                bt.order('000001.XSHE', 100, price=10)

    def test_an_order_that_comes_back_dead_is_rejected_unless_a_part_was_filled(self):
        for status in ('rejected', 'canceled', 'error'):
            self.gateway.answers['broker.place_order'] = {'order_id': '7', 'status': status}
            with self.assertRaises(bt.OrderRejected):
                bt.order('000001.XSHE', 100, price=10)
        self.gateway.answers['broker.place_order'] = {'order_id': '7', 'status': 'canceled', 'filled': 100}
        self.assertEqual(bt.order('000001.XSHE', 200, price=10), '7')

    def test_an_answer_without_an_id_is_unknown_and_a_negative_id_a_refusal(self):
        for answer in ({'status': 'open'}, {'order_id': None, 'submit_unknown': True}, {'order_id': '5', 'status': 'submit_unknown'}, []):
            self.gateway.answers['broker.place_order'] = answer
            with self.assertRaises(bt.OrderUnknown):
                bt.order('000001.XSHE', 100, price=10)
        self.gateway.answers['broker.place_order'] = {'order_id': '-1'}
        with self.assertRaises(bt.OrderRejected):
            bt.order('000001.XSHE', 100, price=10)

    def test_nobody_there_and_a_wrong_token_are_not_sent(self):
        self.gateway.handshake = {'type': 'error', 'code': 'AUTH_FAILED', 'message': 'token 不匹配'}
        with self.assertRaises(bt.NotSent) as raised:
            bt.order('000001.XSHE', 100, price=10)
        self.assertEqual(raised.exception.code, 'AUTH_FAILED')
        self.gateway.close()
        bt.configure('127.0.0.1', TOKEN, port=1)
        with self.assertRaises(bt.NotSent):
            bt.order('000001.XSHE', 100, price=10)

    def test_a_dry_run_sends_no_order_and_no_cancel(self):
        self.configure(dry_run=True)
        self.assertTrue(bt.order('000001.XSHE', 100, price=10).startswith('dry-'))
        bt.cancel_order('7')
        self.assertEqual([name for name, _ in self.gateway.requests if name.startswith('broker.')], [])

    def test_nothing_that_is_printed_or_raised_holds_the_token(self):
        texts = [repr(bt.get_broker_client()._connection)]
        for answer in ('drop', 'error:REQUEST_FAILED:x', {'order_id': '7'}):
            self.gateway.answers['broker.place_order'] = answer
            try:
                bt.order('000001.XSHE', 100, price=10)
            except bt.RemoteError as error:
                texts.append(str(error))
        texts.append(self.printed.getvalue())
        self.assertNotIn(TOKEN, ' '.join(texts))


class Prices(Case):
    def protected(self, security, amount, **rest):
        self.gateway.answers['broker.place_order'] = {'order_id': '7', 'status': 'open'}
        bt.order(security, amount, **rest)
        return self.gateway.of('broker.place_order')[-1]['style']['protect_price']

    def test_a_market_order_stays_within_cage_limits_and_ticks(self):
        self.assertEqual(self.protected('000001.XSHE', 100), 10.15)
        self.assertEqual(self.protected('000001.XSHE', -100), 9.85)
        self.assertEqual(self.protected('000001.XSHE', 100, style=bt.MarketOrderStyle(10.9)), 10.2)
        self.gateway.answers['data.live_current'] = {'dtype': 'dict', 'value': {'high_limit': 10.1, 'low_limit': 9.9}}
        self.assertEqual(self.protected('000001.XSHE', 100), 10.1)
        self.assertEqual(self.protected('000001.XSHE', -100), 9.9)
        self.gateway.answers['data.snapshot'] = {'dtype': 'dict', 'value': {'last_price': 6.003}}
        self.gateway.answers['data.live_current'] = 'error:REQUEST_FAILED:none'
        self.assertEqual(self.protected('518880.XSHG', 100), 6.093)
        self.assertEqual(self.protected('518880.XSHG', -100), 5.913)

    def test_the_price_is_the_snapshots_then_the_last_minute_bars(self):
        self.assertEqual(bt.get_data_client().get_price_now('000001.XSHE').source, 'snapshot')
        self.gateway.answers['data.snapshot'] = {'dtype': 'dict', 'value': {'last_price': 0}}
        self.gateway.answers['data.history'] = {'dtype': 'dataframe', 'columns': ['time', 'close'], 'records': [[1795138260000.0, 9.5]]}
        now = bt.get_data_client().get_price_now('000001.XSHE')
        self.assertEqual((now.value, now.source), (9.5, 'minute bar'))
        self.assertGreaterEqual(now.age_seconds, 0)

    def test_no_price_is_an_error_that_says_what_each_source_answered(self):
        self.gateway.answers['data.snapshot'] = {'dtype': 'dict', 'value': {}}
        self.gateway.answers['data.history'] = 'error:REQUEST_FAILED:no bars today'
        with self.assertRaises(bt.PriceUnknown) as raised:
            bt.order('000001.XSHE', 100)
        self.assertIn('snapshot: no price', str(raised.exception))
        self.assertIn('no bars today', str(raised.exception))
        self.assertEqual(self.gateway.of('broker.place_order'), [])

    def priced(self, moment):
        self.gateway.answers['data.snapshot'] = {'dtype': 'dict', 'value': {'last_price': 10.0, 'dt': moment}}

    def test_nothing_is_ordered_by_an_old_price(self):
        self.priced('2020-01-02 09:30:00')
        calls = [
            lambda: bt.order('000001.XSHE', 100),
            lambda: bt.order('000001.XSHE', -100),
            lambda: bt.order('000001.XSHE', 100, style=bt.MarketOrderStyle(10.1)),
            lambda: bt.order_value('000001.XSHE', 10000),
            lambda: bt.order_target_value('000001.XSHE', 10000),
        ]
        for call in calls:
            with self.assertRaises(bt.PriceOld) as raised:
                call()
            self.assertEqual(raised.exception.code, 'PRICE_OLD')
            self.assertIn('max_price_age', str(raised.exception))
        self.assertEqual(self.gateway.of('broker.place_order'), [])

    def test_a_price_of_ones_own_needs_no_new_one(self):
        self.priced('2020-01-02 09:30:00')
        self.gateway.answers['broker.place_order'] = {'order_id': '7', 'status': 'open'}
        self.assertEqual(bt.order('000001.XSHE', 100, price=10), '7')
        self.assertEqual(bt.order_value('000001.XSHE', 10000, price=10), '7')

    def test_an_old_price_that_is_allowed_is_told(self):
        self.priced('2020-01-02 09:30:00')
        for age in (None, 1e10):
            self.configure(max_price_age=age)
            self.protected('000001.XSHE', 100)
            self.assertIn('s old', self.printed.getvalue())
        self.configure(max_price_age=10)
        self.priced(int((time.time() - 30) * 1000))
        with self.assertRaises(bt.PriceOld):
            bt.order('000001.XSHE', 100)
        for wrong in (0, -1, 'x', float('nan')):
            with self.assertRaises(bt.RemoteError):
                self.configure(max_price_age=wrong)

    def test_a_price_whose_age_is_not_told_is_taken_and_said(self):
        self.protected('000001.XSHE', 100)
        self.assertIn('does not say how old', self.printed.getvalue())

    def test_the_minutes_before_the_opening_do_not_age_a_price(self):
        midnight = 1783267200  # 2026-07-06 of China
        at = lambda hour, minute, second=0: midnight + hour * 3600 + minute * 60 + second
        self.assertEqual(bt._without_prices(at(9, 25), at(9, 30, 2)), 300)
        self.assertEqual(bt._without_prices(at(9, 27), at(9, 28)), 60)
        self.assertEqual(bt._without_prices(at(11, 30), at(13, 0)), 0)
        self.assertEqual(bt._without_prices(at(9, 25) - 86400, at(9, 24)), 0)
        self.assertEqual(bt._without_prices(at(15, 0) - 86400, at(9, 31)), 300)


class Amounts(Case):
    def amount(self, call):
        self.gateway.answers['broker.place_order'] = {'order_id': '7', 'status': 'open'}
        before = len(self.gateway.of('broker.place_order'))
        call()
        sent = self.gateway.of('broker.place_order')[before:]
        return [(one['side'], one['amount']) for one in sent]

    def test_buys_are_whole_lots_and_sells_are_as_they_are(self):
        self.assertEqual(self.amount(lambda: bt.order('000001.XSHE', 250, price=10)), [('BUY', 200)])
        self.assertEqual(self.amount(lambda: bt.order('688001.XSHG', 201, price=10)), [('BUY', 201)])
        self.assertEqual(self.amount(lambda: bt.order('000001.XSHE', -37, price=10)), [('SELL', 37)])
        with self.assertRaises(bt.OrderRejected):
            bt.order('000001.XSHE', 50, price=10)

    def test_zero_shares_are_no_order(self):
        self.assertEqual(self.amount(lambda: self.assertEqual(bt.order('000001.XSHE', 0), '')), [])

    def test_values_and_targets_go_by_the_price_and_by_what_is_held(self):
        self.gateway.answers['broker.positions'] = [{'security': '000001.SZ', 'amount': 300, 'closeable_amount': 0}]
        self.assertEqual(self.amount(lambda: bt.order_value('000001.XSHE', 5500)), [('BUY', 500)])
        self.assertEqual(self.amount(lambda: bt.order_value('000001.XSHE', -1230, price=10)), [('SELL', 123)])
        self.assertEqual(self.amount(lambda: bt.order_target('000001.XSHE', 500, price=10)), [('BUY', 200)])
        self.assertEqual(self.amount(lambda: bt.order_target('000001.XSHE', 300, price=10)), [])
        self.assertEqual(self.amount(lambda: bt.order_target_value('000001.XSHE', 0, price=10)), [('SELL', 300)])
        self.gateway.answers['broker.account'] = {'dtype': 'dict', 'value': {'available_cash': 1.0, 'total_value': 10000.0}}
        self.assertEqual(self.amount(lambda: bt.order_percent('000001.XSHE', 0.5)), [('BUY', 500)])

    def test_what_was_bought_today_cannot_be_sold_and_0_says_so(self):
        self.gateway.answers['broker.positions'] = [{'security': '000001.XSHE', 'amount': 300, 'closeable_amount': 0, 'available_amount': 300}]
        self.assertEqual((bt.get_positions()[0].available, bt.get_positions()[0].frozen), (0, 300))


class Certificates(unittest.TestCase):
    def test_a_certificate_is_a_path_here_or_beside_the_helper_or_its_text(self):
        with open(CERTIFICATE) as file:
            text = file.read()
        beside = os.path.relpath(CERTIFICATE, HELPERS)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(os.sep)
        self.assertFalse(os.path.exists(beside))
        for given in (CERTIFICATE, beside, text, text.encode('ascii')):
            self.assertEqual(len(bt.RemoteConnection('host', TOKEN, tls_cert=given)._tls.get_ca_certs()), 1)
        for given in ('nowhere.pem', '-----BEGIN CERTIFICATE-----\nx', b'-----BEGIN CERTIFICATE-----'):
            with self.assertRaises(bt.RemoteError) as raised:
                bt.configure('host', TOKEN, tls_cert=given)
            self.assertIn('read_file', str(raised.exception))
            self.assertEqual(raised.exception.code, 'BAD_CONFIG')


class Reading(Case):
    def test_reading_is_repeated_after_a_lost_connection(self):
        self.gateway.answers['broker.account'] = ['drop', 'drop', {'dtype': 'dict', 'value': {'available_cash': 0, 'total_value': 5.0}}]
        account = bt.get_account()
        self.assertEqual((account.available_cash, account.total_value), (0.0, 5.0))

    def test_an_error_is_no_empty_account(self):
        for answer in ({'dtype': 'dict', 'value': {}}, [], 'error:QMT_UNAVAILABLE:down'):
            self.gateway.answers['broker.account'] = answer
            with self.assertRaises(bt.RemoteError):
                bt.get_account()
        self.gateway.answers['broker.positions'] = {'dtype': 'dict', 'value': {}}
        with self.assertRaises(bt.RemoteError):
            bt.get_positions()


class JoinQuant(Case):
    class Context(object):
        def __init__(self, kind):
            self.run_params = type('RunParams', (), {'type': kind})()

    def install(self, namespace, kind='sim_trade', **rest):
        return bt.install_jq_compat(namespace, context=self.Context(kind), host='127.0.0.1', token=TOKEN, port=self.gateway.port, **rest)

    def test_its_functions_go_to_the_gateway_in_simulated_trading(self):
        self.gateway.answers['broker.place_order'] = {'order_id': '7', 'status': 'filled', 'filled': 100}
        self.gateway.answers['broker.orders'] = [[{'order_id': '7', 'status': 'filled', 'filled': 100, 'amount': 100, 'security': '000001.XSHE', 'is_buy': True}]]
        mirrored = []
        namespace = {'order': lambda *args, **words: mirrored.append(args)}
        self.assertTrue(self.install(namespace, mirror_jq_orders=True)['enabled'])
        placed = namespace['order']('000001.XSHE', 100)
        self.assertEqual((placed.status, placed.filled), ('filled', 100))
        self.assertEqual(mirrored, [('000001.XSHE', 100)])
        self.assertEqual(self.gateway.of('broker.place_order')[0]['wait_timeout'], 16.0)
        with self.assertRaises(NotImplementedError):
            namespace['order']('000001.XSHE', 100, side='short')

    def test_a_backtest_keeps_and_gets_back_the_originals(self):
        original = object()
        namespace = {'order': original}
        self.install(namespace)
        self.assertIsNot(namespace['order'], original)
        self.assertEqual(self.install(namespace, kind='simple_backtest')['reason'], 'backtest')
        self.assertIs(namespace['order'], original)


class Grammar(unittest.TestCase):
    def test_both_files_are_python_3_6(self):
        for name in ('bt_remote.py', 'remote_strategy_example.py'):
            with io.open(os.path.join(HELPERS, name), encoding='utf-8') as file:
                ast.parse(file.read(), feature_version=(3, 6))

    def test_it_says_what_to_do_before_it_is_configured(self):
        bt._current.update(data=None, broker=None)
        with self.assertRaises(bt.RemoteError) as raised:
            bt.order('000001.XSHE', 100)
        self.assertIn('configure', str(raised.exception))


if __name__ == '__main__':
    unittest.main()
