import { language, type Language } from '../platform/language.ts';
import { ownNames } from '../platform/own-names.ts';
import { readCatalog } from './catalog.ts';
import { Translator } from './translator.ts';

let chinese: Translator | null = null;

/**
 * A text of bt as a person reads it: in the reader's language. To be called where it is shown, and nowhere before: what is kept, compared
 * or sent to a program stays English. What bt has no words for stays as it is, and so do names that the user chose.
 */
export function inLanguage(text: string, wanted: Language = language()): string {
  return wanted === 'en' ? text : translator().translate(text);
}

/** The same of a cell of which it is known that it holds no name: a word that is also somebody's name is ours there. */
export function wordInLanguage(text: string, wanted: Language = language()): string {
  return wanted === 'en' ? text : (translator().word(text) ?? translator().translate(text));
}

function translator(): Translator {
  if (chinese === null) {
    const { texts, words } = readCatalog();
    chinese = new Translator(texts, words, ownNames());
  }
  return chinese;
}
