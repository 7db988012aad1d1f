import { writeDocument, writeErr, writeOut } from '../platform/terminal.ts';
import { inLanguage } from '../words/in-language.ts';

// Where a person reads: texts of bt come here in English and leave in the reader's language. JSON goes past it, by writeOut and writeDocument.

/** Lines for standard output. */
export function say(text: string): void {
  writeOut(inLanguage(text));
}

/** Lines for standard error. */
export function sayErr(text: string): void {
  writeErr(inLanguage(text));
}

/** A text of any length for standard output. False: nobody reads it any more. Throws OUTPUT_FAILED. */
export function sayDocument(text: string): Promise<boolean> {
  return writeDocument(inLanguage(text));
}
