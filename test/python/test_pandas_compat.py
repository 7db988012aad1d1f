"""compat/: old names of pandas and numpy on the installed versions."""
import datetime
import os
import sys
import unittest
import warnings

PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'runtime', 'python', 'bt_python')
sys.path.insert(0, PACKAGE)
warnings.simplefilter('ignore')

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

import compat  # noqa: E402
from compat import positional  # noqa: E402

TOLD = []
compat.pandas_loaded(pd, TOLD.append)
compat.numpy_loaded(np, TOLD.append)


class Base(unittest.TestCase):
    def same(self, left, right):
        if isinstance(right, pd.DataFrame):
            pd.testing.assert_frame_equal(left, right)
        elif isinstance(right, pd.Series):
            pd.testing.assert_series_equal(left, right)
        else:
            self.assertEqual(left, right)


class Methods(Base):
    def setUp(self):
        self.df = pd.DataFrame({'a': [3, 1, 2], 'b': [1.0, 2.0, 3.0]}, index=['x', 'y', 'z'])

    def test_sort_of_a_table_sorts_by_columns_or_by_labels(self):
        self.same(self.df.sort('a'), self.df.sort_values('a'))
        self.same(self.df.sort(columns=['a'], ascending=False), self.df.sort_values('a', ascending=False))
        self.same(self.df.sort(ascending=False), self.df.sort_index(ascending=False))

    def test_sort_of_a_series_sorts_itself_and_order_a_copy(self):
        series = pd.Series([3, 1, 2])
        self.same(series.order(ascending=False), series.sort_values(ascending=False))
        self.assertIsNone(series.sort())
        self.assertEqual(list(series), [1, 2, 3])

    def test_sort_index_by_columns(self):
        self.same(self.df.sort_index(by='a', ascending=False), self.df.sort_values('a', ascending=False))
        self.same(self.df.sort_index(), self.df.sort_index(ascending=True))

    def test_ix_takes_labels_and_places(self):
        self.assertEqual(self.df.ix['y', 'a'], 1)
        self.assertEqual(self.df.ix[0, 1], 1.0)
        self.same(self.df.ix[-1], self.df.iloc[-1])
        self.same(self.df.ix[:2, 'a'], self.df['a'].iloc[:2])
        self.same(self.df.ix[['x', 'z']], self.df.loc[['x', 'z']])
        self.df.ix['x', 'a'] = 9
        self.assertEqual(self.df.at['x', 'a'], 9)

    def test_ix_of_whole_numbers_means_labels(self):
        series = pd.Series([10, 20], index=[5, 0])
        self.assertEqual(series.ix[0], 20)

    def test_as_matrix_and_values_of_one_cell(self):
        self.assertEqual(self.df.as_matrix(['a']).tolist(), [[3], [1], [2]])
        self.assertEqual(self.df.get_value('y', 'a'), 1)
        self.assertEqual(self.df.set_value('y', 'a', 7).at['y', 'a'], 7)

    def test_each_use_is_told_once(self):
        pd.Series([1]).order()
        pd.Series([1]).order()
        self.assertEqual(sum('.order()' in text for text in TOLD), 1)

    def test_the_mean_absolute_deviation(self):
        self.assertAlmostEqual(pd.Series([1.0, 2.0, 6.0]).mad(), 2.0)


class Append(Base):
    """pandas 2 has no append; ours must say the same as pandas 1's."""

    def test_ours_is_as_that_of_pandas_1(self):
        from compat.methods import _append

        df = pd.DataFrame({'a': [1, 2]})
        cases = [
            (df, df, {}),
            (df, {'a': 3}, {'ignore_index': True}),
            (df, pd.Series({'a': 3}, name='n'), {}),
            (df, [{'a': 3}], {'ignore_index': True}),
            (df, pd.DataFrame({'b': [1]}), {}),
            (pd.Series([1]), pd.Series([2]), {}),
            (pd.Series([1]), [pd.Series([2]), pd.Series([3])], {'ignore_index': True}),
        ]
        for left, right, words in cases:
            ours = _append(pd, left, right, **words)
            if int(pd.__version__.split('.')[0]) < 2:
                self.same(ours, left.append(right, **words))
            self.assertEqual(len(ours) > len(left), True)
        with self.assertRaises(TypeError):
            _append(pd, df, {'a': 3})


