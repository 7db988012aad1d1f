"""Scripts of Python 2, when the user asks for it (`--python2`): converted by Python's own lib2to3, with Python 2's division.

The converter is part of Python 3.8 to 3.12; 3.13 has none. `/` of two whole numbers was `//` there: it is so here too, told once a line,
unless the script says `from __future__ import division`.
"""
import ast
import numbers

DIVISION = '__bt_python2_division__'


class NoConverter(Exception):
    """This Python cannot convert; the text says what to do."""


def convert(text, name):
    """The source in Python 3. NoConverter; SyntaxError when it is neither Python 2 nor 3."""
    try:
        from lib2to3 import refactor
        from lib2to3.pgen2 import parse, tokenize
    except ImportError:
        raise NoConverter(
            'this Python has no converter for Python 2 (lib2to3 is part of 3.8 to 3.12): choose one of these with --python, or convert %s with 2to3' % name
        )
    if not text.endswith('\n'):
        text += '\n'
    text = _expanded(text)
    fixers = [one for one in refactor.get_fixers_from_package('lib2to3.fixes') if not one.endswith(('.fix_idioms', '.fix_ws_comma', '.fix_set_literal', '.fix_buffer', '.fix_future'))]
    tool = refactor.RefactoringTool(fixers)
    try:
        return str(tool.refactor_string(text, name))
    except (parse.ParseError, tokenize.TokenError) as error:
        line = error.context[1][0] if isinstance(error, parse.ParseError) and error.context else 1
        raise SyntaxError('neither Python 2 nor Python 3', (name, line, 1, line_of(text, line)))


def _expanded(text):
    """Tabs count 8 there, and may stand beside blanks."""
    lines = []
    for line in text.split('\n'):
        body = line.lstrip(' \t')
        indent = line[: len(line) - len(body)]
        lines.append((indent.expandtabs(8) if '\t' in indent else indent) + body)
    return '\n'.join(lines)


def line_of(text, number):
    """A line by its number, from 1; empty when there is none."""
    lines = text.splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ''


def with_old_division(tree):
    """The tree with each `/` as Python 2 has it; as it is when the script asks for the new one."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == '__future__' and any(alias.name == 'division' for alias in node.names):
            return tree
    return ast.fix_missing_locations(_Division().visit(tree))


class _Division(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        return self._call(node, DIVISION, node.left, node.right) if isinstance(node.op, ast.Div) else node

    def visit_AugAssign(self, node):
        """`x /= y`: whatever x is, it is looked at once more."""
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or not isinstance(node.target, ast.Name):
            return node
        read = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
        value = self._call(node, DIVISION, read, node.value)
        return ast.copy_location(ast.Assign([node.target], value), node)

    @staticmethod
    def _call(node, name, left, right):
        function = ast.copy_location(ast.Name(name, ast.Load()), node)
        line = ast.copy_location(ast.Constant(node.lineno), node)
        return ast.copy_location(ast.Call(function, [left, right, line], []), node)


def division(tell, name):
    """What `/` calls: Python 2's for two whole numbers, told once a line."""
    told = set()

    def divide(left, right, line):
        if _is_whole(left) and _is_whole(right):
            if line not in told and left % right:
                told.add(line)
                tell('%s:%d: %s / %s is %s, as in Python 2; write // if that is meant, else %s / float(%s).' % (name, line, left, right, left // right, left, right))
            return left // right
        return left / right

    return divide


def _is_whole(value):
    return isinstance(value, numbers.Integral) and not hasattr(value, 'dtype')
