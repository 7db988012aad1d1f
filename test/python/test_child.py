"""The child at work: a script is loaded and run over the pipes, against an end that is written here."""
import os
import re
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fake_end import CONTEXT, MAIN, OPEN, STAMP, ApiError, Child, portfolio, position  # noqa: E402


class ChildTest(unittest.TestCase):
    def start(self, source, answers=None, **rest):
        child = Child(source, answers, **rest)
        self.addCleanup(self.end, child)
        return child

    def end(self, child):
        if not child.out.closed:
            child.close()

    def run_task(self, body, answers=None, head='', **rest):
        """Runs a task with this body; the child and the task's error."""
        lines = ['    ' + line for line in body.strip('\n').split('\n')]
        child = self.start('%s\ndef task(context):\n%s\n' % (head, '\n'.join(lines)), answers, **rest)
        self.assertEqual(child.loaded[0], 'ready', child.loaded)
        return child, child.run('task', 'task')


class Loading(ChildTest):
    def test_hooks_and_functions_are_told(self):
        child = self.start('def initialize(context): pass\ndef trade(context): pass\nhandle_data = 3\n')
        kind, told = child.loaded
        self.assertEqual(kind, 'ready')
        self.assertEqual(told['hooks'], ['initialize'])
        self.assertEqual(told['functions'], {'x.py': ['initialize', 'trade']})

    def test_what_does_not_parse_is_told_with_its_line(self):
        for source, kind, line in (('def f(:\n', 'SyntaxError', 1), ('if 1:\nx = 1\n', 'IndentationError', 2), ('if 1:\n\tx = 1\n        y = 2\n', 'TabError', 3)):
            child = self.start(source)
            self.assertEqual(child.loaded[0], 'load_failed')
            self.assertEqual(child.loaded[1]['type'], kind)
            self.assertEqual(child.loaded[1]['location'], '%s:%d' % (child.script, line))

    def test_an_error_of_the_top_level_is_at_its_line(self):
        child = self.start('x = 1\ny = x / 0\n')
        error = child.loaded[1]
        self.assertEqual((error['type'], error['message'], error['location']), ('ZeroDivisionError', 'division by zero', child.script + ':2'))
        self.assertIn('y = x / 0', error['stack'])

    def test_a_missing_package_is_named_at_its_import(self):
        child = self.start('\nimport no_such_package\n')
        self.assertEqual(child.loaded[1]['type'], 'ModuleNotFoundError')
        self.assertIn('no_such_package', child.loaded[1]['message'])
        self.assertEqual(child.loaded[1]['location'], child.script + ':2')

    def test_joinquants_modules_are_there(self):
        source = '''
from jqdata import *
import jqdata
from kuanke.user_space_api import order as same
from jqfactor import Factor, neutralize
from jqlib.technical_analysis import *
from kuanke.wizard import limit_filter
from six import StringIO, BytesIO
from jqdata import finance, gta
import talib
result = [jqdata.order is order, same is order, callable(MACD), callable(talib.SMA), issubclass(Factor, object)]
def task(context):
    print(result)
'''
        answers = {'bt.library': lambda args, kwargs, blocks: {'jqfactor': ['neutralize', 'Factor'], 'jqlib.technical_analysis': ['MACD'],
                                                               'kuanke.wizard': ['limit_filter'], 'talib': ['SMA']}[args[0]]}
        child = self.start(source, answers)
        self.assertEqual(child.loaded[0], 'ready', child.loaded)
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ['[True, True, True, True, True]'])

    def test_names_are_there_without_an_import_beneath_the_authors_own(self):
        child, error = self.run_task('print(datetime.timedelta(1) == timedelta(1), math.pi > 3, history, callable(order))', head='history = 5')
        self.assertIsNone(error)
        self.assertEqual(child.texts(), ['True True 5 True'])
        _, error = self.run_task('undefined_name')
        self.assertEqual(error['type'], 'NameError')

    def test_a_star_import_leaves_the_authors_names(self):
        child, error = self.run_task('print(datetime(2020, 1, 2), sorted([2, 1]), len([1]))', head='from datetime import datetime\nfrom jqdata import *')
        self.assertIsNone(error)
        self.assertEqual(child.texts(), ['2020-01-02 00:00:00 [1, 2] 1'])

    def test_files_beside_the_script_are_imported_and_find_the_api(self):
        files = {'lib/tools.py': 'def trade(context):\n    order("000001.XSHE", 100)\n', 'lib/__init__.py': ''}
        child = self.start('from lib.tools import trade\ndef initialize(context):\n    run_daily(trade, "open")\n', files=files)
        self.assertIsNone(child.run('initialize'))
        self.assertEqual(child.calls, [('run_daily', [{'$': 'fn', 'module': 'lib/tools.py', 'name': 'trade', 'n': 1}, 'open'], {})])
        self.assertIsNone(child.run('trade', 'task', 'lib/tools.py'))
        self.assertEqual(child.calls[1][0], 'order')
        again = self.start('pass\n', files=files)
        self.assertIsNone(again.run('trade', 'task', 'lib/tools.py'))

    def test_a_source_in_gb18030_is_read(self):
        child = self.start('', files={}, name='z.py', raw='def task(context):\n    print("中文")\n'.encode('gb18030'))
        self.assertIsNone(child.run('task', 'task', 'z.py'))
        self.assertEqual(child.texts(), ['中文'])

    def test_a_local_module_in_gb18030_is_read(self):
        child = self.start('import own\ndef task(context): print(own.NAME)\n', files={'own.py': 'NAME = "中文"\n'.encode('gb18030')})
        self.assertEqual(child.loaded[0], 'ready', child.loaded)
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ['中文'])

    def test_a_mark_of_the_encoding_is_no_part_of_the_source(self):
        for raw in ('\ufeff' * 2 + 'def initialize(context): pass\n').encode('utf-8'), '\ufeffdef initialize(context): pass\n'.encode('gb18030'):
            self.assertEqual(self.start('', raw=raw).loaded[1]['hooks'], ['initialize'])

    def test_a_task_is_found_without_looking_up_the_files_of_all_modules_each_time(self):
        # With pandas these are a thousand: a strategy that ran each minute did nothing else for half of its time.
        head = '''
import os, sys, types
from other import *
looked_up = []
real = os.lstat
def lstat(path, **rest):
    looked_up.append(path)
    return real(path, **rest)
os.lstat = lstat
for i in range(3):
    module = sys.modules['many%d' % i] = types.ModuleType('many%d' % i)
    module.__file__ = '/many/many%d.py' % i
'''
        body = 'log.info(repr([path for path in looked_up if "/many/" in path]))\ndel looked_up[:]'
        child, error = self.run_task(body, head=head, files={'other.py': 'def elsewhere(context): pass\n'})
        self.assertIsNone(error)
        for module, name in (('other.py', 'elsewhere'), ('x.py', 'task'), ('other.py', 'elsewhere'), ('x.py', 'task')):
            self.assertIsNone(child.run(name, 'task', module))
        self.assertEqual([text for _, text in child.logged[-2:]], ['[]', '[]'])

    def test_a_task_that_is_gone_is_told(self):
        child = self.start('def other(context): pass\n')
        error = child.run('trade', 'task')
        self.assertEqual((error['code'], error['fault']), ('STRATEGY_FUNCTION_MISSING', 'strategy'))
        self.assertIn('trade in x.py', error['message'])


