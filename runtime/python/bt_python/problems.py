"""What is told of an error: Python's words, the author's frames."""
import linecache
import traceback

from .errors import BtError, first_of_ours

_LONGEST_MESSAGE = 2000
_LONGEST_STACK = 20000
_MOST_CAUSES = 8


class Describer(object):
    """`is_author(file)` tells the frames that are shown."""

    def __init__(self, is_author):
        self._is_author = is_author

    def __call__(self, error):
        """{type, message, stack, location, code, fault} of anything that was thrown; never throws itself."""
        try:
            return self._described(error)
        except Exception as second:
            return {
                'type': type(error).__name__, 'message': 'its text could not be made (%s)' % type(second).__name__, 'stack': '',
                'location': None, 'code': None, 'fault': None,
            }

    def _described(self, error):
        ours = first_of_ours(error)
        message = _message(error)
        return {
            'type': type(error).__name__,
            'message': _cut(message, _LONGEST_MESSAGE),
            'stack': _cut(self._chain(error), _LONGEST_STACK),
            'location': self._location(error),
            'code': None if ours is None else ours.code,
            'fault': None if ours is None else ours.fault,
        }

    def _chain(self, error):
        parts, seen = [], set()
        while error is not None and id(error) not in seen and len(parts) < _MOST_CAUSES:
            seen.add(id(error))
            parts.append(self._text(error))
            cause = error.__cause__
            if cause is None and not error.__suppress_context__:
                cause = error.__context__
            error = cause
        return '\n\nDuring this, or because of it:\n\n'.join(reversed(parts))

    def _text(self, error):
        frames = self._frames(error)
        lines = ['Traceback (most recent call last):'] if frames else []
        lines += [line.rstrip('\n') for line in traceback.format_list(frames)]
        lines += [line.rstrip('\n') for line in traceback.format_exception_only(type(error), error)]
        return '\n'.join(lines)

    def _frames(self, error):
        linecache.checkcache()
        return [frame for frame in traceback.extract_tb(error.__traceback__) if self._is_author(frame.filename)]

    def _location(self, error):
        if isinstance(error, SyntaxError) and error.filename and error.lineno and self._is_author(error.filename):
            return '%s:%d' % (error.filename, error.lineno)
        frames = self._frames(error)
        return '%s:%d' % (frames[-1].filename, frames[-1].lineno) if frames else None


def _message(error):
    if isinstance(error, BtError):
        return str(error)
    if isinstance(error, SyntaxError):
        return error.msg if error.msg else str(error)
    if isinstance(error, KeyError) and len(error.args) == 1:
        return repr(error.args[0])
    return str(error)


def _cut(text, longest):
    return text if len(text) <= longest else '%s… (%d characters)' % (text[:longest], len(text))
