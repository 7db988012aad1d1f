"""Tables and arrays as pickles that another version of pandas and numpy reads: plain parts, and how they are put together."""
import sys


def reduced(value):
    """For a pickler: how a table or an array is made again; NotImplemented for everything else."""
    numpy = sys.modules.get('numpy')
    if numpy is None:
        return NotImplemented
    if isinstance(value, numpy.ndarray):
        return _array(numpy, value) if type(value) is numpy.ndarray else NotImplemented
    if isinstance(value, numpy.generic) and value.dtype.kind in 'fiubMm':
        return scalar, (value.dtype.str, value.tobytes())
    if isinstance(value, numpy.dtype):
        return (dtype, (value.str,)) if value.names is None and value.kind in 'fiubMmOSU' else NotImplemented
    pandas = sys.modules.get('pandas')
    if pandas is None:
        return NotImplemented
    kind = type(value)
    if kind is pandas.DataFrame:
        columns = [value.iloc[:, place].array for place in range(value.shape[1])]
        return frame, (value.columns, value.index, [_cells(numpy, column) for column in columns])
    if kind is pandas.Series:
        return series, (_cells(numpy, value.array), value.index, value.name)
    if kind is pandas.Timestamp:
        return timestamp, (value.value if value.tz is None else value.tz_convert('UTC').value, None if value.tz is None else str(value.tz))
    if kind is pandas.Timedelta:
        return timedelta, (value.value,)
    if value is pandas.NaT:
        return nat, ()
    if isinstance(value, pandas.MultiIndex):
        levels = [value.get_level_values(place) for place in range(value.nlevels)]
        return multi_index, (levels, list(value.names))
    if kind is pandas.RangeIndex:
        return range_index, (value.start, value.stop, value.step, value.name)
    if isinstance(value, pandas.Index):
        return _index(numpy, pandas, value)
    return NotImplemented


def _index(numpy, pandas, value):
    zone = getattr(value, 'tz', None)
    if zone is not None:
        return index, (numpy.asarray(value.tz_convert('UTC').tz_localize(None)), value.name, str(zone))
    if type(value).__name__ in ('CategoricalIndex', 'IntervalIndex', 'PeriodIndex'):
        return NotImplemented
    return index, (numpy.asarray(value), value.name, None)


def _cells(numpy, column):
    """A column of a kind that only pandas has (category, Int64, with a zone) is pickled as pandas does it."""
    if type(column).__name__ in ('PandasArray', 'NumpyExtensionArray', 'DatetimeArray', 'TimedeltaArray') and getattr(column, 'tz', None) is None:
        return numpy.asarray(column)
    return column


def _array(numpy, value):
    if value.dtype.kind == 'O':
        return objects, (value.shape, value.ravel().tolist() if value.dtype.names is None else value.tolist())
    if value.dtype.names is not None:
        fields = [(name, value.dtype[name].str) for name in value.dtype.names]
        return structured, (fields, value.shape, [numpy.ascontiguousarray(value[name]) for name in value.dtype.names])
    if value.dtype.kind not in 'fiubMmSUc':
        return NotImplemented
    return array, (value.dtype.str, value.shape, numpy.ascontiguousarray(value).tobytes())


def array(kind, shape, data):
    import numpy

    return numpy.frombuffer(data, dtype=kind).reshape(shape).copy()


def objects(shape, cells):
    import numpy

    made = numpy.empty(len(cells), dtype=object)
    for place, cell in enumerate(cells):
        made[place] = cell
    return made.reshape(shape)


def structured(fields, shape, columns):
    import numpy

    made = numpy.empty(shape, dtype=[(name, kind) for name, kind in fields])
    for (name, _), column in zip(fields, columns):
        made[name] = column
    return made


def scalar(kind, data):
    import numpy

    return numpy.frombuffer(data, dtype=kind)[0]


def dtype(kind):
    import numpy

    return numpy.dtype(kind)


def frame(columns, rows, data):
    import pandas

    made = pandas.DataFrame(dict(enumerate(data)), index=rows, columns=range(len(data)))
    made.columns = columns
    return made


def series(data, rows, name):
    import pandas

    return pandas.Series(data, index=rows, name=name)


def index(cells, name, zone):
    import pandas

    if zone is not None:
        return pandas.DatetimeIndex(cells, name=name).tz_localize('UTC').tz_convert(zone)
    if cells.dtype.kind == 'O':
        return pandas.Index(cells, name=name, dtype=object)
    return pandas.Index(cells, name=name)


def range_index(start, stop, step, name):
    import pandas

    return pandas.RangeIndex(start, stop, step, name=name)


def multi_index(levels, names):
    import pandas

    return pandas.MultiIndex.from_arrays(levels, names=names)


def timestamp(value, zone):
    import pandas

    made = pandas.Timestamp(value)
    return made if zone is None else made.tz_localize('UTC').tz_convert(zone)


def timedelta(value):
    import pandas

    return pandas.Timedelta(value)


def nat():
    import pandas

    return pandas.NaT
