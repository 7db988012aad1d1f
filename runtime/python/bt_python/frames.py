"""pandas and numpy at the border: tables from columns of bytes, and back, without a second copy."""
import datetime
import math
import sys

from .errors import bt_error
from .values import from_ms, loaded, ZONE_MS

_NAT = -(2 ** 63)
_DTYPES = {'f8': '<f8', 'i8': '<i8', 'b1': '|b1', 'ms': '<i8'}


def numpy():
    """ImportError where it is not installed."""
    import numpy as np

    return np


def pandas():
    """NEEDS_PACKAGE where it is not installed."""
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        if error.name != 'pandas':
            raise
        raise bt_error(
            'NEEDS_PACKAGE', 'what comes is a table, which needs pandas, and this Python has none: %s -m pip install pandas' % sys.executable, 'config'
        ) from None
    return pd


# ---- from the runtime


def decode(decoder, d):
    """A tagged table, column or index as numpy or pandas has it. A column inside a table is read where it lies."""
    tag = d['$']
    if tag == 'array':
        return _array(decoder, d)
    if tag == 'index':
        return _index(d)
    pd = pandas()
    if tag == 'series':
        index = _index(d['index'])
        return pd.Series(d['data'], index=index, name=d.get('name'), copy=False)
    if tag == 'frame':
        return (decoder.tables or _frame)(decoder, d)
    from .compat.panel import Panel

    return Panel(frames=dict(zip(d['items'], d['frames'])))


def _array(decoder, d):
    kind = d['k']
    cells = d.get('v')
    try:
        np = numpy()
    except ImportError:
        return _list(decoder, d)
    if cells is not None:
        return objects(cells)
    count = d['n']
    if count == 0:
        return np.empty(0, dtype='M8[ns]' if kind == 'ms' else _DTYPES[kind])
    array = np.frombuffer(decoder.frame, dtype=_DTYPES[kind], count=count, offset=decoder.first + d['o'])
    return _moments(array) if kind == 'ms' else array


def _list(decoder, d):
    """Without numpy: a list."""
    import struct

    if 'v' in d:
        return d['v']
    code = {'f8': 'd', 'i8': 'q', 'b1': '?', 'ms': 'q'}[d['k']]
    values = list(struct.unpack_from('<%d%s' % (d['n'], code), decoder.frame, decoder.first + d['o']))
    if d['k'] != 'ms':
        return values
    return [None if ms == _NAT else from_ms(ms) for ms in values]


def objects(cells):
    """A column of Python's objects, one a cell even when they are lists."""
    np = numpy()
    try:
        # A list of thousands of days: ten times as fast as to fill what is empty. Older ones know no objects here.
        return np.fromiter(cells, dtype=object, count=len(cells))
    except ValueError:
        pass
    array = np.empty(len(cells), dtype=object)
    try:
        array[:] = cells
    except ValueError:
        for place, cell in enumerate(cells):
            array[place] = cell
    return array


def _moments(ms):
    """Epoch ms as naive Shanghai times."""
    np = numpy()
    shifted = (ms + ZONE_MS) * 1000000
    if (ms == _NAT).any():
        shifted[ms == _NAT] = _NAT
    return shifted.view('M8[ns]')


def _index(d):
    pd = pandas()
    if 'range' in d:
        return pd.RangeIndex(d['range'])
    if 'levels' in d:
        return pd.MultiIndex.from_arrays(d['levels'], names=d['names'])
    values = d['v']
    if values.dtype == object and len(values) and all(type(value) is datetime.datetime for value in values):
        return pd.DatetimeIndex(values, name=d.get('name'))
    return pd.Index(values, name=d.get('name'))


def _frame(decoder, d):
    pd = pandas()
    columns, index, data = _index(d['columns']), _index(d['index']), d['data']
    block = _one_block(decoder, data)
    if block is not None:
        return pd.DataFrame(block, index=index, columns=columns, copy=False)
    # Given with the data, the names would be looked up in it one by one, by way of a Series.
    frame = pd.DataFrame(dict(enumerate(data)), index=index, copy=False)
    frame.columns = columns
    return frame


def _one_block(decoder, data):
    """Float columns that lie one after the other in the frame are one matrix: pandas takes it as it is."""
    if len(data) < 2:
        return None
    first = data[0]
    if first.dtype != '<f8' or len(first) == 0:
        return None
    at = first.__array_interface__['data'][0]
    step = first.nbytes
    for place, column in enumerate(data):
        if column.dtype != first.dtype or column.__array_interface__['data'][0] != at + place * step:
            return None
    np = numpy()
    start = at - np.frombuffer(decoder.frame, dtype='u1').__array_interface__['data'][0]
    whole = np.frombuffer(decoder.frame, dtype='<f8', count=len(data) * len(first), offset=start)
    return whole.reshape(len(data), len(first)).T


class Columns(object):
    """A table that is no DataFrame yet: names and arrays. To make hundreds of small ones costs more than all that is done with them."""

    def __init__(self, columns, data):
        self.columns = columns
        self._data = dict(zip(columns, data))

    def __len__(self):
        return len(next(iter(self._data.values()), ()))

    def __getitem__(self, name):
        return self._data[name]


def columns(decoder, d):
    """A frame as Columns, where its columns have names that differ; else as it is."""
    names = getattr(d['columns'].get('v'), 'tolist', list)()  # without numpy the frame says what is missing
    return Columns(names, d['data']) if names and len(set(names)) == len(names) else _frame(decoder, d)


