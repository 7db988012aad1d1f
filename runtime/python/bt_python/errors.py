"""Errors of ours, as a script catches them: by Python's own classes as well."""


class BtError(Exception):
    """What a call of the API answered: `code`, `fault` (strategy, config, venue, network, bug), `details`."""

    code = 'ERROR'
    fault = None
    details = None

    def __reduce__(self):
        # Its class is made for its code: another process, and the next start, make it anew.
        return bt_error, (self.code, _text(self), self.fault, self.details)


class LinkBroken(BaseException):
    """
    The other end is gone, or the two do not understand each other any more (then the text says why): nothing can be done here. Not an
    Exception, so that no script swallows it.
    """


_LIKE = {
    'BAD_ARGUMENT': ValueError,
    'BAD_SECURITY': ValueError,
    'BAD_QUERY': ValueError,
    'ATTRIBUTE_ERROR': AttributeError,
    'READ_ONLY': AttributeError,
    'UNKNOWN_COLUMN': AttributeError,
    'UNKNOWN_KEY': KeyError,
    'NO_SUCH_FILE': FileNotFoundError,
    'UNSUPPORTED': NotImplementedError,
    'BAD_TASK_FUNCTION': TypeError,
    'BAD_CALL': TypeError,
}
_classes = {}


def _text(self):
    return self.args[0] if self.args else ''


def bt_error(code, message, fault='strategy', details=None):
    """An error of ours that is also what Python would have thrown for it."""
    kind = _classes.get(code)
    if kind is None:
        like = _LIKE.get(code)
        bases = (BtError,) if like is None else (BtError, like)
        # KeyError and OSError print their arguments in looks of their own.
        kind = _classes[code] = type('BtError', bases, {'__str__': _text, '__module__': 'builtins'})
    error = kind(message)
    error.code, error.fault, error.details = code, fault, details
    return error


def from_wire(wire):
    """An error as it crossed, ready to be thrown."""
    return bt_error(wire.get('code') or 'ERROR', wire.get('message') or '', wire.get('fault'), wire.get('details'))


def first_of_ours(error):
    """The first error of ours in the chain of causes that its author made (`raise … from …`); None."""
    for _ in range(8):
        if error is None or isinstance(error, BtError):
            return error
        error = error.__cause__
    return None