class Calls(ChildTest):
    def test_arguments_cross_by_position_and_by_name(self):
        child, error = self.run_task('''
print(order_value("000001.XSHE", 5000.0, style=LimitOrderStyle(10.5)))
set_order_cost(OrderCost(close_tax=0.001, min_commission=5), type="stock")
get_orders(status=OrderStatus.open)
''')
        self.assertIsNone(error)
        self.assertEqual(child.calls, [
            ('order_value', ['000001.XSHE', 5000.0], {'style': {'$': 'new', 'c': 'LimitOrderStyle', 'a': [10.5], 'k': {}}}),
            ('set_order_cost', [{'$': 'new', 'c': 'OrderCost', 'a': [], 'k': {'close_tax': 0.001, 'min_commission': 5}}], {'type': 'stock'}),
            ('get_orders', [], {'status': {'$': 'enum', 'c': 'OrderStatus', 'v': 'open'}}),
        ])
        self.assertEqual(child.texts(), ['None'])

    def test_an_error_of_the_runtime_is_one_of_pythons_with_its_code(self):
        def refuse(args, kwargs, blocks):
            raise ApiError('BAD_ARGUMENT', 'order() amount: must be a number.', 'strategy')

        child, error = self.run_task('order("x", "y")', {'order': refuse})
        self.assertEqual((error['type'], error['message'], error['code'], error['fault']), ('BtError', 'order() amount: must be a number.', 'BAD_ARGUMENT', 'strategy'))
        self.assertEqual(error['location'], child.script + ':3')
        self.assertNotIn('bt_python', error['stack'])
        child, error = self.run_task('try:\n    order("x", "y")\nexcept ValueError as e:\n    print(e)', {'order': refuse})
        self.assertIsNone(error)
        self.assertEqual(child.texts(), ['order() amount: must be a number.'])

    def test_a_table_without_pandas_says_how_to_install_it(self):
        table = {'$': 'frame', 'columns': {'range': 0}, 'index': {'range': 0}, 'data': []}
        child, error = self.run_task('get_price("a", count=1)', {'get_price': table}, head='import sys\nsys.modules["pandas"] = None')
        self.assertEqual((error['code'], error['fault'], error['location']), ('NEEDS_PACKAGE', 'config', child.script + ':4'))
        self.assertIn('-m pip install pandas', error['message'])

    def test_the_code_of_a_cause_stays(self):
        def refuse(args, kwargs, blocks):
            raise ApiError('NOT_SERVED', 'nobody knows', 'venue')

        _, error = self.run_task('try:\n    order("x", 1)\nexcept Exception as e:\n    raise RuntimeError("no data") from e', {'order': refuse})
        self.assertEqual((error['type'], error['message'], error['code'], error['fault']), ('RuntimeError', 'no data', 'NOT_SERVED', 'venue'))
        self.assertIn('nobody knows', error['stack'])

    def test_what_cannot_be_handed_over_is_told_and_the_link_goes_on(self):
        child, error = self.run_task('try:\n    order(object(), 1)\nexcept TypeError as e:\n    print(e)\nprint(order("a", 1))', {'order': 5})
        self.assertIsNone(error)
        self.assertEqual(child.texts(), ['a value of the class object cannot be handed over: pass plain data.', '5'])

    def test_a_function_without_a_name_is_called_back_while_its_call_waits(self):
        def twice(args, kwargs, blocks):
            number = args[0]['id']
            first = child.back(number, [20])
            second = child.back(number, [0])
            return [first, second[0], second[1]['type']]

        child = self.start('def task(context):\n    print(record(lambda x: get_trades() + 100 // x))\n', {'record': twice, 'get_trades': 7})
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ["[['ret', 12], 'err', 'ZeroDivisionError']"])

    def test_log_print_and_standard_streams_come_in_order(self):
        child, error = self.run_task('''
import sys, warnings
log.info("%s: %.2f", "x", 1.5)
print("a", end="-")
print("b\\nc")
log.warn("1", 2, [3])
sys.stderr.write("oops\\n")
order("000001.XSHE", 1)
log.error("100%")
log.debug("%d", "x")
warnings.warn("old")
print("rest", end="")
''')
        self.assertIsNone(error)
        self.assertEqual(child.logged[:7], [
            ('log.info', 'x: 1.50'), ('log.info', 'a-b\nc'), ('log.warning', '1 2 [3]'), ('log.warning', 'oops'), ('log.error', '100%'),
            ('log.debug', '%d x'), child.logged[6],
        ])
        self.assertEqual(child.logged[6][0], 'log.warning')
        self.assertIn('UserWarning: old', child.logged[6][1])
        self.assertEqual(child.logged[7], ('log.info', 'rest'))

    def test_ticks_and_events_are_one_call_each_and_the_first_error_is_told(self):
        source = 'def handle_tick(context, tick):\n    print(tick.current)\n    if tick.current == 1: raise ValueError("one")\n'
        source += 'def on_event(context, event):\n    print(event)\n'
        child = self.start(source)
        ticks = [{'$': 'obj', 'c': 'Tick', 'v': ['000001.XSHE', OPEN, price, 1, 1, None, 1]} for price in (1, 2)]
        child.send(['run', {'kind': 'ticks', 'module': 'x.py', 'name': 'handle_tick', 'context': CONTEXT, 'stamp': STAMP, 'args': ticks}])
        self.assertEqual(child.until('done')[1]['message'], 'one')
        self.assertEqual(child.texts(), ['1.0', '2.0'])
        self.assertIsNone(child.run('on_event', args=[1, 2]))
        self.assertEqual(child.texts()[2:], ['1', '2'])


