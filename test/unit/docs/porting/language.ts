import { expect } from 'vitest';
import { libraryOf } from '../../../../runtime/libraries/names.ts';
import { scopeOf, valueOf } from './case.ts';
import type { Case } from './case.ts';

/** Python's language and builtins. */
export const LANGUAGE: Readonly<Record<string, Case>> = {
  'in-list': {
    here: { "has(pool, 'c9')": true, "pool.includes('c8')": false },
    found: ['IN_LIST', "const pool = ['a']; log.info('a' in pool);"],
  },
  'in-set': {
    here: { "const seen = new Set(['a']); return [seen.has('a'), has(seen, 'b')]": [true, false] },
    found: ['IN_SET', "const seen = new Set(['a']); log.info('a' in seen);"],
  },
  'in-text': { here: { "name.includes('ST')": true }, throws: ['TypeError', "'ST' in name"] },
  'in-dict': {
    here: {
      'A in context.portfolio.positions': true,
      "'000002.XSHE' in context.portfolio.positions": false,
      "'k' in { k: 1 }": true,
    },
  },
  truth: {
    here: { 'pool.length === 0': false, 'len(pool) > 0': true },
    found: ['TRUTH_OF_LIST', 'const pool = []; if (!pool) log.info(1);'],
  },
  tuple: {
    here: { '[1, 2]': [1, 2], 'const [a, b] = [1, 2]; return b': 2 },
    found: ['COMMA_EXPRESSION', 'function f(a, b) { return a, b; } f(1, 2);'],
  },
  'list-compared': {
    here: {
      'sorted([[10, 1], [2, 10]])': [
        [2, 10],
        [10, 1],
      ],
      '[[10, 1], [2, 10]].sort()': [
        [2, 10],
        [10, 1],
      ],
    },
    throws: ['BAD_OPERATOR', '[2, 10] < [10, 1]'],
  },
  'computed-index': { here: { 'pool.at(0 - 1)': 'c9' }, untold: ['pool[len(pool) + 7]', undefined] },
  'dict-truth': {
    here: { 'len(get_open_orders()) > 0': false, 'len({}) > 0': false },
    found: ['TRUTH_OF_LIST', 'const open = get_open_orders(); if (!open) log.info(1);'],
  },
  'dict-length': {
    here: { 'len({ a: 1 })': 1, 'const seen = set([1, 1]); return seen.size': 1 },
    found: ['LENGTH_OF_SET', 'const seen = new Set([1]); log.info(seen.length);'],
  },
  'map-entry': {
    here: { "const m = new Map(); m.set('k', 1); return m.get('k')": 1 },
    found: ['BRACKETS_OF_MAP', "const m = new Map(); m['k'] = 1;"],
  },
  del: {
    here: { 'pool.pop(0); return pool': ['c9'], "df.pop('a'); return has(df, 'a')": false },
    found: ['DELETED_ITEM', 'const pool = [1, 2]; delete pool[0];'],
  },
  'not-before': {
    here: { '!(1 === 2)': true },
    found: ['NOT_BEFORE_COMPARISON', 'const x = 1; if (!x === 2) log.info(1);'],
  },
  'text-times': { here: { "'='.repeat(3)": '===' }, found: ['CALCULATED_TEXT', "log.info('=' * 50);"] },
  'text-split': { here: { "'a b  c '.split()": ['a', 'b', 'c'], "''.split()": [], "'a,b'.split(',')": ['a', 'b'] } },
  'split-limit': {
    here: { "'a,b,c'.partition(',')": ['a', ',', 'b,c'], "'a'.partition(',')": ['a', '', ''] },
    found: ['SPLIT_LIMIT', "log.info(g.text.split(',', 1));"],
  },
  'replace-text': {
    here: { "'1,2,3'.replaceAll(',', '')": '123' },
    found: ['REPLACED_ONCE', "log.info(g.text.replace(',', ''));"],
  },
  'none-number': { here: { 'null == null': true }, untold: ['((x) => [x + 1, x < 1])(null)', [1, true]] },
  'zero-division': { here: { '((b) => b === 0)(0)': true }, untold: ['((b) => 1 / b)(0)', Infinity] },
  'nan-truth': { here: { 'Number.isNaN(NaN)': true }, untold: ['((x) => (x ? 1 : 2))(NaN)', 2] },
  'negative-index': {
    here: { 'pool.at(-1)': 'c9' },
    found: ['NEGATIVE_INDEX', 'const pool = [1]; log.info(pool[-1]);'],
  },
  slice: { here: { 'pool.slice(0, 1)': ['c10'] }, throws: ['SyntaxError', 'pool[0:1]'] },
  'list-sum': {
    here: { "[...pool, ...['c8']]": ['c10', 'c9', 'c8'], "pool.extend(['c8']); return pool": ['c10', 'c9', 'c8'] },
    found: ['SUM_OF_LISTS', 'const pool = [1]; log.info(pool + [2]);'],
  },
  'list-repeat': { here: { 'Array(2).fill(0)': [0, 0] }, found: ['REPEATED_LIST', 'log.info([0] * 2);'] },
  append: {
    here: {
      "pool.append('c8'); pool.remove('c9'); pool.insert(0, 'c7'); pool.extend(['c6']); return pool": [
        'c7',
        'c10',
        'c8',
        'c6',
      ],
      "[pool.index('c9'), pool.count('c9'), pool.copy()]": [1, 1, ['c10', 'c9']],
    },
    also: () => {
      expect(() => valueOf("pool.remove('c8')", scopeOf().names)).toThrow('ask has(list, x) first');
    },
  },
  'pop-first': {
    here: { 'pool.pop(0)': 'c10', 'pool.shift()': 'c10', 'pool.pop()': 'c9', 'pool.pop(-2); return pool': ['c9'] },
  },
  'list-equal': {
    here: { "String(pool) === String(['c10', 'c9'])": true },
    found: ['SAME_LIST', 'const a = [1]; log.info(a === [1]);'],
  },
  sort: {
    here: {
      'const x = [10, 9, 100]; x.sort(); return x': [9, 10, 100],
      'sorted([10, 9, 100])': [9, 10, 100],
      "const x = ['b', 'aa']; x.sort({ key: len, reverse: true }); return x": ['aa', 'b'],
      '[10, 9].sort((a, b) => b - a)': [10, 9],
    },
  },
  sorted: {
    here: { 'sorted(pool, { key: (x) => x.length, reverse: true })': ['c10', 'c9'] },
    found: ['KEYWORD_ARGUMENT', 'log.info(sorted(pool, reverse=true));'],
  },
  'sorted-key': {
    here: { "const d = new Map([['a', 2], ['b', 1]]); return sorted(d.keys(), { key: (x) => d.get(x) })": ['b', 'a'] },
    found: ['UNBOUND_METHOD', 'const d = new Map(); log.info(sorted(d.keys(), { key: d.get }));'],
  },
  sets: {
    here: { 'const [a, b] = [new Set([1, 2]), new Set([2])]; return [...a.intersection(b)]': [2] },
    found: ['SET_OPERATOR', 'const a = new Set([1]); const b = new Set([2]); log.info(a & b);'],
  },
  'for-list': {
    here: { 'const seen = []; for (const x of pool) seen.push(x); return seen': ['c10', 'c9'] },
    found: ['FOR_IN_LIST', 'const pool = [1]; for (const x in pool) log.info(x);'],
  },
  'for-dict': {
    here: {
      'const seen = []; for (const code of context.portfolio.positions) seen.push(code); return seen': [
        '000001.XSHE',
        '600000.XSHG',
      ],
    },
  },
  items: {
    here: {
      'const seen = []; for (const [k, v] of Object.entries({ a: 1 })) seen.push(k, v); return seen': ['a', 1],
      'context.portfolio.positions.items().map(([code, p]) => [code, p.total_amount])': [
        ['000001.XSHE', 800],
        ['600000.XSHG', 800],
      ],
    },
    throws: ['TypeError', '({ a: 1 }).items()'],
  },
  'text-methods': {
    here: {
      "A.startswith(['688', '000'])": true,
      "' x '.strip().upper() + '-'.join(pool)": 'Xc10-c9',
      "'7'.zfill(3)": '007',
    },
  },
  'number-keys': {
    here: { '[...new Map([[600000, 1], [1, 2]]).keys()]': [600000, 1] },
    untold: ['Object.keys({ 600000: 1, 1: 2 })', ['1', '600000']],
  },
  'missing-key': {
    here: { "const d = { a: 1 }; return d['x'] ?? 0": 0 },
    untold: ["const d = { a: 1 }; return d['x']", undefined],
  },
  keywords: {
    here: { "run_daily(task, { time: '9:35' }); return host.tasks[0].time": '9:35' },
    found: ['KEYWORD_ARGUMENT', "run_daily(task, time='9:35');"],
  },
  builtins: {
    here: {
      'range(3)': [0, 1, 2],
      "int('7') + int(2.9)": 9,
      'max(pool, { key: len }) + str(sum([1, 2]))': 'c103',
      'zip([1, 2], pool)': [
        [1, 'c10'],
        [2, 'c9'],
      ],
      'isinstance(pool, list) && all(map((x) => len(x) > 1, pool))': true,
    },
  },
  len: { here: { 'len(pool)': 2, 'len(df)': 3, 'len(context.portfolio.positions)': 2 } },
  none: {
    here: { 'const x = order(A, 0); return x == null': true },
    found: ['UNDEFINED_NAME', 'if (g.x === None) log.info(1);'],
  },
  undeclared: { here: { 'let n = 1; n += 1; return n': 2 }, found: ['UNDEFINED_NAME', 'n = 1;'] },
  'bound-in-block': {
    here: { 'let n = 0; if (pool.length > 1) { n = 1; } return n': 1 },
    throws: ['ReferenceError', 'if (pool.length > 1) { const n = 1; } return n'],
  },
  chained: {
    here: { 'const z = 2; return -1 <= z && z <= 1': false },
    found: ['CHAINED_COMPARISON', 'const z = 2; log.info(-1 <= z <= 1);'],
  },
  'floor-division': {
    here: { 'Math.floor(1050 / 100)': 10, 'floordiv(-7, 2)': -4 },
    found: ['FLOOR_DIVISION', 'const a = 1050; const n = a // 100'],
  },
  modulo: { here: { 'mod(-7, 3)': 2 }, untold: ['-7 % 3', -1] },
  round: { here: { 'round(2.5)': 2, 'round(2.675, 2)': 2.67 } },
  percent: {
    here: { "fmt('%s %.2f %d%%', A, 1.239, 5)": '000001.XSHE 1.24 5%' },
    found: ['PERCENT_FORMAT', "log.info('%.2f' % 1.5);"],
  },
  format: {
    here: {
      "'{} {:.2f}'.format(A, 1.239)": '000001.XSHE 1.24',
      "fmt('{:.2%} {:>6,.0f}', 0.1239, 1234.5)": '12.39%  1,234',
      "format(0.1239, '.1%')": '12.4%',
    },
  },
  print: {
    here: {
      "log.info([1, 'a'], { k: null }, true); print('%.1f', 2); return host.texts()": [
        "[1, 'a'] {'k': None} True",
        '%.1f 2',
      ],
      "log.warn('%s: %.2f', A, 1.5); return host.texts('warning')": ['000001.XSHE: 1.50'],
    },
  },
  'dict-in-text': {
    here: { "'at ' + str({ a: 1 })": "at {'a': 1}" },
    found: ['TEXT_OF_OBJECT', "const d = { a: 1 }; log.info('at ' + d);"],
  },
  misspelt: {
    here: { 'context.portfolio.available_cash': 80_000 },
    throws: ['ATTRIBUTE_ERROR', 'context.portfolio.avaliable_cash'],
  },
  numpy: {
    here: {
      'np.mean([1, 2, 3])': 2,
      'np.log(1)': 0,
      'np.array([1, 2]).mul(2).tolist()': [2, 4],
      'np.polyfit([0, 1], [1, 3], 1)[0]': 2,
    },
  },
  'numpy-missing': {
    here: { 'np.array(map((x) => x * 2, [1, 2])).sum()': 6 },
    found: ['UNDEFINED_NAME', 'log.info(np.vectorize(1));'],
  },
  'python-imports': {
    throws: ['SyntaxError', 'return (import numpy as np)'],
    also: () => {
      expect([libraryOf('numpy'), libraryOf('datetime'), libraryOf('json')]).toEqual(['numpy', 'datetime', null]);
    },
  },
  math: { here: { 'math.pow(2, 3)': 8, 'math.exp(0)': 1 } },
  'math-domain': {
    here: { 'Number.isNaN(Math.sqrt(-1))': true },
    throws: ['VALUE_ERROR', 'math.sqrt(-1)'],
  },
};
