"""Values as they cross: JSON, and a tag {"$": kind, …} for what JSON lacks. Columns of numbers are blocks of bytes beside it."""
import collections.abc
import datetime
import json
import math
import struct
import sys

from .errors import bt_error

# Classes of the module as it is: the clock of a strategy may put others in their place for the script.
_datetime, _date, _time, _delta = datetime.datetime, datetime.date, datetime.time, datetime.timedelta
_EPOCH = datetime.datetime(1970, 1, 1)
_MS = datetime.timedelta(milliseconds=1)
#: China has had one zone and no summer time since 1991: a naive time is this much later than its instant.
ZONE_MS = 8 * 3600 * 1000
_ZONE = datetime.timezone(datetime.timedelta(milliseconds=ZONE_MS))
_LARGEST = 2 ** 53
_AS_THEY_ARE = frozenset([str, bool, type(None)])


def from_ms(ms):
    """Naive Shanghai time of an instant in epoch ms; the fraction of a millisecond is kept."""
    return _EPOCH + _delta(milliseconds=ms + ZONE_MS)


def to_ms(moment):
    """Epoch ms of a naive Shanghai time, or of one with a zone of its own."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(_ZONE).replace(tzinfo=None)
    if type(moment) is not _datetime:
        # A Timestamp calculates with its own kind.
        moment = _datetime(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond)
    ms = (moment - _EPOCH) / _MS - ZONE_MS
    return int(ms) if ms == int(ms) else ms


def loaded(name):
    """A module if the script has it already: a value cannot be of a class whose module is not there."""
    return sys.modules.get(name)


class Encoder:
    """Makes JSON of messages. `special` maps classes to functions (encoder, value) -> JSON-able."""

    def __init__(self):
        self.blocks = []
        self.offset = 0
        self.special = {}
        self.on_function = None
        self._json = json.JSONEncoder(ensure_ascii=False, separators=(',', ':'), check_circular=False).encode
        self._ascii = json.JSONEncoder(ensure_ascii=True, separators=(',', ':'), check_circular=False).encode
        self._by_type = {
            str: _itself, bool: _itself, type(None): _itself,
            int: self._int, float: self._float, list: self._list, dict: self._dict, tuple: self._tuple,
            set: self._set, frozenset: self._set, bytes: self._bytes, bytearray: self._bytes,
            _datetime: self._datetime, _date: self._day, _time: self._time_of_day, _delta: self._timedelta,
            range: self._items,
        }

    def encode(self, message):
        """The text of a message and its blocks. BAD_CALL for a value that is of no known kind."""
        # What is walked over may be a generator of the script's, which asks something meanwhile.
        before = self.blocks, self.offset
        self.blocks, self.offset = [], 0
        try:
            plain, blocks = self._list(message), self.blocks
        except RecursionError:
            raise bt_error('BAD_CALL', 'a value that contains itself, or is nested too deeply, cannot be handed over.')
        finally:
            self.blocks, self.offset = before
        text = self._json(plain)
        try:
            text.encode('utf-8')
        except UnicodeEncodeError:
            text = self._ascii(plain)
        return text, blocks

    def plain(self, value):
        """A value as JSON has it."""
        known = self._by_type.get(type(value))
        return known(value) if known is not None else self._other(value)

    def block(self, data):
        """Adds bytes; where they begin."""
        at = self.offset
        self.blocks.append(data)
        self.offset = at + len(data) + (-len(data) % 8)
        return at

    def _int(self, value):
        if -_LARGEST <= value <= _LARGEST:
            return value
        return {'$': 'big', 'v': str(value)}

    def _float(self, value):
        if math.isfinite(value):
            return value
        return {'$': 'num', 'v': 'nan' if value != value else 'inf' if value > 0 else '-inf'}

    def _list(self, value):
        if _AS_THEY_ARE.issuperset(map(type, value)):
            return value
        return [self.plain(item) for item in value]

    def _items(self, value):
        return [self.plain(item) for item in value]

    def _dict(self, value):
        if '$' not in value and all(type(key) is str for key in value):
            return {key: self.plain(item) for key, item in value.items()}
        return {'$': 'dict', 'v': [[self.plain(key), self.plain(item)] for key, item in value.items()]}

    def _tuple(self, value):
        return {'$': 'tuple', 'v': self._items(value)}

    def _set(self, value):
        return {'$': 'set', 'v': self._items(value)}

    def _bytes(self, value):
        return {'$': 'bytes', 'o': self.block(bytes(value)), 'n': len(value)}

    def _datetime(self, value):
        return {'$': 'time', 'v': to_ms(value)}

    def _day(self, value):
        return {'$': 'date', 'v': '%04d-%02d-%02d' % (value.year, value.month, value.day)}

    def _time_of_day(self, value):
        return {'$': 'tod', 'v': '%s.%03d' % (value.strftime('%H:%M:%S'), value.microsecond // 1000)}

    def _timedelta(self, value):
        ms = value / _MS
        return {'$': 'delta', 'v': int(ms) if ms == int(ms) else ms}

    def _other(self, value):
        for kind in type(value).__mro__:
            special = self.special.get(kind)
            if special is not None:
                return special(self, value)
        numpy = loaded('numpy')
        if numpy is not None and hasattr(numpy, 'generic'):
            from . import frames

            found, plain = frames.encode(self, value)
            if found:
                return plain
        return self._by_base(value)

    def _by_base(self, value):
        """A subclass (an IntEnum, a defaultdict, a Timestamp) crosses as what it is a kind of."""
        if isinstance(value, bool):
            return bool(value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int):
            return self._int(int(value))
        if isinstance(value, float):
            return self._float(float(value))
        for kind, known in self._bases:
            if isinstance(value, kind):
                return known(self, value)
        if callable(value):
            return self.on_function(self, value)
        if isinstance(value, collections.abc.Iterable):
            return self._items(value)
        if hasattr(value, '__float__'):
            return self._float(float(value))
        raise bt_error('BAD_CALL', 'a value of the class %s cannot be handed over: pass plain data.' % type(value).__name__)

    _bases = ()


def _itself(value):
    return value


Encoder._bases = (
    (_datetime, Encoder._datetime),
    (_date, Encoder._day),
    (_time, Encoder._time_of_day),
    (_delta, Encoder._timedelta),
    (collections.abc.Mapping, Encoder._dict),
    (tuple, Encoder._tuple),
    (collections.abc.Set, Encoder._set),
    ((bytes, bytearray, memoryview), Encoder._bytes),
)


class Decoder:
    """Reads messages. `makers` maps tags to functions of their JSON object."""

    def __init__(self):
        self.frame = b''
        self.first = 0
        #: Makes tables while the answer of a call comes that wants no DataFrames; None = DataFrames.
        self.tables = None
        self._scan = json.JSONDecoder(object_hook=self._object).scan_once
        self.makers = {
            'num': lambda d: float(d['v']),
            'big': lambda d: int(d['v']),
            'time': lambda d: from_ms(d['v']),
            'date': lambda d: day(d['v']),
            'delta': lambda d: _delta(milliseconds=d['v']),
            'tod': _time_of,
            'dict': lambda d: {_hashable(key): item for key, item in d['v']},
            'dictlike': lambda d: {_hashable(key): item for key, item in d['v']},
            'tuple': lambda d: tuple(d['v']),
            'set': lambda d: set(d['v']),
            'bytes': self._bytes,
            'days': self._days,
            'lazy': lambda d: LAZY,
        }
        for tag in ('array', 'series', 'frame', 'panel', 'index'):
            self.makers[tag] = self._table

    def decode(self, frame):
        size = int.from_bytes(frame[4:8], 'little')
        # Making a table may import pandas, and an import may ask something meanwhile.
        before = self.frame, self.first
        self.frame = frame
        self.first = 8 + size + (-size % 8)
        try:
            return self._scan(frame[8 : 8 + size].decode('utf-8', 'surrogatepass'), 0)[0]
        finally:
            self.frame, self.first = before

    def _object(self, d):
        tag = d.get('$')
        if tag is None:
            return d
        return self.makers[tag](d)

    def _bytes(self, d):
        at = self.first + d['o']
        return bytes(self.frame[at : at + d['n']])

    def _days(self, d):
        return list(map(_DAYS.__getitem__, struct.unpack_from('<%di' % d['n'], self.frame, self.first + d['o'])))

    def _table(self, d):
        from . import frames

        return frames.decode(self, d)


class _Days(dict):
    """Days by their number since 1970, each made once."""

    def __missing__(self, number):
        made = self[number] = _date.fromordinal(719163 + number)
        return made


_DAYS = _Days()


class _Lazy:
    """Stands for what is asked when it is first read."""

    def __repr__(self):
        return '<not asked yet>'


LAZY = _Lazy()


def day(text):
    """A date of `YYYY-MM-DD`."""
    return _date(int(text[:4]), int(text[5:7]), int(text[8:10]))


def _time_of(d):
    text = d['v']
    return _time(int(text[:2]), int(text[3:5]), int(text[6:8]), int((text[9:] or '0').ljust(6, '0')[:6]))


def _hashable(key):
    return tuple(key) if isinstance(key, list) else key
