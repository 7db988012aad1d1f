"""print(), sys.stdout, sys.stderr and warnings: lines of the strategy's log, in order with its calls."""
import io
import os
import sys
import threading
import warnings


class LogStream(io.TextIOBase):
    """Whole lines go to the log; the beginning of one waits for its end."""

    def __init__(self, post, level, fd):
        self._post = post
        self._name = 'log.' + level
        self._fd = fd
        self._pid = os.getpid()
        self._held = ''
        self._lock = threading.RLock()

    encoding = 'utf-8'
    errors = 'replace'

    def writable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        return self._fd

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError('write() argument must be str, not %s' % type(text).__name__)
        with self._lock:
            self._held += text
            if '\n' in text:
                whole, _, self._held = self._held.rpartition('\n')
                self._lines(whole)
        return len(text)

    def _lines(self, text):
        if os.getpid() != self._pid:
            os.write(self._fd, (text + '\n').encode('utf-8', 'replace'))
            return
        self._post(self._name, [text])

    def finish(self):
        """The end of a dispatch ends a line."""
        with self._lock:
            if self._held:
                held, self._held = self._held, ''
                self._lines(held)

    def flush(self):
        pass


def whole_print(*values, **words):
    """print() of a script: what it prints at once is one line of the log, whatever it holds."""
    file = words.get('file')
    if file is not None and file is not sys.stdout:
        return print(*values, **words)
    sep, end = words.get('sep'), words.get('end')
    unknown = set(words) - {'file', 'sep', 'end', 'flush'}
    if unknown:
        raise TypeError("'%s' is an invalid keyword argument for print()" % sorted(unknown)[0])
    sys.stdout.write((' ' if sep is None else sep).join(map(str, values)) + ('\n' if end is None else end))
    return None


whole_print.__name__ = whole_print.__qualname__ = 'print'
whole_print.__doc__ = print.__doc__


def install(post):
    """Returns the two streams."""
    streams = LogStream(post, 'info', 1), LogStream(post, 'warning', 2)
    sys.stdout, sys.stderr = streams

    def showwarning(message, category, filename, lineno, file=None, line=None):
        text = '%s:%s: %s: %s' % (filename, lineno, category.__name__, message)
        if file is None:
            post('log.warning', [text])
        else:
            file.write(text + '\n')

    warnings.showwarning = showwarning
    return streams
