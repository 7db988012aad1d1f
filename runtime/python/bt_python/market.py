"""get_current_data() and the `data` of handle_data: a loop over a list is one question to the market."""
import collections.abc
import re
import sys

_CODE = re.compile(r'^\d{6}\.[A-Za-z]{2,4}$')
#: Codes that are asked for with the one that is read.
MOST_AT_ONCE = 500
#: Market time for which what was read ahead holds, ms; as in the runtime.
AHEAD_MS = 3000
_FRAMES = 6
_LONGEST = 6000
_OURS = __name__.rpartition('.')[0]


class Ahead(object):
    """What was read ahead within a dispatch, until an order, a cancel, or three seconds of market time."""

    def __init__(self, call, clock, lists):
        self._call = call
        self._clock = clock
        #: Gives the lists that a script works on and that no variable of a function shows: those in g, the holdings.
        self._lists = lists
        self.turn = 0
        self._kept = {}
        self._since = {}

    def enter(self):
        """Another dispatch: every reading belongs to the last one."""
        self.turn += 1
        self.forget()

    def forget(self):
        self._kept.clear()

    def read(self, name, code, seen):
        """What `name` answers for a code; `seen`: codes that need not be asked for again."""
        kept = self._kept.get(name)
        now = self._clock.counted_ms()
        if kept is not None and now - self._since[name] < AHEAD_MS:
            found = kept.get(code)
            if found is not None:
                return found
        else:
            kept = self._kept[name] = {}
            self._since[name] = now
        hint = [one for one in codes_around(code, self._lists) if one not in kept and one not in seen and one != code]
        answer = self._call(name, [code, hint])
        for one in answer:
            kept[one.security] = one
        kept[code] = answer[0]
        return answer[0]


class Lazy(collections.abc.Mapping):
    """A dict of what is read when it is first asked for; a reading belongs to one dispatch."""

    _name = None

    def __init__(self, ahead):
        self._ahead = ahead
        self._turn = ahead.turn
        self._read = {}

    def _now(self):
        if self._turn != self._ahead.turn:
            self._turn = self._ahead.turn
            self._read = {}
        return self._read

    def __getitem__(self, code):
        read = self._now()
        found = read.get(code)
        if found is None:
            found = read[code] = self._ahead.read(self._name, str(code) if isinstance(code, str) else code, read)
        return found

    def get(self, code, default=None):
        return self[code]

    def __contains__(self, code):
        return isinstance(code, str) and _CODE.match(code) is not None

    has_key = __contains__

    def __iter__(self):
        return iter(list(self._now()))

    def __len__(self):
        return len(self._now())

    def keys(self):
        return list(self._now())

    def __reduce__(self):
        raise TypeError('current data show one moment only and are not kept')


class CurrentData(Lazy):
    _name = 'bt.current_data'

    def __repr__(self):
        return 'CurrentData(%r)' % (list(self._now()),)


class BarData(Lazy):
    _name = 'bt.bar_data'

    def __init__(self, ahead, universe):
        Lazy.__init__(self, ahead)
        self._universe = universe

    def keys(self):
        return list(dict.fromkeys(list(self._universe()) + list(self._now())))

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def __repr__(self):
        return 'BarData(%r)' % (self.keys(),)


def codes_around(code, lists):
    """The rest of the list that is being walked over, as far as the script's variables show it."""
    best = _of_callers(sys._getframe(1), code) or _best(lists(), code)
    if best is None:
        return []
    try:
        at = best.index(code)
    except ValueError:
        at = 0
    rest = best[at + 1:] + best[:at]
    return [one for one in dict.fromkeys(rest) if isinstance(one, str) and _CODE.match(one)][: MOST_AT_ONCE - 1]


def _of_callers(frame, code):
    """From the variables of the functions that are running, the innermost first."""
    left = _FRAMES
    while frame is not None and left > 0:
        if not frame.f_globals.get('__name__', '').startswith(_OURS):
            left -= 1
            values = list(frame.f_locals.values())
            owner = frame.f_locals.get('self')
            if owner is not None and hasattr(owner, '__dict__'):
                values.extend(vars(owner).values())
            # A list that is written in the loop itself is a constant of the code.
            values.extend(frame.f_code.co_consts)
            found = _best(values, code)
            if found is not None:
                return found
        frame = frame.f_back
    return None


def _best(values, code):
    """The shortest list among the values in which the code stands beside others."""
    best = None
    for value in values:
        codes = _codes(value, code)
        if codes is not None and len(codes) > 1 and (best is None or len(codes) < len(best)):
            best = codes
    return best


def _codes(value, code):
    kind = type(value)
    try:
        if kind.__name__ in ('list_iterator', 'tuple_iterator'):
            # What a comprehension walks over.
            value = value.__reduce__()[1][0]
            kind = type(value)
        if kind in (list, tuple, set, frozenset, dict):
            # Of texts only: to look for a text in a list of tables would compare each of their cells.
            return list(value) if 1 < len(value) <= _LONGEST and isinstance(next(iter(value)), str) and code in value else None
        if kind.__module__.startswith('pandas'):
            return _table_codes(value, code)
        if kind.__name__ == 'ndarray' and value.ndim == 1 and value.dtype.kind in 'OU' and len(value) <= _LONGEST:
            members = value.tolist()
            return members if code in members else None
    except Exception:
        pass  # a look at the script's variables must not disturb it
    return None


def _table_codes(value, code):
    if len(value) > _LONGEST:
        return None
    index = value if not hasattr(value, 'index') or not hasattr(value.index, 'tolist') else value.index
    if getattr(index, 'nlevels', 1) == 1 and code in index:
        return index.tolist()
    columns = getattr(value, 'columns', None)
    if columns is not None:
        if code in columns:
            return columns.tolist()
        if 'code' in columns:
            members = value['code'].tolist()
            return members if code in members else None
        return None
    if hasattr(value, 'tolist') and getattr(value, 'dtype', None) == object:
        members = value.tolist()
        return members if code in members else None
    return None


