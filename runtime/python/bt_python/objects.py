"""What the runtime's objects look like to a script: attributes, JoinQuant's texts, nothing that can be written."""
import difflib
import enum
import math

from . import made
from .values import LAZY, from_ms

#: Given by main: how an attribute that does not cross by itself is asked for. (name of the call, args) -> value
ask = None


class OrderStatus(enum.Enum):
    """JoinQuant's statuses in JoinQuant's meanings: `filled` is partly filled, `held` wholly."""

    open = 0
    filled = 1
    canceled = 2
    rejected = 3
    held = 4
    new = 8

    def __str__(self):
        return self.name

    def __repr__(self):
        return self.name


#: Attributes of other platforms (PTrade, zipline, RiceQuant), and what JoinQuant calls them; as in objects/attributes.ts.
FOREIGN = {
    'last_sale_price': ['price', 'last_price'],
    'cost_basis': ['avg_cost'],
    'avg_price': ['avg_cost', 'price'],
    'enable_amount': ['closeable_amount'],
    'sellable': ['closeable_amount'],
    'closable': ['closeable_amount'],
    'quantity': ['total_amount', 'amount'],
    'market_value': ['value', 'positions_value'],
    'order_book_id': ['security'],
    'symbol': ['security'],
    'sid': ['security'],
    'limit_up': ['high_limit'],
    'limit_down': ['low_limit'],
    'up_limit': ['high_limit'],
    'down_limit': ['low_limit'],
    'last': ['last_price'],
    'suspended': ['paused'],
}


def near(name, names):
    """` Did you mean 'close'?` when there is a near name, or it is another platform's for one of these."""
    known = [one for one in FOREIGN.get(name, ()) if one in names]
    if known:
        return " Did you mean '%s'?" % known[0]
    found = difflib.get_close_matches(name, [one for one in names if isinstance(one, str)], 1, 0.6)
    return " Did you mean '%s'?" % found[0] if found else ''


class Shown(object):
    """Base of the objects that only show the account or the market. Their values are in the instance's own dict."""

    _fields = ()
    _repr = ()
    _label = None

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        kinds = type(self)._fields
        text = "'%s' object has no attribute '%s'.%s" % (type(self).__name__, name, near(name, [field for field, _ in kinds]))
        raise AttributeError('%s It has: %s.' % (text, ', '.join(field for field, _ in kinds)))

    def __setattr__(self, name, value):
        raise AttributeError(
            '%s.%s cannot be assigned: it shows the account or the market. Keep values of your own in g.' % (type(self).__name__, name)
        )

    def __delattr__(self, name):
        self.__setattr__(name, None)

    def __repr__(self):
        shown = ', '.join('%r: %r' % (name, getattr(self, name, None)) for name in self._repr or [field for field, _ in self._fields])
        return '%s({%s})' % (self._label or type(self).__name__, shown)

    def __reduce__(self):
        raise TypeError('a %s shows one moment only and is not kept' % type(self).__name__)


class _Asked(object):
    """An attribute that is asked for when it is first read; then it is in the object's dict, which is looked at first."""

    def __init__(self, name):
        self.name = name

    def __get__(self, shown, owner=None):
        if shown is None:
            return self
        value = _kind(dict(type(shown)._fields).get(self.name))(ask('bt.attribute', [type(shown).__name__, key_of(shown), self.name]))
        shown.__dict__[self.name] = value
        return value


def key_of(shown):
    values = shown.__dict__
    return values.get('security') or values.get('code')


class Order(Shown):
    def __repr__(self):
        parts = ['%s=%s' % (name, getattr(self, name)) for name in _ORDER]
        if self.__dict__.get('unknown'):
            parts.append('unknown=True')
        return 'StockOrder(%s)' % ' '.join(parts)


_ORDER = ('order_id', 'security', 'status', 'style', 'side', 'action', 'amount', 'filled', 'price', 'add_time')


class Trade(Shown):
    def __repr__(self):
        return 'Trade(%s)' % ' '.join('%s=%s' % (name, getattr(self, name)) for name in ('trade_id', 'order_id', 'security', 'time', 'amount', 'price'))


class Position(Shown):
    _label = 'UserPosition'
    _repr = ('security', 'total_amount', 'closeable_amount', 'locked_amount', 'avg_cost', 'price', 'value')


class SecurityInfo(Shown):
    _repr = ('code', 'display_name', 'name', 'type', 'start_date', 'end_date')


class SecurityCurrentData(Shown):
    _repr = ('security', 'name', 'last_price', 'high_limit', 'low_limit', 'day_open')


class SecurityUnitData(Shown):
    _repr = ('security', 'open', 'close', 'high', 'low', 'volume', 'money')

    def isnan(self):
        """True when there is no such bar."""
        return math.isnan(self.close)

    def mavg(self, *args, **kwargs):
        return ask('bt.method', ['SecurityUnitData', self.security, 'mavg', list(args), kwargs])

    def vwap(self, *args, **kwargs):
        return ask('bt.method', ['SecurityUnitData', self.security, 'vwap', list(args), kwargs])

    def stddev(self, *args, **kwargs):
        return ask('bt.method', ['SecurityUnitData', self.security, 'stddev', list(args), kwargs])


class Tick(Shown):
    _repr = ('code', 'datetime', 'current', 'open', 'volume', 'a1_p', 'b1_p')


class DividendsEvent(Shown):
    _repr = ('security', 'dividends')


class Dividend(Shown):
    pass


_classes = {
    kind.__name__: kind
    for kind in (Order, Trade, Position, SecurityInfo, SecurityCurrentData, SecurityUnitData, Tick, DividendsEvent, Dividend)
}


#: Attributes of the classes that scripts make objects of themselves: the style of an order is one.
_made = {}


def _float(value):
    return float('nan') if value is None else float(value)


def _int(value):
    return value if value is None or value != value else int(value)


def _time(value):
    return from_ms(value) if isinstance(value, (int, float)) else value


def _same(value):
    return value


_KINDS = {'float': _float, 'int': _int, 'time': _time}


def _kind(kind):
    return _KINDS.get(kind, _same)


def learn(table):
    """Takes the runtime's list of classes: their attributes in the order in which they cross, each with its kind."""
    for name, fields in table.items():
        if name in made.CLASSES:
            _made[name] = [field for field, _ in fields]
            continue
        kind = _classes.get(name)
        if kind is None:
            kind = _classes[name] = type(name, (Shown,), {})
        kind._fields = tuple((field, how) for field, how in fields)
        kind._plan = [(field, _kind(how)) for field, how in fields if not _elsewhere(how)]
        kind._places = [place for place, (_, how) in enumerate(fields) if not _elsewhere(how)]
        kind._same = [(field, how[1:]) for field, how in fields if how.startswith('=')]
        for field, _ in fields:
            # Found after the object's own dict; a method of the class of that name stays.
            if not hasattr(kind, field):
                setattr(kind, field, _Asked(field))


def _elsewhere(how):
    return how.startswith('=')


def make(name, values):
    """An object of a class from its values."""
    if name in _made:
        return made.CLASSES[name](**dict(zip(_made[name], values)))
    kind = _classes.get(name)
    if kind is None:
        raise KeyError('the runtime sent an object of the class %s, which nobody knows' % name)
    one = kind.__new__(kind)
    own = one.__dict__
    for place, (field, read) in zip(kind._places, kind._plan):
        value = values[place]
        if value is not LAZY:
            own[field] = read(value)
    for field, other in kind._same:
        if other in own:
            own[field] = own[other]
    return one

