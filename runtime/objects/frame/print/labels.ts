import { pyStr } from '../../../text/python-text.ts';
import { isMissingValue } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import type { Index } from '../types.ts';
import { cellTexts } from './cells.ts';

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
