"""Tables at the border: from the runtime's columns to pandas and back, and what a script sees of them."""
import datetime
import os
import struct
import sys
import unittest
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'runtime', 'python'))
sys.path.insert(0, HERE)

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from bt_python import frames, state  # noqa: E402
from bt_python.link import to_frame  # noqa: E402
from bt_python.values import Decoder, Encoder  # noqa: E402
from fake_end import OPEN, Child, frame_answer  # noqa: E402


def cross(value):
    text, blocks = Encoder().encode([value])
    return Decoder().decode(bytearray(to_frame(text, blocks)))[0]


class RoundTrips(unittest.TestCase):
    def test_arrays_keep_their_kinds(self):
        for array in (np.array([1.5, np.nan]), np.array([1, -2]), np.array([True, False]), np.array([], dtype='f8'),
                      np.array(['2026-06-29T09:30', 'NaT'], dtype='M8[ns]'), np.array(['a', None], dtype=object)):
            back = cross(array)
            self.assertEqual(back.dtype, array.dtype)
            np.testing.assert_array_equal(back, array)

    def test_other_widths_cross_as_the_widest(self):
        for kind in ('f4', 'i4', 'u1', 'i2'):
            np.testing.assert_array_equal(cross(np.array([1, 2], dtype=kind)), [1, 2])
        self.assertEqual(cross(np.array([[1.0, 2.0], [3.0, 4.0]]))[1].tolist(), [3.0, 4.0])
        self.assertEqual(cross(np.array(['ab', 'c'])).tolist(), ['ab', 'c'])

    def test_scalars_cross_as_pythons(self):
        for value, plain in ((np.float64(1.5), 1.5), (np.int64(3), 3), (np.bool_(True), True), (np.str_('a'), 'a'), (np.float32(0.5), 0.5)):
            back = cross(value)
            self.assertEqual((back, type(back)), (plain, type(plain)))
        self.assertTrue(np.isnan(cross(np.float64('nan'))))
        self.assertEqual(cross(pd.Timestamp('2026-06-29 09:30')), datetime.datetime(2026, 6, 29, 9, 30))
        self.assertEqual(cross(np.datetime64('2026-06-29T09:30')), datetime.datetime(2026, 6, 29, 9, 30))
        self.assertEqual(cross(pd.Timestamp('2026-06-29 01:30', tz='UTC')), datetime.datetime(2026, 6, 29, 9, 30))
        self.assertEqual(cross(pd.Timedelta(days=1)), datetime.timedelta(1))
        self.assertIsNone(cross(pd.NaT))

    def test_tables_come_back_as_they_were(self):
        times = pd.date_range('2026-06-29', periods=3, name='time')
        for frame in (
            pd.DataFrame({'close': [1.5, 2, np.nan], 'open': [1.0, 2, 3]}, index=times),
            pd.DataFrame({'a': [1, 2], 'b': ['x', None], 'c': [True, False], 'd': pd.to_datetime(['2026-01-01', None])}),
            pd.DataFrame([[1, 2.5]], columns=['a', 'a']),
            pd.DataFrame({'a': [1.0, 2.0]}, index=pd.MultiIndex.from_tuples([('x', 1), ('y', 2)], names=['code', None])),
            pd.DataFrame({'a': [1.0]}, index=['000001.XSHE']),
            pd.DataFrame([[1.0, 2.0]], columns=pd.MultiIndex.from_tuples([('close', 'a'), ('close', 'b')])),
        ):
            pd.testing.assert_frame_equal(cross(frame), frame, check_freq=False)

    def test_series_and_indexes_come_back_as_they_were(self):
        for series in (pd.Series([1.0, 2], index=['a', 'b'], name='close'), pd.Series(['a', 'b']), pd.Series([], dtype='f8')):
            pd.testing.assert_series_equal(cross(series), series)
        for index in (pd.Index(['a', 'b'], name='x'), pd.RangeIndex(3), pd.date_range('2026-01-01', periods=2), pd.Index([1, 2])):
            pd.testing.assert_index_equal(cross(index), index, exact='equiv')
        self.assertEqual(cross(pd.Series(['a', 'b'], dtype='category')).tolist(), ['a', 'b'])
        self.assertEqual(cross([pd.Series([1]), {'x': pd.Index(['q'])}])[1]['x'].tolist(), ['q'])


