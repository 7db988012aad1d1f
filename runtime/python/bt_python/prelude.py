"""Names that a JoinQuant script finds without an import, beneath its own: what is used is put there before it runs."""
import builtins
import importlib
import symtable

_MODULES = {
    'datetime': 'datetime', 'math': 'math', 'time': 'time', 'random': 'random', 're': 're', 'json': 'json', 'os': 'os', 'sys': 'sys',
    'np': 'numpy', 'numpy': 'numpy', 'pd': 'pandas', 'pandas': 'pandas', 'talib': 'talib', 'logging': 'logging', 'copy': 'copy',
    'warnings': 'warnings', 'functools': 'functools', 'itertools': 'itertools', 'collections': 'collections',
}
_MEMBERS = {
    'timedelta': ('datetime', 'timedelta'), 'Enum': ('enum', 'Enum'), 'DataFrame': ('pandas', 'DataFrame'), 'Series': ('pandas', 'Series'),
    'reduce': ('functools', 'reduce'), 'OrderedDict': ('collections', 'OrderedDict'), 'defaultdict': ('collections', 'defaultdict'),
}
_NUMPY = frozenset(
    'mean std var median array zeros ones arange linspace nan NaN inf isnan isinf isfinite exp sqrt sign sort cov corrcoef cumsum '
    'cumprod diff dot where unique argsort argmax argmin average percentile nanmean nanstd nansum log10 log2 log1p polyfit polyval '
    'floor ceil hstack vstack concatenate zeros_like ones_like maximum minimum ndarray asarray sin cos tan pi'.split()
)
#: Names that are there without an import.
NAMES = frozenset(_MODULES) | frozenset(_MEMBERS) | _NUMPY


def unbound(source, name='<script>'):
    """Names that a script reads beyond its functions' own and that its top level does not make."""
    top = symtable.symtable(source, name, 'exec')
    made = {one.get_name() for one in top.get_symbols() if one.is_assigned() or one.is_imported() or one.is_namespace()}
    read = set()
    scopes = [top]
    while scopes:
        scope = scopes.pop()
        scopes.extend(scope.get_children())
        read.update(one.get_name() for one in scope.get_symbols() if one.is_referenced() and (scope is top or one.is_global()))
    return {one for one in read - made if not hasattr(builtins, one)}


def values(source):
    """What a script needs of these names; a package that is not installed leaves its names out."""
    found = {}
    for name in unbound(source) & NAMES:
        try:
            found[name] = value(name)
        except Exception:
            pass  # Python's NameError says it at the author's line
    return found


def value(name):
    """One of them. ImportError when its package is not installed."""
    if name in _MODULES:
        return importlib.import_module(_MODULES[name])
    if name in _MEMBERS:
        home, member = _MEMBERS[name]
        return getattr(importlib.import_module(home), member)
    numpy = importlib.import_module('numpy')
    return getattr(numpy, 'nan' if name == 'NaN' else name)
