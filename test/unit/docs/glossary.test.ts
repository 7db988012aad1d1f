import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TERMS } from '../../../src/domain/words/terms.ts';
import en from '../../../src/page/client/words/en.json' with { type: 'json' };
import zh from '../../../src/page/client/words/zh.json' with { type: 'json' };

/** The rows of a document's tables: id, English, Chinese. */
function rowsOf(name: string): string[][] {
  const text = readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^\| `([\w.]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gmu)].map((row) => row.slice(1, 4));
}

describe('one thing has one word', () => {
  test.each(['glossary.md', 'glossary.zh-CN.md'])('%s has every term, in both languages', (name) => {
    const terms = Object.entries(TERMS.en).map(([id, text]) => [id, text, String(Reflect.get(TERMS.zh, id))]);
    const byId = (rows: string[][]): string[][] => rows.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
    expect(byId(rowsOf(name))).toEqual(byId(terms));
  });

  test.each([
    ['en', en],
    ['zh', zh],
  ] as const)('the page speaks as everything else does (%s)', (language, words: Readonly<Record<string, string>>) => {
    const other = Object.entries(TERMS[language]).filter(([id, text]) => id in words && words[id] !== text);
    expect(other).toEqual([]);
    expect(Object.keys(TERMS[language]).filter((id) => id in words).length).toBeGreaterThan(80);
  });

  test.each(['en', 'zh'] as const)('no two limits are called the same (%s)', (language) => {
    const rules = Object.entries(TERMS[language]).filter(([id]) => id.startsWith('rule.'));
    expect(new Set(rules.map(([, text]) => text)).size).toBe(rules.length);
  });
});
