import { readdirSync, readFileSync } from 'node:fs';
import { TERMS } from '../domain/words/terms.ts';
import type { Catalog } from './template.ts';

/** Beside the source, and beside the built package: one file for each folder of the source. */
const FOLDER = new URL('./zh/', import.meta.url);
/** The one with texts of a single word. */
const WORDS = 'words.json';

/** English → Chinese: the texts of the source, and its single words. */
export function readCatalog(): { texts: Catalog; words: Catalog } {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== WORDS);
  return {
    texts: new Map(names.flatMap((name) => entriesOf(name))),
    words: new Map([...entriesOf(WORDS), ...termEntries()]),
  };
}

function entriesOf(name: string): [string, string][] {
  return Object.entries(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Record<string, string>);
}

/** The terms of the project, which come before whatever else a word may mean; tables write them small. Of two terms with one English word the first holds. */
function termEntries(): [string, string][] {
  const terms = Object.entries(TERMS.en).map(([id, text]): [string, string] => [
    text,
    Reflect.get(TERMS.zh, id) as string,
  ]);
  const rules = Object.entries(TERMS.zh).flatMap(([id, chinese]): [string, string][] =>
    id.startsWith('rule.') ? [[id.slice('rule.'.length), chinese]] : [],
  );
  return [
    ...rules,
    ...terms.map(([text, chinese]): [string, string] => [text.toLowerCase(), chinese]),
    ...terms,
  ].toReversed();
}
