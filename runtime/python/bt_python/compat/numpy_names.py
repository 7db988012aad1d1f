"""Names that numpy took away (1.24: its own names of Python's types; 2.0: old spellings)."""
import builtins

# old name: (what stands in its place, what to write)
_TYPES = {'int': 'int', 'float': 'float', 'bool': 'bool', 'object': 'object', 'str': 'str', 'complex': 'complex', 'long': 'int', 'unicode': 'str'}
_SPELLINGS = {
    'NaN': 'nan', 'NAN': 'nan', 'Inf': 'inf', 'Infinity': 'inf', 'infty': 'inf', 'PINF': 'inf', 'float_': 'float64', 'int_': 'int64',
    'complex_': 'complex128', 'unicode_': 'str_', 'string_': 'bytes_', 'row_stack': 'vstack', 'product': 'prod', 'cumproduct': 'cumprod',
    'alltrue': 'all', 'sometrue': 'any', 'in1d': 'isin', 'trapz': 'trapezoid', 'round_': 'round', 'issubsctype': 'issubdtype',
}


def restore(numpy, tell):
    """Answers the old names where the installed numpy has them no more."""
    before = getattr(numpy, '__getattr__', None)

    def old_name(name):
        if name in _TYPES:
            tell('np.%s' % name, _TYPES[name])
            return getattr(builtins, _TYPES[name])
        now = _SPELLINGS.get(name)
        if now is not None and now in vars(numpy):
            tell('np.%s' % name, 'np.%s' % now)
            return getattr(numpy, now)
        if name == 'NINF':
            tell('np.NINF', '-np.inf')
            return -numpy.inf
        if name == 'asscalar':
            tell('np.asscalar(x)', 'x.item()')
            return lambda array: array.item()
        if before is not None:
            return before(name)
        raise AttributeError('module %r has no attribute %r' % (numpy.__name__, name))

    numpy.__getattr__ = old_name
