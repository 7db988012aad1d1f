"""The strategy's clock and chance: market time by Python's own names, random numbers that a replay gives again."""
import ctypes
import datetime
import gc
import random
import sys
import threading
import time

from .values import from_ms, ZONE_MS

_real_time = time.time
_monotonic = time.monotonic
_real_sleep = time.sleep
_datetime = datetime.datetime


class Clock(object):
    """
    Market time: asked of the runtime where the author's own code reads it, counted on from the last answer in libraries and in other
    threads. `beneath`: what the author's modules have as their builtins. `wait`: lets so many ms of market time pass, where that stands
    still while the script runs (speed 0).
    """

    def __init__(self, ask, beneath, wait=None):
        self._ask = ask
        self._beneath = beneath
        self._wait = wait
        self._thread = threading.get_ident()
        self._busy = False
        self.speed = 1.0
        self._told = _real_time() * 1000
        self._at = _monotonic()

    def enter(self, stamp):
        """A dispatch begins: its time, and its chance."""
        self.speed = float(stamp.get('speed', 1))
        self._tell(float(stamp['now']))
        seed = int(stamp.get('seed') or 0)
        random.seed(seed)
        numpy = sys.modules.get('numpy')
        if numpy is not None:
            _seed_numpy(numpy, seed)
        self.seed = seed

    seed = 0

    def _tell(self, ms):
        self._told, self._at = ms, _monotonic()

    def now_ms(self):
        """Epoch ms, for the function that called the one that calls this."""
        is_author = sys._getframe(2).f_globals.get('__builtins__') is self._beneath
        if is_author and threading.get_ident() == self._thread and not self._busy:
            self._busy = True
            try:
                self._tell(float(self._ask()))
            finally:
                self._busy = False
            return self._told
        return self.counted_ms()

    def counted_ms(self):
        """Epoch ms without asking."""
        return self._told + (_monotonic() - self._at) * 1000 * self.speed

    def sleep(self, seconds):
        """Waits for that long in market time, which a simulation may let run faster."""
        if self.speed == 0 and self._wait is not None and threading.get_ident() == self._thread:
            self._wait(float(seconds) * 1000)
            self._tell(float(self._ask()))
        else:
            _real_sleep(seconds / self.speed if self.speed > 1 else seconds)


def _seed_numpy(numpy, seed):
    try:
        numpy.random.seed(seed % 2 ** 32)
    except AttributeError:
        pass  # it is still being imported: seeded when that is done


def numpy_loaded(clock, numpy):
    """numpy was imported within a dispatch."""
    _seed_numpy(numpy, clock.seed)


def install(clock):
    """Puts market time behind datetime.now(), date.today(), time.time() and their kin, for the script and what it imports."""

    def now(cls, tz=None):
        moment = clock.now_ms()
        if tz is None:
            made = from_ms(moment)
        else:
            made = _datetime.fromtimestamp(moment / 1000, tz)
        return made if cls is _datetime else _as(cls, made)

    def utcnow(cls):
        made = from_ms(clock.now_ms() - ZONE_MS)
        return made if cls is _datetime else _as(cls, made)

    def today(cls):
        made = from_ms(clock.now_ms())
        return made if cls is _datetime else _as(cls, made)

    def date_today(cls):
        moment = from_ms(clock.now_ms())
        return cls(moment.year, moment.month, moment.day)

    _replace(_datetime, {'now': now, 'utcnow': utcnow, 'today': today})
    _replace(datetime.date, {'today': date_today})
    _install_time(clock)


def _as(cls, moment):
    return cls(
        moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond, moment.tzinfo
    )


def _replace(kind, methods):
    """
    Puts methods into a class of C, so that it stays the class that it is everywhere: a subclass in its place would not be what
    pandas makes and pickle finds.
    """
    members = gc.get_referents(kind.__dict__)[0]
    for name, method in methods.items():
        method.__name__ = name
        members[name] = classmethod(method)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))


def _install_time(clock):
    real = {name: getattr(time, name) for name in ('localtime', 'gmtime', 'ctime', 'strftime', 'asctime')}

    def localtime(secs=None):
        return real['localtime'](clock.now_ms() / 1000 if secs is None else secs)

    def gmtime(secs=None):
        return real['gmtime'](clock.now_ms() / 1000 if secs is None else secs)

    def ctime(secs=None):
        return real['ctime'](clock.now_ms() / 1000 if secs is None else secs)

    def asctime(t=None):
        return real['asctime'](real['localtime'](clock.now_ms() / 1000) if t is None else t)

    def strftime(format, t=None):
        return real['strftime'](format, real['localtime'](clock.now_ms() / 1000) if t is None else t)

    def time_ns():
        return int(clock.now_ms() * 1000000)

    # Not `time.time()` of clock itself: introspection and pickle look at the name.
    def market_time():
        return clock.now_ms() / 1000

    market_time.__name__ = 'time'
    for name, function in (('localtime', localtime), ('gmtime', gmtime), ('ctime', ctime), ('asctime', asctime),
                           ('strftime', strftime), ('time', market_time), ('time_ns', time_ns), ('sleep', clock.sleep)):
        setattr(time, name, function)


def pandas_loaded(clock, pandas):
    """Timestamp reads the clock by itself."""

    def now(cls, tz=None):
        moment = from_ms(clock.now_ms())
        return pandas.Timestamp(moment) if tz is None else pandas.Timestamp(moment, tz='Asia/Shanghai').tz_convert(tz)

    try:
        pandas.Timestamp.now = classmethod(now)
        pandas.Timestamp.today = classmethod(now)
    except (AttributeError, TypeError):
        pass  # a class of C in this version: its now() shows the machine's time