class FromTheRuntime(unittest.TestCase):
    def decode(self, message, data):
        import json

        return Decoder().decode(bytearray(to_frame(json.dumps(message), [data])))

    def test_floats_that_lie_together_are_not_copied_and_can_be_written(self):
        data = struct.pack('<4d', 1, 2, 3, 4)
        arrays = [{'$': 'array', 'k': 'f8', 'o': at, 'n': 2} for at in (0, 16)]
        columns = {'name': None, 'v': {'$': 'array', 'k': 'text', 'v': ['open', 'close']}}
        frame = self.decode({'$': 'frame', 'columns': columns, 'index': {'range': 2}, 'data': arrays}, data)
        self.assertEqual(frame.values.tolist(), [[1, 3], [2, 4]])
        frame.loc[0, 'open'] = 9
        frame['new'] = frame['open'] - frame['close']
        self.assertEqual(frame['new'].tolist(), [6, -2])

    def test_instants_are_naive_shanghai_times(self):
        array = self.decode({'$': 'array', 'k': 'ms', 'o': 0, 'n': 2}, struct.pack('<2q', OPEN, -2 ** 63))
        self.assertEqual(str(array.dtype), 'datetime64[ns]')
        self.assertEqual(pd.Timestamp(array[0]), pd.Timestamp('2026-06-29 09:30'))
        self.assertTrue(np.isnat(array[1]))

    def test_bars_as_a_structured_array_hold_pythons_days(self):
        table = pd.DataFrame({'date': pd.to_datetime(['2026-06-26', '2026-06-29']), 'close': [1.5, 2.5]})
        bars = frames.structured(table, True)
        self.assertEqual(bars.dtype.names, ('date', 'close'))
        self.assertEqual(bars['date'].tolist(), [datetime.date(2026, 6, 26), datetime.date(2026, 6, 29)])
        self.assertEqual(bars['close'].mean(), 2)
        self.assertEqual(frames.structured(table, False)['date'][0], datetime.datetime(2026, 6, 26))
        self.assertEqual(len(frames.structured(table[:0], True)), 0)


