import { cleanLine } from '../platform/exit-text.ts';
import { inLanguage } from '../words/in-language.ts';
import { drawTable, headText, shown, spoken } from './tables.ts';
import { textWidth, wrapText } from './wrap-text.ts';

/** A screen of a terminal as most have it, in columns. */
export const SCREEN_WIDTH = 100;
/** A column that is made narrower keeps that much. */
const NARROWEST = 10;
/** A cell's margins and one border. */
const AROUND = 3;
/** A longer sentence of a row is cut; JSON has it whole. */
const LONGEST_NOTE = 500;

/** A row, and what is said of it on lines of its own below it; null = nothing. */
export interface NotedRow {
  readonly cells: readonly string[];
  readonly note: string | null;
}

/** As `table`, and no wider than a screen where that can be: the widest columns that are no numbers break their cells into lines. */
export function fittedTable(head: string[], rows: string[][], numbers: readonly string[], colors: boolean): string {
  return drawTable(head, fitted(head, shown(rows), numbers), numbers, colors);
}

/** The same, with what is said of each row below it. */
export function notedTable(
  head: string[],
  rows: readonly NotedRow[],
  numbers: readonly string[],
  colors: boolean,
): string {
  const cells = fitted(
    head,
    rows.map((row) => row.cells),
    numbers,
  );
  const lines = rows.flatMap(({ note }, index) => {
    const row = cells[index] ?? [];
    if (note === null || note === '') return [row];
    const content = wrapText(`  ${inLanguage(cleanLine(note, LONGEST_NOTE))}`, SCREEN_WIDTH - AROUND - 1);
    return [row, [{ content, colSpan: head.length }]];
  });
  return drawTable(head, lines, numbers, colors);
}

function fitted(head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly string[]): string[][] {
  const texts = rows.map((row) => spoken(head, row));
  const widths = head.map((name, column) =>
    texts.reduce((most, row) => Math.max(most, textWidth(row[column] ?? '')), textWidth(headText(name))),
  );
  const giving = new Set(head.keys().filter((column) => column > 0 && !numbers.includes(head[column] ?? '')));
  let over = widths.reduce((sum, width) => sum + width + AROUND, 1) - SCREEN_WIDTH;
  while (over > 0 && giving.size > 0) {
    const widest = [...giving].reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a));
    const before = widths[widest] ?? 0;
    const after = Math.min(before, Math.max(NARROWEST, before - over));
    widths[widest] = after;
    over -= before - after;
    giving.delete(widest);
    // What a row is called is typed into commands: it is broken last.
    if (giving.size === 0 && widest !== 0) giving.add(0);
  }
  return texts.map((row) => row.map((cell, column) => wrapText(cell, widths[column] ?? SCREEN_WIDTH)));
}
