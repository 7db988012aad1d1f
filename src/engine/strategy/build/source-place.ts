import { isAbsolute, relative, sep } from 'node:path';

/** A file as its author would name it: relative to the working directory when it lies inside, else absolute. */
export function displayPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? file : path;
}

/** A place in a source file; line and column count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly lineText: string;
}

/** `file:line:column: text`, the line, and a caret under the place. */
export function pointAt(place: SourcePlace, text: string): string {
  const head = `${displayPath(place.file)}:${place.line}:${place.column}: ${text}`;
  if (place.lineText.trim() === '') return head;
  const before = place.lineText.slice(0, place.column - 1).replaceAll(/[^\t]/gu, (char) => (isWide(char) ? '  ' : ' '));
  return `${head}\n  ${place.lineText}\n  ${before}^`;
}

/** Chinese characters and full-width signs take two columns of a terminal. */
function isWide(char: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(char);
}
