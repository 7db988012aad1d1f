import { padEnd, padStart, textWidth } from '../../../text/width.ts';

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
