"""Arguments by position that pandas 2 takes by name only: `df.any(1)`, `df.drop('a', 1)`, `pd.concat([a, b], 1)`; and arguments that are gone.

Only functions of the installed pandas that refuse them are wrapped, so that nothing changes where they still work.
"""
import functools
import inspect

# The order in which pandas 1 took them, after `self`.
_ORDER = {
    'DataFrame': {
        'any': 'axis bool_only skipna level',
        'all': 'axis bool_only skipna level',
        'drop': 'labels axis index columns level inplace errors',
        'dropna': 'axis how thresh subset inplace',
        'drop_duplicates': 'subset keep inplace ignore_index',
        'fillna': 'value method axis inplace limit downcast',
        'ffill': 'axis inplace limit downcast',
        'bfill': 'axis inplace limit downcast',
        'interpolate': 'method axis limit inplace limit_direction',
        'pivot': 'index columns values',
        'replace': 'to_replace value inplace limit regex method',
        'reset_index': 'level drop inplace col_level col_fill',
        'set_index': 'keys drop append inplace verify_integrity',
        'sort_index': 'axis level ascending inplace kind na_position',
        'sort_values': 'by axis ascending inplace kind na_position',
        'where': 'cond other inplace axis level',
        'mask': 'cond other inplace axis level',
        'clip': 'lower upper axis inplace',
        'rename': 'mapper index columns axis copy inplace level',
        'quantile': 'q axis numeric_only interpolation',
        'set_axis': 'labels axis inplace',
    },
    'Series': {
        'any': 'axis bool_only skipna level',
        'all': 'axis bool_only skipna level',
        'drop': 'labels axis index columns level inplace errors',
        'dropna': 'axis inplace how',
        'drop_duplicates': 'keep inplace',
        'fillna': 'value method axis inplace limit downcast',
        'ffill': 'axis inplace limit downcast',
        'bfill': 'axis inplace limit downcast',
        'interpolate': 'method axis limit inplace limit_direction',
        'replace': 'to_replace value inplace limit regex method',
        'reset_index': 'level drop name inplace',
        'sort_index': 'axis level ascending inplace kind na_position',
        'sort_values': 'axis ascending inplace kind na_position',
        'where': 'cond other inplace axis level',
        'mask': 'cond other inplace axis level',
        'clip': 'lower upper axis inplace',
    },
}
_MODULE = {'concat': 'objs axis join ignore_index keys levels names verify_integrity sort copy'}
# Reductions that left text columns out by themselves.
_REDUCTIONS = 'mean median std var sem skew kurt'.split()
_CORRELATIONS = 'corr cov corrwith'.split()
# Reductions of each level of an index: `df.sum(level=0)`.
_OF_LEVELS = 'sum mean min max median std var prod count any all'.split()


def restore(pandas, tell):
    for owner, methods in _ORDER.items():
        for name, order in methods.items():
            _open(getattr(pandas, owner), name, order.split(), True, tell)
    for name, order in _MODULE.items():
        _open(pandas, name, order.split(), False, tell)
    for owner in (pandas.DataFrame, pandas.Series):
        _fill_method(owner, tell)
    if _major(pandas) >= 2:
        for name in _REDUCTIONS + _CORRELATIONS:
            _numeric_only(pandas.DataFrame, name, tell)
        for name in _REDUCTIONS:
            _numeric_only(type(pandas.DataFrame({'a': []}).groupby('a')), name, tell)
    for owner in (pandas.DataFrame, pandas.Series):
        for name in _OF_LEVELS:
            _of_level(owner, name, tell)
    _closed(pandas, tell)
    _sets(pandas.Index, tell)


def _major(pandas):
    return int(pandas.__version__.split('.')[0])


