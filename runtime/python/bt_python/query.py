"""query(…): columns with Python's operators. They only describe; the runtime builds its own query from the description."""
from . import objects
from .objects import near

_SIGNS = {
    'add': '+', 'sub': '-', 'mul': '*', 'div': '/', 'eq': '==', 'ne': '!=', 'lt': '<', 'le': '<=', 'gt': '>', 'ge': '>=',
    'and': 'AND', 'or': 'OR', 'like': 'LIKE',
}


class Term(object):
    """A column, or what is calculated from columns; a condition too."""

    __hash__ = object.__hash__

    def plain(self, encoder):
        raise NotImplementedError

    def _method(self, name, *args):
        return Expression(self, name, args)

    def __eq__(self, other):
        return self._method('eq', other)

    def __ne__(self, other):
        return self._method('ne', other)

    def __lt__(self, other):
        return self._method('lt', other)

    def __le__(self, other):
        return self._method('le', other)

    def __gt__(self, other):
        return self._method('gt', other)

    def __ge__(self, other):
        return self._method('ge', other)

    def __add__(self, other):
        return self._method('add', other)

    def __radd__(self, other):
        return self._method('add', other)

    def __sub__(self, other):
        return self._method('sub', other)

    def __rsub__(self, other):
        return Expression(other, 'sub', (self,))

    def __mul__(self, other):
        return self._method('mul', other)

    def __rmul__(self, other):
        return self._method('mul', other)

    def __truediv__(self, other):
        return self._method('div', other)

    __div__ = __truediv__

    def __rtruediv__(self, other):
        return Expression(other, 'div', (self,))

    def __neg__(self):
        return self._method('neg')

    def __and__(self, other):
        return self._method('and', other)

    def __or__(self, other):
        return self._method('or', other)

    def __invert__(self):
        return self._method('not')

    def __bool__(self):
        raise TypeError(
            'a condition of a query is neither true nor false: join conditions with & and |, each in brackets, '
            'and turn one round with ~ (and, or, not, in work on values only). It was %r.' % (self,)
        )

    __nonzero__ = __bool__
    # A numpy number or a Series on the left leaves the operator to the column.
    __array_ufunc__ = None
    __array_priority__ = 10000

    def in_(self, values, *more):
        return self._method('in_', _members(values))

    def notin_(self, values):
        return self._method('notin_', _members(values))

    not_in = notin_

    def between(self, low, high):
        return self._method('between', low, high)

    def like(self, pattern):
        return self._method('like', pattern)

    def notlike(self, pattern):
        return ~self.like(pattern)

    def startswith(self, text):
        return self.like(_literal(text) + '%')

    def endswith(self, text):
        return self.like('%' + _literal(text))

    def contains(self, text):
        return self.like('%' + _literal(text) + '%')

    def is_(self, nothing):
        return self._method('is_', nothing)

    def isnot(self, nothing):
        return self._method('isnot', nothing)

    is_not = isnot

    def asc(self):
        return self._method('asc')

    def desc(self):
        return self._method('desc')

    def label(self, name):
        return self._method('label', name)

    def __reduce__(self):
        raise TypeError('a query is not kept')


def _literal(text):
    if '%' in text or '_' in text:
        raise ValueError("startswith(), endswith() and contains() take no %% and _, was %r: write like()." % text)
    return text


def _members(values):
    """The members as they are now: the script may change its list before it asks."""
    if isinstance(values, (str, bytes)) or not hasattr(values, '__iter__'):
        return values
    if hasattr(values, 'tolist'):
        values = values.tolist()
    return list(values)


class Column(Term):
    def __init__(self, table, name):
        self._table = table
        self._name = name

    def plain(self, encoder):
        return {'$': 'col', 't': self._table, 'c': self._name}

    @property
    def name(self):
        return self._name

    key = name

    def __repr__(self):
        return '%s.%s' % (self._table, self._name)


class Expression(Term):
    """A method of a term with its arguments."""

    def __init__(self, on, method, args):
        self._on = on
        self._method_name = method
        self._args = args

    def plain(self, encoder):
        return {'$': 'expr', 'on': encoder.plain(self._on), 'm': self._method_name, 'a': [encoder.plain(arg) for arg in self._args]}

    def __bool__(self):
        # `column in [columns]` and `==` of columns: one and the same column, or not.
        if self._method_name == 'eq' and isinstance(self._args[0], Term):
            return self._on is self._args[0]
        if self._method_name == 'ne' and isinstance(self._args[0], Term):
            return self._on is not self._args[0]
        return Term.__bool__(self)

    __nonzero__ = __bool__

    def __repr__(self):
        sign = _SIGNS.get(self._method_name)
        if sign is not None:
            return '%s %s %s' % (_inner(self._on), sign, _inner(self._args[0]))
        return '%s.%s(%s)' % (_inner(self._on), self._method_name, ', '.join(map(repr, self._args)))


def _inner(term):
    return '(%r)' % (term,) if isinstance(term, Expression) else repr(term)


class Applied(Term):
    """func.sum(column), and_(…), or_(…), not_(…)."""

    def __init__(self, name, args):
        self._name = name
        self._args = args

    def plain(self, encoder):
        return {'$': 'apply', 'f': self._name, 'a': [encoder.plain(arg) for arg in self._args]}

    def __repr__(self):
        return '%s(%s)' % (self._name, ', '.join(map(repr, self._args)))


