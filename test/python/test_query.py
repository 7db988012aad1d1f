"""query(…): what Python's operators become, and what is refused before anything is asked."""
import os
import pickle
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'runtime', 'python'))

from bt_python import objects  # noqa: E402
from bt_python import query as q  # noqa: E402
from bt_python.values import Encoder  # noqa: E402

COLUMNS = {'valuation': ['code', 'pe_ratio', 'market_cap'], 'finance.STK_XR_XD': ['code', 'a_xr_date']}


def ask(name, args, kwargs=None):
    return {'bt.table': lambda: COLUMNS.get(args[0]), 'bt.tables': lambda: list(COLUMNS)}.get(name, lambda: [name, args, kwargs])()


objects.ask = ask
valuation = q.table('valuation')
finance = q.database('finance')
PE = {'$': 'col', 't': 'valuation', 'c': 'pe_ratio'}


def plain(value):
    encoder = Encoder()
    encoder.special.update(q.special())
    return encoder.plain(value)


def expr(on, method, *args):
    return {'$': 'expr', 'on': on, 'm': method, 'a': list(args)}


class Operators(unittest.TestCase):
    def test_each_is_a_method(self):
        pe = valuation.pe_ratio
        for made, method, args in (
            (pe > 1, 'gt', [1]), (pe >= 1, 'ge', [1]), (pe < 1, 'lt', [1]), (pe <= 1, 'le', [1]), (pe == 1, 'eq', [1]), (pe != None, 'ne', [None]),  # noqa: E711
            (1 < pe, 'gt', [1]), (pe + 1, 'add', [1]), (1 + pe, 'add', [1]), (pe - 1, 'sub', [1]), (pe * 2.0, 'mul', [2.0]), (2 * pe, 'mul', [2]),
            (pe / 2, 'div', [2]), (-pe, 'neg', []), (~pe, 'not', []), (pe.in_(('a',)), 'in_', [['a']]), (pe.in_({'a': 1}.keys()), 'in_', [['a']]),
            (pe.notin_(['a']), 'notin_', [['a']]), (pe.between(1, 2), 'between', [1, 2]), (pe.like('a%'), 'like', ['a%']), (pe.asc(), 'asc', []),
            (pe.desc(), 'desc', []), (pe.label('x'), 'label', ['x']), (pe.startswith('30'), 'like', ['30%']), (pe.contains('b'), 'like', ['%b%']),
        ):
            self.assertEqual(plain(made), expr(PE, method, *args))

    def test_what_stands_on_the_left_is_what_is_calculated_on(self):
        self.assertEqual(plain(2 / valuation.pe_ratio), expr(2, 'div', PE))
        self.assertEqual(plain(2 - valuation.pe_ratio), expr(2, 'sub', PE))

    def test_conditions_are_joined(self):
        a, b = valuation.pe_ratio > 1, valuation.pe_ratio < 9
        self.assertEqual(plain(a & ~b), expr(expr(PE, 'gt', 1), 'and', expr(expr(PE, 'lt', 9), 'not')))
        self.assertEqual(plain(q.or_(a, b)), {'$': 'apply', 'f': 'or_', 'a': [expr(PE, 'gt', 1), expr(PE, 'lt', 9)]})
        self.assertEqual(plain(q.func.sum(valuation.pe_ratio) > 2), expr({'$': 'apply', 'f': 'func.sum', 'a': [PE]}, 'gt', 2))

    def test_a_condition_is_neither_true_nor_false(self):
        for wrong in (lambda: bool(valuation.pe_ratio > 1), lambda: valuation.pe_ratio > 1 and 1, lambda: not valuation.pe_ratio, lambda: 1 < valuation.pe_ratio < 9):
            with self.assertRaisesRegex(TypeError, 'join conditions with & and'):
                wrong()

    def test_columns_are_found_in_lists_and_are_keys(self):
        self.assertIn(valuation.pe_ratio, [valuation.code, valuation.pe_ratio])
        self.assertNotIn(valuation.pe_ratio, [valuation.code])
        self.assertEqual({valuation.pe_ratio: 1}[valuation.pe_ratio], 1)

    def test_a_list_is_taken_as_it_is_now(self):
        codes = ['a']
        condition = valuation.code.in_(codes)
        codes.append('b')
        self.assertEqual(plain(condition)['a'], [['a']])


class Queries(unittest.TestCase):
    def test_methods_are_told_in_their_order_and_leave_the_query_as_it_was(self):
        first = q.query(valuation.code, valuation)
        second = first.filter(valuation.pe_ratio > 1).order_by(valuation.pe_ratio.desc()).limit(10.0)
        self.assertEqual(plain(first), {'$': 'query', 'a': [{'$': 'col', 't': 'valuation', 'c': 'code'}, {'$': 'table', 't': 'valuation'}], 'm': []})
        self.assertEqual([step[0] for step in plain(second)['m']], ['filter', 'order_by', 'limit'])
        self.assertEqual(plain(second)['m'][2], ['limit', [10], {}])

    def test_columns_may_be_named_in_a_text(self):
        self.assertEqual(plain(q.query('valuation.code, finance.STK_XR_XD.a_xr_date'))['a'], [
            {'$': 'col', 't': 'valuation', 'c': 'code'}, {'$': 'col', 't': 'finance.STK_XR_XD', 'c': 'a_xr_date'}])
        self.assertEqual(plain(q.query('code'))['a'], ['code'])

    def test_a_query_is_not_kept(self):
        for value in (q.query(valuation.code), valuation.pe_ratio > 1):
            with self.assertRaises(TypeError):
                pickle.dumps(value)

    def test_tables_know_their_columns_and_databases_their_tables(self):
        self.assertEqual(plain(finance.STK_XR_XD.a_xr_date), {'$': 'col', 't': 'finance.STK_XR_XD', 'c': 'a_xr_date'})
        self.assertEqual(finance.run_query(1), ['finance.run_query', [1], {}])
        for wrong, text in ((lambda: valuation.pe_ration, "Did you mean 'pe_ratio'?"), (lambda: finance.STK_XR_X, "Did you mean 'STK_XR_XD'?")):
            with self.assertRaises(AttributeError) as caught:
                wrong()
            self.assertIn(text, str(caught.exception))

    def test_it_prints_as_what_it_asks(self):
        query = q.query(valuation.code).filter((valuation.pe_ratio / 2 > 1) & (valuation.code == 'a')).limit(3)
        self.assertEqual(repr(query), "query(valuation.code).filter(((valuation.pe_ratio / 2) > 1) AND (valuation.code == 'a')).limit(3)")


if __name__ == '__main__':
    unittest.main()
