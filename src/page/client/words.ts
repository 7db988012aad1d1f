import { currentSettings } from './settings.ts';
import en from './words/en.json' with { type: 'json' };
import zh from './words/zh.json' with { type: 'json' };

export type Word = keyof typeof en;

const LISTS: Readonly<Record<'en' | 'zh', Readonly<Record<Word, string>>>> = { en, zh };

/** The word in the language of the page, its `{places}` filled. */
export function t(word: Word, places: Readonly<Record<string, string | number>> = {}): string {
  return LISTS[currentSettings().language][word].replaceAll(/\{(\w+)\}/gu, (whole, name: string) =>
    String(places[name] ?? whole),
  );
}

/** A word that is made of a name which another version may know and we do not: the name itself then. */
export function named(group: string, name: string): string {
  const word = `${group}.${name}`;
  return isWord(word) ? t(word) : name;
}

export function isWord(word: string): word is Word {
  return Object.hasOwn(en, word);
}
