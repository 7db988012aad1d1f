import { chinaText, chinaTimeOfDay } from '../../../../src/domain/time.ts';
import { pyRepr, pyStr } from '../../../text/python-text.ts';
import { padEnd, padStart, textWidth } from '../../../text/width.ts';
import { isMissingValue } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import type { Index } from '../types.ts';

const DIGITS = 6;
/** Texts wider than this (digits, point, sign and all) are written with powers of ten when a number is over a million. */
const WIDEST = DIGITS + 6;

/**
 * The texts of a column's cells as pandas shows them: the same decimals all down. With `sign` every number has a place for
 * its sign and every text a blank before it, which is what stands between the columns of a table.
 */
export function cellTexts(column: Column, sign: boolean): string[] {
  const blank = sign ? ' ' : '';
  switch (column.kind) {
    case 'float64':
      return floatTexts(column.data, blank);
    case 'int64':
      return Array.from(column.data, (value) => (value < 0 ? '' : blank) + String(value + 0));
    case 'bool':
      return Array.from(column.data, (bit) => blank + (bit === 1 ? 'True' : 'False'));
    case 'datetime64[ns]':
      return timeTexts(column.data);
    case 'object':
      return column.data.map((value) => objectText(value, blank));
  }
}

function objectText(value: unknown, blank: string): string {
  if (typeof value === 'number' && Number.isFinite(value)) {
    const text = Number.isInteger(value) ? String(value + 0) : trimmed(value.toFixed(DIGITS));
    return (value < 0 ? '' : blank) + text;
  }
  if (value === undefined || (typeof value === 'number' && Number.isNaN(value))) return `${blank}NaN`;
  return blank + (Array.isArray(value) ? pyRepr(value) : shortened(pyStr(value).replaceAll('\n', '\\n')));
}

const LONGEST = 50;

/** Texts of more than fifty characters end in dots. */
function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length < LONGEST ? text : `${characters.slice(0, LONGEST - 4).join('')}...`;
}

/** Days without a time when all of them are midnights. */
export function timeTexts(data: Float64Array): string[] {
  const days = data.every((ms) => Number.isNaN(ms) || chinaTimeOfDay(ms) === 0);
  return Array.from(data, (ms) => (Number.isNaN(ms) ? 'NaT' : chinaText(ms).slice(0, days ? 10 : 19)));
}

/** At most six decimals, as few as show every number; powers of ten when numbers are too large or too small for that. */
export function floatTexts(data: ArrayLike<number>, blank: string): string[] {
  const values = Array.from(data);
  const write = (as: (value: number) => string): string[] =>
    trimmedTogether(values.map((value) => numberText(value, blank, as)));
  const plain = write((value) => value.toFixed(DIGITS));
  const widest = plain.reduce((most, text) => Math.max(most, text.length), 0);
  const large = widest > WIDEST && values.some((value) => Math.abs(value) > 1e6);
  const small = values.some((value) => Math.abs(value) < 10 ** -DIGITS && value !== 0);
  return large || small || values.some((value) => Number.isFinite(value) && Math.abs(value) >= 1e21)
    ? write(scientific)
    : plain;
}

function scientific(value: number): string {
  return value.toExponential(DIGITS).replace(/e([+-])(\d)$/, 'e$10$2');
}

function numberText(value: number, blank: string, write: (value: number) => string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? `${blank}inf` : '-inf';
  const text = write(value);
  return text.startsWith('-') ? text : blank + text;
}

/** Zeros that every number ends with go, but one digit stays. */
function trimmedTogether(texts: readonly string[]): string[] {
  const isPlain = (text: string): boolean => /^\s*-?\d+\.\d*$/.test(text);
  const numbers = texts.filter(isPlain);
  if (numbers.length === 0) return [...texts];
  const spare = numbers.reduce((least, text) => Math.min(least, /0*$/.exec(text)?.[0].length ?? 0), DIGITS - 1);
  return texts.map((text) => (isPlain(text) && spare > 0 ? text.slice(0, -spare) : text));
}

function trimmed(text: string): string {
  return text.replace(/(\.\d*?[1-9]|\.0)0+$/, '$1');
}

/** Row labels as lines of text, one a level; a label that repeats the one above is left blank but on the last level. */
export function labelTexts(index: Index): string[][] {
  const all = index.levels.map((level) => levelTexts(level, index.nlevels > 1));
  if (all.length < 2) return all;
  return all.map((texts, level) => {
    if (level === all.length - 1) return texts;
    return texts.map((text, row) => (row > 0 && sameAbove(all, level, row) ? '' : text));
  });
}

function sameAbove(all: readonly (readonly string[])[], level: number, row: number): boolean {
  return all.slice(0, level + 1).every((texts) => texts[row] === texts[row - 1]);
}

/** Labels without the place for a sign. A missing one among several levels is NaN. */
export function levelTexts(level: Column, several = false): string[] {
  if (level.kind !== 'object') return cellTexts(level, false);
  return level.data.map((value) => {
    if (value === undefined || (typeof value === 'number' && Number.isNaN(value))) return 'NaN';
    return several && isMissingValue(value) ? 'NaN' : pyStr(value);
  });
}

/** Tables longer than this show their first and last rows only, as pandas does. */
export const MOST_ROWS = 60;
export const EDGE_ROWS = 5;
/** Columns of the terminal that a table may take; wider ones go on below. */
export const LINE_WIDTH = 80;
/** Tables with more columns leave out the middle ones. */
export const MOST_COLUMNS = 20;

export function alignLeft(lines: readonly string[]): string[] {
  const width = widest(lines);
  return lines.map((line) => padEnd(line, width));
}

export function alignRight(lines: readonly string[]): string[] {
  const width = widest(lines);
  return lines.map((line) => padStart(line, width));
}

export function widest(lines: readonly string[]): number {
  return lines.reduce((most, line) => Math.max(most, textWidth(line)), 0);
}

/** Positions of the rows that are shown, and where the dots go (null: all are shown). */
export function shownRows(
  length: number,
  most = MOST_ROWS,
): { readonly rows: Int32Array; readonly gap: number | null } {
  if (length <= most) return { rows: Int32Array.from({ length }, (_, i) => i), gap: null };
  const rows = Int32Array.from({ length: EDGE_ROWS * 2 }, (_, i) => (i < EDGE_ROWS ? i : length - EDGE_ROWS * 2 + i));
  return { rows, gap: EDGE_ROWS };
}

/** Puts a line where rows are left out; `at` counts the lines above the first row too. */
export function withLine(lines: readonly string[], at: number | null, line: string): string[] {
  return at === null ? [...lines] : [...lines.slice(0, at), line, ...lines.slice(at)];
}

/** Dots in the width of the cell above them: two where three would be wider. */
export function dots(width: number): string {
  return width > 3 ? '...' : '..';
}
