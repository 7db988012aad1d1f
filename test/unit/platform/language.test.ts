import { afterEach, describe, expect, test } from 'vitest';
import { checkLanguage, language, readLanguage, speak, useLanguage } from '../../../src/platform/language.ts';

const of = (variables: Record<string, string>, locale = 'en-US'): string =>
  readLanguage(
    (name) => variables[name] ?? null,
    () => locale,
  );

afterEach(() => useLanguage(null));

describe('the language', () => {
  test.each([
    [{ BT_LANG: 'zh', LANG: 'en_US.UTF-8' }, 'zh'],
    [{ BT_LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ BT_LANG: 'en', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_MESSAGES: 'zh_TW', LANG: 'en_US' }, 'zh'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
  ])('is BT_LANG, else the system’s: %j is %s', (variables, expected) => {
    expect(of(variables, 'zh-CN')).toBe(expected);
  });

  test('is as the system shows dates where no variable says one', () => {
    expect([of({}, 'zh-Hans-CN'), of({}, 'fr-FR')]).toEqual(['zh', 'en']);
  });

  test('that BT_LANG names and bt does not speak is refused', () => {
    expect(() => checkLanguage(() => 'fr')).toThrow('BT_LANG is "fr": write zh or en.');
    for (const value of ['zh', 'EN', 'zh-Hans', null]) checkLanguage(() => value);
  });
});

test('words are looked up in the language of the moment, with their places filled', () => {
  const words = speak({ en: { hello: '{who}, hello {who}' }, zh: { hello: '{who}你好{what}' } });
  useLanguage('en');
  expect([language(), words('hello', { who: 'A' })]).toEqual(['en', 'A, hello A']);
  useLanguage('zh');
  expect(words('hello', { who: 1 })).toBe('1你好{what}');
});