class Functions(object):
    """SQL's functions: func.sum(income.net_profit)."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return lambda *args: Applied('func.' + name, args)

    def __repr__(self):
        return 'func'


func = Functions()


def and_(*conditions):
    return Applied('and_', conditions)


def or_(*conditions):
    return Applied('or_', conditions)


def not_(condition):
    return Applied('not_', (condition,))


class Table(object):
    """A table of JoinQuant's: its columns are asked for when the first of them is read."""

    def __init__(self, name):
        self.__dict__['_bt'] = [name, None]

    def plain(self, encoder):
        return {'$': 'table', 't': self._bt[0]}

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        columns = self._columns()
        if name not in columns:
            hint = near(name, columns)
            raise AttributeError("the table %s has no column '%s'.%s It has: %s." % (self._bt[0], name, hint, _some(columns)))
        column = Column(self._bt[0], name)
        self.__dict__[name] = column
        return column

    def __setattr__(self, name, value):
        raise AttributeError('%s.%s cannot be assigned: a table only describes.' % (self._bt[0], name))

    def _columns(self):
        known = self._bt
        if known[1] is None:
            known[1] = list(objects.ask('bt.table', [known[0]]) or [])
        return known[1]

    def __dir__(self):
        return self._columns()

    def __repr__(self):
        return self._bt[0]

    def __reduce__(self):
        return table, (self._bt[0],)


_tables = {}


def table(name):
    """The one object of a table."""
    if name not in _tables:
        _tables[name] = Table(name)
    return _tables[name]


def _some(names):
    return ', '.join(names[:24]) + (', …' if len(names) > 24 else '')


class Database(object):
    """`finance`, `macro`: run_query() and the tables."""

    def __init__(self, name):
        self.__dict__['_bt'] = [name, None]

    def run_query(self, *args, **kwargs):
        return objects.ask(self._bt[0] + '.run_query', list(args), kwargs)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        prefix = self._bt[0] + '.'
        known = self._bt
        if known[1] is None:
            known[1] = [one[len(prefix):] for one in objects.ask('bt.tables', []) if one.startswith(prefix)]
        if name not in known[1]:
            raise AttributeError("%s has no table '%s'.%s It has: %s." % (known[0], name, near(name, known[1]), _some(known[1])))
        found = table(prefix + name)
        self.__dict__[name] = found
        return found

    def __repr__(self):
        return self._bt[0]

    def __reduce__(self):
        return database, (self._bt[0],)


_databases = {}


def database(name):
    if name not in _databases:
        _databases[name] = Database(name)
    return _databases[name]


class Fundamentals(object):
    """The tables of get_fundamentals() under the name that early scripts find them by: `fundamentals.indicator.roe`."""

    def __init__(self, tables):
        self.__dict__.update(tables)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        known = list(self.__dict__)
        raise AttributeError("fundamentals has no table '%s'.%s It has: %s." % (name, near(name, known), _some(known)))

    def __repr__(self):
        return 'fundamentals'


class Query(object):
    """What is asked. Every method gives a new query and leaves this one as it is."""

    def __init__(self, columns, methods=()):
        self._asked = columns
        self._methods = methods

    def plain(self, encoder):
        methods = [
            [name, [encoder.plain(arg) for arg in args], {key: encoder.plain(arg) for key, arg in kwargs.items()}]
            for name, args, kwargs in self._methods
        ]
        return {'$': 'query', 'a': [encoder.plain(column) for column in self._asked], 'm': methods}

    def _with(self, name, args, kwargs=None):
        return Query(self._asked, self._methods + ((name, args, kwargs or {}),))

    def filter(self, *conditions):
        return self._with('filter', conditions)

    where = filter

    def order_by(self, *columns):
        return self._with('order_by', columns)

    def group_by(self, *columns):
        return self._with('group_by', columns)

    def having(self, *conditions):
        return self._with('having', conditions)

    def distinct(self):
        return self._with('distinct', ())

    def limit(self, count):
        return self._with('limit', (_whole(count),))

    def offset(self, count):
        return self._with('offset', (_whole(count),))

    def join(self, *args, **kwargs):
        return self._with('join', args, kwargs)

    def outerjoin(self, *args, **kwargs):
        return self._with('outerjoin', args, kwargs)

    def __repr__(self):
        parts = ['query(%s)' % ', '.join(map(repr, self._asked))]
        parts += ['.%s(%s)' % (name, ', '.join(map(repr, args))) for name, args, _ in self._methods]
        return ''.join(parts)

    def __reduce__(self):
        raise TypeError('a query is not kept')


def _whole(count):
    """10.0 is a count as well."""
    return int(count) if isinstance(count, float) and count == int(count) else count


def query(*columns):
    """Columns and tables; also as a text, `'valuation.code, valuation.day'`, as SQLAlchemy of JoinQuant's time takes it."""
    asked = []
    for column in columns:
        asked.extend(_named_in(column) if isinstance(column, str) else [column])
    return Query(tuple(asked))


def _named_in(text):
    for part in text.split(','):
        place, _, name = part.strip().rpartition('.')
        # What names no table is told by the runtime.
        yield getattr(table(place), name) if place else part


def special():
    """How the encoder writes them."""
    return {kind: lambda encoder, value: value.plain(encoder) for kind in (Term, Table, Query)}