class Module(Base):
    def test_rolling_functions(self):
        series = pd.Series([1.0, 2.0, 3.0, 4.0])
        self.same(pd.rolling_mean(series, 2), series.rolling(2).mean())
        self.same(pd.rolling_std(series, window=3, min_periods=2), series.rolling(3, min_periods=2).std())
        self.same(pd.rolling_apply(series, 2, np.sum), series.rolling(2).apply(np.sum))
        self.same(pd.ewma(series, span=3), series.ewm(span=3).mean())
        self.same(pd.expanding_max(series), series.expanding().max())

    def test_an_array_comes_back_as_an_array(self):
        self.assertEqual(pd.rolling_sum(np.array([1.0, 2.0, 3.0]), 2)[1:].tolist(), [3.0, 5.0])

    def test_names_of_other_modules(self):
        self.assertIs(pd.datetime, datetime.datetime)
        self.assertIs(np.float, float)
        self.assertIs(np.bool, bool)

    def test_a_name_that_never_was_is_an_error(self):
        with self.assertRaises(AttributeError):
            pd.no_such_name
        with self.assertRaises(AttributeError):
            np.no_such_name

    def test_least_squares(self):
        from pandas.stats.api import ols

        x = pd.Series([1.0, 2.0, 3.0, 4.0, np.nan])
        y = pd.Series([2.1, 3.9, 6.2, 7.8, 1.0])
        model = ols(y=y, x=x)
        slope, intercept = np.polyfit(x[:4], y[:4], 1)
        self.assertAlmostEqual(model.beta['x'], slope)
        self.assertAlmostEqual(model.beta['intercept'], intercept)
        self.assertAlmostEqual(model.r2, np.corrcoef(x[:4], y[:4])[0, 1] ** 2)
        with self.assertRaises(AttributeError):
            model.no_such_figure


class Panels(Base):
    def setUp(self):
        days = pd.date_range('2026-01-01', periods=3)
        self.close = pd.DataFrame({'a': [1.0, 2.0, 3.0], 'b': [4.0, 5.0, 6.0]}, index=days)
        self.panel = pd.Panel({'close': self.close, 'open': self.close + 1})
        self.days = days

    def test_tables_by_name(self):
        self.same(self.panel['close'], self.close)
        self.same(self.panel.open, self.close + 1)
        self.assertEqual(self.panel.shape, (2, 3, 2))
        self.assertEqual(list(self.panel.minor_axis), ['a', 'b'])

    def test_one_security_and_one_day(self):
        self.assertEqual(self.panel.minor_xs('a')['open'].tolist(), [2.0, 3.0, 4.0])
        self.assertEqual(self.panel.major_xs(self.days[1]).loc['b', 'close'], 5.0)
        self.same(self.panel.loc['close', self.days[0], 'a'], 1.0)
        self.same(self.panel.ix['close', :, 'b'], self.close['b'])
        self.assertEqual(self.panel.iloc[0, -1].tolist(), [3.0, 6.0])

    def test_the_axes_change_places(self):
        turned = self.panel.transpose(2, 1, 0)
        self.assertEqual(list(turned.items), ['a', 'b'])
        self.assertEqual(turned['b']['open'].tolist(), [5.0, 6.0, 7.0])
        self.assertEqual(self.panel.swapaxes('items', 'minor_axis')['a']['close'].tolist(), [1.0, 2.0, 3.0])

    def test_missing_values_take_labels_of_their_axis_with_them(self):
        close = self.close.copy()
        close.loc[self.days[1], 'b'] = float('nan')
        panel = pd.Panel({'close': close, 'open': self.close})
        self.assertEqual(list(panel.dropna(axis=0).items), ['open'])
        self.assertEqual(list(panel.dropna(axis=1).major_axis), [self.days[0], self.days[2]])
        self.assertEqual(list(panel.dropna(axis=2).minor_axis), ['a'])
        self.assertEqual(panel.dropna(axis=2, how='all').shape, (2, 3, 2))

    def test_they_are_put_together(self):
        other = pd.Panel({'close': self.close.rename(columns={'a': 'c', 'b': 'd'}), 'open': self.close.rename(columns={'a': 'c', 'b': 'd'})})
        whole = pd.concat({1: self.panel, 2: other}.values(), axis=2)
        self.assertEqual([list(whole.items), list(whole.minor_axis)], [['close', 'open'], ['a', 'b', 'c', 'd']])
        self.assertEqual(pd.concat([self.panel, pd.Panel({'low': self.close})]).shape, (3, 3, 2))
        self.same(pd.concat([self.close, self.close]).shape, (6, 2))
        self.same(pd.concat(one for one in [self.close]), self.close)

    def test_to_frame(self):
        table = self.panel.to_frame()
        self.assertEqual(table.index.names, ['major', 'minor'])
        self.assertEqual(table.loc[(self.days[2], 'b'), 'open'], 7.0)


