"""Several fields of several securities, as old pandas' Panel: `panel['close']` is the table time × code."""


class Panel(object):
    """Axes: items (fields), major_axis (times), minor_axis (codes)."""

    def __init__(self, items, frames):
        from . import frames as tables

        pd = tables.pandas()
        object.__setattr__(self, '_frames', dict(zip(items, frames)))
        first = frames[0] if len(frames) else pd.DataFrame()
        object.__setattr__(self, 'items', pd.Index(list(items), dtype=object))
        object.__setattr__(self, 'major_axis', first.index)
        object.__setattr__(self, 'minor_axis', first.columns)

    @property
    def shape(self):
        return (len(self.items), len(self.major_axis), len(self.minor_axis))

    @property
    def axes(self):
        return [self.items, self.major_axis, self.minor_axis]

    @property
    def empty(self):
        return 0 in self.shape

    @property
    def ndim(self):
        return 3

    @property
    def size(self):
        fields, times, codes = self.shape
        return fields * times * codes

    @property
    def values(self):
        from . import frames as tables

        return tables.numpy().array([frame.values for frame in self._frames.values()])

    def __getitem__(self, item):
        if isinstance(item, (list, tuple, set)) or hasattr(item, 'tolist'):
            return Panel(list(item), [self._frames[name] for name in item])
        if isinstance(item, slice):
            return self.loc[item]
        if item not in self._frames:
            raise KeyError(item)
        return self._frames[item]

    def __setitem__(self, item, frame):
        if not hasattr(frame, 'columns'):
            value, frame = frame, self._frames[next(iter(self._frames))].copy()
            frame.loc[:, :] = value
        self._frames[item] = frame
        object.__setattr__(self, 'items', self.items.append(type(self.items)([item])) if item not in self.items else self.items)

    def __getattr__(self, name):
        frames = self.__dict__.get('_frames', {})
        if name in frames:
            return frames[name]
        raise AttributeError("'Panel' object has no attribute '%s'; its fields are %s" % (name, ', '.join(map(str, frames))))

    def __iter__(self):
        return iter(list(self._frames))

    def __len__(self):
        return len(self._frames)

    def __contains__(self, item):
        return item in self._frames

    def keys(self):
        return self.items

    def iteritems(self):
        return iter(list(self._frames.items()))

    def get(self, item, default=None):
        return self._frames.get(item, default)

    @property
    def loc(self):
        return _Part(self, 'loc')

    @property
    def iloc(self):
        return _Part(self, 'iloc')

    @property
    def ix(self):
        return _Part(self, 'ix')

    def major_xs(self, key):
        """code × field at one time."""
        return self.loc[:, key, :]

    def minor_xs(self, key):
        """time × field of one code."""
        return self.loc[:, :, key]

    def xs(self, key, axis=1):
        return self._frames[key] if axis in (0, 'items') else self.major_xs(key) if axis in (1, 'major') else self.minor_xs(key)

    def to_frame(self, filter_observations=True):
        """One long table: rows are (time, code), columns fields."""
        from . import frames as tables

        pd = tables.pandas()
        index = pd.MultiIndex.from_product([self.major_axis, self.minor_axis], names=['major', 'minor'])
        data = {name: frame.values.ravel() for name, frame in self._frames.items()}
        frame = pd.DataFrame(data, index=index, columns=list(self._frames))
        return frame.dropna() if filter_observations else frame

    def to_xarray(self):
        raise NotImplementedError('a Panel has no to_xarray() here: use to_frame().')

    def transpose(self, *axes, **_):
        order = [{'items': 0, 'major_axis': 1, 'minor_axis': 2, 'major': 1, 'minor': 2}.get(axis, axis) for axis in axes]
        return self._turned(order or [2, 1, 0])

    def swapaxes(self, axis1, axis2, copy=True):
        numbers = {'items': 0, 'major_axis': 1, 'minor_axis': 2, 'major': 1, 'minor': 2}
        order = [0, 1, 2]
        a, b = numbers.get(axis1, axis1), numbers.get(axis2, axis2)
        order[a], order[b] = order[b], order[a]
        return self._turned(order)

    @property
    def T(self):
        return self._turned([2, 1, 0])

    def _turned(self, order):
        from . import frames as tables

        pd = tables.pandas()
        axes = [self.axes[axis] for axis in order]
        cells = self.values.transpose(order)
        return Panel(list(axes[0]), [pd.DataFrame(cells[place], index=axes[1], columns=axes[2]) for place in range(len(axes[0]))])

    def _map(self, name, *args, **kwargs):
        return Panel(list(self._frames), [getattr(frame, name)(*args, **kwargs) for frame in self._frames.values()])

    def fillna(self, *args, **kwargs):
        if kwargs.pop('inplace', False):
            for name, frame in self._frames.items():
                self._frames[name] = frame.fillna(*args, **kwargs)
            return None
        return self._map('fillna', *args, **kwargs)

    def dropna(self, axis=0, how='any', inplace=False):
        """Along the times (axis 1) or the codes (axis 2)."""
        from . import frames as tables

        np = tables.numpy()
        missing = np.isnan(self.values.astype(float))
        over = tuple(place for place in range(3) if place != axis)
        drop = missing.any(axis=over) if how == 'any' else missing.all(axis=over)
        parts = [slice(None)] * 3
        parts[axis] = np.flatnonzero(~drop)
        kept = self.iloc[tuple(parts)]
        if not inplace:
            return kept
        self.__dict__.update(kept.__dict__)
        return None

    def copy(self, deep=True):
        return self._map('copy')

    def pct_change(self, *args, **kwargs):
        return self._map('pct_change', *args, **kwargs)

    def shift(self, *args, **kwargs):
        return self._map('shift', *args, **kwargs)

    def _reduced(self, name, axis, *args, **kwargs):
        from . import frames as tables

        pd = tables.pandas()
        if axis in (1, 'major', 'major_axis'):
            return pd.DataFrame({item: getattr(frame, name)(*args, **kwargs) for item, frame in self._frames.items()}, columns=list(self._frames))
        if axis in (2, 'minor', 'minor_axis'):
            return pd.DataFrame({item: getattr(frame, name)(axis=1, *args, **kwargs) for item, frame in self._frames.items()}, columns=list(self._frames))
        return getattr(self._turned([1, 0, 2]), name)(axis=1).T

    def mean(self, axis=0, **kwargs):
        return self._reduced('mean', axis, **kwargs)

    def sum(self, axis=0, **kwargs):
        return self._reduced('sum', axis, **kwargs)

    def max(self, axis=0, **kwargs):
        return self._reduced('max', axis, **kwargs)

    def min(self, axis=0, **kwargs):
        return self._reduced('min', axis, **kwargs)

    def std(self, axis=0, **kwargs):
        return self._reduced('std', axis, **kwargs)

    def __repr__(self):
        fields, times, codes = self.shape
        lines = [
            "<class 'pandas.core.panel.Panel'>",
            'Dimensions: %d (items) x %d (major_axis) x %d (minor_axis)' % (fields, times, codes),
        ]
        for name, axis in zip(('Items', 'Major_axis', 'Minor_axis'), self.axes):
            lines.append('%s axis: %s' % (name, '%s to %s' % (axis[0], axis[-1]) if len(axis) else 'None'))
        return '\n'.join(lines)


class _Part(object):
    """`panel.loc[items, times, codes]`: what is left out is whole; one label takes its axis away."""

    def __init__(self, panel, how):
        self._panel = panel
        self._how = how

    def __getitem__(self, key):
        parts = list(key) if isinstance(key, tuple) else [key]
        parts += [slice(None)] * (3 - len(parts))
        how = self._how
        if how == 'ix':
            # Old pandas: by label, else by position.
            how = 'iloc' if any(isinstance(part, int) for part in parts) else 'loc'
        items, times, codes = parts
        names = self._panel.items.to_series()
        chosen = getattr(names, how)[items]
        frames = self._panel._frames
        if not hasattr(chosen, 'tolist') or isinstance(chosen, str):
            return getattr(frames[chosen], how)[times, codes]
        chosen = list(chosen)
        made = [getattr(frames[name], how)[times, codes] for name in chosen]
        first = made[0] if made else None
        if made and hasattr(first, 'columns'):
            return Panel(chosen, made)
        from . import frames as tables

        pd = tables.pandas()
        if made and not hasattr(first, 'index'):
            return pd.Series(made, index=chosen)
        return pd.DataFrame(dict(zip(chosen, made)), columns=chosen)
