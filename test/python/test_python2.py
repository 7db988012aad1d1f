"""python2.py: what Python 2 meant, in Python 3."""
import ast
import os
import sys
import unittest

PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'runtime', 'python')
sys.path.insert(0, PACKAGE)

from bt_python import python2  # noqa: E402

try:
    import warnings

    warnings.simplefilter('ignore')
    import lib2to3  # noqa: F401

    HAS_CONVERTER = True
except ImportError:
    HAS_CONVERTER = False


def run(text):
    told = []
    tree = python2.with_old_division(ast.parse(python2.convert(text, 'x.py')))
    names = {python2.DIVISION: python2.division(told.append, 'x.py')}
    exec(compile(tree, 'x.py', 'exec'), names)
    return names, told


@unittest.skipUnless(HAS_CONVERTER, 'this Python has no lib2to3')
class Converted(unittest.TestCase):
    def test_the_grammar_of_python_2(self):
        source = (
            "d = {'a': 1}\n"
            "print 'x', d\n"
            "try:\n    raise ValueError, 'no'\nexcept ValueError, e:\n    text = str(e)\n"
            "b = d.has_key('a') and 1 <> 2\n"
            "keys = [k for k, v in d.iteritems()]\n"
            "n = 0777 + 10L\n"
            "total = sum(xrange(4))\n"
            "if b:\n\tt = 1\n        u = 2\n"
        )
        names, _ = run(source)
        self.assertEqual((names['text'], names['b'], names['keys'], names['n'], names['total'], names['u']), ('no', True, ['a'], 521, 6, 2))

    def test_lines_stay_where_they_are(self):
        text = python2.convert("x = 1\nprint x\n\n\ndef f():\n    print 'a'\n", 'x.py')
        self.assertEqual([line.strip() for line in text.splitlines()][4:], ['def f():', "print('a')"])

    def test_what_is_neither_is_a_syntax_error_at_its_line(self):
        with self.assertRaises(SyntaxError) as raised:
            python2.convert('x = 1\ny = = 2\n', 'x.py')
        self.assertEqual(raised.exception.lineno, 2)

    def test_two_whole_numbers_divide_as_there_and_it_is_told_once_a_line(self):
        names, told = run('def half(n):\n    return n / 2\na = half(7)\nb = half(-7)\nc = 7 / 2.0\nd = 8\nd /= 3\ne = 6 / 3\n')
        self.assertEqual([names[name] for name in 'abcde'], [3, -4, 3.5, 2, 2])
        self.assertEqual(len(told), 2)
        self.assertIn('x.py:2: 7 / 2 is 3', told[0])

    def test_the_new_division_is_kept_where_it_is_asked_for(self):
        names, told = run('from __future__ import division\na = 7 / 2\n')
        self.assertEqual((names['a'], told), (3.5, []))


class Missing(unittest.TestCase):
    @unittest.skipIf(HAS_CONVERTER, 'this Python has lib2to3')
    def test_a_python_without_converter_says_what_to_do(self):
        with self.assertRaises(python2.NoConverter) as raised:
            python2.convert('print 1\n', 'x.py')
        self.assertIn('--python', str(raised.exception))


if __name__ == '__main__':
    unittest.main(warnings='ignore')
