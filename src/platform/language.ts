import { BtError } from '../domain/errors.ts';
import { environmentVariable } from './env.ts';

/** What bt speaks. */
export type Language = 'en' | 'zh';

export const LANGUAGES: readonly Language[] = ['en', 'zh'];

/** Every word in both languages. */
export type WordList<K extends string> = Readonly<Record<Language, Readonly<Record<K, string>>>>;

let chosen: Language | null = null;

/** The language of what a person reads: BT_LANG, else the system's; English when it is neither. */
export function language(): Language {
  chosen ??= readLanguage(environmentVariable);
  return chosen;
}

/** From now on that one; null = as the environment says. For tests, and for what is told to somebody else. */
export function useLanguage(wanted: Language | null): void {
  chosen = wanted;
}

/** Refuses a BT_LANG that is neither; throws BtError BAD_CONFIG (config). */
export function checkLanguage(read: (name: string) => string | null = environmentVariable): void {
  const asked = read('BT_LANG');
  if (asked === null || languageOf(asked) !== null) return;
  throw new BtError('BAD_CONFIG', `BT_LANG is "${asked}": write zh or en.`, { fault: 'config' });
}

/** By BT_LANG, then as programs of this system are told; where nothing tells, as the system shows dates. */
export function readLanguage(read: (name: string) => string | null, locale: () => string = systemLocale): Language {
  const asked = languageOf(read('BT_LANG') ?? '');
  if (asked !== null) return asked;
  const told = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map(read).find((value) => value !== null);
  return languageOf(told ?? locale()) ?? 'en';
}

/** `zh`, `zh_CN.UTF-8`, `zh-Hans`, `en` …; null = neither. */
function languageOf(text: string): Language | null {
  const [word = ''] = text.toLowerCase().split(/[^a-z]/u);
  return LANGUAGES.find((each) => each === word) ?? null;
}

function systemLocale(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale;
}

/** Looks words up in the language of the moment, their `{places}` filled. */
export function speak<K extends string>(
  list: WordList<K>,
): (word: K, places?: Readonly<Record<string, string | number>>) => string {
  return (word, places = {}) =>
    list[language()][word].replaceAll(/\{(\w+)\}/gu, (whole, name: string) => String(places[name] ?? whole));
}
