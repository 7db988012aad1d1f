import { afterEach, expect, test } from 'vitest';
import { useLanguage } from '../../../src/platform/language.ts';
import { inLanguage } from '../../../src/words/in-language.ts';

afterEach(() => useLanguage(null));

test('who reads English reads what was written', () => {
  useLanguage('en');
  expect(inLanguage('fate unknown')).toBe('fate unknown');
});

test('who reads Chinese reads the words of the glossary', () => {
  useLanguage('zh');
  expect(inLanguage('fate unknown')).toBe('去向不明');
  expect(inLanguage('Total value')).toBe('总资产');
});

test('somebody else may read another language', () => {
  useLanguage('en');
  expect(inLanguage('fate unknown', 'zh')).toBe('去向不明');
});