class TheAccount(ChildTest):
    ACCOUNT = staticmethod(lambda args, kwargs, blocks: portfolio(1000, [position('000001.XSHE', 300), position('600000.XSHG', 100)]))

    def test_positions_are_a_dict_of_the_moment(self):
        child, error = self.run_task('''
held = context.portfolio.positions
print(list(held), held.keys(), "000001.SZ" in held, "300001.XSHE" in held, bool(held), held == {})
print([code for code, one in held.items()], held["600000.SH"].security, held.get("x", 5))
for code in held: print(held[code].value)
print(context.portfolio.short_positions, context.subportfolios[0].available_cash, context.portfolio.start_date)
held["300001.XSHE"]
''', {'bt.portfolio': self.ACCOUNT, 'bt.position': lambda args, kwargs, blocks: position(args[0], 0)})
        self.assertIsNone(error)
        self.assertEqual(child.texts(), [
            "['000001.XSHE', '600000.XSHG'] dict_keys(['000001.XSHE', '600000.XSHG']) True False True False",
            "['000001.XSHE', '600000.XSHG'] 600000.XSHG 5", '3000.0', '1000.0', '{} 1000.0 2026-06-29 00:00:00',
        ])
        self.assertIn(('bt.position', ['300001.XSHE', 0], {}), child.calls)

    def test_the_wizard_is_given_the_context_and_changes_lists_and_flags(self):
        source = '''
from kuanke.wizard import *
def task(context):
    g.index = "000300.XSHG"
    g.open = ["a"]
    print(security_stoploss(context, 0.1, g.open), g.open, g.daily_risk_management)
'''
        told = {'result': 5, 'lists': [None, None, ['a', 'b']], 'named': {}, 'g': {'daily_risk_management': False, 'index': '000300.XSHG'}}
        child = self.start(source, {'bt.library': ['security_stoploss'], 'bt.wizard': told})
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ["5 ['a', 'b'] False"])
        self.assertIn(('bt.wizard', ['security_stoploss', [{'$': 'context'}, 0.1, ['a']], {}, {'index': '000300.XSHG'}], {}), child.calls)

    def test_the_holdings_are_a_list_of_securities_where_one_is_asked_for(self):
        child, error = self.run_task('history(5, security_list=context.portfolio.positions)', {'bt.portfolio': self.ACCOUNT})
        self.assertIsNone(error)
        self.assertIn(('history', [5], {'security_list': ['000001.XSHE', '600000.XSHG']}), child.calls)

    def test_reading_costs_no_call_while_the_version_stands(self):
        versions = iter([1, 1, 1, 2, 2])
        child, error = self.run_task('for _ in range(5): context.portfolio.total_value',
                                     {'bt.portfolio': self.ACCOUNT, 'bt.version': lambda args, kwargs, blocks: next(versions)})
        self.assertIsNone(error)
        self.assertEqual([name for name, _, _ in child.calls].count('bt.portfolio'), 2)

    def test_sub_portfolios_are_those_that_were_just_made(self):
        made = []

        def account(args, kwargs, blocks):
            one = portfolio(1000)
            one['subportfolios'] = [portfolio(cash)['portfolio'] for cash in made] or None
            return one

        child, error = self.run_task('''
print(len(context.subportfolios))
set_subportfolios([SubPortfolioConfig(cash=600, type="stock"), SubPortfolioConfig(400, "stock")])
print([one.available_cash for one in context.subportfolios], context.portfolio.available_cash)
''', {'bt.portfolio': account, 'set_subportfolios': lambda args, kwargs, blocks: made.extend([600, 400])})
        self.assertIsNone(error)
        self.assertEqual(child.texts(), ['1', '[600.0, 400.0] 1000.0'])
        self.assertEqual(child.calls[2][1], [[{'$': 'new', 'c': 'SubPortfolioConfig', 'a': [], 'k': {'cash': 600, 'type': 'stock'}},
                                              {'$': 'new', 'c': 'SubPortfolioConfig', 'a': [400, 'stock'], 'k': {}}]])

    def test_what_shows_the_account_cannot_be_written_and_an_unknown_name_suggests_one(self):
        for body, text in (
            ('context.portfolio.cash = 1', 'portfolio.cash cannot be assigned'),
            ('context.portfolio.positions["a"] = 1', 'cannot be assigned'),
            ('context.portfolio.positions["000001.XSHE"].total_amont', "Did you mean 'total_amount'?"),
            ('context.portfolio.positions["000001.XSHE"].last_sale_price', "Did you mean 'price'?"),
            ('context.portfolio.available_cach', "Did you mean 'available_cash'?"),
            ('context.curent_dt', "Did you mean 'current_dt'?"),
            ('g.x', "'g' object has no attribute 'x'"),
            ('valuation.pe_ration', "Did you mean 'pe_ratio'?"),
        ):
            _, error = self.run_task(body, {'bt.portfolio': self.ACCOUNT, 'bt.table': ['code', 'pe_ratio']})
            self.assertIn(text, error['message'])

    def test_context_has_the_moment_and_takes_the_authors_own(self):
        child, error = self.run_task('''
print(context.current_dt, context.previous_date, repr(context.current_dt), context.run_params.type, context.run_params.start_date)
context.mine = 1
context.current_dt = 5
print(context.mine, context.current_dt)
del context.current_dt
print(context.current_dt)
''')
        self.assertIsNone(error)
        self.assertEqual(child.texts(), [
            '2026-06-29 09:30:00 2026-06-26 datetime.datetime(2026, 6, 29, 9, 30) sim_trade 2026-06-29', '1 5', '2026-06-29 09:30:00'])
        self.assertEqual([key for key in child.kept], [('context', 'mine')])


