"""context and the account. Reading costs no call while the account's version, four bytes in a file, is what it was."""
import collections.abc
import datetime
import os
import re

from .objects import near
from .values import day, from_ms

_CODE = re.compile(r'^\d{6}\.(XSHG|XSHE|SH|SZ|BJ|XBSE|sh|sz|bj|xshg|xshe)$')
_MARKETS = {'SH': 'XSHG', 'SZ': 'XSHE', 'XBSE': 'BJ'}


def canonical(code):
    """JoinQuant's spelling of a code with its market; anything else as it is."""
    if not isinstance(code, str) or not _CODE.match(code):
        return code
    number, market = code.split('.')
    market = market.upper()
    return '%s.%s' % (number, _MARKETS.get(market, market))


class Account(object):
    """The account as it was at its last version."""

    def __init__(self, call, version_fd):
        self._call = call
        self._fd = version_fd
        self._version = None
        self._accounts = None
        #: The first day of the strategy's life; given by the context.
        self.start_date = None

    def read(self, place):
        """A sub-account's object; the first is the whole account."""
        version = os.pread(self._fd, 4, 0) if self._fd is not None else self._call('bt.version', [])
        if version != self._version:
            self._load(version)
        return self._accounts[place]

    def _load(self, version):
        # The version was read before: a change that comes meanwhile shows next time.
        told = self._call('bt.portfolio', [])
        self._accounts = [told['portfolio']] + list(told.get('subportfolios') or [told['portfolio']])
        self._version = version

    def count(self):
        self.read(0)
        return len(self._accounts) - 1

    def forget(self):
        """The accounts were laid out anew."""
        self._version = None

    def held_now(self):
        """[the codes that are held], as far as that is known without asking."""
        return [] if self._accounts is None else [list(self._accounts[0].positions)]

    def position(self, code, pindex):
        """What `positions[code]` is for a code that is not held."""
        return self._call('bt.position', [code, pindex])


class LivePortfolio(object):
    """`context.portfolio`: read anew at every access."""

    def __init__(self, account, place):
        own = self.__dict__
        own['_account'] = account
        own['_place'] = place
        own['_kept'] = {}

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        own = self.__dict__
        now = own['_account'].read(own['_place'])
        if name in _POSITIONS:
            kept = own['_kept']
            if name not in kept:
                kept[name] = LivePositions(own['_account'], own['_place'], name)
            return kept[name]
        # Of JoinQuant's early days.
        if name == 'subportfolios' and name not in now.__dict__:
            return subportfolios(own['_account'])
        if name == 'start_date' and name not in now.__dict__:
            # The account's is a time, the run's a day.
            day = own['_account'].start_date
            return None if day is None else datetime.datetime(day.year, day.month, day.day)
        return getattr(now, name)

    def __setattr__(self, name, value):
        raise AttributeError('portfolio.%s cannot be assigned: it shows the account. Keep values of your own in g.' % name)

    def __dir__(self):
        return list(self._account.read(self._place).__dict__)

    def __repr__(self):
        return repr(self._account.read(self._place))

    def __reduce__(self):
        raise TypeError('a portfolio shows one moment only and is not kept')


_POSITIONS = frozenset(['positions', 'long_positions', 'short_positions'])


def subportfolios(account):
    return [LivePortfolio(account, place + 1) for place in range(account.count())]


