import { describe, expect, test } from 'vitest';
import { EXCUSES, LESSONS } from './rows.ts';
import type { Lesson } from './rows.ts';
import { allTitles, idsOf, titlesOf } from './titles.ts';
import type { Title } from './titles.ts';

const MAX_EXCUSES = 6;

/** In words: what is wrong with these rows, tests and excuses. */
function gaps(
  rows: readonly Lesson[],
  titles: readonly Title[],
  excuses: readonly { readonly id: string; readonly reason: string }[],
): string[] {
  const known = new Set(rows.map(({ id }) => id));
  const tested = new Set(titles.flatMap(({ text }) => idsOf(text)));
  const excused = new Set(excuses.map(({ id }) => id));
  return [
    ...rows
      .filter(({ id }, index) => rows.findIndex((row) => row.id === id) !== index)
      .map(({ id }) => `${id} is listed twice`),
    ...rows
      .filter(({ id }) => !tested.has(id) && !excused.has(id))
      .map(({ id, area, text }) => `${id} has no test (${area}): ${text}`),
    ...[...excused].filter((id) => tested.has(id)).map((id) => `${id} is excused and has a test`),
    ...[...excused].filter((id) => !known.has(id)).map((id) => `${id} is excused and is no row`),
    ...excuses.filter(({ reason }) => reason.trim().length < 20).map(({ id }) => `${id} is excused without a reason`),
    ...titles.flatMap(({ path, text }) =>
      idsOf(text)
        .filter((id) => !known.has(id))
        .map((id) => `${path}: ${id} is no row`),
    ),
    ...(excuses.length > MAX_EXCUSES ? [`${excuses.length} excuses, ${MAX_EXCUSES} are allowed`] : []),
  ];
}

describe('the lessons', () => {
  test('each has a test that names it, or one of at most six excuses', () => {
    expect(gaps(LESSONS, allTitles(), EXCUSES)).toEqual([]);
  });

  test('are the 18 of the reference, our promises, and the 25 complaints with the further ones', () => {
    const count = (pattern: RegExp): number => LESSONS.filter(({ id }) => pattern.test(id)).length;
    expect([count(/^A4-\d+$/u), count(/^D\d+$/u)]).toEqual([18, 25]);
    expect(LESSONS.filter(({ id }) => idsOf(`${id}: x`)[0] !== id)).toEqual([]);
    expect(LESSONS.filter(({ text }) => text.length < 20 || text.length > 140)).toEqual([]);
  });
});

describe('the count can fail', () => {
  const row = (id: string): Lesson => ({ id, area: 'orders', text: 'a case' });
  const title = (text: string): Title => ({ path: 'a.test.ts', text });
  const reason = 'a reason that is long enough';

  test.each<[string, Parameters<typeof gaps>, string]>([
    ['a row without a test', [[row('D1')], [title('D2 is not D1: no')], []], 'D1 has no test (orders): a case'],
    ['a test of another row', [[row('D1')], [title('D11: x'), title('D1: x')], []], 'a.test.ts: D11 is no row'],
    ['an id that does not stand first', [[row('D1')], [title('as D1: x')], []], 'D1 has no test (orders): a case'],
    [
      'an excuse that is not needed',
      [[row('D1')], [title('D1: x')], [{ id: 'D1', reason }]],
      'D1 is excused and has a test',
    ],
    ['an excuse of nothing', [[], [], [{ id: 'D1', reason }]], 'D1 is excused and is no row'],
    ['an excuse without a reason', [[row('D1')], [], [{ id: 'D1', reason: ' ' }]], 'D1 is excused without a reason'],
    ['a row that is there twice', [[row('D1'), row('D1')], [title('D1: x')], []], 'D1 is listed twice'],
    [
      'seven excuses',
      [
        Array.from({ length: 7 }, (_, i) => row(`D${i + 1}`)),
        [],
        Array.from({ length: 7 }, (_, i) => ({ id: `D${i + 1}`, reason })),
      ],
      '7 excuses, 6 are allowed',
    ],
  ])('on %s', (_name, [rows, titles, excuses], expected) => {
    expect(gaps(rows, titles, excuses)).toEqual([expected]);
  });

  test('every way to write a title is read, and what is skipped is not', () => {
    const source = `
      describe('A4-1/A4-10: both', () => {
        it(\`D1: \${name} is here\`, () => {});
        test.each([1])('D+vnpy#2015: %i', () => {});
        test.each\`a\`("B2: table", () => {});
        it.skip('D3: skipped', () => {});
        test.todo('D4: later');
        other('D5: no test', () => {});
        expect(it).toBe('D6: no test');
      });`;
    const found = titlesOf({ path: 'a.test.ts', text: source });
    expect(found.flatMap(({ text }) => idsOf(text))).toEqual(['A4-1', 'A4-10', 'D1', 'D+vnpy#2015', 'B2']);
  });
});
