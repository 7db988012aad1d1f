"""check.py: what it says of a strategy, without running it."""
import ast
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'runtime', 'python', 'bt_python')
sys.path[:0] = [PACKAGE, os.path.dirname(PACKAGE)]

import check  # noqa: E402
import scopes  # noqa: E402
from bt_python import prelude  # noqa: E402


class Described(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def write(self, text, name='strategy.py', encoding='utf-8'):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(textwrap.dedent(text).encode(encoding))
        return path

    def describe(self, text, **rest):
        return check.describe(self.write(text, **rest))

    def undefined(self, text):
        return [one['name'] for one in self.describe(text)['undefined']]

    def findings(self, text):
        return [(one['code'], one['line']) for one in self.describe(text)['findings']]


class Names(Described):
    def test_free_names_are_told_where_they_are_used_first(self):
        names = self.describe('def initialize(context):\n    order(1)\n    order(2)\n')['names']
        self.assertEqual([(one['name'], one['line'], one['column']) for one in names], [('order', 2, 5)])

    def test_columns_count_characters(self):
        names = self.describe("'平安银行'; order(1)\n")['names']
        self.assertEqual([one['column'] for one in names], [9])

    def test_what_a_file_binds_in_any_way_is_its_own(self):
        source = '''
            import os.path, json as j
            from collections import deque as d
            A, (B, *C) = 1, (2, 3)
            for E in []: pass
            with open('x') as F: pass
            try: pass
            except Exception as H: print(H)
            def f(a, b=1, *c, k=2, **e):
                global L
                L = [x for x in a if x]
                print(a, b, c, k, e, L, lambda y: y, {k: v for k, v in b}, (w := 1), w)
            class K:
                attr = 1
                other = attr
            print(os, j, d, A, B, C, E, F, f, L, K)
        '''
        self.assertEqual(self.undefined(source), [])

    def test_a_local_name_of_one_function_is_free_in_another(self):
        self.assertEqual(self.undefined('def f():\n    x = 1\ndef h():\n    return x\n'), ['x'])

    def test_an_attribute_of_a_class_is_not_seen_in_its_methods(self):
        self.assertEqual(self.undefined('class K:\n    a = 1\n    def f(self):\n        return a\n'), ['a'])

    def test_a_comprehension_keeps_its_variable(self):
        self.assertEqual(self.undefined('y = [x for x in range(3)]\nprint(x)\n'), ['x'])

    def test_what_is_there_without_import_is_no_undefined_name(self):
        self.assertEqual(self.undefined('np.mean([1]); pd.DataFrame(); datetime.datetime.now(); math.pi; isnan(1); __file__\n'), [])

    def test_names_of_python_2_are_findings(self):
        source = 'for i in xrange(3):\n    print(unicode(i))\n'
        self.assertEqual(self.undefined(source), [])
        self.assertEqual(self.findings(source), [('PYTHON2_NAME', 1), ('PYTHON2_NAME', 2)])

    def test_a_star_import_of_a_stranger_leaves_names_open(self):
        self.assertEqual(self.undefined('from os.path import *\nprint(join)\n'), [])

    def test_a_star_import_of_ours_is_told_and_leaves_nothing_open(self):
        report = self.describe('from jqlib.technical_analysis import *\nMACD(1)\nnothing\n')
        self.assertEqual([one['module'] for one in report['stars']], ['jqlib.technical_analysis'])
        self.assertEqual([one['name'] for one in report['undefined']], ['MACD', 'nothing'])

    def test_members_of_our_modules_are_named_whole(self):
        report = self.describe(
            'import jqdata\nfrom jqfactor import Factor\nimport talib as ta\njqdata.order(1); ta.SMA(1); finance.STK_XR_XD\n'
        )
        names = {one['name'] for one in report['names']}
        self.assertEqual(names, {'order', 'jqfactor.Factor', 'talib.SMA', 'finance', 'finance.STK_XR_XD'})


class Files(Described):
    def test_local_imports_are_part_of_the_strategy(self):
        self.write('import tools.deep\n', name='helper.py')
        self.write('', name='tools/__init__.py')
        self.write('from . import beside\nfrom .beside import x\n', name='tools/deep.py')
        self.write('x = 1\nundefined\n', name='tools/beside.py')
        report = self.describe('from helper import *\nimport helper\n')
        self.assertEqual(
            sorted(one['module'] for one in report['files']),
            ['helper.py', 'strategy.py', 'tools/__init__.py', 'tools/beside.py', 'tools/deep.py'],
        )
        self.assertEqual([one['name'] for one in report['undefined']], ['undefined'])
        self.assertEqual(report['missing'], [])

    def test_a_package_that_is_not_installed_is_told_with_its_line(self):
        missing = self.describe('import os\n\nimport no_such_package_at_all.inner\n')['missing']
        self.assertEqual([(one['module'], one['line']) for one in missing], [('no_such_package_at_all', 3)])

    def test_functions_are_the_names_of_the_top_level(self):
        report = self.describe('from helper import handle_data\ndef initialize(context): pass\nafter = initialize\n')
        self.assertEqual(report['functions'], ['after', 'handle_data', 'initialize'])

    def test_a_file_saved_as_gbk_is_read(self):
        report = self.describe("name = '平安银行'\nnothing\n", encoding='gb18030')
        self.assertEqual([one['name'] for one in report['undefined']], ['nothing'])

    def test_a_mark_of_the_encoding_is_no_part_of_the_source(self):
        self.assertEqual(self.describe('\ufeffdef initialize(context): pass\n', encoding='gb18030')['findings'], [])
        self.assertEqual(self.describe('\ufeff\ufeffdef initialize(context): pass\n')['findings'], [])

    def test_what_is_no_text_in_its_encoding_is_told(self):
        for text, encoding in (('# coding: hex\n', 'ascii'), ('x = "\xff\xff"\n', 'latin-1')):
            (found,) = self.describe(text, encoding=encoding)['findings']
            self.assertEqual((found['code'], found['line']), ('SYNTAX', 1))
            self.assertIn('save it as UTF-8', found['text'])

    def test_a_file_that_cannot_be_read_is_told_on_stderr(self):
        done = subprocess.run(
            [sys.executable, os.path.join(PACKAGE, 'check.py'), '--json', os.path.join(self.folder, 'none.py')],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'none.py', done.stderr)


class TheLoader(unittest.TestCase):
    def test_a_free_name_of_the_check_is_one_that_is_put_beneath_the_script(self):
        examples = os.path.join(PACKAGE, '..', '..', '..', 'strategies', 'python')
        seen = set()
        for folder in (examples, PACKAGE, os.path.dirname(ast.__file__)):
            for name in sorted(os.listdir(folder)):
                if name.endswith('.py'):
                    with open(os.path.join(folder, name), encoding='utf-8') as file:
                        source = file.read()
                    free = {name for name, _ in scopes.free_names(ast.parse(source))[0]} - scopes.BUILTINS
                    self.assertLessEqual(free, prelude.unbound(source), name)
                    seen |= free
        self.assertIn('get_price', seen)


class Findings(Described):
    def test_python_2_is_called_by_its_name(self):
        for line in ("print 'x'", 'print x', 'try:\n  pass\nexcept E, e:\n  pass', 'if a <> b: pass', "raise E, 'x'", 'exec "x"', 'x = 10L', 'x = `y`'):
            with self.subTest(line):
                self.assertEqual([code for code, _ in self.findings(line + '\n')], ['PYTHON2'])

    def test_what_is_no_python_is_a_syntax_error_at_its_line(self):
        self.assertEqual(self.findings('x = 1\ny = (\nz = 2\n')[0][0], 'SYNTAX')
        self.assertEqual(self.findings('def f():\n        x = 1\n\ty = 2\n'), [('SYNTAX', 3)])

    def test_orders_outside_functions_would_run_while_the_file_is_loaded(self):
        source = "order('x', 1)\nif True:\n    cancel_order(1)\ndef f():\n    order('x', 1)\nif __name__ == '__main__':\n    order('x', 1)\n"
        self.assertEqual(self.findings(source), [('ORDER_WHILE_LOADING', 1), ('ORDER_WHILE_LOADING', 3)])

    def test_an_ordinal_that_no_week_or_month_has_never_falls_due(self):
        source = 'run_weekly(f, 6)\nrun_weekly(f, weekday=0)\nrun_monthly(f, -24)\nrun_monthly(f, 23)\nrun_weekly(f, -5)\n'
        self.assertEqual(self.findings(source), [('NEVER_DUE', 1), ('NEVER_DUE', 2), ('NEVER_DUE', 3)])

    def test_network_and_processes_are_told(self):
        self.assertEqual(self.findings('import smtplib\nfrom urllib.request import urlopen\nimport subprocess\n'), [('NETWORK', 1), ('NETWORK', 2), ('PROCESSES', 3)])


if __name__ == '__main__':
    unittest.main()
