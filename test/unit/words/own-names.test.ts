import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { forgetOwnNames, keepOwnName } from '../../../src/platform/own-names.ts';
import { readCatalog } from '../../../src/words/catalog.ts';
import { inLanguage, wordInLanguage } from '../../../src/words/in-language.ts';

const { texts, words } = readCatalog();
/** Names that are words of ours too. */
const NAMES = [...words.keys()].filter((word) => /^[a-z]{3,}$/u.test(word) && word !== 'buy' && word !== 'sell');

afterEach(forgetOwnNames);
const zh = (text: string): string => inLanguage(text, 'zh');

describe('a name that the user chose', () => {
  test('stays where it stands for a task or a strategy', () => {
    for (const name of ['buy', 'open', 'sell']) keepOwnName(name);
    expect(zh('runs buy since 09:31:00')).toBe('正在执行 buy，自 09:31:00 起');
    expect(zh('buy (daily 09:31) failed: no quote')).toContain('buy (daily 09:31)');
    expect(zh('buy on qmt-remote: 2026-07-06 09:25:00 to 2026-07-06 09:40:00')).toMatch(/^buy（/u);
    expect(zh('There is no instance "open": there are buy, sell.')).toBe('没有实例 "open"：现有 buy, sell。');
  });

  test('is a side before an amount, and in a column of sides', () => {
    keepOwnName('buy');
    expect(zh('buy 250 of 500 600000.XSHG')).toBe('买入 250（共 500）600000.XSHG');
    expect(wordInLanguage('buy', 'zh')).toBe('买入');
  });

  test('is known from when it is told', () => {
    expect(zh('runs buy since 09:31:00')).toContain('买入');
    keepOwnName('buy');
    expect(zh('runs buy since 09:31:00')).toContain('buy');
  });

  test('stays in every text of ours, and figures with it, whatever they are', () => {
    const figure = fc.oneof(
      fc.integer({ min: 0, max: 9_999_999 }).map((n) => n.toLocaleString('en-US')),
      fc.double({ min: 0, max: 9_999, noNaN: true }).map((n) => n.toFixed(2)),
      fc.integer({ min: 0, max: 86_399 }).map((n) => new Date(n * 1000).toISOString().slice(11, 19)),
      fc.integer({ min: 0, max: 999_999 }).map((n) => `${String(n).padStart(6, '0')}.XSHG`),
    );
    const value = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...NAMES) }, { weight: 2, arbitrary: figure });
    // Side by side, or with a mere point between, one place is not told from the other.
    const keys = [...texts.keys()].filter((key) => /\{0\}/u.test(key) && !/\}\.?\{/u.test(key));
    const lost: string[] = [];
    fc.assert(
      fc.property(fc.array(value, { minLength: 16, maxLength: 16 }), (values) => {
        for (const name of values) if (NAMES.includes(name)) keepOwnName(name);
        for (const key of keys) {
          const used = [...key.matchAll(/\{(\d+)\}/gu)].map(([, at]) => values[Number(at)] ?? '');
          const said = zh(key.replaceAll(/\{(\d+)\}/gu, (_place, at) => values[Number(at)] ?? ''));
          for (const one of used) if (!said.includes(one)) lost.push(`${key} | ${one} | ${said}`);
        }
      }),
      { numRuns: 5 },
    );
    expect(lost).toEqual([]);
  });
});
