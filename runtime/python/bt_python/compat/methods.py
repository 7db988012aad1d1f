"""Methods of tables and series that pandas took away: `df.sort`, `s.order`, `df.append`, `.ix`, `.as_matrix` …"""


def restore(pandas, tell):
    """Adds each where the installed pandas lacks it."""
    frame, series, index = pandas.DataFrame, pandas.Series, pandas.Index
    both = (frame, series)
    _add(pandas, tell, (frame,), 'sort', _sort_frame, 'df.sort_values(by=…)')
    _add(pandas, tell, (series,), 'sort', _sort_series, 's.sort_values(inplace=True)')
    _add(pandas, tell, (series,), 'order', _order, 's.sort_values()')
    _add(pandas, tell, both, 'append', _append, 'pd.concat([a, b])')
    _add(pandas, tell, both, 'iteritems', lambda pd, self: self.items(), 'x.items()')
    _add(pandas, tell, both, 'as_matrix', _as_matrix, 'x.values')
    _add(pandas, tell, both, 'get_values', lambda pd, self: self.values, 'x.values')
    _add(pandas, tell, (index,), 'get_values', lambda pd, self: self.values, 'x.values')
    _add(pandas, tell, both, 'get_value', _get_value, 'x.at[row, column]')
    _add(pandas, tell, both, 'set_value', _set_value, 'x.at[row, column] = value')
    _add(pandas, tell, (series,), 'valid', lambda pd, self, inplace=False: self.dropna(inplace=inplace), 's.dropna()')
    _add(pandas, tell, both, 'convert_objects', _convert_objects, 'x.infer_objects() or pd.to_numeric(x)')
    _add(pandas, tell, both, 'mad', _mad, '(x - x.mean()).abs().mean()')
    _add(pandas, tell, (frame,), 'icol', lambda pd, self, at: self.iloc[:, at], 'df.iloc[:, i]')
    _add(pandas, tell, (frame,), 'irow', lambda pd, self, at: self.iloc[at], 'df.iloc[i]')
    _add(pandas, tell, (series,), 'iget', lambda pd, self, at: self.iloc[at], 's.iloc[i]')
    _add(pandas, tell, both, 'clip_upper', lambda pd, self, threshold, axis=None: self.clip(upper=threshold, axis=axis), 'x.clip(upper=…)')
    _add(pandas, tell, both, 'clip_lower', lambda pd, self, threshold, axis=None: self.clip(lower=threshold, axis=axis), 'x.clip(lower=…)')
    _add(pandas, tell, (frame,), 'applymap', lambda pd, self, func: self.map(func), 'df.map(f)')
    _add(pandas, tell, (frame,), 'to_panel', _to_panel, 'a dict of DataFrames')
    _add(pandas, tell, both, 'tshift', lambda pd, self, periods=1, freq=None: self.shift(periods, freq=freq or 'infer'), 'x.shift(n, freq=…)')
    _add(pandas, tell, (series,), 'nonzero', lambda pd, self: self.values.nonzero(), 's.values.nonzero()')
    _add(pandas, tell, (frame,), 'lookup', _lookup, 'df.to_numpy()[df.index.get_indexer(rows), df.columns.get_indexer(columns)]')
    _add(pandas, tell, both, 'slice_shift', lambda pd, self, periods=1, axis=0: _slice_shift(self, periods, axis), 'x.shift(n)')
    for name in ('week', 'weekofyear'):
        _property(tell, (pandas.DatetimeIndex,), name, lambda self: pandas.Index(self.isocalendar().week.values.astype('int64')), 'index.isocalendar().week')
        _property(tell, (_of_times(pandas),), name, lambda self: self.isocalendar().week.astype('int64'), 's.dt.isocalendar().week')
    _property(tell, (index, series), 'is_monotonic', lambda self: self.is_monotonic_increasing, 'x.is_monotonic_increasing')
    _property(tell, (pandas.MultiIndex,), 'labels', lambda self: self.codes, 'index.codes')
    _property(tell, both, 'ix', lambda self: _Ix(self), '.loc or .iloc')
    if not hasattr(frame, 'from_items'):
        frame.from_items = classmethod(lambda cls, items, **rest: _from_items(pandas, tell, items, **rest))
    _sort_index_by(frame, tell)


def _add(pandas, tell, classes, name, function, instead):
    for owner in classes:
        if hasattr(owner, name):
            continue

        def method(self, *args, **words):
            tell('.%s()' % name, instead)
            return function(pandas, self, *args, **words)

        method.__name__ = name
        setattr(owner, name, method)


def _property(tell, classes, name, function, instead):
    for owner in classes:
        if hasattr(owner, name):
            continue

        def read(self):
            tell('.%s' % name, instead)
            return function(self)

        setattr(owner, name, property(read))


def _sort_frame(pd, self, columns=None, axis=0, ascending=True, inplace=False, kind='quicksort', na_position='last', **rest):
    by = rest.pop('by', columns)
    if rest:
        raise TypeError('sort() has no %s' % ', '.join(sorted(rest)))
    if by is None:
        return self.sort_index(axis=axis, ascending=ascending, inplace=inplace, kind=kind, na_position=na_position)
    by = list(by) if isinstance(by, tuple) else by
    return self.sort_values(by=by, axis=axis, ascending=ascending, inplace=inplace, kind=kind, na_position=na_position)


def _sort_series(pd, self, axis=0, ascending=True, kind='quicksort', na_position='last', inplace=True):
    return self.sort_values(axis=axis, ascending=ascending, kind=kind, na_position=na_position, inplace=inplace)


