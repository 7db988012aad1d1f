import { language, type Language } from '../platform/language.ts';
import { readCatalog } from './catalog.ts';
import { Translator } from './translator.ts';

let chinese: Translator | null = null;

/**
 * A text of bt as a person reads it: in the reader's language. To be called where it is shown, and nowhere before: what is kept, compared
 * or sent to a program stays English. What bt has no words for stays as it is.
 */
export function inLanguage(text: string, wanted: Language = language()): string {
  if (wanted === 'en') return text;
  if (chinese === null) {
    const { texts, words } = readCatalog();
    chinese = new Translator(texts, words);
  }
  return chinese.translate(text);
}
