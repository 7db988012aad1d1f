"""Frames and values, by bytes that both sides read (frames.json), and by what goes round."""
import datetime
import json
import math
import os
import struct
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'runtime', 'python'))

from bt_python import made, objects  # noqa: E402
from bt_python.errors import BtError  # noqa: E402
from bt_python.link import to_frame  # noqa: E402
from bt_python.values import Decoder, Encoder  # noqa: E402

with open(os.path.join(HERE, 'frames.json'), encoding='utf-8') as _file:
    FRAMES = json.load(_file)


def cross(value):
    """A value as it comes back from where it was sent to."""
    text, blocks = Encoder().encode([value])
    return Decoder().decode(bytearray(to_frame(text, blocks)))[0]


def text_of(message):
    return json.dumps(message, ensure_ascii=False, separators=(',', ':'))


class Frames(unittest.TestCase):
    def test_a_frame_is_its_lengths_its_json_and_its_blocks(self):
        for one in FRAMES:
            made = to_frame(text_of(one['message']), [bytes.fromhex(block) for block in one['blocks']])
            self.assertEqual(made.hex(), one['frame'], one['name'])

    def test_the_same_bytes_are_read(self):
        for one in FRAMES:
            decoder = Decoder()
            decoder.makers = Raw()
            frame = bytearray.fromhex(one['frame'])
            self.assertEqual(decoder.decode(frame), one['message'], one['name'])
            size = int.from_bytes(frame[4:8], 'little')
            first = 8 + size + (-size % 8)
            padded = [block + bytes(-len(block) % 8) for block in map(bytes.fromhex, one['blocks'])]
            self.assertEqual(bytes(frame[first:]), b''.join(padded), one['name'])

    def test_messages_are_written_as_the_fixtures_say(self):
        by_name = {one['name']: one for one in FRAMES}
        messages = {
            'a call': ['call', 'order', ['600000.XSHG', 100], {'style': made.LimitOrderStyle(10.5)}],
            'an answer that is nothing': ['ret', None],
            'values that JSON lacks': ['ret', [
                float('nan'), float('-inf'), 123456789012345678901, datetime.datetime(2026, 7, 6, 9, 35), datetime.date(2026, 7, 6),
                datetime.timedelta(1), datetime.time(14, 50), (1, 2), {'a'}, {1: 'x'}, objects.OrderStatus.held,
            ]],
        }
        for name, message in messages.items():
            encoder = Encoder()
            encoder.special[made.Made] = lambda encoder, value: value.plain(encoder)
            encoder.special[objects.OrderStatus] = lambda encoder, value: {'$': 'enum', 'c': 'OrderStatus', 'v': value.name}
            text, blocks = encoder.encode(message)
            self.assertEqual(to_frame(text, blocks).hex(), by_name[name]['frame'], name)


class Raw(object):
    """Leaves what is tagged as it is."""

    def __getitem__(self, tag):
        return lambda d: d


