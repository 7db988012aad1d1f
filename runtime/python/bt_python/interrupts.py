"""Handlers of signals that a script sets: one that comes within a call of the API runs when that call has its answer."""
import signal
import threading


class Interrupts(object):
    """A handler that throws (a time-out by alarm) would leave a call without its answer, and an order that is sent without its order."""

    def __init__(self):
        self._is_held = False
        self._waiting = []
        # Handlers run in this thread only.
        self._thread = threading.get_ident()

    def hold(self):
        """From now on handlers wait; whether they did not before."""
        if self._is_held or threading.get_ident() != self._thread:
            return False
        self._is_held = True
        return True

    def release(self, is_first):
        """What came meanwhile runs now; `is_first`: as `hold` answered."""
        if not is_first:
            return
        self._is_held = False
        while self._waiting:
            handler, number, frame = self._waiting.pop(0)
            handler(number, frame)

    def let(self):
        """Code of the script runs within a call; whether handlers were held. What came before waits for the call's end."""
        if not self._is_held or threading.get_ident() != self._thread:
            return False
        self._is_held = False
        return True

    def hold_again(self, was):
        if was:
            self._is_held = True

    def install(self):
        """Puts this behind signal.signal."""
        real_set, real_get = signal.signal, signal.getsignal

        def set_handler(signalnum, handler):
            before = real_set(signalnum, self._waits(handler) if callable(handler) else handler)
            return getattr(before, 'given', before)

        def get_handler(signalnum):
            now = real_get(signalnum)
            return getattr(now, 'given', now)

        set_handler.__name__ = set_handler.__qualname__ = 'signal'
        get_handler.__name__ = get_handler.__qualname__ = 'getsignal'
        signal.signal, signal.getsignal = set_handler, get_handler

    def _waits(self, handler):
        def waits(number, frame):
            if self._is_held:
                self._waiting.append((handler, number, frame))
            else:
                handler(number, frame)

        waits.given = handler
        return waits
