"""A variable's text for people: short, quick for large tables, and never an error."""
import re
import reprlib

LONGEST = 1000
_ADDRESS = re.compile(r' at 0x[0-9a-fA-F]+')


def without_addresses(text):
    """The text as it is in every process."""
    return _ADDRESS.sub('', text)


class _Short(reprlib.Repr):
    def __init__(self):
        reprlib.Repr.__init__(self)
        self.maxlevel = 6
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = self.maxdict = self.maxdeque = 40
        self.maxstring = self.maxother = 300
        self.maxlong = 60

    def repr_DataFrame(self, value, level):
        return 'DataFrame %d x %d [%s]' % (value.shape + (', '.join(map(str, list(value.columns)[:12])),))

    def repr_Series(self, value, level):
        return 'Series of %d' % len(value)

    def repr_ndarray(self, value, level):
        return 'ndarray %s' % (value.shape,) if value.size > 20 else repr(value.tolist())


_short = _Short()


def shown(value):
    try:
        return without_addresses(_short.repr(value))[:LONGEST]
    except Exception as error:
        return '<%s, whose repr() failed: %s>' % (type(value).__name__, type(error).__name__)