class CurrentData(ChildTest):
    @staticmethod
    def quotes(args, kwargs, blocks):
        return [{'$': 'obj', 'c': 'SecurityCurrentData', 'v': [code, 10, 11, 9, None, False, 'x', {'$': 'lazy'}]} for code in [args[0]] + args[1]]

    def asked(self, body, head=''):
        child, error = self.run_task(body, {'bt.current_data': self.quotes, 'bt.attribute': 'I64', 'bt.portfolio': TheAccount.ACCOUNT, 'order': None}, head=head)
        self.assertIsNone(error)
        return child, [args for name, args, _ in child.calls if name == 'bt.current_data']

    CODES = ['%06d.XSHE' % n for n in range(1, 6)]

    def test_a_loop_over_a_list_is_one_question(self):
        for loop in ('codes = %r\nfor c in codes: get_current_data()[c].paused', 'codes = %r\ndata = get_current_data()\n[c for c in codes if not data[c].paused]',
                     'g.codes = %r\nfor c in g.codes: get_current_data()[c].paused', 'for c in %r: get_current_data()[c].paused'):
            _, asked = self.asked(loop % (self.CODES,))
            self.assertEqual(len(asked), 1, loop)
            self.assertEqual(sorted([asked[0][0]] + asked[0][1]), self.CODES)

    def test_a_list_of_what_will_be_read_is_taken_as_of_old(self):
        _, asked = self.asked('print(get_current_data(["000001.XSHE"])["000001.XSHE"].paused, get_current_data(security_list=[]) is None)')
        self.assertEqual([code for code, _ in asked], ['000001.XSHE'])

    def test_what_was_read_ahead_holds_until_an_order(self):
        _, asked = self.asked('codes = %r\nfor c in codes[:2]: get_current_data()[c].last_price\norder("x", 1)\nget_current_data()[codes[0]].last_price' % (self.CODES,))
        self.assertEqual(len(asked), 2)

    def test_an_object_keeps_its_readings_within_a_dispatch(self):
        child, asked = self.asked('data = get_current_data()\nprint(data["000001.XSHE"].last_price)\norder("x", 1)\nprint(data["000001.XSHE"].last_price, list(data), "000002.XSHE" in data)')
        self.assertEqual(len(asked), 1)
        self.assertEqual(child.texts(), ['10.0', "10.0 ['000001.XSHE'] True"])

    def test_missing_is_nan_and_what_costs_is_asked_for_once(self):
        child, _ = self.asked('one = get_current_data()["000001.XSHE"]\nprint(one.day_open, one.industry_code, one.industry_code)')
        self.assertEqual(child.texts(), ['nan I64 I64'])
        self.assertEqual([args for name, args, _ in child.calls if name == 'bt.attribute'], [['SecurityCurrentData', '000001.XSHE', 'industry_code']])

    def test_handle_data_reads_bars(self):
        child = self.start('def handle_data(context, data):\n    print(data["000001.XSHE"].close, data["000001.XSHE"].mavg(5, "close"), data["000001.XSHE"].isnan())\n', {
            'bt.bar_data': [{'$': 'obj', 'c': 'SecurityUnitData', 'v': ['000001.XSHE', 1, 2, 3, 1, 5, 6, {'$': 'lazy'}]}], 'bt.method': 2.5})
        self.assertIsNone(child.run('handle_data'))
        self.assertEqual(child.texts(), ['2.0 2.5 False'])
        self.assertIn(('bt.method', ['SecurityUnitData', '000001.XSHE', 'mavg', [5, 'close'], {}], {}), child.calls)


