import { chinaText } from '../../domain/time.ts';

/** One cell; null = missing, which is an empty cell and never 0. */
export type Cell = string | number | null;

/** A column: its heading for people, its name for programs, and what stands in it. */
export interface Column<Row> {
  readonly title: string;
  readonly name: string;
  readonly of: (row: Row) => Cell;
}

/** Marks UTF-8 for Excel, which takes a file without it for the system's own encoding. */
const BOM = '\uFEFF';

/** RFC 4180, as Excel reads it: a text that Excel would take for a formula gets an apostrophe before it. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  return `${BOM}${lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** The same rows as objects, in the order of the columns. */
export function jsonOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map(({ name, of }) => [name, of(row)])));
  return `${JSON.stringify(objects, null, 1)}\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+@\t\r-]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Shanghai's time; null stays missing. */
export function timeCell(at: number | null): string | null {
  return at === null ? null : chinaText(at);
}

/** CNY to the fen. */
export function moneyCell(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
