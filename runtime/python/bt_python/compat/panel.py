"""`pd.Panel`: tables of one shape side by side. What old scripts read of it; made from a dict of tables or of three axes."""
import functools


class Panel(object):
    """Items × major axis (rows) × minor axis (columns). `p['close']` or `p.close` is one table."""

    def __init__(self, data=None, items=None, major_axis=None, minor_axis=None, frames=None):
        import pandas as pd

        if frames is None:
            frames = _tables(pd, data, items, major_axis, minor_axis)
        object.__setattr__(self, '_frames', dict(frames))

    @property
    def items(self):
        import pandas as pd

        return pd.Index(list(self._frames))

    @property
    def major_axis(self):
        import pandas as pd

        return next(iter(self._frames.values())).index if self._frames else pd.Index([])

    @property
    def minor_axis(self):
        import pandas as pd

        return next(iter(self._frames.values())).columns if self._frames else pd.Index([])

    @property
    def axes(self):
        return [self.items, self.major_axis, self.minor_axis]

    @property
    def shape(self):
        return tuple(len(axis) for axis in self.axes)

    @property
    def empty(self):
        return 0 in self.shape

    @property
    def ndim(self):
        return 3

    @property
    def size(self):
        items, rows, columns = self.shape
        return items * rows * columns

    @property
    def T(self):
        return self.transpose(2, 1, 0)

    @property
    def values(self):
        import numpy as np

        return np.array([frame.values for frame in self._frames.values()])

    def keys(self):
        return self.items

    def __len__(self):
        return len(self._frames)

    def __iter__(self):
        return iter(self._frames)

    def __contains__(self, item):
        return item in self._frames

    def __getitem__(self, item):
        if isinstance(item, (list, tuple)):
            return Panel(frames={one: self._frames[one] for one in item})
        return self._frames[item]

    def __setitem__(self, item, frame):
        if not hasattr(frame, 'columns'):
            value, frame = frame, next(iter(self._frames.values())).copy()
            frame.loc[:, :] = value
        self._frames[item] = frame

    def __setattr__(self, name, value):
        if name == 'items':
            object.__setattr__(self, '_frames', dict(zip(value, self._frames.values())))
        elif name == 'major_axis':
            for frame in self._frames.values():
                frame.index = value
        elif name == 'minor_axis':
            for frame in self._frames.values():
                frame.columns = value
        else:
            self[name] = value

    def __getattr__(self, name):
        frames = object.__getattribute__(self, '_frames')
        if name in frames:
            return frames[name]
        raise AttributeError('a Panel has no %s; its tables are %s' % (name, ', '.join(map(str, frames))))

    def iteritems(self):
        return iter(self._frames.items())

    def get(self, item, default=None):
        return self._frames.get(item, default)

    def pop(self, item):
        return self._frames.pop(item)

    def major_xs(self, key):
        """One row of each table: rows are the columns of the tables, columns the items."""
        import pandas as pd

        return pd.DataFrame({item: frame.loc[key] for item, frame in self._frames.items()}, columns=list(self._frames))

    def minor_xs(self, key):
        """One column of each table."""
        import pandas as pd

        return pd.DataFrame({item: frame[key] for item, frame in self._frames.items()}, columns=list(self._frames))

    def xs(self, key, axis=1):
        return {0: self.__getitem__, 1: self.major_xs, 2: self.minor_xs}[_axis(axis)](key)

    @property
    def loc(self):
        return _Located(self, 'loc')

    @property
    def iloc(self):
        return _Located(self, 'iloc')

    @property
    def ix(self):
        return _Located(self, 'ix')

    def copy(self, deep=True):
        return Panel(frames={item: frame.copy(deep) for item, frame in self._frames.items()})

    def shift(self, *args, **words):
        return Panel(frames={item: frame.shift(*args, **words) for item, frame in self._frames.items()})

    def pct_change(self, *args, **words):
        return Panel(frames={item: frame.pct_change(*args, **words) for item, frame in self._frames.items()})

    def _reduced(self, name, axis, words):
        """Along the rows or the columns of each table, or over the tables."""
        import pandas as pd

        axis = _axis(axis)
        if axis == 0:
            return getattr(self.transpose(1, 0, 2), name)(axis=1, **words).T
        parts = {item: getattr(frame, name)(axis=axis - 1, **words) for item, frame in self._frames.items()}
        return pd.DataFrame(parts, columns=list(parts))

    def mean(self, axis=0, **words):
        return self._reduced('mean', axis, words)

    def sum(self, axis=0, **words):
        return self._reduced('sum', axis, words)

    def max(self, axis=0, **words):
        return self._reduced('max', axis, words)

    def min(self, axis=0, **words):
        return self._reduced('min', axis, words)

    def std(self, axis=0, **words):
        return self._reduced('std', axis, words)

    def transpose(self, *axes):
        """`(2, 1, 0)`: one table a column, with the items as its columns."""
        order = tuple(_axis(axis) for axis in (axes[0] if len(axes) == 1 and isinstance(axes[0], (list, tuple)) else axes)) or (2, 1, 0)
        import numpy as np
        import pandas as pd

        labels = [list(self.items), self.major_axis, self.minor_axis]
        if order == (0, 1, 2):
            return self
        values = np.transpose(self.values, order)
        items, rows, columns = (labels[axis] for axis in order)
        return Panel(frames={item: pd.DataFrame(values[i], index=rows, columns=columns).infer_objects() for i, item in enumerate(items)})

    def swapaxes(self, first, second):
        order = [0, 1, 2]
        a, b = _axis(first), _axis(second)
        order[a], order[b] = order[b], order[a]
        return self.transpose(*order)

    def to_frame(self, filter_observations=True):
        """Rows (major, minor), a column an item; rows in which something is missing are left out."""
        import pandas as pd

        table = pd.DataFrame({item: frame.stack(dropna=False) for item, frame in self._frames.items()}, columns=list(self._frames))
        table.index.names = ['major', 'minor']
        return table.dropna() if filter_observations else table

    def dropna(self, axis=0, how='any', inplace=False):
        kept = self._known(_axis(axis), how) if self._frames else self._frames
        if not inplace:
            return Panel(frames=kept)
        object.__setattr__(self, '_frames', dict(kept))
        return None

    def _known(self, axis, how):
        """The tables without the labels of an axis at which any value, or all, are missing."""
        import numpy as np

        known = np.array([frame.notnull().values for frame in self._frames.values()])
        others = tuple(one for one in range(3) if one != axis)
        kept = known.any(axis=others) if how == 'all' else known.all(axis=others)
        if axis == 0:
            return {item: self._frames[item] for item, is_kept in zip(self._frames, kept) if is_kept}
        return {item: frame.loc[kept] if axis == 1 else frame.loc[:, kept] for item, frame in self._frames.items()}

    def fillna(self, value=None, method=None):
        def filled(frame):
            if method in ('ffill', 'pad'):
                return frame.ffill()
            return frame.bfill() if method in ('bfill', 'backfill') else frame.fillna(value)

        return Panel(frames={item: filled(frame) for item, frame in self._frames.items()})

    def __repr__(self):
        def span(axis):
            return '%s to %s' % (axis[0], axis[-1]) if len(axis) else 'None'

        items, major, minor = self.axes
        return '<class \'pandas.core.panel.Panel\'>\nDimensions: %d (items) x %d (major_axis) x %d (minor_axis)\nItems axis: %s\nMajor_axis axis: %s\nMinor_axis axis: %s' % (
            self.shape + (span(items), span(major), span(minor))
        )


