import { describe, expect, it } from 'vitest';
import { pythonIn } from '../../../../../src/engine/strategy/check/python-syntax.ts';

const forms = (source: string): string[] => pythonIn(source).map(({ text }) => text);

describe('a form of Python', () => {
  it.each([
    ['def trade(context):', 'def f(x)'],
    ['class A(object):', 'class C:'],
    ['    elif x > 1:', 'elif'],
    ['if x > 1:', 'if x:'],
    ['if x: return', 'if x:'],
    ['else:', 'else:'],
    ['while True:', 'while x:'],
    ['for s in g.stocks:', 'for x in list:'],
    ['for k, v in d.items():', 'for x in list:'],
    ['except Exception as e:', 'try:'],
    ['    pass', 'pass'],
    ['raise ValueError("x")', 'raise X'],
    ['global counter', 'global x'],
    ['del d["x"]', 'del x'],
    ['from jqdata import *', 'from jqdata import *'],
    ['from kuanke.wizard import *', 'from jqdata import *'],
    ['import numpy as np', "import of Python's"],
    ['from datetime import timedelta', "import of Python's"],
    ['x = y[1:3]', 'x[1:3]'],
    ['x = y[:-1]', 'x[1:3]'],
    ['x = f(y)[-5:]', 'x[1:3]'],
    ['x = [s for s in pool if s]', '[f(x) for x in list if c]'],
    ['x = {k: 1 for k in pool}', '[f(x) for x in list if c]'],
    ['x = 1 if y else 2', 'a if c else b'],
    ['f = lambda x: x + 1', 'lambda'],
    ['ok = s not in pool', 'x not in list'],
    ['ok = not done', 'not x'],
    ['ok = a and b', 'and, or'],
    ['ok = x is not None', 'x is None'],
    ['x = None', 'None, True, False'],
    ['# a comment', '# …'],
    ['#注释', '# …'],
    ['x = 1  # why', '# …'],
    ["log.info(f'{x} bought')", "f'{x"],
    ['"""what it does"""', '"""'],
    ["print 'x'", 'print x'],
  ])('%s', (source, form) => {
    expect(forms(`${source}\n`).some((text) => text.startsWith(form))).toBe(true);
  });

  it('has the lines in which it is, and the place of the first', () => {
    expect(pythonIn('x\n  # one\ny\n# two\n')).toMatchObject([{ lines: [2, 4], column: 3 }]);
  });

  it('goes with what is often written beside it, which alone says nothing', () => {
    expect(forms("run_daily(f, time='9:35')\n")).toEqual([]);
    expect(forms("run_daily(f, time='9:35')\nx = None\n")).toHaveLength(2);
    expect(forms('a, b = f()\ndef g():\n')).toHaveLength(2);
  });
});

describe('TypeScript with a mistake in it is none', () => {
  it.each([
    'const price = ;',
    'function f(a = 1) { if (a) {',
    'class A { #x = 1; m() { return this.#x; }',
    'type T = { [key: string]: number }; const t: T = {',
    'const x = `not # and ${a} or None`; // None and True',
    '/* def f(x): */ const s = "for x in y: pass"; (',
    'switch (x) { case 1: a(); default: b(); ',
    'const y = a ? b : c; for (const x of y) { for (const k in y) {',
    "import { order } from 'jqdata'; import fs from 'node:fs'; (",
    'const f = (x: number): x is 5 => x === 5; {',
    "log.info('%s # %d', x); const url = 'http://a#b'; (",
    'const o = { a: 1, if: 2, else: 3 }; (',
  ])('%s', (source) => {
    expect(forms(`${source}\n`)).toEqual([]);
  });
});
