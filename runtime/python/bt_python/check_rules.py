"""What in a Python strategy cannot work, or means something else than its author thinks: one rule after the other."""
import ast
import re

from known import PYTHON2
from python2 import line_of

# Calls that change the account; at the top level of a file they would run while it is loaded.
_ORDERS = frozenset(
    'order order_target order_value order_target_value order_lots order_percent order_target_percent '
    'cancel_order batch_submit_orders batch_cancel_orders transfer_cash inout_cash'.split()
)
_SCHEDULE = {
    # name: (position of the ordinal, the most trading days there can be, what it counts)
    'run_weekly': (1, 5, 'weekday', 'a week has at most 5 trading days'),
    'run_monthly': (1, 23, 'monthday', 'a month has at most 23 trading days'),
}
# Without iteritems(), which tables of pandas have too.
_PYTHON2_METHODS = {'itervalues': 'values', 'iterkeys': 'keys', 'has_key': 'in'}
_NETWORK = frozenset('requests urllib urllib2 urllib3 http httplib socket smtplib ftplib telnetlib aiohttp redis pymysql'.split())
_PROCESSES = frozenset('subprocess multiprocessing'.split())


def findings_in(tree):
    """All findings of a file that parses; each {"level", "code", "text", "line", "column"}."""
    found = []
    for rule in (_orders_while_loading, _never_due, _python2_methods, _outside_world):
        found.extend(rule(tree))
    return sorted(found, key=lambda one: (one['line'], one['column']))


def python2_finding(name, node):
    """A name of Python 2 that `known.PYTHON2` has another for."""
    text = '%s is Python 2: %s stands in its place. Look at each / between two whole numbers, which was // there.' % (name, PYTHON2[name][1])
    return _at('warning', 'PYTHON2_NAME', text, node)


def syntax_finding(error, text):
    """Why a file of this text does not parse, with what to do."""
    line = getattr(error, 'lineno', None) or 1
    column = getattr(error, 'offset', None) or 1
    why = _python2_reason(text, line)
    said = getattr(error, 'msg', None) or str(error)
    if why is not None:
        advice = 'this is Python 2 (%s): start with --python2, or convert it with "2to3 -w FILE" and look at each / between two whole numbers, which was // there.' % why
        return _finding('error', 'PYTHON2', advice, line, column)
    if isinstance(error, TabError) or (isinstance(error, IndentationError) and '\t' in line_of(text, line)):
        return _finding('error', 'SYNTAX', '%s: tabs and blanks are mixed here; indent with blanks only.' % said, line, column)
    return _finding('error', 'SYNTAX', '%s; Python cannot read the file from here on.' % said, line, column)


def _python2_reason(text, line):
    """What of Python 2 stands at the line where the parser gave up."""
    here = line_of(text, line)
    for pattern, name in (
        (r'^\s*print\s+[^(=\s]', 'print without brackets'),
        (r'(^|[^\w.])print\s+["\'\w]', 'print without brackets'),
        (r'^\s*except\s+[\w.()\s,]+?,\s*\w+\s*:', 'except X, e'),
        (r'^\s*raise\s+\w+\s*,', 'raise X, text'),
        (r'<>', '<>'),
        (r'`[^`]+`', 'backquotes'),
        (r'^\s*exec\s+["\'\w]', 'exec without brackets'),
        (r'(^|[^\w.])0\d+([^\d.]|$)', 'a number with a leading zero'),
        (r'(^|[^\w])ur["\']', "ur''"),
        (r'\b\d+[lL]\b', 'a number with an L'),
    ):
        if re.search(pattern, here):
            return name
    return None


def _orders_while_loading(tree):
    for node in _outside_functions(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ORDERS:
            name = node.func.id
            text = '%s() stands outside any function and would run while the file is loaded: call it from a hook or a task.' % name
            yield _at('error', 'ORDER_WHILE_LOADING', text, node)


def _never_due(tree):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in _SCHEDULE:
            continue
        position, most, keyword, why = _SCHEDULE[node.func.id]
        value = node.args[position] if len(node.args) > position else None
        for word in node.keywords:
            if word.arg == keyword:
                value = word.value
        number = _whole(value)
        if number is not None and (number == 0 or abs(number) > most):
            text = '%s(%s=%d) never falls due: %s; count from 1, or from -1 for the last.' % (node.func.id, keyword, number, why)
            yield _at('error', 'NEVER_DUE', text, node)


def _python2_methods(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _PYTHON2_METHODS:
            now = _PYTHON2_METHODS[node.func.attr]
            text = "a dict of Python 3 has no .%s(): write %s." % (node.func.attr, 'key in d' if now == 'in' else 'd.%s()' % now)
            yield _at('warning', 'PYTHON2_METHOD', text, node)


def _outside_world(tree):
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for root in sorted({name.split('.')[0] for name in names}):
            if root in _NETWORK:
                text = '%s talks to the network: what it does is your own affair, is not recorded, and a replay does it again.' % root
                yield _at('warning', 'NETWORK', text, node)
            elif root in _PROCESSES:
                text = '%s starts processes: they are not recorded, may not call the API, and end with the strategy unless they leave its group.' % root
                yield _at('warning', 'PROCESSES', text, node)


def _outside_functions(tree):
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) or _is_main_guard(node):
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def _is_main_guard(node):
    """`if __name__ == '__main__':` does not run here."""
    return isinstance(node, ast.If) and any(isinstance(part, ast.Name) and part.id == '__name__' for part in ast.walk(node.test))


def _whole(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _whole(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    return None


def _at(level, code, text, node):
    return _finding(level, code, text, node.lineno, node.col_offset + 1)


def _finding(level, code, text, line, column):
    return {'level': level, 'code': code, 'text': text, 'line': line, 'column': column}
