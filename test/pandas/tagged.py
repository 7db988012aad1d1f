"""Values of pandas as tagged JSON (the tags are explained in README.md)."""

import datetime
import math

import numpy as np
import pandas as pd

DTYPES = {"int64", "float64", "bool", "object", "datetime64[ns]"}


def number(value):
    value = float(value)
    if math.isnan(value):
        return {"$n": "NaN"}
    if math.isinf(value):
        return {"$n": "inf" if value > 0 else "-inf"}
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def dtype_name(dtype):
    name = {"int32": "int64", "uint32": "int64", "uint64": "int64"}.get(str(dtype), str(dtype))
    if name not in DTYPES:
        raise ValueError(f"dtype {name}: our tables have none of this kind, write another expression")
    return name


def index(labels):
    if isinstance(labels, pd.MultiIndex):
        return {"tuples": [[tag(part) for part in label] for label in labels], "names": list(labels.names)}
    return {"labels": [tag(label) for label in labels], "dtype": dtype_name(labels.dtype), "name": tag(labels.name)}


def series(value):
    return {
        "data": [tag(cell) for cell in value],
        "dtype": dtype_name(value.dtype),
        "name": tag(value.name),
        "index": index(value.index),
    }


def frame(value):
    columns = [value.iloc[:, position] for position in range(value.shape[1])]
    return {
        "columns": index(value.columns),
        "index": index(value.index),
        "data": [[tag(cell) for cell in column] for column in columns],
        "dtypes": [dtype_name(column.dtype) for column in columns],
    }


def tag(value):
    """The tagged form; raises on what has none."""
    if value is None or value is pd.NaT or (isinstance(value, np.datetime64) and np.isnat(value)):
        return None  # a missing time is null in ours
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, np.dtype):
        return dtype_name(value)
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, pd.DataFrame):
        return {"$df": frame(value)}
    if isinstance(value, pd.Series):
        return {"$series": series(value)}
    if isinstance(value, pd.Index):
        return {"$index": index(value)}
    if isinstance(value, (pd.Timestamp, datetime.datetime, np.datetime64)):
        return {"$t": str(pd.Timestamp(value))[:19]}
    if isinstance(value, (int, float, np.integer, np.floating)):
        return number(value)
    if isinstance(value, np.ndarray):
        return [tag(cell) for cell in value]
    if isinstance(value, dict):
        return {"$dict": [[tag(key), tag(cell)] for key, cell in value.items()]}
    if isinstance(value, (list, tuple)):
        return [tag(cell) for cell in value]
    raise TypeError(f"no tag for {type(value)}")