class LivePositions(collections.abc.Mapping):
    """The holdings by code. Lists, views and loops are of the moment at which they began: a loop may sell."""

    __slots__ = ('_account', '_place', '_name')

    def __init__(self, account, place, name):
        self._account, self._place, self._name = account, place, name

    def _held(self):
        held = getattr(self._account.read(self._place), self._name)
        return held if held is not None else {}

    def __getitem__(self, code):
        held = self._held()
        found = held.get(code)
        if found is None:
            found = held.get(canonical(code))
        if found is not None:
            return found
        if not isinstance(code, str):
            raise KeyError(code)
        return self._account.position(code, max(0, self._place - 1))

    def get(self, code, *default):
        if default and code not in self:
            return default[0]
        return self[code]

    def __contains__(self, code):
        held = self._held()
        return code in held or canonical(code) in held

    def has_key(self, code):
        return code in self

    def __iter__(self):
        return iter(self._held())

    def __len__(self):
        return len(self._held())

    def keys(self):
        return self._held().keys()

    def values(self):
        return self._held().values()

    def items(self):
        return self._held().items()

    def iterkeys(self):
        return iter(self._held())

    def itervalues(self):
        return iter(self._held().values())

    def iteritems(self):
        return iter(self._held().items())

    def copy(self):
        return dict(self._held())

    def __setitem__(self, code, value):
        raise TypeError('positions show the account and cannot be assigned: sell with order_target().')

    def __delitem__(self, code):
        raise TypeError('positions show the account and cannot be deleted: sell with order_target().')

    def __repr__(self):
        return repr(dict(self._held()))

    def __reduce__(self):
        raise TypeError('positions show one moment only and are not kept')


class RunParams(object):
    def __init__(self, told):
        self.type = told.get('type')
        self.frequency = told.get('frequency')
        start = told.get('startDate')
        self.start_date = day(start) if isinstance(start, str) else start
        end = told.get('endDate')
        #: The day of --until; None: a run without it has no end.
        self.end_date = day(end) if isinstance(end, str) else end

    def __repr__(self):
        return 'RunParams(%r)' % (self.__dict__,)


class Context(object):
    """The first argument of every hook and task. Attributes of the strategy's own are free, and are kept."""

    def __init__(self, account, call, run_params):
        hidden = {'account': account, 'call': call, 'run_params': RunParams(run_params), 'moment': {}}
        object.__setattr__(self, '_bt', hidden)
        account.start_date = hidden['run_params'].start_date
        hidden['portfolio'] = LivePortfolio(account, 0)

    def enter(self, moment):
        """The moment of the dispatch that begins."""
        self._bt['moment'] = moment

    def __getattribute__(self, name):
        # What the author has set shadows ours until it is deleted, as at JoinQuant.
        own = object.__getattribute__(self, '__dict__')
        if name in own:
            return own[name]
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        read = _READ.get(name)
        if read is not None:
            return read(self._bt)
        names = [one for one in self.__dict__ if one != '_bt'] + list(_READ)
        raise AttributeError("'Context' object has no attribute '%s'.%s" % (name, near(name, names)))

    def own(self):
        """The author's attributes."""
        return {name: value for name, value in self.__dict__.items() if name != '_bt'}

    def __repr__(self):
        return 'Context(current_dt=%s, portfolio=%r)' % (self.current_dt, self.portfolio)

    def __reduce__(self):
        raise TypeError('context shows one moment only and is not kept')


_READ = {
    'portfolio': lambda bt: bt['portfolio'],
    'subportfolios': lambda bt: subportfolios(bt['account']),
    'current_dt': lambda bt: from_ms(bt['moment']['logicalTime']),
    'previous_date': lambda bt: day(bt['moment']['previousDate']),
    'universe': lambda bt: bt['call']('bt.universe', []),
    'run_params': lambda bt: bt['run_params'],
}


class G(object):
    """The strategy's own state, which outlives its process."""

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        why = _lost.get(name)
        if why is not None:
            raise AttributeError(
                "'g' object has no attribute '%s'. It was set before the restart, and not kept: %s. Make it in process_initialize(), which "
                "runs at each start, as g.__%s, or ask with hasattr(g, '%s') first." % (name, why, name, name)
            )
        hint = near(name, list(self.__dict__))
        raise AttributeError("'g' object has no attribute '%s'.%s Set it in initialize(), or ask with hasattr(g, '%s') first." % (name, hint, name))

    def __contains__(self, name):
        return name in self.__dict__

    def __repr__(self):
        return 'g(%s)' % ', '.join('%s=%r' % item for item in self.__dict__.items())


#: Variables of the last run that could not be kept, and why.
_lost = {}


def variable_lost(name, why):
    _lost[name] = why
