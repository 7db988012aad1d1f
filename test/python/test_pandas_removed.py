"""
Names that pandas 2 took away, by its list of removals: each is given back. They are taken away from the installed version, where it has them,
before compat/ looks, so that this holds on whatever is installed; and our own code uses none of them.
"""
import ast
import glob
import os
import sys
import unittest
import warnings

PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'runtime', 'python', 'bt_python')
sys.path.insert(0, PACKAGE)
warnings.simplefilter('ignore')

import pandas as pd  # noqa: E402

import compat  # noqa: E402
from compat import positional  # noqa: E402

DT = type(pd.Series(pd.DatetimeIndex([])).dt)
GONE = {
    pd.DataFrame: 'append iteritems mad lookup slice_shift tshift as_matrix get_value set_value ix sort icol irow applymap from_items',
    pd.Series: 'append iteritems mad slice_shift tshift as_matrix get_value set_value ix order valid nonzero iget clip_upper clip_lower',
    pd.Index: 'is_monotonic get_values',
    pd.DatetimeIndex: 'week weekofyear',
    DT: 'week weekofyear',
}
IN_MODULE = 'Int64Index Float64Index UInt64Index datetime np Panel TimeGrouper rolling_mean expanding_max ewma'.split()
# A new name of pandas 2.1, of which applymap is the old one.
if not hasattr(pd.DataFrame, 'map'):
    pd.DataFrame.map = pd.DataFrame.applymap


def take_away(owner, name):
    for kind in owner.__mro__:
        if name in vars(kind):
            delattr(kind, name)


for _owner, _names in GONE.items():
    for _name in _names.split():
        take_away(_owner, _name)
for _name in IN_MODULE:
    vars(pd).pop(_name, None)

TOLD = []
compat.pandas_loaded(pd, TOLD.append)


class Removed(unittest.TestCase):
    def test_each_name_is_there_again(self):
        for owner, names in GONE.items():
            for name in names.split():
                self.assertTrue(hasattr(owner, name), '%s.%s' % (owner.__name__, name))
        for name in IN_MODULE:
            self.assertTrue(hasattr(pd, name), name)

    def test_cells_by_two_lists_of_labels(self):
        df = pd.DataFrame({'a': [1, 2], 'b': [3, 4]}, index=['x', 'y'])
        self.assertEqual(df.lookup(['x', 'y'], ['b', 'a']).tolist(), [3, 2])
        self.assertRaises(KeyError, df.lookup, ['z'], ['a'])

    def test_weeks_of_days(self):
        days = pd.DatetimeIndex(['2026-06-29', '2027-01-01'])
        self.assertEqual(list(days.week), [27, 53])
        self.assertEqual(pd.Series(days).dt.weekofyear.tolist(), [27, 53])

    def test_a_shift_without_the_rows_that_become_empty(self):
        s = pd.Series([1, 2, 3], index=['a', 'b', 'c'])
        self.assertEqual(s.slice_shift(1).to_dict(), {'b': 1, 'c': 2})
        self.assertEqual(s.slice_shift(-1).to_dict(), {'a': 2, 'b': 3})

    def test_each_is_told_with_what_to_write(self):
        pd.Series([1]).append(pd.Series([2]))
        self.assertTrue(any('pd.concat' in text for text in TOLD), TOLD)


class Arguments(unittest.TestCase):
    """On classes of our own that take what pandas 2 takes."""

    def test_a_level_is_a_group(self):
        class Own(object):
            def sum(self, axis=0):
                return 'all'

            def groupby(self, level):
                made = Own()
                made.sum = lambda: 'of %s' % level
                return made

        told = []
        positional._of_level(Own, 'sum', lambda old, new: told.append(old))
        self.assertEqual([Own().sum(), Own().sum(level=0)], ['all', 'of 0'])
        self.assertEqual(told, ['sum(level=…)'])

    def test_a_range_that_is_closed_on_one_side(self):
        class Own(object):
            @staticmethod
            def date_range(start, inclusive='both'):
                return inclusive

        positional._closed(Own, lambda old, new: None)
        self.assertEqual([Own.date_range(1), Own.date_range(1, closed='left'), Own.date_range(1, closed=None)], ['both', 'left', 'both'])

    def test_sets_of_labels(self):
        class Own(list):
            def __and__(self, other):
                raise TypeError

            __or__ = __xor__ = __and__

            def intersection(self, other):
                return 'both'

            union = symmetric_difference = intersection

        positional._sets(Own, lambda old, new: None)
        self.assertEqual(Own() & Own(), 'both')
        self.assertRaises(TypeError, lambda: Own() & 1)

    def test_numbers_of_groups_beside_texts(self):
        class Own(object):
            dtypes = [object]

            def mean(self, numeric_only=False):
                if not numeric_only:
                    raise TypeError
                return 'numbers'

        positional._numeric_only(Own, 'mean', lambda old, new: None)
        self.assertEqual(Own().mean(), 'numbers')


class OurOwn(unittest.TestCase):
    def test_code_of_ours_uses_none_of_them(self):
        # Lists have append() and sort() too, and an order is an order: of these nothing can be said.
        names = {name for each in GONE.values() for name in each.split()} - {'append', 'sort', 'order', 'week'}
        files = glob.glob(os.path.join(PACKAGE, '*.py'))
        self.assertTrue(files)
        for path in files:
            with open(path, encoding='utf-8') as file:
                tree = ast.parse(file.read())
            used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & names
            self.assertEqual(used, set(), path)


if __name__ == '__main__':
    unittest.main(warnings='ignore')