class Days(Base):
    def test_an_instant_compares_with_a_day(self):
        instant, day = pd.Timestamp('2026-01-02'), datetime.date(2026, 1, 2)
        self.assertTrue(instant == day)
        self.assertTrue(day == instant)
        self.assertTrue(instant >= day and not instant < day)
        self.assertTrue(pd.Timestamp('2026-01-02 09:30') > day)
        self.assertEqual(hash(instant), hash(pd.Timestamp('2026-01-02')))

    def test_labels_are_found_by_days(self):
        series = pd.Series([1, 2, 3], index=pd.date_range('2026-01-01', periods=3))
        self.assertEqual(series[datetime.date(2026, 1, 2)], 2)
        self.assertEqual(series.loc[datetime.date(2026, 1, 3)], 3)
        self.assertIn(datetime.date(2026, 1, 1), series.index)
        self.assertEqual(series[series.index > datetime.date(2026, 1, 1)].tolist(), [2, 3])
        self.assertEqual((pd.Series(series.index) == datetime.date(2026, 1, 2)).tolist(), [False, True, False])


class Positional(Base):
    """Functions that take by name only what they took by position, as pandas 2's do, on a class of our own."""

    def test_what_was_positional_is_so_again(self):
        class Frame(object):
            def drop(self, labels=None, *, axis=0, inplace=False):
                return labels, axis, inplace

        told = []
        positional._open(Frame, 'drop', 'labels axis index columns level inplace'.split(), True, lambda old, new: told.append((old, new)))
        self.assertEqual(Frame().drop('a', 1), ('a', 1, False))
        self.assertEqual(Frame().drop('a', axis=1), ('a', 1, False))
        self.assertEqual(told, [('drop(…, axis) by position', 'axis=…')])

    def test_calls_by_position_work_on_the_installed_version(self):
        df = pd.DataFrame({'a': [1, 0], 'b': [0, 0]})
        self.assertEqual(df.any(1).tolist(), [True, False])
        self.assertEqual(list(df.drop('a', 1).columns), ['b'])
        self.assertEqual(pd.concat([df, df], 1).shape, (2, 4))
        self.assertEqual(df.set_index('a', True).index.name, 'a')

    def test_numbers_of_a_table_with_text(self):
        df = pd.DataFrame({'a': [1.0, 3.0], 't': ['x', 'y']})
        self.assertEqual(df.mean()['a'], 2.0)


if __name__ == '__main__':
    unittest.main(warnings="ignore")