class _Located(object):
    """`p.loc[item, rows, columns]`, by labels or by places."""

    def __init__(self, panel, how):
        self._panel, self._how = panel, how

    def __getitem__(self, key):
        item, rows, columns = (key if isinstance(key, tuple) else (key,)) + (slice(None),) * (3 - len(key if isinstance(key, tuple) else (key,)))
        frames = self._panel._frames
        names = list(frames)
        how = self._how
        if how == 'ix':
            # Old pandas: by label, else by position.
            how = 'iloc' if any(isinstance(part, int) for part in (item, rows, columns)) else 'loc'
        if how == 'iloc':
            chosen = names[item]
        elif isinstance(item, slice):
            index = self._panel.items
            chosen = list(index[index.slice_indexer(item.start, item.stop, item.step)])
        else:
            chosen = list(item) if isinstance(item, (list, tuple)) else item
        if isinstance(chosen, list):
            found = {name: getattr(frames[name], how)[rows, columns] for name in chosen}
            return _side_by_side(found)
        return getattr(frames[chosen], how)[rows, columns]


def _side_by_side(found):
    import pandas as pd

    first = next(iter(found.values()), None)
    if isinstance(first, pd.DataFrame):
        return Panel(frames=found)
    return pd.DataFrame(found, columns=list(found)) if isinstance(first, pd.Series) else pd.Series(found)


def _axis(axis):
    names = {'items': 0, 'major_axis': 1, 'major': 1, 'minor_axis': 2, 'minor': 2}
    return names[axis] if isinstance(axis, str) else axis


def with_panels(concat):
    """pd.concat() that puts Panels together as well."""

    @functools.wraps(concat)
    def call(objs, *args, **words):
        if not hasattr(objs, 'items'):
            objs = list(objs)  # may be an iterator, or what dict.values() gives
        if not objs or not isinstance(objs, list) or not isinstance(objs[0], Panel):
            return concat(objs, *args, **words)
        axis = _axis(words.get('axis', args[0] if args else 0))
        frames = {item: [part[item] for part in objs if item in part] for part in objs for item in part}
        if axis == 0:
            return Panel(frames={item: tables[-1] for item, tables in frames.items()})
        return Panel(frames={item: concat(tables, axis=axis - 1) for item, tables in frames.items()})

    return call


def _tables(pd, data, items, major_axis, minor_axis):
    if data is None:
        return {}
    if hasattr(data, 'items') and not hasattr(data, 'shape'):
        frames = {key: pd.DataFrame(value) for key, value in data.items()}
        rows = columns = None
        for frame in frames.values():
            rows = frame.index if rows is None else rows.union(frame.index)
            columns = frame.columns if columns is None else columns.union(frame.columns)
        return {key: frame.reindex(index=rows, columns=columns) for key, frame in frames.items()}
    import numpy as np

    values = np.asarray(data)
    names = list(range(values.shape[0])) if items is None else list(items)
    return {name: pd.DataFrame(values[i], index=major_axis, columns=minor_axis) for i, name in enumerate(names)}