def _order(pd, self, na_last=None, ascending=True, kind='quicksort', na_position='last', inplace=False):
    position = na_position if na_last is None else ('last' if na_last else 'first')
    return self.sort_values(ascending=ascending, kind=kind, na_position=position, inplace=inplace)


def _append(pd, self, other, ignore_index=False, verify_integrity=False, sort=False):
    if isinstance(self, pd.DataFrame):
        if isinstance(other, dict):
            if not ignore_index:
                raise TypeError('Can only append a dict if ignore_index=True')
            other = pd.Series(other)
        if isinstance(other, pd.Series):
            if other.name is None and not ignore_index:
                raise TypeError('Can only append a Series if ignore_index=True or if the Series has a name')
            other = other.to_frame().T.infer_objects()
        elif isinstance(other, list) and other and not isinstance(other[0], (pd.DataFrame, pd.Series)):
            other = pd.DataFrame(other)
    parts = [self] + (list(other) if isinstance(other, (list, tuple)) else [other])
    words = {'sort': sort} if isinstance(self, pd.DataFrame) else {}
    return pd.concat(parts, ignore_index=ignore_index, verify_integrity=verify_integrity, **words)


def _as_matrix(pd, self, columns=None):
    return self.values if columns is None else self[list(columns)].values


def _get_value(pd, self, *place, **rest):
    rest.pop('takeable', None)
    return self.at[place if len(place) > 1 else place[0]]


def _set_value(pd, self, *args, **rest):
    rest.pop('takeable', None)
    place, value = args[:-1], args[-1]
    self.loc[place if len(place) > 1 else place[0]] = value
    return self


def _convert_objects(pd, self, convert_dates=True, convert_numeric=False, convert_timedeltas=True, copy=True):
    if not convert_numeric:
        return self.infer_objects()
    if isinstance(self, pd.DataFrame):
        return self.apply(lambda column: pd.to_numeric(column, errors='coerce') if column.dtype == object else column)
    return pd.to_numeric(self, errors='coerce')


def _mad(pd, self, axis=None, skipna=True, level=None):
    if isinstance(self, pd.Series):
        return (self - self.mean(skipna=skipna)).abs().mean(skipna=skipna)
    if axis in (None, 0, 'index'):
        return (self - self.mean(skipna=skipna)).abs().mean(skipna=skipna)
    return self.sub(self.mean(axis=1, skipna=skipna), axis=0).abs().mean(axis=1, skipna=skipna)


def _of_times(pandas):
    """The class of `s.dt`."""
    return type(pandas.Series(pandas.DatetimeIndex([])).dt)


def _lookup(pd, self, row_labels, col_labels):
    if len(row_labels) != len(col_labels):
        raise ValueError('Row labels must have same size as column labels')
    rows, columns = self.index.get_indexer(row_labels), self.columns.get_indexer(col_labels)
    if (rows < 0).any() or (columns < 0).any():
        raise KeyError('One or more row or column labels was not found')
    return self.to_numpy()[rows, columns]


def _slice_shift(x, periods, axis):
    if periods == 0:
        return x
    count = x.shape[axis]
    kept, labels = (slice(None, count - periods), slice(periods, None)) if periods > 0 else (slice(-periods, None), slice(None, count + periods))
    moved = x.iloc[kept] if axis == 0 else x.iloc[:, kept]
    return moved.set_axis(x.axes[axis][labels], axis=axis)


def _to_panel(pd, self):
    from .panel import Panel

    return Panel(frames={name: self[name].unstack() for name in self.columns})


def _from_items(pd, tell, items, columns=None, orient='columns'):
    tell('DataFrame.from_items()', 'DataFrame(dict(items))')
    pairs = list(items)
    if orient == 'columns':
        return pd.DataFrame(dict(pairs), columns=[key for key, _ in pairs] if columns is None else columns)
    return pd.DataFrame([values for _, values in pairs], index=[key for key, _ in pairs], columns=columns)


def _sort_index_by(frame, tell):
    before = frame.sort_index

    def sort_index(self, *args, **words):
        if 'by' not in words:
            return before(self, *args, **words)
        tell('sort_index(by=…)', 'df.sort_values(by=…)')
        return self.sort_values(*args, **words)

    sort_index.__name__ = 'sort_index'
    sort_index.__doc__ = before.__doc__
    frame.sort_index = sort_index


class _Ix(object):
    """`.ix`: by label, and by place where the labels are no numbers."""

    def __init__(self, data):
        self._data = data

    def __getitem__(self, key):
        return self._data.loc[self._labels(key)]

    def __setitem__(self, key, value):
        self._data.loc[self._labels(key)] = value

    def _labels(self, key):
        if isinstance(key, tuple) and self._data.ndim == 2:
            return tuple(self._label(part, axis) for part, axis in zip(key, self._data.axes))
        return self._label(key, self._data.axes[0])

    @staticmethod
    def _label(part, axis):
        """Whole numbers are places unless the axis holds whole numbers itself."""
        if getattr(axis, 'inferred_type', '') in ('integer', 'mixed-integer'):
            return part
        if isinstance(part, slice):
            if not any(isinstance(end, int) for end in (part.start, part.stop)):
                return part
            return axis[part]
        if _is_whole(part):
            return axis[part]
        if isinstance(part, list) and part and all(_is_whole(one) for one in part):
            return axis[part]
        return part


def _is_whole(value):
    return hasattr(value, '__index__') and not isinstance(value, bool) and not hasattr(value, '__len__')