class State(ChildTest):
    SOURCE = '''
LIMIT = 3
NAMES = []
class Plan:
    def __init__(self): self.steps = [1]
def initialize(context):
    g.count = 0
    g.plan = Plan()
    g.__hidden = 1
    setattr(g, "__secret", 1)
    g.hook = lambda: 1
    context.note = "n"
    NAMES.append("a")
def task(context):
    g.count += 1
def show(context):
    print(g.count, g.plan.steps, context.note, NAMES, hasattr(g, "hook"))
def missing(context):
    g.hook
def drop(context):
    del g.count
'''

    def test_only_what_has_changed_is_kept(self):
        child = self.start(self.SOURCE)
        self.assertIsNone(child.run('initialize'))
        self.assertEqual(sorted(child.kept), [('context', 'note'), ('g', 'count'), ('g', 'hook'), ('g', 'plan'), ('module', 'LIMIT'), ('module', 'NAMES')])
        self.assertTrue(child.kept['g', 'hook'].startswith('lost:it is a function'))
        self.assertTrue(child.kept['g', 'count'].startswith('py4:') and child.kept['g', 'count'].endswith(':0'))
        self.assertEqual(len([text for text in child.texts() if 'g.hook is not kept' in text]), 1)
        child.kept.clear()
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(list(child.kept), [('g', 'count')])
        child.kept.clear()
        self.assertIsNone(child.run('drop', 'task'))
        self.assertEqual(child.kept, {('g', 'count'): None})

    def test_it_comes_back_in_another_process(self):
        child = self.start(self.SOURCE)
        child.run('initialize')
        child.run('task', 'task')
        kept = [[part, name, text] for (part, name), text in child.kept.items()]
        again = self.start(self.SOURCE.replace('LIMIT = 3', 'LIMIT = 9'), kept=kept)
        self.assertEqual(again.loaded[0], 'ready')
        self.assertIsNone(again.run('show', 'task'))
        self.assertEqual(again.texts(), ["1 [1] n ['a'] False"])
        self.assertEqual(again.kept, {})
        error = again.run('missing', 'task')
        self.assertIn('It was set before the restart, and not kept: it is a function', error['message'])

    def test_a_class_that_is_gone_is_told_as_lost(self):
        child = self.start(self.SOURCE)
        child.run('initialize')
        kept = [[part, name, text] for (part, name), text in child.kept.items()]
        again = self.start(self.SOURCE.replace('Plan', 'Scheme'), kept=kept)
        self.assertEqual(again.loaded[0], 'ready')
        self.assertTrue(any('g.plan of the last run is lost' in text for text in again.texts()))

    def test_state_of_a_strategy_in_typescript_is_refused(self):
        child = self.start(self.SOURCE, kept=[['g', 'count', '5']])
        self.assertEqual((child.loaded[0], child.loaded[1]['code']), ('load_failed', 'STATE_OF_OTHER_LANGUAGE'))

    def test_globals_that_loading_makes_again_are_left_out(self):
        child, error = self.run_task('pass', head='import threading\nLOCK = threading.Lock()\nLARGE = "x" * 6000000\nSMALL = 1\nfrom math import pi\nclass A: pass\n')
        self.assertIsNone(error)
        self.assertEqual(sorted(child.kept), [('module', 'SMALL'), ('module', 'pi')])
        self.assertEqual(child.texts(), ['LARGE holds 5.7 MB: globals of more than 5.0 MB are not kept, the script makes them anew at each start.'])

    def test_more_than_thirty_megabytes_are_refused(self):
        child, error = self.run_task('g.large = "x" * (24 * 1024 * 1024)')
        self.assertEqual(error['code'], 'STATE_TOO_LARGE')
        self.assertIn('g.large 32.0 MB', error['message'])
        self.assertEqual(child.kept, {})