def structured(table, by_day):
    """A table as the array that get_bars() gives at JoinQuant: a name a field, `date` a day or a time of Python's."""
    np = numpy()
    names = list(table.columns)
    columns = [getattr(table[name], 'values', table[name]) for name in names]
    columns = [_bar_times(column, by_day) if name == 'date' else column for name, column in zip(names, columns)]
    made = np.empty(len(table), dtype=[(name, column.dtype) for name, column in zip(names, columns)])
    for name, column in zip(names, columns):
        made[name] = column
    return made


def with_days(frame, by_day):
    """The same table with Python's days or times in `date`."""
    if 'date' in frame.columns:
        frame['date'] = _bar_times(frame['date'].values, by_day)
    return frame


def _bar_times(column, by_day):
    if column.dtype.kind != 'M':
        return column
    return objects(column.astype('M8[D]' if by_day else 'M8[us]').tolist())


# ---- to the runtime


def encode(encoder, value):
    """(True, JSON) for what numpy and pandas have classes for, else (False, None)."""
    np = numpy()
    if isinstance(value, np.generic):
        return True, _scalar(encoder, value)
    if isinstance(value, np.ndarray):
        return True, encode_array(encoder, value)
    pd = loaded('pandas')
    if pd is None or not hasattr(pd, 'Series'):
        return False, None
    if value is pd.NaT or value is getattr(pd, 'NA', None):
        return True, None
    if isinstance(value, pd.Series):
        return True, {
            '$': 'series', 'name': encoder.plain(value.name),
            'index': encode_index(encoder, value.index), 'data': encode_array(encoder, value),
        }
    if isinstance(value, pd.DataFrame):
        data = [encode_array(encoder, value.iloc[:, place]) for place in range(value.shape[1])]
        return True, {
            '$': 'frame', 'columns': encode_index(encoder, value.columns),
            'index': encode_index(encoder, value.index), 'data': data,
        }
    if isinstance(value, pd.Index):
        plain = encode_index(encoder, value)
        plain['$'] = 'index'
        return True, plain
    if isinstance(value, pd.Timedelta):
        return True, encoder.plain(value.to_pytimedelta())
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return True, encode_array(encoder, np.asarray(value))
    return False, None


def _scalar(encoder, value):
    np = numpy()
    if isinstance(value, np.datetime64):
        if np.isnat(value):
            return None
        return {'$': 'time', 'v': int(value.astype('M8[ms]').astype('i8')) - ZONE_MS}
    if isinstance(value, np.timedelta64):
        return {'$': 'delta', 'v': int(value.astype('m8[ms]').astype('i8'))}
    return encoder.plain(value.item())


def encode_array(encoder, value):
    """A column: blocks for numbers, conditions and times, else its cells."""
    np = numpy()
    dtype = value.dtype
    zone = getattr(dtype, 'tz', None)
    if zone is not None:
        value = value.dt.tz_convert('UTC').dt.tz_localize(None) if hasattr(value, 'dt') else value.tz_convert('UTC').tz_localize(None)
    array = np.asarray(value)
    if array.ndim == 0:
        return encoder.plain(array.item())
    if array.ndim > 1:
        return [encode_array(encoder, row) for row in array]
    kind = array.dtype.kind
    if kind == 'f':
        return _block(encoder, 'f8', array)
    if kind in 'iu':
        if kind == 'u' and array.dtype.itemsize == 8 and len(array) and array.max() > 2 ** 62:
            return _cells(encoder, array.tolist())
        return _block(encoder, 'i8', array)
    if kind == 'b':
        return _block(encoder, 'b1', array)
    if kind == 'M':
        return _block(encoder, 'ms', _instants(array, 0 if zone is not None else ZONE_MS))
    if array.dtype.names:
        return {'$': 'dict', 'v': [[name, encode_array(encoder, array[name])] for name in array.dtype.names]}
    return _cells(encoder, array.tolist() if kind != 'm' else list(array))


def _block(encoder, kind, array):
    np = numpy()
    data = np.ascontiguousarray(array, dtype=_DTYPES[kind]).tobytes()
    return {'$': 'array', 'k': kind, 'o': encoder.block(data), 'n': len(array)}


def _instants(array, shift):
    np = numpy()
    ms = array.astype('M8[ms]').astype('i8')
    return np.where(np.isnat(array), _NAT, ms - shift)


def _cells(encoder, cells):
    cells = [None if type(cell) is float and math.isnan(cell) else cell for cell in cells]
    if all(cell is None or isinstance(cell, str) for cell in cells) and any(cell is not None for cell in cells):
        return {'$': 'array', 'k': 'text', 'v': cells}
    return {'$': 'array', 'k': 'any', 'v': [encoder.plain(cell) for cell in cells]}


def encode_index(encoder, index):
    pd = pandas()
    if isinstance(index, pd.MultiIndex):
        levels = [encode_array(encoder, index.get_level_values(place)) for place in range(index.nlevels)]
        return {'names': [encoder.plain(name) for name in index.names], 'levels': levels}
    if isinstance(index, pd.RangeIndex) and index.name is None and index.start == 0 and index.step == 1:
        return {'range': len(index)}
    return {'name': encoder.plain(index.name), 'v': encode_array(encoder, index)}

