"""Instants of pandas against days (`datetime.date`), as JoinQuant's pandas takes them: a day is its midnight.

Of 522 public scripts 13 compare a Timestamp with a date, which pandas 1 warns of and pandas 2 refuses; labels of a table of days are looked
up by dates too.
"""
import datetime


def restore(pandas, tell):
    timestamp = pandas.Timestamp
    for name in ('__eq__', '__ne__', '__lt__', '__le__', '__gt__', '__ge__'):
        setattr(timestamp, name, _first(getattr(timestamp, name), timestamp))
    index = pandas.DatetimeIndex
    index.get_loc = _first(index.get_loc, timestamp)
    columns = getattr(getattr(pandas.core, 'arrays', None), 'DatetimeArray', None)
    if hasattr(columns, '_cmp_method'):
        columns._cmp_method = _first(columns._cmp_method, timestamp)


def _first(before, timestamp):
    """The same function, but a day as its first argument is that day's midnight."""

    def call(self, other, *rest, **words):
        if type(other) is datetime.date:
            other = timestamp(other)
        return before(self, other, *rest, **words)

    call.__name__ = before.__name__
    return call