class ClockAndChance(ChildTest):
    def test_the_clock_is_the_markets(self):
        child, error = self.run_task('''
import time, datetime
from datetime import datetime as moment
print(datetime.datetime.now(), moment.now(), datetime.date.today(), time.time(), time.strftime("%F %T"), time.localtime().tm_hour)
print(type(datetime.datetime.now()) is datetime.datetime, isinstance(context.current_dt, datetime.datetime))
''')
        self.assertIsNone(error)
        self.assertEqual(child.texts(), [
            '2026-06-29 09:30:00 2026-06-29 09:30:00 2026-06-29 1782696600.0 2026-06-29 09:30:00 9', 'True True'])

    def test_sleeping_is_in_market_time(self):
        child = self.start('import time\ndef task(context):\n    time.sleep(600)\n    print("awake")\n')
        self.assertIsNone(child.run('task', 'task', stamp=dict(STAMP, speed=60000)))
        self.assertEqual(child.texts(), ['awake'])

    def test_the_authors_own_reading_is_a_call_and_a_librarys_is_not(self):
        child, error = self.run_task('import email.utils, time\nemail.utils.formatdate()\nlogging.makeLogRecord({})\ntime.time()')
        self.assertIsNone(error)
        self.assertEqual([name for name, _, _ in child.calls], ['bt.now'])

    def test_on_a_clock_that_stands_still_a_sleep_is_market_time_and_nothing_else_is(self):
        child = self.start('import time\ndef task(context):\n    time.sleep(1000)\n    print(time.time())\n')
        asked = []
        child.answers['bt.sleep'] = lambda args, kwargs, blocks: asked.append(args)
        child.answers['bt.now'] = lambda args, kwargs, blocks: OPEN + sum(ms for [ms] in asked)
        self.assertIsNone(child.run('task', 'task', stamp=dict(STAMP, speed=0)))
        self.assertEqual(asked, [[1000000.0]])
        self.assertEqual(child.texts(), [str(OPEN / 1000 + 1000)])

    def test_chance_is_the_same_for_the_same_seed(self):
        child = self.start('import random\ndef task(context):\n    print(random.random())\n')
        for seed in (1, 2, 1):
            child.run('task', 'task', stamp=dict(STAMP, seed=seed))
        first, second, third = child.texts()
        self.assertEqual(first, third)
        self.assertNotEqual(first, second)

    def test_sets_of_texts_have_one_order(self):
        orders = set()
        for _ in range(2):
            child, _ = self.run_task('print(list({"a", "b", "c", "d", "e", "f"}))')
            orders.add(child.texts()[0])
        self.assertEqual(len(orders), 1)


