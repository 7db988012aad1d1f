import { pyStr } from '../../../text/python-text.ts';
import { padEnd, padStart, textWidth } from '../../../text/width.ts';
import { isNumeric, missingMask } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { takeColumn } from '../column/take.ts';
import { DATA, NAMES } from '../store.ts';
import type { DataFrame, Index } from '../types.ts';
import {
  alignLeft,
  alignRight,
  cellTexts,
  dots,
  labelTexts,
  levelTexts,
  LINE_WIDTH,
  MOST_COLUMNS,
  shownRows,
  widest,
  withLine,
} from './cells.ts';

export interface FrameTextOptions {
  /** All rows and columns, each row on one line. */
  readonly all?: boolean;
  /** False: without the row labels. */
  readonly index?: boolean;
}

/** pandas' look of a table: right-aligned, the same decimals down a column; wide characters count as two. */
export function frameText(table: DataFrame, options: FrameTextOptions = {}): string {
  if (table.length === 0 || table[NAMES].length === 0) return emptyText(table);
  const all = options.all === true;
  const withIndex = options.index !== false;
  const { rows, gap } = shownRows(table.length, all ? Infinity : undefined);
  const shown = columnsShown(table[NAMES].length, all);
  const head = headLines(table, withIndex);
  const at = gap === null ? null : gap + head;
  const labels = withIndex ? labelColumn(table.index.take(rows), table[NAMES], at) : null;
  const columns = shown.map((c) => columnLines(table, c, { rows, at, head, sign: withIndex, shown }));
  const text = joined(labels, columns, all);
  const cut = gap !== null || shown.includes(-1);
  return cut ? `${text}\n\n[${table.length} rows x ${table[NAMES].length} columns]` : text;
}

function emptyText(table: DataFrame): string {
  const names = table[NAMES].tolist().map(pyStr).join(', ');
  const labels = table.index.nlevels === 1 ? levelTexts(table.index.levels[0] as Column).join(', ') : '';
  return `Empty DataFrame\nColumns: [${names}]\nIndex: [${labels}]`;
}

/** Positions of the columns that are shown; -1 stands for those left out. */
function columnsShown(n: number, all: boolean): number[] {
  const at = Array.from({ length: n }, (_, i) => i);
  const half = MOST_COLUMNS / 2;
  return n > MOST_COLUMNS && !all ? [...at.slice(0, half), -1, ...at.slice(-half)] : at;
}

/** Lines above the first row: the names of the columns, and one for the names of the row labels. */
function headLines({ index, [NAMES]: names }: DataFrame, withIndex: boolean): number {
  return names.nlevels + (withIndex && index.names.some((name) => name !== null) ? 1 : 0);
}

interface Block {
  readonly rows: Int32Array;
  /** Line of the dots. */
  readonly at: number | null;
  readonly head: number;
  readonly sign: boolean;
  readonly shown: readonly number[];
}

function columnLines(table: DataFrame, c: number, { rows, at, head, sign, shown }: Block): string[] {
  const column = table[DATA][c];
  if (column === undefined) {
    const lines = Array.from({ length: rows.length + head }, () => ' ...');
    return withLine(lines, at, ' ...');
  }
  const tops = table[NAMES].levels.map((level) => levelTexts(level, table[NAMES].nlevels > 1));
  const blank = isNumeric(column) && tops.length === 1 ? ' ' : '';
  const names = tops.map(
    (texts, level) => blank + (level < tops.length - 1 && repeats(tops, level, c, shown) ? '' : (texts[c] ?? '')),
  );
  const filler = Array.from({ length: head - names.length }, () => '');
  const lines = alignRight([...names, ...filler, ...cellTexts(takeColumn(column, rows), sign)]);
  const width = textWidth(lines[0] ?? '');
  return withLine(lines, at, padStart(dots(width), width));
}

/** A name of an upper level is written once over neighbours that share it. */
function repeats(tops: readonly (readonly string[])[], level: number, c: number, shown: readonly number[]): boolean {
  const before = shown[shown.indexOf(c) - 1];
  if (before === undefined || before < 0) return false;
  return tops.slice(0, level + 1).every((texts) => texts[c] === texts[before]);
}

/** The row labels, one level beside the other. */
function labelColumn(index: Index, names: Index, at: number | null): string[] {
  const named = index.names.some((name) => name !== null);
  const levels = labelTexts(index).map((texts, level) => {
    const head = named ? [pyStr(index.names[level] ?? ''), ...texts] : texts;
    return alignLeft(head);
  });
  const height = levels[0]?.length ?? 0;
  const lines = Array.from({ length: height }, (_, row) => levels.map((level) => level[row] ?? '').join(' '));
  const top = names.names.map((name) => pyStr(name ?? ''));
  const all = alignLeft([...top, ...lines]);
  const width = textWidth(all[at === null ? 0 : at - 1] ?? '');
  return withLine(all, at, padEnd(dots(width), width));
}

/** Columns beside each other, a blank between; what does not fit into a line goes on below. */
function joined(labels: readonly string[] | null, columns: readonly (readonly string[])[], all: boolean): string {
  const used = labels === null ? 0 : widest(labels) + 1;
  const bins = all ? [columns.length] : binsOf(columns.map(widest), LINE_WIDTH - used);
  const height = columns[0]?.length ?? 0;
  const blocks = bins.map((end, i) => {
    const block = columns.slice(i === 0 ? 0 : bins[i - 1], end);
    const mark = bins.length === 1 ? null : i < bins.length - 1 ? ' \\' : ' ';
    return Array.from({ length: height }, (_, row) => {
      const parts = [...(labels === null ? [] : [labels[row] ?? '']), ...block.map((column) => column[row] ?? '')];
      return parts.join(' ') + (mark === null ? '' : ` ${row === 0 ? mark : mark === ' ' ? ' ' : '  '}`);
    }).join('\n');
  });
  return blocks.join('\n\n');
}

/** Where each line of columns ends: pandas keeps two places for the mark of a line that goes on. */
function binsOf(widths: readonly number[], line: number): number[] {
  const bins: number[] = [];
  let used = 0;
  widths.forEach((width, i) => {
    used += width + 1;
    const mark = i === widths.length - 1 ? 1 : 2;
    if (i > 0 && used + mark > line) {
      bins.push(i);
      used = width + 1;
    }
  });
  return [...bins, widths.length];
}

/** What is in a table: a line a column. */
export function infoText(table: DataFrame): string {
  const names = alignLeft(['Column', ...table[NAMES].tolist().map(String)]);
  const counts = table[DATA].map((column) => missingMask(column).reduce((n, bit) => n + 1 - bit, 0));
  const full = alignLeft(['Non-Null Count', ...counts.map((n) => `${n} non-null`)]);
  const kinds = ['Dtype', ...table[DATA].map((column) => column.kind)];
  const rows = names.map((name, i) => ` ${i === 0 ? '#' : i - 1}   ${name}  ${full[i] ?? ''}  ${kinds[i] ?? ''}`);
  return [`DataFrame: ${table.length} rows x ${table[NAMES].length} columns`, ...rows].join('\n');
}
