import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { apiUses } from '../../../../../src/engine/strategy/check/api-uses.ts';

const NAMES = new Set(['get_price', 'get_ticks', 'order', 'finance', 'log']);
const uses = (source: string): string[] =>
  apiUses(parseSync('main.ts', source), source, NAMES).map(({ name, line, column }) => `${name} ${line}:${column}`);

describe('apiUses', () => {
  test('finds names that are there without an import, each place of them', () => {
    expect(uses(`function f() {\n  order('x', 1);\n  return [get_price, order];\n}`)).toEqual([
      'order 2:3',
      'get_price 3:11',
      'order 3:22',
    ]);
  });

  test('finds imported names, under other names and of the whole module', () => {
    expect(uses(`import { get_price as price } from 'jqdata';\nprice('x');`)).toEqual(['get_price 2:1']);
    expect(uses(`import * as jq from 'bt-live/jqdata';\njq.get_ticks('x'); jq.other;`)).toEqual(['get_ticks 2:1']);
    expect(uses(`import { order as buy } from 'kuanke.user_space_api';\nbuy('x', 1);`)).toEqual(['order 2:1']);
    expect(uses(`import * as jq from 'kuanke/user_space_api';\njq.log;`)).toEqual(['log 2:1']);
    expect(uses(`import jq from 'jqdata';\njq.finance.run_query(1);`)).toEqual(['finance 2:1']);
  });

  test.each([
    ['a variable', `const order = 1; g(order);`],
    ['a function', `function order() {} order();`],
    ['a parameter', `const f = (order: number, [get_price]) => order + get_price;`],
    ['a part of a pattern', `const { a: order, get_price = 1, ...log } = x; g(order, get_price, log);`],
    ['an import from elsewhere', `import { order } from './mine.ts'; order();`],
    ['a caught error', `try { f(); } catch (order) { g(order); }`],
  ])('leaves what the file has under that name itself: %s', (_what, source) => {
    expect(uses(source)).toEqual([]);
  });

  test.each([
    ['a property', `x.order; x?.get_price();`],
    ['a key', `const y = { order: 1, get_price() {} };`],
    ['a type', `let y: typeof get_price; interface order { log: string }`],
    ['a text', `g('order', /get_price/);`],
    ['an import of a type', `import type { order } from 'jqdata'; let y: order;`],
  ])('leaves what is no use of a name: %s', (_what, source) => {
    expect(uses(source)).toEqual([]);
  });

  test('a computed key and a short form are uses', () => {
    expect(uses(`x[order]; const y = { get_price };`)).toEqual(['order 1:3', 'get_price 1:23']);
  });
});