def _open(owner, name, order, is_method, tell):
    """Lets what was positional be positional again."""
    before = getattr(owner, name)
    taken = _positional(before) - (1 if is_method else 0)
    if taken is None or taken >= len(order):
        return

    @functools.wraps(before)
    def call(*args, **words):
        own = args[1:] if is_method else args
        if len(own) <= taken:
            return before(*args, **words)
        if len(own) > len(order):
            return before(*args, **words)  # says what is wrong
        surplus = dict(zip(order[taken:], own[taken:]))
        tell('%s(…, %s) by position' % (name, ', '.join(surplus)), ', '.join('%s=…' % word for word in surplus))
        surplus = {word: value for word, value in surplus.items() if not (word in _GONE and value in (None, False))}
        return before(*args[: len(args) - len(own) + taken], **dict(surplus, **words))

    setattr(owner, name, call)


# Arguments that no version takes any more; their old default is left out.
_GONE = frozenset(['level', 'downcast', 'bool_only', 'copy'])


def _positional(function):
    """How many arguments it takes by position, `self` among them; a huge number where it does not say."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 1000
    if any(one.kind is one.VAR_POSITIONAL for one in parameters):
        return 1000
    return sum(one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) for one in parameters)


def _fill_method(owner, tell):
    """`fillna(method='ffill')` is gone in pandas 3, and a warning before."""
    before = owner.fillna
    if 'method' in inspect.signature(before).parameters:
        return

    @functools.wraps(before)
    def fillna(self, value=None, method=None, **words):
        if method is None:
            return before(self, value, **words)
        tell('fillna(method=…)', 'x.ffill() or x.bfill()')
        forward = method in ('ffill', 'pad')
        return self.ffill(**words) if forward else self.bfill(**words)

    owner.fillna = fillna


def _numeric_only(owner, name, tell):
    """`df.mean()` left text out; pandas 2 refuses it."""
    before = getattr(owner, name)

    @functools.wraps(before)
    def call(self, *args, **words):
        try:
            return before(self, *args, **words)
        except (TypeError, ValueError):
            table = getattr(self, 'obj', self)
            if 'numeric_only' in words or not any(kind == object for kind in table.dtypes):
                raise
            tell('%s() of a table with text' % name, 'df.%s(numeric_only=True)' % name)
            return before(self, *args, numeric_only=True, **words)

    setattr(owner, name, call)


def _takes(function, name):
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return True
    return name in parameters


def _of_level(owner, name, tell):
    """`df.sum(level=0)`: pandas 2 groups first."""
    before = getattr(owner, name)
    if _takes(before, 'level'):
        return

    @functools.wraps(before)
    def call(self, *args, **words):
        level = words.pop('level', None)
        if level is None:
            return before(self, *args, **words)
        tell('%s(level=…)' % name, 'x.groupby(level=…).%s()' % name)
        axis = words.pop('axis', args[0] if args else 0)
        words.pop('skipna', None)
        if axis in (1, 'columns'):
            return getattr(self.T.groupby(level=level), name)(**words).T
        return getattr(self.groupby(level=level), name)(**words)

    setattr(owner, name, call)


def _closed(pandas, tell):
    """`date_range(closed='left')` is `inclusive` in pandas 2."""
    before = pandas.date_range
    if _takes(before, 'closed'):
        return

    @functools.wraps(before)
    def date_range(*args, **words):
        if 'closed' in words:
            closed = words.pop('closed')
            tell('date_range(closed=…)', 'date_range(inclusive=…)')
            words['inclusive'] = closed or 'both'
        return before(*args, **words)

    pandas.date_range = date_range


def _sets(index, tell):
    """`a.index & b.index` was what is in both; pandas 2 takes it for a calculation, cell by cell, which texts have none of."""
    for operator, name, text in (('__and__', 'intersection', 'a & b'), ('__or__', 'union', 'a | b'), ('__xor__', 'symmetric_difference', 'a ^ b')):
        before = getattr(index, operator)

        def call(self, other, before=before, name=name, text=text):
            try:
                return before(self, other)
            except (TypeError, ValueError):
                if not isinstance(other, index):
                    raise
                tell('%s of two indexes' % text, 'a.%s(b)' % name)
                return getattr(self, name)(other)

        call.__name__ = operator
        setattr(index, operator, call)
