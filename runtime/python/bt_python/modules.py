"""Imports of a script: JoinQuant's modules are answered by us, its own files find the API's names, pandas is seen when it comes."""
import functools
import importlib
import importlib.machinery
import importlib.util
import os
import pickle
import sys
import types

from . import factors, made, prelude, stand_ins
from .api import named
from .decoding import decode
from .known import FALLBACKS, MODULES

_PACKAGES = frozenset(['kuanke', 'jqlib', 'jqboson', 'jqdata', 'jqfactor', 'talib', 'six', 'statsmodels', 'statsmodels.regression'])
_SAME_AS_JQDATA = frozenset(['jqdata', 'jqboson', 'jqboson.api'])
_EMPTY = frozenset(['kuanke', 'jqlib'])
#: Answered by us where they are not installed.
_STAND_INS = FALLBACKS | frozenset(['cPickle', 'StringIO', 'cStringIO'])
_TOLD = {
    'statsmodels': 'statsmodels is not installed: OLS and add_constant are ours; for the rest: python -m pip install statsmodels',
    'prettytable': 'prettytable is not installed: PrettyTable is ours, with what scripts use of it; for the rest: python -m pip install prettytable',
}


class Modules(object):
    """The import hooks of one script."""

    def __init__(self, api, folder, beneath, tell):
        self._api = api
        self._tell = tell
        self._folder = os.path.join(os.path.realpath(folder), '')
        self._beneath = beneath
        #: package -> functions that are told of it when it has been imported
        self._watched = {}
        self._finding = set()

    def install(self):
        sys.meta_path.insert(0, _Finder(self._find))
        sys.meta_path.append(_Finder(self._find_stand_in))

    def when_loaded(self, name, tell):
        """Calls `tell(module)` when a package has been imported, at once if it is there."""
        if name in sys.modules:
            tell(sys.modules[name])
        else:
            self._watched.setdefault(name, []).append(tell)

    def _find(self, name, path):
        if name in MODULES:
            return importlib.machinery.ModuleSpec(name, _Loader(self._fill), is_package=name in _PACKAGES)
        if name in self._finding:
            return None
        if name in self._watched:
            return self._watch(name, path)
        return self._local(name, path)

    def _find_stand_in(self, name, path):
        if name not in _STAND_INS or not _stands_in(name.partition('.')[0], name):
            return None
        return importlib.machinery.ModuleSpec(name, _Loader(self._fill), is_package=name in _PACKAGES)

    def _watch(self, name, path):
        self._finding.add(name)
        try:
            spec = importlib.util.find_spec(name) if path is None else importlib.machinery.PathFinder.find_spec(name, path)
        finally:
            self._finding.discard(name)
        if spec is None or spec.loader is None:
            return spec
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            for tell in self._watched.pop(name, ()):
                tell(module)

        try:
            spec.loader.exec_module = exec_module
        except AttributeError:
            return None
        return spec

    def _local(self, name, path):
        """A file of the author's: the API's names are beneath its own, as in the script."""
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        origin = spec.origin if spec is not None else None
        if origin is None or not origin.endswith('.py') or not is_authors(origin, self._folder):
            return None
        spec.loader = _LocalLoader(name, origin, self._beneath)
        return spec

    def _fill(self, module):
        """Puts into a module of ours what it has."""
        name = module.__name__
        if name in _EMPTY:
            return
        if name in _TOLD:
            self._tell(_TOLD[name])
        if name in _SAME_AS_JQDATA:
            names = dict(self._api.names)
        elif name == 'kuanke.user_space_api':
            names = dict(self._api.names)
            for one in ('datetime', 'timedelta', 'math', 'np', 'pd'):
                try:
                    names[one] = prelude.value(one)
                except ImportError:
                    pass
        elif name in MODULES or name == 'talib':
            names = self._library(name)
        else:
            names = _stand_in(name)
        module.__dict__.update(names)
        module.__all__ = [one for one in names if not one.startswith('_')]
        if name == 'talib':
            module.abstract = module
            module.get_functions = lambda: sorted(module.__all__)
        if name == 'statsmodels.regression':
            importlib.import_module('statsmodels.regression.linear_model')
        if name.startswith('statsmodels.') or name == 'prettytable':
            module.__getattr__ = lambda one: _missing(name, one)

    def _library(self, name):
        exported = self._api.call('bt.library', [name])
        parts = self._api.call('bt.optimizer_parts', []) if name == 'jqlib.optimizer' else ()
        names = {}
        for one in exported:
            if name == 'kuanke.wizard':
                names[one] = self._wizard(one)
                continue
            if name == 'jqlib.optimizer' and one in parts:
                names[one] = made.part(one)
                continue
            function = named(one, self._api.function(one, called='%s.%s' % (name, one)), name)
            names[one] = _talib(function) if name == 'talib' else _several(function) if name == 'jqlib.technical_analysis' else function
        if name == 'jqfactor':
            names['Factor'] = factors.Factor
        if name == 'talib':
            names['MA_Type'] = _MaType
        return names

    def _wizard(self, name):
        """A function of the wizard adds to a list that it is given and sets flags of g: what they have become comes back."""
        api = self._api

        def function(*args, **kwargs):
            g = api.names['g']
            # It may order, and then market time passes.
            api.forget()
            told = api.call('bt.wizard', [name, list(args), kwargs, {key: vars(g)[key] for key in _OF_G if key in vars(g)}])
            api.forget()
            given = list(zip(args, told['lists'])) + [(kwargs[key], told['named'][key]) for key in kwargs]
            for mine, theirs in given:
                if type(mine) is list and theirs is not None and mine != theirs:
                    mine[:] = theirs
            for key, value in told['g'].items():
                setattr(g, key, value)
            return told['result']

        return named(name, function, 'kuanke.wizard')


