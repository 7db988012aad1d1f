"""What outlives the process: g, attributes of context, globals of the script. Each variable whole, or not at all."""
import base64
import hashlib
import io
import math
import pickle
import sys

from . import account, looks, tables
from .errors import bt_error
from .strategy import MODULE

_PICKLED = 'py4:'
_LOST = 'lost:'
_MB = 1024 * 1024
#: JoinQuant's limits of what is kept, in bytes of text.
WARN_BYTES = 20 * _MB
MOST_BYTES = 30 * _MB
#: A larger global was made by loading: a table, a model. What a task makes belongs into g.
MOST_OF_A_GLOBAL = 5 * _MB
_NAMED = 5
_SCALARS = frozenset([int, bool, str, type(None)])
#: Never variables of the author's: modules and functions are made anew by loading the script.
_MADE_BY_LOADING = frozenset(['function', 'module', 'type', 'builtin_function_or_method', 'method'])


class _Pickler(pickle.Pickler):
    """Protocol 4, with tables and arrays in a form that every version of pandas and numpy reads."""

    def reducer_override(self, value):
        return tables.reduced(value)


def dumps(value):
    room = io.BytesIO()
    _Pickler(room, 4).dump(value)
    return room.getvalue()


def loads(data):
    return pickle.loads(data)


