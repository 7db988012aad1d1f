"""Writes cases.json: what Python and numpy give for each line of topics/. Debian's python3 with python3-numpy and python3-pandas.

A line is `python ## typescript`, or one text that is both. Values that JSON does not know are tagged.
"""
import datetime as _dt
import json
import math
import pathlib
import warnings

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent
warnings.simplefilter('ignore')


def inputs():
    wave = [round(10 + math.sin(i / 3) * 2 + i * 0.05, 4) for i in range(30)]
    gaps = [1.5, float('nan'), -2.0, 0.0, 7.25, float('nan'), 3.0]
    return {
        'wave': wave,
        'other': [round(5 + math.cos(i / 2) * 3, 4) for i in range(30)],
        'gaps': gaps,
        'few': [3.0, -1.0, 2.0, 2.0],
        'grid': [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]],
        'square': [[4.0, 1.0], [2.0, 3.0]],
    }


def scope():
    given = {name: np.array(value) for name, value in inputs().items()}
    given['s'] = pd.Series([1.5, float('nan'), 4.0, -2.0], index=['a', 'b', 'c', 'd'])
    given['df'] = pd.DataFrame({'x': [1.0, 2.0, 4.0], 'y': [0.5, float('nan'), 2.0]}, index=['a', 'b', 'c'])
    given.update(np=np, pd=pd, math=math, datetime=_dt.datetime, date=_dt.date, time=_dt.time, timedelta=_dt.timedelta)
    return given


def tagged(value):
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return number if math.isfinite(number) else {'$': str(number)}
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return tagged(value.item())
    if isinstance(value, np.ndarray):
        return {'$': 'array', 'shape': list(value.shape), 'v': [tagged(one) for one in value.ravel().tolist()]}
    if isinstance(value, pd.Series):
        return {'$': 'series', 'index': [tagged(one) for one in value.index.tolist()], 'v': [tagged(one) for one in value.tolist()]}
    if isinstance(value, pd.DataFrame):
        return {'$': 'frame', 'columns': list(value.columns), 'v': [[tagged(c) for c in row] for row in value.values.tolist()]}
    if isinstance(value, dict):
        return {str(key): tagged(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [tagged(one) for one in value]
    return {'$': 'text', 'v': str(value)}


def outcome(code):
    try:
        return {'gives': tagged(eval(code, scope()))}
    except Exception as error:  # the kind of error is the outcome
        return {'raises': type(error).__name__}


def cases():
    for topic in sorted(HERE.glob('topics/*.txt')):
        for line in topic.read_text().splitlines():
            if not line.strip() or line.startswith('#'):
                continue
            python, _, typescript = line.partition(' ## ')
            yield {'topic': topic.stem, 'python': python, 'typescript': typescript or python, **outcome(python)}


body = {'inputs': tagged(inputs()), 'cases': list(cases())}
text = json.dumps(body['inputs']) + ',\n"cases":[\n' + ',\n'.join(json.dumps(one) for one in body['cases']) + '\n]}\n'
(HERE / 'cases.json').write_text('{"inputs":' + text)
