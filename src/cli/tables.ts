import Table from 'cli-table3';
import pc from 'picocolors';
import { groupedMoney, signedMoney } from '../domain/number-text.ts';
import { cleanLine } from '../platform/exit-text.ts';
import { inLanguage, wordInLanguage } from '../words/in-language.ts';

/** Rows shown from each end of a long table; `--report` has them all. */
const MOST_ROWS = 50;
// Made once: `toLocaleString` makes one at each call.
/** All decimals there are, at least two. */
const PRICE = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
  useGrouping: false,
});

/** CNY, `-` where it is not known. */
export function money(value: number | null): string {
  return value === null ? '-' : groupedMoney(value);
}

export function signed(value: number): string {
  return signedMoney(value);
}

/** CNY a share, `-` where it is not known. */
export function price(value: number | null): string {
  return value === null ? '-' : PRICE.format(value);
}

/** Cells, or one of them over several columns. */
export type TableRow = readonly (string | { readonly content: string; readonly colSpan: number })[];

/** `numbers`: columns that stand to the right. */
export function table(head: string[], rows: string[][], numbers: readonly string[], colors: boolean): string {
  return drawTable(
    head,
    shown(rows).map((row) => spoken(head, row)),
    numbers,
    colors,
  );
}

/** The head of a column: the glossary writes its terms large. */
export function headText(name: string): string {
  if (name.includes(' ')) return inLanguage(name);
  const term = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const said = inLanguage(term);
  return said === term ? inLanguage(name) : said;
}

/** Columns of names: somebody else chose what stands there. */
const NAMES = new Set([
  'security',
  'name',
  'task',
  'order',
  'instance',
  'strategy',
  'code',
  'setting',
  'account',
  'gateway',
]);

/** A row as it is shown: clean, and what is ours in the reader's language. */
export function spoken(head: readonly string[], row: readonly string[]): string[] {
  return row.map((cell, column) => (NAMES.has(head[column] ?? '') ? cleanLine(cell) : wordInLanguage(cleanLine(cell))));
}

/** What `table` makes of rows that are clean, and as many as are to be shown. */
export function drawTable(
  head: readonly string[],
  rows: readonly TableRow[],
  numbers: readonly string[],
  colors: boolean,
): string {
  // Painted here: the table's own colours follow the environment and not what they are told.
  const { cyan } = pc.createColors(colors);
  const drawn = new Table({
    head: head.map((name) => cyan(headText(name))),
    style: { head: [], border: [], compact: true },
    colAligns: head.map((name) => (numbers.includes(name) ? 'right' : 'left')),
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}

/** A screen is not a ledger: of thousands of rows the ends (drawing 10,000 takes half a minute). */
export function shown(rows: string[][]): string[][] {
  return ends(rows, (left) => (rows[0] ?? []).map((_cell, column) => gapCell(column, left)));
}

/** The same of any rows; `gap` makes the one that stands for those that are left out. */
export function ends<T>(rows: readonly T[], gap: (left: number) => T): T[] {
  if (rows.length <= 2 * MOST_ROWS) return [...rows];
  return [...rows.slice(0, MOST_ROWS), gap(rows.length - 2 * MOST_ROWS), ...rows.slice(-MOST_ROWS)];
}

export function gapCell(column: number, left: number): string {
  return column === 1 ? `… ${left} more` : '…';
}
