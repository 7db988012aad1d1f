import { describe, expect, test } from 'vitest';
import { compare } from '../../../scripts/words/compare.ts';
import { textsOf } from '../../../scripts/words/extract.ts';

const templates = (text: string): string[] => textsOf({ path: 'x.ts', text }).map(({ template }) => template);

describe('the texts of a file', () => {
  test('are its literals of more than one word, their places numbered', () => {
    expect(templates('throw new BtError("X", `Order ${id} was rejected: ${why}`)')).toEqual([
      'Order {0} was rejected: {1}',
    ]);
  });

  test('are whole where they are put together', () => {
    expect(templates("say('the one ' + name + ' and the other'); say(['first part', second].join(': '))")).toEqual([
      'the one {0} and the other',
      'first part: {0}',
    ]);
  });

  test('are all that a choice inside of one makes of it', () => {
    expect(templates("say(`${n} open ${n === 1 ? 'order' : 'orders'}`)")).toEqual([
      '{0} open order',
      '{0} open orders',
    ]);
  });

  test('are its lines, and the columns of a line', () => {
    expect(templates("say('First line here:\\n  bt live demo.ts   trade it now')")).toEqual([
      'First line here:',
      'trade it now',
    ]);
  });

  test('are those of a place too, by themselves', () => {
    expect(templates('say(`told: ${why(`because of ${this.name}`)}`)')).toEqual(['told: {0}', 'because of {0}']);
  });

  test.each([
    ['a command', "say('bt live {0} --with-stub')"],
    ['SQL', "run('SELECT a FROM b WHERE c = 1')"],
    ['a list of names', "const NAMES = 'open high low'.split(' ')"],
    ['what is compared', "if (text === 'no such thing') stop()"],
    ['a module', "import x from 'some thing'"],
    ['a pattern', "new RegExp('this or that')"],
    ['markup', "say('<p>some words here</p>')"],
    ['a unit', 'say(`${n} ms`)'],
    ['Chinese', "say('平安 bank one')"],
  ])('are not %s', (_what, text) => {
    expect(templates(text)).toEqual([]);
  });
});

describe('the catalogs are held to the source', () => {
  const found = (template: string) => ({ template, path: 'src/cli/x.ts', line: 1 });
  const texts = new Map([['cli', [found('{0} of {1}'), found('no orders')]]]);

  test('by what is missing, and by what is no longer there', () => {
    expect(compare(texts, { cli: { '{0} of {1}': '{1} 的 {0}', 'an old text': '旧' } })).toEqual({
      missing: { cli: ['no orders'] },
      orphans: { cli: ['an old text'] },
      unequal: {},
    });
  });

  test('by their places, and by being there at all', () => {
    const { unequal } = compare(texts, { cli: { '{0} of {1}': '{1} 的', 'no orders': ' ' } });
    expect(unequal).toEqual({ cli: ['{0} of {1}', 'no orders'] });
  });
});
