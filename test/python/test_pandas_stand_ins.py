"""What stands in for statsmodels and prettytable where they are not installed."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'runtime', 'python'))
sys.path.insert(0, HERE)

import importlib.util  # noqa: E402

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from bt_python import stand_ins as own  # noqa: E402
from fake_end import Child  # noqa: E402


class LeastSquares(unittest.TestCase):
    def test_a_line_is_that_of_polyfit(self):
        x, y = np.array([1.0, 2, 3, 4, 6]), np.array([2.1, 3.9, 6.2, 7.8, 12.5])
        fit = own.OLS(y, own.add_constant(x)).fit()
        slope, intercept = np.polyfit(x, y, 1)
        np.testing.assert_allclose(fit.params, [intercept, slope])
        self.assertAlmostEqual(fit.rsquared, np.corrcoef(x, y)[0, 1] ** 2)
        np.testing.assert_allclose(fit.resid, y - slope * x - intercept)
        np.testing.assert_allclose(fit.fittedvalues + fit.resid, y)
        np.testing.assert_allclose(fit.predict(own.add_constant(np.array([5.0, 7.0]))), intercept + slope * np.array([5, 7]))
        # (X'X)^-1 s^2 by hand
        spread = ((x - x.mean()) ** 2).sum()
        self.assertAlmostEqual(fit.bse[1], np.sqrt(fit.ssr / 3 / spread))
        self.assertAlmostEqual(fit.tvalues[1], slope / fit.bse[1])
        self.assertAlmostEqual(fit.rsquared_adj, 1 - (1 - fit.rsquared) * 4 / 3)

    def test_without_a_constant_the_total_is_not_centred(self):
        x, y = np.array([1.0, 2, 3]), np.array([2.0, 4.1, 5.9])
        fit = own.OLS(y, x).fit()
        self.assertAlmostEqual(fit.params[0], x.dot(y) / x.dot(x))
        self.assertAlmostEqual(fit.rsquared, 1 - ((y - fit.params[0] * x) ** 2).sum() / (y ** 2).sum())

    def test_labels_of_pandas_stay(self):
        frame = pd.DataFrame({'a': [1.0, 2, 4], 'b': [0.0, 1, 0]}, index=list('xyz'))
        fit = own.OLS(pd.Series([1.0, 2, 3], index=list('xyz')), own.add_constant(frame)).fit()
        self.assertEqual(fit.params.index.tolist(), ['const', 'a', 'b'])
        self.assertEqual(fit.resid.index.tolist(), ['x', 'y', 'z'])
        self.assertEqual(own.add_constant(np.array([1.0, 2])).tolist(), [[1, 1], [1, 2]])

    def test_what_is_missing_is_refused_or_left_out(self):
        y, x = np.array([1.0, np.nan, 3]), np.array([1.0, 2, 3])
        with self.assertRaisesRegex(ValueError, 'inf or nans'):
            own.OLS(y, x)
        self.assertAlmostEqual(own.OLS(y, x, missing='drop').fit().params[0], 1)
        with self.assertRaisesRegex(AttributeError, 'pip install statsmodels'):
            own.OLS(x, x).fit().pvalues


class Tables(unittest.TestCase):
    def test_rows_are_drawn_under_their_names(self):
        table = own.PrettyTable(['股票', 'n'])
        table.add_row(['平安银行', 1.5])
        table.align['股票'] = 'l'
        table.add_row(['x', 100])
        self.assertEqual(str(table).split('\n'), [
            '+----------+-----+', '|   股票   |  n  |', '+----------+-----+', '| 平安银行 | 1.5 |', '| x        | 100 |', '+----------+-----+'])

    def test_columns_may_come_one_by_one(self):
        table = own.PrettyTable()
        table.add_column('a', pd.Index([1, 2]))
        table.add_column('b', ['x', 'y'])
        table.hrules = own.ALL
        self.assertEqual(len(str(table).split('\n')), 7)
        with self.assertRaises(ValueError):
            table.add_row([1])


class Imports(unittest.TestCase):
    def test_a_script_finds_them_and_is_told(self):
        for name in ('statsmodels', 'prettytable'):
            if importlib.util.find_spec(name) is not None:
                self.skipTest(name + ' is installed')
        child = Child('''
import statsmodels.api as sm
from statsmodels import regression
import prettytable as pt
def task(context):
    print(sm.OLS([1.0, 2.0], sm.add_constant([1.0, 2.0])).fit().params.round(6).tolist(), regression.linear_model.OLS is sm.OLS, pt.PrettyTable.__name__)
    try:
        sm.tsa
    except AttributeError as error:
        print(error)
''')
        self.addCleanup(child.close)
        self.assertEqual(child.loaded[0], 'ready', child.loaded)
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(len([text for text in child.texts() if 'is not installed: ' in text]), 2)
        self.assertIn('[0.0, 1.0] True PrettyTable', child.texts())
        self.assertIn("'tsa' is not in what stands in for it", child.texts()[-1])
        child = Child('from statsmodels.tsa.stattools import adfuller\n')
        self.addCleanup(child.close)
        self.assertEqual(child.loaded[1]['location'], child.script + ':1')


if __name__ == '__main__':
    unittest.main()