class Ends(ChildTest):
    def test_a_system_without_named_pipes_is_told(self):
        code = 'import os, runpy, sys; del os.mkfifo; sys.argv = [%r, os.sep]; runpy.run_path(%r, run_name="__main__")' % (MAIN, MAIN)
        lifeline = os.pipe()
        for end in lifeline:
            self.addCleanup(os.close, end)
        done = subprocess.run([sys.executable, '-B', '-c', code], stdin=lifeline[0], stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'run on Linux and macOS only', done.stderr)

    def end(self, child):
        child.close(kill=True)

    def test_it_leaves_when_the_engine_is_gone_whatever_it_does(self):
        child = self.start('def task(context):\n    print("on")\n    while True: pass\n')
        child.send(['run', {'kind': 'task', 'module': 'x.py', 'name': 'task', 'context': CONTEXT, 'stamp': STAMP, 'args': []}])
        self.assertEqual(child.receive()[1], 'log.info')
        child.process.stdin.close()
        self.assertNotEqual(child.process.wait(timeout=20), 0)

    def test_it_leaves_when_the_link_is_gone(self):
        child = self.start('def task(context): pass\n')
        child.out.close()
        self.assertNotEqual(child.process.wait(timeout=20), 0)

    def test_sys_exit_ends_the_process_with_its_code(self):
        child = self.start('import sys\ndef task(context):\n    sys.exit(3)\n')
        child.send(['run', {'kind': 'task', 'module': 'x.py', 'name': 'task', 'context': CONTEXT, 'stamp': STAMP, 'args': []}])
        self.assertEqual(child.process.wait(timeout=20), 3)
        self.assertRegex(child.process.stderr.read().decode(), r'SystemExit: 3 \(%s:3\)' % re.escape(child.script))

    def test_signals_that_are_meant_for_the_engine_end_nothing(self):
        child = self.start('def task(context): print("here")\n')
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            child.process.send_signal(number)
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ['here'])

    def test_a_crash_of_native_code_names_the_line(self):
        child = self.start('import ctypes\ndef task(context):\n    ctypes.string_at(0)\n')
        child.send(['run', {'kind': 'task', 'module': 'x.py', 'name': 'task', 'context': CONTEXT, 'stamp': STAMP, 'args': []}])
        self.assertEqual(child.process.wait(timeout=20), -signal.SIGSEGV)
        self.assertIn('%s", line 3 in task' % child.script, child.process.stderr.read().decode())

    def test_a_process_that_the_script_forks_cannot_speak_for_it(self):
        child = self.start('''
import os
def task(context):
    number = os.fork()
    if number == 0:
        try:
            order("000001.XSHE", 100)
        except Exception as error:
            os._exit(7 if "in the process of the strategy" in str(error) else 1)
        os._exit(0)
    print(os.WEXITSTATUS(os.waitpid(number, 0)[1]))
''')
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual((child.texts(), child.calls), (['7'], []))


class Generators(ChildTest):
    def test_a_generator_that_asks_while_it_is_handed_over_leaves_the_bytes_of_the_call_alone(self):
        sizes = []
        child = self.start('''
def codes():
    get_trades(b"of the inner call")
    yield "000001.XSHE"
def task(context): write_file("a", b"outer", codes())
''', {'get_trades': 1, 'write_file': lambda args, kwargs, blocks: sizes.append((child.blocks, args[1], args[2]))})
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(sizes, [(b'outer\0\0\0', {'$': 'bytes', 'o': 0, 'n': 5}, ['000001.XSHE'])])


class Missing(ChildTest):
    def test_a_missing_time_is_no_argument_that_was_left_out(self):
        child, error = self.run_task('''
class NaTType(object):
    def __repr__(self): return "NaT"
for ask in (lambda: get_price("000001.XSHE", end_date=NaTType()), lambda: order("000001.XSHE", NaTType())):
    try:
        ask()
    except ValueError as error:
        print(error)
''')
        self.assertIsNone(error)
        self.assertEqual(child.texts(), [
            'get_price() end_date: is NaT, a missing value. Check the calculation it comes from; None leaves an argument out.',
            'order() argument 2: is NaT, a missing value. Check the calculation it comes from; None leaves an argument out.',
        ])
        self.assertEqual(child.calls, [])

    def test_a_lost_variable_of_g_is_to_be_made_where_each_start_comes_by(self):
        child = self.start('def task(context): g.pool\n', kept=[['g', 'pool', 'lost:it is a lock']])
        message = child.run('task', 'task')['message']
        self.assertIn('not kept: it is a lock. Make it in process_initialize()', message)
        self.assertNotIn(' initialize()', message)


class Processes(ChildTest):
    def test_what_the_script_starts_can_be_ended_by_a_signal(self):
        child = self.start('''
import multiprocessing, subprocess
def double(x): return 2 * x
def task(context):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(double, [1, 2]))
    other = subprocess.Popen(["sleep", "1000"])
    other.terminate()
    print(other.wait())
''')
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ['[2, 4]', str(-signal.SIGTERM)])

    def test_a_fork_that_comes_back_from_its_task_ends_quietly(self):
        child = self.start('''
import os
def task(context):
    number = os.fork()
    if number == 0:
        return
    print(os.WEXITSTATUS(os.waitpid(number, 0)[1]))
''')
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual((child.texts(), child.close()[1:]), (['0'], ['', '']))

    def test_an_error_of_ours_comes_back_from_another_process_and_is_kept(self):
        child = self.start('''
import multiprocessing
def ask(x): return get_trades()
def task(context):
    with multiprocessing.get_context("fork").Pool(1) as pool:
        try:
            pool.map(ask, [1])
        except Exception as error:
            g.error = error
            print(error.code)
def other(context):
    print(g.error.code, str(g.error))
''')
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ['WRONG_PROCESS'])
        kept = [[part, name, text] for (part, name), text in child.kept.items()]
        again = self.start('def other(context): print(g.error.code, str(g.error)[:9])\n', kept=kept)
        self.assertIsNone(again.run('other', 'task'))
        self.assertEqual(again.texts(), ['WRONG_PROCESS functions'])


