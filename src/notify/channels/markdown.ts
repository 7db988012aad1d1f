import { inBytes, type Measure } from '../rules/measure.ts';

/** A text whose characters mean nothing in Markdown; lines stay lines. */
export function markdownText(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>#~|]/gu, (letter) => `\\${letter}`)
    .split('\n')
    .join('  \n');
}

/** For HTML of Telegram. */
export function htmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Bytes of what a text becomes. */
export const inMarkdown: Measure = (text) => inBytes(markdownText(text));