class InAScript(unittest.TestCase):
    def run_task(self, body, answers, head=''):
        lines = ['    ' + line for line in body.strip('\n').split('\n')]
        child = Child('%s\ndef task(context):\n%s\n' % (head, '\n'.join(lines)), answers)
        self.addCleanup(child.close)
        self.assertEqual(child.loaded[0], 'ready', child.loaded)
        self.assertIsNone(child.run('task', 'task'))
        return child

    @staticmethod
    def panel(args, kwargs, blocks):
        index = {'name': None, 'v': blocks.times([OPEN, OPEN + 60000])}
        tables = [frame_answer(blocks, ['a', 'b'], rows, index) for rows in ([[1, 2], [3, 4]], [[5, 6], [7, 8]])]
        return {'$': 'panel', 'items': ['open', 'close'], 'frames': tables}

    def test_a_panel_stands_in_for_old_pandas(self):
        child = self.run_task('''
p = get_price(["a", "b"])
print(p["close"]["a"].tolist(), p.open.loc[:, "b"].tolist(), p.shape, list(p.items), len(p.major_axis), list(p.minor_axis))
print(p.loc["close", :, "a"].tolist(), p.iloc[:, 0, :].loc["a", "open"], p.loc[:, :, "b"]["close"].tolist(), p.iloc[0].shape)
print(p.to_frame().shape, p[["open"]].shape, p.minor_xs("a").columns.tolist(), p.swapaxes("items", "minor_axis")["a"].shape, p.mean(axis=1).loc["a", "open"])
p.items = ["x", "y"]
p.minor_axis = ["c", "d"]
p.z = p.x + p.y
print(list(p.items), p["x"].columns.tolist(), p.z["c"].tolist())
''', {'get_price': self.panel})
        self.assertEqual(child.texts(), [
            "[5.0, 7.0] [2.0, 4.0] (2, 2, 2) ['open', 'close'] 2 ['a', 'b']", '[5.0, 7.0] 1.0 [6.0, 8.0] (2, 2)',
            "(4, 2) (1, 2, 2) ['open', 'close'] (2, 2) 2.0", "['x', 'y', 'z'] ['c', 'd'] [6.0, 10.0]"])

    def test_names_of_pandas_and_numpy_are_there(self):
        child = self.run_task('print(pd.DataFrame({"a": [1]}).shape, np.mean([1, 3]), mean([1, 3]), isnan(nan), array([1]).dtype.kind)', {})
        self.assertEqual(child.texts(), ['(1, 1) 2.0 2.0 True i'])

    def test_arguments_of_numpy_and_pandas_are_plain(self):
        child = self.run_task('''
order("a", np.int64(100)); order("a", np.float64(1.5)); order(np.array(["b"])[0], 1)
order("a", amount=pd.Series([5.0])); record(x=np.array([1.5]))
get_fundamentals(query(valuation.code).filter(valuation.code.in_(pd.Series(["a", "b"]))), date=pd.Timestamp("2026-06-26"))
get_fundamentals(query(valuation.code).filter(valuation.code.in_(pd.Index(["a"])), valuation.code.in_({"a"}), np.float64(2) * valuation.code > 1))
get_price(np.array(["a", "b"]), count=np.int32(5))
''', {'bt.table': ['code']})
        calls = [call for call in child.calls if call[0] != 'bt.table']
        self.assertEqual([call[1] for call in calls[:3]], [['a', 100], ['a', 1.5], ['b', 1]])
        self.assertEqual([calls[3][2], calls[4][2]], [{'amount': 5.0}, {'x': 1.5}])
        del calls[3:5]
        self.assertEqual(calls[3][1][0]['m'][0][1][0]['a'], [['a', 'b']])
        self.assertEqual(calls[3][2], {'date': {'$': 'time', 'v': OPEN - 9.5 * 3600000 - 3 * 86400000}})
        conditions = calls[4][1][0]['m'][0][1]
        self.assertEqual([one['a'] for one in conditions], [[['a']], [['a']], [1]])
        self.assertEqual(conditions[2]['on'], {'$': 'expr', 'on': {'$': 'col', 't': 'valuation', 'c': 'code'}, 'm': 'mul', 'a': [2.0]})
        self.assertEqual((calls[5][1], calls[5][2]), ([{'$': 'array', 'k': 'text', 'v': ['a', 'b']}], {'count': 5}))

    def test_a_loop_over_a_table_is_one_question_for_current_data(self):
        for loop in ('for code in df.index: get_current_data()[code].paused', 'for code in df.index.tolist(): get_current_data()[code].paused',
                     'df[df.index.map(lambda code: not get_current_data()[code].paused)]', 'for code in list(other["code"]): get_current_data()[code].paused'):
            child = self.run_task(
                'codes = ["000001.XSHE", "000002.XSHE", "600000.XSHG"]\ndf = pd.DataFrame({"a": [1, 2, 3]}, index=codes)\n'
                'other = pd.DataFrame({"code": codes})\ndel codes\n' + loop,
                {'bt.current_data': lambda args, kwargs, blocks: [
                    {'$': 'obj', 'c': 'SecurityCurrentData', 'v': [code, 1, 1, 1, 1, False, 'x', None]} for code in [args[0]] + args[1]]})
            self.assertEqual(len([1 for name, _, _ in child.calls if name == 'bt.current_data']), 1, loop)

    def test_chance_of_numpy_is_seeded(self):
        source = 'def task(context):\n    import numpy\n    print(numpy.random.rand())\n'
        seen = []
        for _ in range(2):
            child = Child(source)
            self.addCleanup(child.close)
            child.run('task', 'task')
            child.run('task', 'task')
            seen.append(child.texts())
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(seen[0][0], seen[0][1])

    def test_days_are_an_array(self):
        days = [{'$': 'date', 'v': '2026-06-26'}, {'$': 'date', 'v': '2026-06-29'}]
        child = self.run_task('print(get_trade_days(count=2)[-1], get_all_trade_days().tolist()[0], list(get_all_trade_days()).index(context.previous_date))',
                              {'get_trade_days': days, 'get_all_trade_days': days})
        self.assertEqual(child.texts(), ['2026-06-29 2026-06-26 0'])

    def test_tables_that_joinquant_gives_as_arrays_are_arrays(self):
        bars = lambda args, kwargs, blocks: dict(frame_answer(blocks, ['time', 'current'], [[1, 2], [3, 4]]))  # noqa: E731
        child = self.run_task('''
print(get_bars("a", 2)["current"].sum(), get_bars("a", 2, df=True).shape, get_bars(["a"], 2)["a"]["current"].tolist())
print(get_ticks("a", end_dt=context.current_dt)["time"].tolist(), get_ticks("a", "2026-06-29", df=True).shape, get_ticks(["a"], "2026-06-29", count=1)["a"]["time"].tolist())
print(get_extras("is_st", ["a"], df=False)["a"].sum())
''', {'get_bars': lambda args, kwargs, blocks: {'a': bars(args, kwargs, blocks)} if isinstance(args[0], list) else bars(args, kwargs, blocks),
     'get_ticks': lambda args, kwargs, blocks: {'a': bars(args, kwargs, blocks)} if isinstance(args[0], list) else bars(args, kwargs, blocks),
     'get_extras': {'a': [True, False]}})
        self.assertEqual(child.texts(), ['6.0 (2, 2) [2.0, 4.0]', '[1.0, 3.0] (2, 2) [1.0, 3.0]', '1'])

    def test_the_sum_of_a_table_is_that_of_its_columns_as_numpy_has_it(self):
        child = self.run_task('print(sum(attribute_history("a", 2, fields=("paused")))[0], sum([1, 2]), sum([[1], [2]], []), sum(x for x in (1, 2)))',
                              {'attribute_history': lambda args, kwargs, blocks: frame_answer(blocks, ['paused'], [[1], [0]])})
        self.assertEqual(child.texts(), ['1.0 3 [1, 2] 3'])
        child = self.run_task('''
for given in (1, "x", ["x"]):
    try: sum(given)
    except TypeError as error: print(error)
''', {})
        self.assertEqual(len(child.texts()), 3)

    def test_arrays_of_bars_are_made_without_a_dataframe_for_each_security(self):
        def bars(args, kwargs, blocks):
            times = blocks.times([1782835200000, 1782921600000])  # 2026-07-01 and 02, 0:00
            columns = {'name': None, 'v': {'$': 'array', 'k': 'text', 'v': ['date', 'close']}}
            return {'$': 'frame', 'columns': columns, 'index': {'range': 2}, 'data': [times, blocks.floats([3, 4])]}

        child = self.run_task('''
import pandas
made, real = [], pandas.DataFrame.__init__
pandas.DataFrame.__init__ = lambda self, *args, **kwargs: (made.append(1), real(self, *args, **kwargs))[1]
found = get_bars(["a", "b"], 2, "1d")
print(len(made), found["b"].dtype.names, found["b"]["date"].tolist(), found["a"][-1]["close"], len(found["a"]))
print(get_bars("a", 2, "5m")["date"].tolist())
print(get_bars("a", 2, "1d", df=True).date.tolist() == found["b"]["date"].tolist(), len(made) > 0)
''', {'get_bars': lambda args, kwargs, blocks: {code: bars(args, kwargs, blocks) for code in args[0]} if isinstance(args[0], list) else bars(args, kwargs, blocks)})
        self.assertEqual(child.texts(), [
            "0 ('date', 'close') [datetime.date(2026, 7, 1), datetime.date(2026, 7, 2)] 4.0 2",
            '[datetime.datetime(2026, 7, 1, 0, 0), datetime.datetime(2026, 7, 2, 0, 0)]', 'True True',
        ])

    def test_a_factor_of_the_authors_is_calculated_by_calling_back(self):
        def calc(args, kwargs, blocks):
            factor = args[1][0]
            self.assertEqual((factor['name'], factor['max_window'], factor['dependencies']), ('mine', 2, ['close']))
            told = child.back_with(factor['calc']['id'])
            return told

        source = '''
from jqfactor import Factor, calc_factors
class Mine(Factor):
    name = "mine"
    max_window = 2
    dependencies = ["close"]
    def calc(self, data):
        self._get_extra_data("000300.XSHG", ["close"])
        return data["close"].mean()
def task(context):
    print(calc_factors(["a"], [Mine()], "2026-06-01", "2026-06-26"))
'''
        child = Child(source, {'bt.library': ['Factor', 'calc_factors'], 'jqfactor.calc_factors': calc, 'bt.extra_data': {}})
        self.addCleanup(child.close)

        def back_with(number):
            data = struct.pack('<2d', 1, 3)
            table = {'$': 'frame', 'columns': {'name': None, 'v': {'$': 'array', 'k': 'text', 'v': ['a']}}, 'index': {'range': 2},
                     'data': [{'$': 'array', 'k': 'f8', 'o': 0, 'n': 2}]}
            child.send(['callback', number, [{'close': table}, {'$': 'date', 'v': '2026-06-26'}]], data)
            return child.until('ret', 'err')[0]

        child.back_with = back_with
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ['ret'])
        self.assertIn(('bt.extra_data', [0, '000300.XSHG', ['close']], {}), child.calls)

    def test_talib_of_ours_takes_and_gives_what_the_users_would(self):
        import importlib.util

        if importlib.util.find_spec('talib') is not None:
            self.skipTest('talib is installed')
        child = self.run_task('''
import talib
print(type(talib.SMA(np.array([1, 2]), 2)).__name__, talib.SMA(pd.Series([1.0, 2.0], index=["a", "b"]), timeperiod=2).index.tolist(), talib.MA_Type.EMA)
''', {'bt.library': ['SMA'], 'talib.SMA': lambda args, kwargs, blocks: blocks.floats([1, 2])})
        self.assertEqual(child.texts(), ["ndarray ['a', 'b'] 1"])
        self.assertEqual([args[0]['k'] for name, args, _ in child.calls if name == 'talib.SMA'], ['f8', 'f8'])


