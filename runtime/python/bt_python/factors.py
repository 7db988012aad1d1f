"""Factors of the author's own: calc_factors() of the runtime calls back for every day."""
from . import objects


class Factor(object):
    """`calc(data)` is called for each day: tables of the dependencies by name, rows the last max_window days, columns codes."""

    name = None
    max_window = 1
    dependencies = ()
    #: The day that is calculated.
    _current_date = None
    _calculating = None

    def __init__(self, *_, **__):
        pass

    def calc(self, data):
        raise NotImplementedError('%s.calc(data) must give a Series by code.' % type(self).__name__)

    def _get_extra_data(self, securities=None, fields=()):
        """The same kind of tables for other securities, over the same days. Inside calc only."""
        return objects.ask('bt.extra_data', [self._calculating, securities, list(fields)])

    def plain(self, encoder):
        number = encoder.callback(self._calculate)
        # The callback's number is what its further questions are asked by.
        self._calculating = number
        return {
            '$': 'factor', 'name': self.name, 'max_window': encoder.plain(self.max_window),
            'dependencies': [encoder.plain(one) for one in self.dependencies], 'calc': {'$': 'cb', 'id': number},
        }

    def _calculate(self, data, day=None):
        self._current_date = day
        return self.calc(data)