class CutOff(ChildTest):
    """Whatever leaves a call before its answer: the next call must not get that answer."""

    def test_a_time_out_by_alarm_waits_for_the_answer_of_the_call(self):
        def slow(args, kwargs, blocks):
            os.kill(child.process.pid, signal.SIGALRM)
            return 'of the order'

        child = self.start('''
import signal
class Late(Exception): pass
def late(number, frame): raise Late()
def task(context):
    signal.signal(signal.SIGALRM, late)
    try:
        order("000001.XSHE", 100)
    except Late:
        print("late", signal.getsignal(signal.SIGALRM) is late)
    print(get_trades())
''', {'order': slow, 'get_trades': 'of the trades'})
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual(child.texts(), ['late True', 'of the trades'])

    def test_recursion_that_ends_within_a_call_ends_before_it_is_sent(self):
        child, error = self.run_task('''
def deep(n):
    asked.append(n)
    answers.append(get_trades(n))
    deep(n + 1)
def down(n, then):
    down(n - 1, then) if n else then(0)
for place in range(40):
    asked, answers = [], []
    try:
        down(place, deep)
    except RecursionError:
        pass
    assert answers in (asked, asked[:-1]), (place, asked[-1], answers[-1])
    assert get_trades(-1) == -1
''', {'get_trades': lambda args, kwargs, blocks: args[0]})
        self.assertIsNone(error)

    def test_what_is_no_error_leaves_a_callback_when_the_call_has_its_answer(self):
        def twice(args, kwargs, blocks):
            told.append(child.back(args[0]['id'], [])[0])
            return 'of the first'

        told = []
        child, error = None, None
        child = self.start('''
class Stop(BaseException): pass
def task(context):
    def inner(): raise Stop("enough")
    try:
        order(inner)
    except Stop as stop:
        print(stop)
    print(get_trades())
''', {'order': twice, 'get_trades': 'of the second'})
        self.assertIsNone(child.run('task', 'task'))
        self.assertEqual((told, child.texts()), (['err'], ['enough', 'of the second']))

    def test_what_is_no_error_ends_a_task_as_an_error_does(self):
        child = self.start('class Stop(BaseException): pass\ndef task(context): raise Stop("enough")\ndef other(context): print("on")\n')
        error = child.run('task', 'task')
        self.assertEqual((error['type'], error['message']), ('Stop', 'enough'))
        self.assertIsNone(child.run('other', 'task'))
        self.assertEqual(child.texts(), ['on'])

    def test_a_thread_is_answered_while_a_task_runs_and_refused_between_two(self):
        child = self.start('''
import os, signal, threading
found, go = [], threading.Event()
def between():
    go.wait()
    try:
        found.append(order("000001.XSHE", 100))
    except Exception as error:
        found.append(error)
    open(os.path.join(os.path.dirname(__file__), "asked"), "w").close()
def task(context):
    inside = threading.Thread(target=lambda: found.append(get_trades()))
    inside.start()
    inside.join()
    signal.signal(signal.SIGUSR1, lambda *_: go.set())
    global later
    later = threading.Thread(target=between)
    later.start()
def other(context):
    later.join()
    print(found[0], found[1].code)
''', {'get_trades': 'trades', 'order': 'an order'})
        self.assertIsNone(child.run('task', 'task'))
        child.process.send_signal(signal.SIGUSR1)
        while not os.path.exists(os.path.join(child.folder, 'asked')):
            os.sched_yield()
        self.assertIsNone(child.run('other', 'task'))
        self.assertEqual((child.texts(), [name for name, *_ in child.calls]), (['trades NO_HOOK'], ['get_trades']))

    def test_an_exception_from_outside_in_the_middle_of_a_call_ends_the_process_and_says_why(self):
        child = self.start('''
import os
real = os.write
def task(context):
    def cut(*args):
        real(*args)
        raise Exception("from outside")
    os.write = cut
    try:
        order("000001.XSHE", 100)
    except Exception:
        pass
    os.write = real
    get_trades()
''', {'order': 'an order', 'get_trades': 'trades'})
        # It may be gone before the answer is written, or before the next message is read.
        with self.assertRaises((EOFError, BrokenPipeError)):
            child.run('task', 'task')
        self.assertEqual([name for name, *_ in child.calls], ['order'])
        self.assertEqual(child.process.wait(timeout=20), 1)
        self.assertIn('a call of the API was cut off before its answer', child.process.stderr.read().decode())


class Speed(ChildTest):
    def test_messages_of_many_megabytes_cross(self):
        child, error = self.run_task('write_file("a", b"x" * 5000000)\nprint(len(read_file("a")))',
                                     {'read_file': lambda args, kwargs, blocks: {'$': 'bytes', 'o': blocks.add(b'y' * 3000000), 'n': 3000000}})
        self.assertIsNone(error)
        self.assertEqual(child.texts(), ['3000000'])


if __name__ == '__main__':
    unittest.main()