class Kept(unittest.TestCase):
    def test_tables_and_arrays_come_back_from_their_pickles(self):
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            for value in (
                pd.DataFrame({'a': [1, 2], 'b': ['x', None], 't': pd.to_datetime(['2020-1-1', '2021-1-1'])}, index=['p', 'q']),
                pd.DataFrame(), pd.DataFrame({'a': pd.Series(['x', 'y'], dtype='category')}), pd.DataFrame([[1, 2]], columns=['a', 'a']),
            ):
                pd.testing.assert_frame_equal(state.loads(state.dumps(value)), value)
        for value in (pd.Series([1.5, 2], name='z', index=pd.date_range('2020-1-1', periods=2)), pd.Series([1, None], dtype='Int64')):
            pd.testing.assert_series_equal(state.loads(state.dumps(value)), value, check_freq=False)
        for value in (np.arange(6.0).reshape(2, 3), np.array([(1, 2.0)], dtype=[('a', 'i8'), ('b', 'f8')])):
            np.testing.assert_array_equal(state.loads(state.dumps(value)), value)
        self.assertEqual(state.loads(state.dumps({'x': [pd.Timestamp('2020-1-1 10:00', tz='UTC'), np.float64(2)]}))['x'][0].hour, 10)
        self.assertIs(state.loads(state.dumps(pd.NaT)), pd.NaT)

    def test_nothing_of_pandas_or_numpys_inside_is_named_in_them(self):
        value = {'a': pd.DataFrame({'a': [1.0], 'b': ['x']}), 'b': pd.Series([1]), 'c': np.arange(3), 'd': pd.Timestamp('2020-1-1'), 'e': np.float64(1),
                 'f': pd.MultiIndex.from_product([[1], ['a']])}
        data = state.dumps(value)
        for name in (b'pandas', b'numpy'):
            self.assertNotIn(name, data)


if __name__ == '__main__':
    unittest.main()