#: What the wizard's functions read of g and set in it.
_OF_G = ('index', 'daily_risk_management', 'risk_management_signal')


class _MaType(object):
    SMA, EMA, WMA, DEMA, TEMA, TRIMA, KAMA, MAMA, T3 = range(9)


def _several(function):
    """An indicator of several lines gives a tuple of them."""

    def indicator(*args, **kwargs):
        answer = function(*args, **kwargs)
        return tuple(answer) if isinstance(answer, list) else answer

    return named(function.__name__, indicator, function.__module__)


def _talib(function):
    """Takes arrays and Series of numbers; gives what it was given, several results as a tuple."""

    def indicator(*args, **kwargs):
        import numpy

        index = [None]

        def plain(value):
            if hasattr(value, 'index') and hasattr(value, 'values'):
                index[0] = value.index
                value = value.values
            return numpy.asarray(value, dtype=float) if hasattr(value, 'dtype') and getattr(value, 'ndim', 0) == 1 else value

        answer = function(*[plain(value) for value in args], **{key: plain(value) for key, value in kwargs.items()})
        if index[0] is not None:
            import pandas

            look = lambda one: pandas.Series(one, index=index[0])  # noqa: E731
        else:
            look = lambda one: one  # noqa: E731
        if isinstance(answer, (list, tuple)):
            return tuple(look(one) for one in answer)
        return look(answer) if hasattr(answer, 'dtype') else answer

    return named(function.__name__, indicator, 'talib')


def _missing(module, name):
    if name.startswith('__'):
        raise AttributeError(name)
    return stand_ins.absent(module.partition('.')[0], name)


def _stand_in(name):
    import io

    if name == 'prettytable' or name.startswith('statsmodels'):
        return stand_ins.of(name)

    if name == 'cPickle':
        return {one: getattr(pickle, one) for one in pickle.__all__}
    if name in ('StringIO', 'cStringIO'):
        return {'StringIO': io.StringIO}
    if name == 'talib.abstract':
        return dict(vars(importlib.import_module('talib')))
    if name == 'six.moves':
        import urllib

        return {'range': range, 'xrange': range, 'zip': zip, 'map': map, 'filter': filter, 'input': input, 'cPickle': pickle, 'urllib': urllib,
                'reduce': __import__('functools').reduce}
    return {
        'StringIO': io.StringIO, 'BytesIO': io.BytesIO, 'PY2': False, 'PY3': True, 'string_types': (str,), 'integer_types': (int,),
        'text_type': str, 'binary_type': bytes, 'class_types': (type,), 'iteritems': lambda d: iter(d.items()), 'iterkeys': lambda d: iter(d),
        'itervalues': lambda d: iter(d.values()), 'u': lambda text: text, 'b': lambda text: text.encode('latin-1'),
    }


@functools.lru_cache(maxsize=None)
def is_authors(file, folder):
    """
    True for a file below the script's folder that belongs to no installation of Python. Asked of each module at each dispatch, so a file
    is looked up once.
    """
    path = os.path.realpath(file)
    if not path.startswith(folder):
        return False
    inside = path[len(folder):].replace(os.sep, '/')
    return not any(part in inside for part in ('site-packages/', 'dist-packages/', 'lib/python', 'bt_python/'))


def _stands_in(root, name):
    """A part of a package is ours only where the package is: six makes its own parts by a finder of its own."""
    return root == name or isinstance(getattr(getattr(sys.modules.get(root), '__spec__', None), 'loader', None), _Loader)


class _Finder(object):
    def __init__(self, find):
        self._find = find

    def find_spec(self, name, path=None, target=None):
        return self._find(name, path)


class _Loader(object):
    def __init__(self, fill):
        self._fill = fill

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        return module

    def exec_module(self, module):
        self._fill(module)


class _LocalLoader(importlib.machinery.SourceFileLoader):
    def __init__(self, name, path, beneath):
        importlib.machinery.SourceFileLoader.__init__(self, name, path)
        self._beneath = beneath

    def source_to_code(self, data, path, *, _optimize=-1):
        """In any encoding that the script itself may be saved in."""
        return compile(decode(data, path), path, 'exec', dont_inherit=True, optimize=_optimize)

    def exec_module(self, module):
        module.__dict__['__builtins__'] = self._beneath
        importlib.machinery.SourceFileLoader.exec_module(self, module)
