"""The functions of the API by their names: each is a question to the runtime, which reads the arguments and answers."""
import builtins
import inspect

from . import made, objects, query
from .errors import bt_error
from .market import CurrentData

_TABLES = ('valuation', 'indicator', 'income', 'balance', 'cash_flow', 'bank_indicator', 'security_indicator', 'insurance_indicator')
#: Databases that are known by name only.
_REFUSED = ('jy', 'gta', 'opt', 'bond', 'sup')
_LETS_TIME_PASS = ('order', 'batch_', 'cancel_', 'margin')
_CHANGES_ACCOUNTS = ('set_subportfolios', 'transfer_cash', 'inout_cash')


class Log(object):
    """log.info('%s: %.2f', code, price), or values one after the other."""

    def __init__(self, post, call):
        self._post = post
        self._call = call

    def _line(self, level, values):
        self._post('log.' + level, [text_of(values)])

    def debug(self, *values, **_):
        self._line('debug', values)

    def info(self, *values, **_):
        self._line('info', values)

    def warn(self, *values, **_):
        self._line('warning', values)

    warning = warn

    def error(self, *values, **_):
        self._line('error', values)

    critical = error

    def exception(self, *values, **_):
        import traceback

        self._line('error', (text_of(values) + '\n' + traceback.format_exc().rstrip(),))

    def set_level(self, *args, **kwargs):
        return self._call('log.set_level', args, kwargs)

    def __repr__(self):
        return 'log'

    def __reduce__(self):
        return 'log'


def text_of(values):
    """A format with its values, else all values with blanks between."""
    first = values[0] if values else ''
    if isinstance(first, str) and len(values) > 1 and '%' in first:
        try:
            return first % values[1:]
        except (TypeError, ValueError):
            pass
    return ' '.join(map(str, values))


class Refused(object):
    """A name that is known, and does nothing here but say so."""

    def __init__(self, name):
        self.__dict__['_name'] = name

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        raise bt_error('UNSUPPORTED', '%s is not supported: its tables are not served. Use finance and macro.' % self._name)


class Api(object):
    """The namespace of the API: `names` is what a script finds, and what `from jqdata import *` brings."""

    def __init__(self, link, description, account, ahead, g):
        self._link = link
        self._account = account
        self._ahead = ahead
        self.names = {}
        for entry in description.get('functions', []):
            name = entry['name']
            # What reads its arguments itself are classes, and what Python has of its own.
            is_made = name in made.CLASSES and entry.get('supported', True)
            if entry.get('args') is not None and not is_made and not hasattr(builtins, name):
                self.names[name] = self.function(name, entry)
        self._values(g)
        self._looks()

    def call(self, name, args, kwargs=None):
        """Asks by name."""
        return self._link.call(name, list(args), kwargs)

    def forget(self):
        """What was read of the market before belongs to a moment that is over."""
        self._ahead.forget()

    def _values(self, g):
        names = self.names
        names.update({'g': g, 'log': Log(self._link.post, self.call), 'OrderStatus': objects.OrderStatus})
        names.update({'query': query.query, 'func': query.func, 'and_': query.and_, 'or_': query.or_, 'not_': query.not_})
        for name in _TABLES:
            names[name] = query.table(name)
        names['fundamentals'] = query.Fundamentals({name: names[name] for name in _TABLES})
        for name in ('finance', 'macro'):
            names[name] = query.database(name)
        for name in _REFUSED:
            names.setdefault(name, Refused(name))
        for name, kind in made.CLASSES.items():
            # One that is not supported is a function that says so.
            names.setdefault(name, kind)

    def function(self, name, entry=None, called=None):
        """A function of the API; `called`: its name at the runtime, when it is another."""
        asked = called or name
        link = self._link

        if name.startswith(_LETS_TIME_PASS):

            def function(*args, **kwargs):
                _check_given(name, args, kwargs)
                # Market time passes: what was read before belongs to a moment that is over.
                self._ahead.forget()
                try:
                    return link.call(asked, [_one(arg) for arg in args], {key: _one(arg) for key, arg in kwargs.items()})
                finally:
                    self._ahead.forget()
        else:

            def function(*args, **kwargs):
                _check_given(name, args, kwargs)
                return link.call(asked, list(args), kwargs)

        if entry is not None:
            _describe(function, entry)
        return named(name, function)

    def _looks(self):
        """What comes back in another look than the runtime's."""
        names = self.names
        for name in _CHANGES_ACCOUNTS:
            if name in names:
                names[name] = _and_then(names[name], self._account.forget)
        # The list is of JoinQuant's early days, when only what stood in it could be read.
        names['get_current_data'] = named('get_current_data', lambda security_list=None: CurrentData(self._ahead))
        for name in ('get_trade_days', 'get_all_trade_days'):
            if name in names:
                names[name] = _with_result(names[name], _day_array)
        if 'record' in names:
            ask = names['record']
            names['record'] = _looking_like(lambda *args, **values: ask(*args, **{key: _one(value) for key, value in values.items()}), ask)
        for name, look in (('get_ticks', _ticks), ('get_extras', _extras)):
            if name in names:
                names[name] = look(names[name])
        if 'get_bars' in names:
            names['get_bars'] = _bars(names['get_bars'], self._in_columns('get_bars'))

    def _in_columns(self, name):
        """A function whose tables come as names and arrays."""
        from . import frames

        def function(*args, **kwargs):
            _check_given(name, args, kwargs)
            return self._link.call(name, list(args), kwargs, frames.columns)

        return function


