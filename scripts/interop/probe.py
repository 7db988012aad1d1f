"""What the programs of this folder share: a row of the table for each thing that is tried, as a JSON line on standard output."""
import importlib.util
import json
import os
import sys
import traceback

# What the program under trial prints is not a row.
_rows = os.fdopen(os.dup(1), 'w', encoding='utf-8')
os.dup2(2, 1)

STOCK = '000001.XSHE'
GOLD = '518880.XSHG'
INDEX = '000300.XSHG'


class _Absent(object):
    """A package that is not installed: it can be imported, looked through and used as a decorator, and does nothing."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return _Absent()

    def __call__(self, *given, **named):
        return given[0] if len(given) == 1 and callable(given[0]) else _Absent()


def stand_in(name):
    """For what the reference imports and does not need here."""
    if importlib.util.find_spec(name) is None:
        sys.modules[name] = _Absent()


def row(what, kind, text=''):
    _rows.write(json.dumps({'what': what, 'kind': kind, 'text': ' '.join(str(text).split())[:300]}, ensure_ascii=False) + '\n')
    _rows.flush()


class Trial(object):
    """`trial('name', call)` runs the call; what it returns (or a refused expectation) is the row."""

    def __call__(self, what, call):
        try:
            answer = call()
        except AssertionError as error:
            row(what, 'differs', error)
        except Exception as error:  # the row is the report
            traceback.print_exc()
            row(what, 'fails', '%s: %s' % (type(error).__name__, error))
        else:
            row(what, 'ok', '' if answer is None else answer)
            return answer


def need(condition, text):
    if not condition:
        raise AssertionError(text)


def place_of(argv):
    """HOST PORT TOKEN of the command line."""
    return argv[1], int(argv[2]), argv[3]
