import { cleanLine } from '../platform/exit-text.ts';
import { inLanguage } from '../words/in-language.ts';
import { drawTable, headText, shown, spoken } from './tables.ts';
import { SCREEN_WIDTH, textWidth, wrapLines, wrapText } from './wrap-text.ts';

/** A column that is made narrower keeps that much: the code of a security. */
const NARROWEST = 11;
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
  const texts = shown(rows).map((row) => spoken(head, row));
  return drawTable(head, fitted(head, texts, numbers), numbers, colors);
}

/** The same, with what is said of each row below it. */
export function notedTable(
  head: readonly string[],
  rows: readonly NotedRow[],
  numbers: readonly string[],
  colors: boolean,
): string {
  const said = rows.map(({ cells, note }) => ({ cells: spoken(head, cells), note }));
  return drawNoted(head, said, numbers, colors);
}

/** What `notedTable` makes of cells that are clean and in the reader's language; each may be of several lines. */
export function drawNoted(
  head: readonly string[],
  rows: readonly NotedRow[],
  numbers: readonly string[],
  colors: boolean,
): string {
  const texts = rows.map((row) => row.cells);
  const cells = fitted(head, texts, numbers);
  const lines = rows.flatMap(({ note }, index) => {
    const row = cells[index] ?? [];
    if (note === null || note === '') return [row];
    const content = wrapText(`  ${inLanguage(cleanLine(note, LONGEST_NOTE))}`, SCREEN_WIDTH - AROUND - 1);
    return [row, [{ content, colSpan: head.length }]];
  });
  return drawTable(head, lines, numbers, colors);
}

/** Columns of a terminal that a table takes as it is. */
export function tableWidth(head: readonly string[], rows: readonly (readonly string[])[]): number {
  return widthsOf(head, rows).reduce((sum, width) => sum + width + AROUND, 1);
}

function widthsOf(head: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return head.map((name, column) =>
    rows.reduce((most, row) => Math.max(most, widestLine(row[column] ?? '')), widestLine(headText(name))),
  );
}

function widestLine(cell: string): number {
  return cell.split('\n').reduce((most, line) => Math.max(most, textWidth(line)), 0);
}

function fitted(
  head: readonly string[],
  texts: readonly (readonly string[])[],
  numbers: readonly string[],
): string[][] {
  const widths = widthsOf(head, texts);
  const giving = new Set(head.keys().filter((column) => column > 0 && !numbers.includes(head[column] ?? '')));
  if (giving.size === 0) giving.add(0);
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
  return texts.map((row) => row.map((cell, column) => wrapLines(cell, widths[column] ?? SCREEN_WIDTH)));
}
