"""Names of the module pandas itself: `pd.Panel`, `pd.rolling_mean`, `pd.datetime`, `pandas.stats` …"""
import datetime
import sys
import types

_ROLLING = 'mean sum std var min max median count kurt skew quantile apply corr cov'.split()
_EWM = {'ewma': 'mean', 'ewmstd': 'std', 'ewmvol': 'std', 'ewmvar': 'var', 'ewmcorr': 'corr', 'ewmcov': 'cov'}


def restore(pandas, tell):
    before = getattr(pandas, '__getattr__', None)
    old = _functions(pandas, tell)

    def old_name(name):
        if name in old:
            return old[name]
        if name == 'datetime':
            tell('pd.datetime', 'datetime.datetime')
            return datetime.datetime
        if name == 'np':
            tell('pd.np', 'np')
            import numpy

            return numpy
        if name == 'Panel':
            tell('pd.Panel', 'a dict of DataFrames')
            from .panel import Panel

            return Panel
        if name == 'TimeGrouper':
            tell('pd.TimeGrouper(freq)', 'pd.Grouper(freq=freq)')
            return lambda freq=None, **rest: pandas.Grouper(freq=freq, **rest)
        if name in ('Int64Index', 'Float64Index', 'UInt64Index'):
            tell('pd.%s' % name, 'pd.Index')
            return lambda data=None, **rest: pandas.Index(data, **dict(rest, dtype=rest.get('dtype', name[:-5].lower())))
        if before is not None:
            return before(name)
        raise AttributeError('module %r has no attribute %r' % ('pandas', name))

    pandas.__getattr__ = old_name
    _stats(tell)


def _functions(pandas, tell):
    """`pd.rolling_mean(x, 5)` and the like; an array or a list comes back as an array."""
    made = {}

    def windowed(old, new, method, window_of):
        def call(arg, *args, **words):
            tell(old, new)
            data = arg if isinstance(arg, (pandas.Series, pandas.DataFrame)) else pandas.Series(arg)
            window, rest = window_of(data, args, words)
            result = getattr(window, method)(*rest)
            return result if data is arg else result.values

        call.__name__ = old.split('.')[1].split('(')[0]
        return call

    def rolling(method):
        def window_of(data, args, words):
            names = ['window'] + _between(method) + ['min_periods', 'freq', 'center']
            given = dict(zip(names, args), **words)
            between = [given.pop(name) for name in _between(method) if name in given]
            if given.pop('freq', None) is not None:
                raise TypeError('rolling_%s(freq=…) is not there any more: resample before it' % method)
            given.pop('how', None)
            return data.rolling(**given), between

        return window_of

    def expanding(method):
        def window_of(data, args, words):
            given = dict(zip(['min_periods', 'freq'], args), **words)
            given.pop('freq', None)
            return data.expanding(**given), []

        return window_of

    def weighted(method):
        def window_of(data, args, words):
            names = ['com', 'span', 'halflife', 'min_periods', 'freq', 'adjust', 'how', 'ignore_na']
            given = dict(zip(names, args), **words)
            for name in ('freq', 'how'):
                given.pop(name, None)
            return data.ewm(**given), []

        return window_of

    for method in _ROLLING:
        made['rolling_' + method] = windowed('pd.rolling_%s(x, n)' % method, 'x.rolling(n).%s()' % method, method, rolling(method))
        if method not in ('corr', 'cov', 'quantile', 'apply'):
            made['expanding_' + method] = windowed(
                'pd.expanding_%s(x)' % method, 'x.expanding().%s()' % method, method, expanding(method)
            )
    for name, method in _EWM.items():
        if method not in ('corr', 'cov'):
            made[name] = windowed('pd.%s(x)' % name, 'x.ewm(…).%s()' % method, method, weighted(method))
    return made


def _between(method):
    """What stood after the window, and is the method's own argument now."""
    return {'quantile': ['quantile'], 'apply': ['func'], 'corr': ['arg2'], 'cov': ['arg2']}.get(method, [])


def _stats(tell):
    """`from pandas.stats.api import ols`, `pandas.stats.moments.rolling_mean`."""
    import pandas
    from .ols import OLS

    def ols(*args, **words):
        tell('pandas.stats.api.ols', 'statsmodels.api.OLS')
        return OLS(*args, **words)

    stats = types.ModuleType('pandas.stats')
    api = types.ModuleType('pandas.stats.api')
    moments = types.ModuleType('pandas.stats.moments')
    api.ols = ols
    for name in ['rolling_' + one for one in _ROLLING] + ['ewma', 'ewmstd']:
        setattr(moments, name, _late(pandas, name))
    stats.api, stats.moments = api, moments
    for module in (stats, api, moments):
        sys.modules.setdefault(module.__name__, module)


def _late(pandas, name):
    return lambda *args, **words: getattr(pandas, name)(*args, **words)