class Values(unittest.TestCase):
    def test_plain_values_come_back_as_they_were(self):
        for value in (None, True, False, 0, -1, 1.0, 0.1, 1e300, '', 'a"\n', '平安', [], [1, 'a', None], {}, {'a': [1.5]}, (1, 2), {1: 2, 'a': 3},
                      {'$': 1}, {(1, 2): 3}, b'', b'\x00\xff', 2 ** 70, -(2 ** 60), {'a', 'b'}, datetime.date(2026, 6, 29),
                      datetime.datetime(2026, 6, 29, 9, 30), datetime.datetime(1990, 12, 19), datetime.datetime(2026, 6, 29, 9, 30, 1, 500000),
                      datetime.timedelta(days=-1, seconds=5), datetime.time(14, 50), [[[[]]]]):
            back = cross(value)
            self.assertEqual(back, value)
            self.assertIs(type(back), type(value))

    def test_what_is_no_number_crosses(self):
        self.assertTrue(math.isnan(cross(float('nan'))))
        self.assertEqual([cross(float('inf')), cross([float('-inf')])], [float('inf'), [float('-inf')]])

    def test_times_with_a_zone_are_the_same_instant(self):
        utc = datetime.datetime(2026, 6, 29, 1, 30, tzinfo=datetime.timezone.utc)
        self.assertEqual(cross(utc), datetime.datetime(2026, 6, 29, 9, 30))

    def test_many_days_cross_as_numbers(self):
        text = '["ret",{"$":"days","o":0,"n":3}]'
        frame = bytearray(to_frame(text, [struct.pack('<3i', -1, 0, 20638)]))
        self.assertEqual(Decoder().decode(frame), ['ret', [datetime.date(1969, 12, 31), datetime.date(1970, 1, 1), datetime.date(2026, 7, 4)]])

    def test_what_can_be_walked_over_is_a_list(self):
        self.assertEqual(cross({'a': 1}.keys()), {'a'})
        self.assertEqual(cross({'a': 1}.values()), [1])
        self.assertEqual(cross(range(3)), [0, 1, 2])
        self.assertEqual(cross(x for x in 'ab'), ['a', 'b'])
        self.assertEqual(cross(map(str, [1])), ['1'])

    def test_subclasses_cross_as_what_they_are_a_kind_of(self):
        import collections
        import decimal
        import enum

        class Text(str):
            pass

        Level = enum.IntEnum('Level', 'one two')
        self.assertEqual(cross(Text('a')), 'a')
        self.assertEqual(cross(Level.two), 2)
        self.assertEqual(cross(collections.OrderedDict(a=1)), {'a': 1})
        self.assertEqual(cross(collections.namedtuple('P', 'x y')(1, 2)), (1, 2))
        self.assertEqual(cross(decimal.Decimal('1.5')), 1.5)

    def test_what_is_of_no_kind_or_contains_itself_is_refused(self):
        ring = []
        ring.append(ring)
        for value in (object(), ring):
            with self.assertRaises(BtError) as caught:
                cross(value)
            self.assertEqual(caught.exception.code, 'BAD_CALL')

    def test_numpys_cross_without_pandas(self):
        try:
            import numpy
        except ImportError:
            self.skipTest('needs numpy')
        self.assertEqual(cross([numpy.float64(1.5), numpy.int64(2), numpy.bool_(True), numpy.arange(3)])[:3], [1.5, 2, True])
        self.assertEqual(cross(numpy.arange(3)).tolist(), [0, 1, 2])
        with self.assertRaises(BtError) as caught:
            cross(object())
        self.assertEqual(caught.exception.code, 'BAD_CALL')

    def test_a_text_that_is_no_unicode_crosses(self):
        text, _ = Encoder().encode(['a\ud800'])
        self.assertEqual(text, '["a\\ud800"]')


class Objects(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        objects.learn({'Trade': [['trade_id', 'text'], ['order_id', 'text'], ['security', 'text'], ['time', 'time'], ['amount', 'int'],
                                 ['price', 'float'], ['commission', 'float'], ['size', '=amount'], ['note', 'any']]})
        objects.ask = lambda name, args: '%s %s' % (name, args)

    def trade(self):
        decoder = Decoder()
        decoder.makers['obj'] = lambda d: objects.make(d['c'], d['v'])
        values = ['7', '1', '000001.XSHE', {'$': 'time', 'v': 1782696600000}, 100, 10, None, None, {'$': 'lazy'}]
        return decoder.decode(bytearray(to_frame(json.dumps([{'$': 'obj', 'c': 'Trade', 'v': values}]))))[0]

    def test_kinds_of_numbers_are_kept_and_missing_is_nan(self):
        trade = self.trade()
        self.assertEqual((repr(trade.amount), repr(trade.price), repr(trade.commission), trade.size), ('100', '10.0', 'nan', 100))
        self.assertEqual(trade.time, datetime.datetime(2026, 6, 29, 9, 30))

    def test_it_prints_as_joinquants(self):
        self.assertEqual(str([self.trade()]), '[Trade(trade_id=7 order_id=1 security=000001.XSHE time=2026-06-29 09:30:00 amount=100 price=10.0)]')

    def test_a_lazy_attribute_is_asked_for_once(self):
        trade = self.trade()
        self.assertEqual(trade.note, "bt.attribute ['Trade', '000001.XSHE', 'note']")
        self.assertIs(trade.note, trade.note)

    def test_it_cannot_be_written_or_kept(self):
        import pickle

        for write in (lambda one: setattr(one, 'price', 1), lambda one: delattr(one, 'price'), pickle.dumps):
            with self.assertRaises((AttributeError, TypeError)):
                write(self.trade())
        with self.assertRaisesRegex(AttributeError, "Did you mean 'price'"):
            self.trade().prize

    def test_a_status_is_its_bare_name(self):
        held = objects.OrderStatus.held
        self.assertEqual((str(held), '%s' % held, '{}'.format(held), repr([held]), held.name, held.value), ('held', 'held', 'held', '[held]', 'held', 4))
        self.assertEqual(held, objects.OrderStatus(4))


if __name__ == '__main__':
    unittest.main()