_MISSING = frozenset(['NaTType', 'NAType'])


def _check_given(name, args, kwargs):
    """A missing value of pandas would cross as None, and an argument that is None is one that was left out: the end of all data is now."""
    for place, value in list(enumerate(args, 1)) + list(kwargs.items()):
        if type(value).__name__ in _MISSING:
            raise bt_error(
                'BAD_ARGUMENT', '%s() %s: is %s, a missing value. Check the calculation it comes from; None leaves an argument out.'
                % (name, place if isinstance(place, str) else 'argument %d' % place, value),
            )


def _one(value):
    """The number in an array or a Series of one cell, as JoinQuant takes it."""
    return value.item() if getattr(value, 'size', 0) == 1 and hasattr(value, 'item') else value


def named(name, function, module='jqdata'):
    """The function, as it calls itself."""
    function.__name__ = function.__qualname__ = name
    function.__module__ = module
    return function


def _with_result(function, look):
    def asked(*args, **kwargs):
        return look(function(*args, **kwargs))

    return _looking_like(asked, function)


def _and_then(function, then):
    def asked(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            then()

    return _looking_like(asked, function)


def _day_array(days):
    """JoinQuant gives an array of days; without numpy it is a list."""
    try:
        from . import frames

        return frames.objects(days)
    except ImportError:
        return days


def _bars(function, light):
    """get_bars(df=False) is a structured array, of a list a dict of them; `date` holds Python's days and times."""

    def get_bars(*args, **kwargs):
        from . import frames

        unit = kwargs.get('unit', args[2] if len(args) > 2 else '1d')
        by_day = str(unit)[-1:] in 'dwM' or unit == 'daily'
        df = kwargs.get('df', args[7] if len(args) > 7 else False)
        look = frames.with_days if df else frames.structured
        answer = (function if df else light)(*args, **kwargs)
        if isinstance(answer, dict):
            return {code: look(table, by_day) for code, table in answer.items()}
        return look(answer, by_day)

    return _looking_like(get_bars, function)


def _ticks(function):
    """get_ticks(df=False) is a structured array, of a list a dict of them."""

    def get_ticks(*args, **kwargs):
        from . import frames

        df = kwargs.get('df', args[6] if len(args) > 6 else False)
        answer = function(*args, **kwargs)
        if isinstance(answer, dict):
            return {code: frames.structured(table, False) for code, table in answer.items()}
        return answer if df or not hasattr(answer, 'columns') else frames.structured(answer, False)

    return _looking_like(get_ticks, function)


def _extras(function):
    """get_extras(df=False) is a dict of arrays."""

    def get_extras(*args, **kwargs):
        answer = function(*args, **kwargs)
        if not isinstance(answer, dict):
            return answer
        import numpy

        return {code: numpy.array(values) if isinstance(values, list) else values for code, values in answer.items()}

    return _looking_like(get_extras, function)


def _looking_like(made, function):
    made.__doc__ = function.__doc__
    made.__signature__ = getattr(function, '__signature__', None)
    return named(function.__name__, made)


def _describe(function, entry):
    """help() and inspect show the arguments; they are read by the runtime."""
    advice = entry.get('advice')
    if advice:
        function.__doc__ = 'Not supported. %s' % advice
    if entry.get('args') is None:
        return
    defaults = entry.get('defaults') or {}
    keyword_only = set(entry.get('keywordOnly') or [])
    parameters = []
    seen_default = False
    for name in entry['args']:
        if not name.isidentifier():
            return
        default = defaults.get(name, inspect.Parameter.empty) if isinstance(defaults, dict) else inspect.Parameter.empty
        kind = inspect.Parameter.KEYWORD_ONLY if name in keyword_only else inspect.Parameter.POSITIONAL_OR_KEYWORD
        if kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
            if default is inspect.Parameter.empty and seen_default:
                default = None
            seen_default = seen_default or default is not inspect.Parameter.empty
        parameters.append(inspect.Parameter(name, kind, default=default))
    parameters.sort(key=lambda parameter: parameter.kind)
    function.__signature__ = inspect.Signature(parameters)