class Variables(object):
    """The variables of the parts, as they were last told: what has changed since, and back."""

    def __init__(self, parts, warn):
        #: name of the part -> function that gives its variables as a dict
        self._parts = parts
        self._warn = warn
        #: (part, name) -> the text that is kept
        self._texts = {}
        #: (part, name) -> a value that cannot change in itself, as it was when it was kept
        self._plain = {}
        #: (part, name) -> digest of the pickle that is kept: what has not changed is not written again
        self._digests = {}
        self._bytes = 0
        self._said = set()
        self._is_large = False

    def restore(self, kept, put):
        """Sets what was kept by `put(part, name, value)`. A value that cannot be read any more is told as lost."""
        for part, name, text in kept:
            if text is None:
                continue
            value, why = self._read(part, name, text)
            if why is None:
                put(part, name, value)
            else:
                if part == 'g':
                    account.variable_lost(name, why)
                if not text.startswith(_LOST):
                    self._warn('%s.%s of the last run is lost: %s.' % (part, name, why))
            self._texts[part, name] = text
            self._bytes += len(text)

    def _read(self, part, name, text):
        if text.startswith(_LOST):
            return None, text[len(_LOST):]
        if not text.startswith(_PICKLED):
            raise bt_error(
                'STATE_OF_OTHER_LANGUAGE',
                '%s.%s was kept by a strategy in TypeScript: an instance cannot be continued in another language. '
                'Give the strategy another --name, or begin anew with --fresh.' % (part, name),
                'config',
            )
        try:
            return loads(base64.b64decode(text[len(_PICKLED):].partition(':')[0])), None
        except Exception as error:
            return None, 'it cannot be read any more (%s: %s)' % (type(error).__name__, error)

    def changes(self):
        """[part, name, text] of what is to be kept that was not, text None for what is gone. STATE_TOO_LARGE above 30 MB."""
        changed = []
        plain = {}
        for part, read in self._parts.items():
            self._changes_of(part, read(), changed, plain)
        total = self._bytes + sum(self._growth(change) for change in changed)
        if total > MOST_BYTES:
            self._digests.clear()
            raise bt_error(
                'STATE_TOO_LARGE',
                'g and context hold %s to keep, more than %s, so nothing of this task is kept: %s. '
                'Keep less, or under names that begin with __, which are not kept.'
                % (_size(total), _size(MOST_BYTES), self._largest(changed)),
            )
        if total > WARN_BYTES and not self._is_large:
            self._warn(
                '%s are kept for g and context, %s are the most: %s.' % (_size(total), _size(MOST_BYTES), self._largest(changed))
            )
        self._is_large = total > WARN_BYTES
        self._bytes = total
        for part, name, text in changed:
            if text is None:
                del self._texts[part, name]
                self._digests.pop((part, name), None)
            else:
                self._texts[part, name] = text
        self._plain.update(plain)
        return changed

    def _changes_of(self, part, values, changed, plain):
        names = set()
        for name, value in values.items():
            if name.startswith('__'):
                continue
            names.add(name)
            key = (part, name)
            kept = self._texts.get(key)
            if kept is not None and key in self._plain and _same(self._plain[key], value):
                continue
            text = self._text(part, name, value, kept)
            if text is None:
                names.discard(name)
                continue
            if type(value) in _SCALARS or type(value) is float:
                plain[key] = value
            else:
                self._plain.pop(key, None)
            if text != kept:
                changed.append([part, name, text])
        for key, text in self._texts.items():
            # What was lost at a restart stays told until it is set again.
            if key[0] == part and key[1] not in names and not text.startswith(_LOST):
                changed.append([part, key[1], None])

    def _text(self, part, name, value, kept):
        try:
            data = dumps(value)
            digest = hashlib.blake2b(data).digest()
            if kept is not None and self._digests.get((part, name)) == digest:
                return kept
            self._digests[part, name] = digest
            if part == 'module' and len(data) > MOST_OF_A_GLOBAL:
                self._say_large(name, len(data))
                return None
            text = '%s%s:' % (_PICKLED, base64.b64encode(data).decode('ascii'))
            # The pickle alone says whether it has changed; what follows is for people.
            return kept if kept is not None and kept.startswith(text) else text + looks.shown(value)
        except Exception as error:
            if part == 'module':
                return None  # loading the script makes it again
            why = '%s (%s)' % (_what(value), looks.without_addresses(str(error))) if str(error) else _what(value)
        self._digests.pop((part, name), None)
        key = (part, name, _what(value))
        if key not in self._said:
            self._said.add(key)
            self._warn(
                '%s.%s is not kept for the next start: %s. Keep plain data, or make it anew in process_initialize() as %s.__%s.'
                % (part, name, why, 'g' if part == 'module' else part, name)
            )
        return _LOST + why

    def _say_large(self, name, size):
        if name not in self._said:
            self._said.add(name)
            self._warn('%s holds %s: globals of more than %s are not kept, the script makes them anew at each start.' % (name, _size(size), _size(MOST_OF_A_GLOBAL)))

    def _growth(self, change):
        part, name, text = change
        return (0 if text is None else len(text)) - len(self._texts.get((part, name), ''))

    def _largest(self, changed):
        sizes = {key: len(text) for key, text in self._texts.items()}
        sizes.update({(part, name): len(text or '') for part, name, text in changed})
        largest = sorted(sizes.items(), key=lambda item: -item[1])[:_NAMED]
        return ', '.join('%s.%s %s' % (part, name, _size(size)) for (part, name), size in largest)


def _same(kept, value):
    """Of scalars: the same kind and value; 0.0 and -0.0 are two."""
    if type(kept) is not type(value):
        return False
    if type(value) is float:
        return kept == value and math.copysign(1, kept) == math.copysign(1, value)
    return kept == value


def _size(count):
    return '%.1f MB' % (count / _MB)


def _what(value):
    return 'it is a %s' % type(value).__name__


def globals_of(module, ours):
    """The script's own variables: no functions, classes and modules, nothing that was imported (`ours`: ids of what is ours)."""
    found = {}
    for name, value in vars(module).items():
        if name.startswith('__') or id(value) in ours:
            continue
        if type(value).__name__ in _MADE_BY_LOADING or isinstance(value, type):
            continue
        if _imported(name, value):
            continue
        found[name] = value
    return found


def _imported(name, value):
    """A value that another module has under that name (`from numpy import nan`): loading brings it again."""
    home = getattr(type(value), '__module__', '') or ''
    if home.startswith('bt_python'):
        return True
    if callable(value) and not hasattr(value, '__dict__'):
        return True
    owner = sys.modules.get(getattr(value, '__module__', None) or '')
    return owner is not None and owner.__name__ != MODULE and getattr(owner, name, None) is value
