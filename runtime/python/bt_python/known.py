"""What a strategy finds without importing it, and which imports are answered by us. Read by the loader and by `check.py`; imports nothing."""

# Names that JoinQuant's `from jqdata import *` brings beside its own, or that its environment has: (module, attribute or None for the module itself).
# Each is imported when it is first used. numpy's functions are those that old scripts call bare.
PRELUDE = {
    'datetime': ('datetime', None),
    'timedelta': ('datetime', 'timedelta'),
    'time': ('time', None),
    'math': ('math', None),
    'random': ('random', None),
    'json': ('json', None),
    're': ('re', None),
    'os': ('os', None),
    'sys': ('sys', None),
    'functools': ('functools', None),
    'partial': ('functools', 'partial'),
    'defaultdict': ('collections', 'defaultdict'),
    'OrderedDict': ('collections', 'OrderedDict'),
    'Enum': ('enum', 'Enum'),
    'logging': ('logging', None),
    'np': ('numpy', None),
    'numpy': ('numpy', None),
    'talib': ('talib', None),
    'pd': ('pandas', None),
    'pandas': ('pandas', None),
    'DataFrame': ('pandas', 'DataFrame'),
    'Series': ('pandas', 'Series'),
}
for _name in (
    'mean std var median nan isnan array zeros ones arange linspace exp log10 sqrt sign power cov corrcoef cumsum cumprod '
    'diff dot argmax argmin argsort polyfit polyval percentile concatenate where nanmean nanstd isinf inf sort'
).split():
    PRELUDE[_name] = ('numpy', _name)
PRELUDE['NaN'] = ('numpy', 'nan')

# Names of Python 2 that mean the same under another name.
PYTHON2 = {
    'xrange': ('builtins', 'range'),
    'unicode': ('builtins', 'str'),
    'basestring': ('builtins', 'str'),
    'long': ('builtins', 'int'),
    'unichr': ('builtins', 'chr'),
    'reduce': ('functools', 'reduce'),
}

# Modules that we answer whatever is installed: JoinQuant's own.
MODULES = frozenset(
    (
        'jqdata jqfactor jqlib jqlib.technical_analysis jqlib.alpha101 jqlib.alpha191 jqlib.optimizer '
        'kuanke kuanke.wizard kuanke.user_space_api jqboson jqboson.api'
    ).split()
)
# Modules that we answer where the user has none; of statsmodels and prettytable what scripts use.
FALLBACKS = frozenset(
    (
        'talib talib.abstract six six.moves prettytable statsmodels statsmodels.api statsmodels.regression '
        'statsmodels.regression.linear_model'
    ).split()
)


def is_ours(dotted):
    """True for a module that a strategy may import without having it."""
    return dotted in MODULES or dotted in FALLBACKS
