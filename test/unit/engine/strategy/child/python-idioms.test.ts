import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { strategyError } from '../../../../../src/engine/strategy/child/thrown.ts';

function messageOf(source: string): string {
  try {
    runInThisContext(`(() => { ${source} })()`);
  } catch (error) {
    return strategyError(error, new Set()).message;
  }
  throw new Error('nothing was thrown');
}

describe('what JavaScript says of a line of Python names what to write', () => {
  test.each([
    ['for (const x of undefined) x;', 'KeyError'],
    ['const [a, b] = undefined; [a, b];', 'KeyError'],
    ['const f = () => {}; for (const x of f()) x;', 'KeyError'],
    ['const d = {}; for (const x of d.missing) x;', 'KeyError'],
    ['const { a } = null; a;', 'KeyError'],
    ['const n = 5; for (const i of n) i;', 'range(n)'],
    ['const d = { a: 1 }; for (const k of d) k;', 'Object.keys(d)'],
    ['const d = { a: 1 }; Math.max(...d);', 'Object.keys(d)'],
    ['const t = { weekday: 1 }; t.weekday();', 't.isoweekday() - 1'],
    ['const d = { a: 1 }; d.items();', 'Object.entries(d)'],
    ['const d = { a: 1 }; d.keys();', 'Object.keys(d)'],
    ['const d = { a: 1 }; d.values();', 'Object.values(d)'],
    ["const d = { a: 1 }; d.get('a', 0);", 'd[key] ?? other'],
    ['const d = {}; d.a.close;', 'has(d, key)'],
    ['const d = {}; d.a.close = 1;', 'has(d, key)'],
    ['const n = 1; n = 2;', 'let'],
  ])('%s', (source, words) => {
    expect(messageOf(source)).toContain(words);
  });

  test.each(['null.x.y.z(', "throw new Error('Cannot read properties of undefined')", 'const f = 1; f();'])(
    'and nothing of what is another matter: %s',
    (source) => {
      expect(messageOf(source)).not.toMatch(/; .*(?:Python|write)/u);
    },
  );
});
