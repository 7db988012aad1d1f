import { chinaText, chinaTimeOfDay } from '../../../src/domain/time.ts';
import { pyStr } from '../../text/python-text.ts';
import { padEnd, padStart, textWidth } from '../../text/width.ts';
import type { ColumnData } from './columns.ts';
import { sliceColumn } from './columns.ts';
import type { Index } from './labels.ts';

/** Tables longer than this print their first and last rows only, as pandas does. */
const MOST_ROWS = 60;
const EDGE_ROWS = 5;

/** pandas' look of a table: right-aligned, the same decimals down a column; wide characters count as two. */
export function printFrame(columns: ReadonlyMap<string, ColumnData>, index: Index): string {
  const names = [...columns.keys()];
  if (names.length === 0 || index.length === 0) {
    return `Empty DataFrame\nColumns: [${names.join(', ')}]\nIndex: [${index.texts().join(', ')}]`;
  }
  const short = index.length <= MOST_ROWS;
  const labels = elide(index.texts(), short);
  const lines = [alignLeft(['', ...labels])];
  for (const [name, column] of columns) lines.push(alignRight([name, ...elide(cellTexts(column, short), short)]));
  const rows = labels.map((_, i) =>
    lines
      .map((line) => line[i + 1] ?? '')
      .join('  ')
      .trimEnd(),
  );
  const text = [lines.map((line) => line[0] ?? '').join('  '), ...rows].join('\n');
  return short ? text : `${text}\n\n[${index.length} rows x ${names.length} columns]`;
}

/** pandas' look of a Series: label and cell a line, then the name. */
export function printSeries(column: ColumnData, index: Index, name: string | null): string {
  const short = index.length <= MOST_ROWS;
  const labels = alignLeft(elide(index.texts(), short));
  const cells = alignRight(elide(cellTexts(column, short), short));
  const rows = labels.map((label, i) => `${label}    ${cells[i] ?? ''}`);
  const facts = [...(name === null ? [] : [`Name: ${name}`]), ...(short ? [] : [`Length: ${index.length}`])];
  return [...rows, ...(facts.length === 0 ? [] : [facts.join(', ')])].join('\n');
}

/** Only the rows that will be seen decide the number of decimals. */
function cellTexts(column: ColumnData, short: boolean): string[] {
  if (short) return texts(column);
  const { length } = column.data;
  return [...texts(sliceColumn(column, 0, EDGE_ROWS)), ...texts(sliceColumn(column, length - EDGE_ROWS, length))];
}

function texts(column: ColumnData): string[] {
  if (column.kind === 'object') return column.data.map(pyStr);
  if (column.kind === 'number') return numberTexts(column.data);
  const days = column.data.every((ms) => chinaTimeOfDay(ms) === 0);
  return Array.from(column.data, (ms) => chinaText(ms).slice(0, days ? 10 : 19));
}

/** At most six decimals, as few as show every number of the column, at least one. */
function numberTexts(values: Float64Array): string[] {
  const places = Array.from(values, (value) => {
    if (!Number.isFinite(value)) return 1;
    return Math.max(1, (/\.(\d*?)0*$/.exec(value.toFixed(6))?.[1] ?? '').length);
  });
  const digits = Math.max(1, ...places);
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) return 'NaN';
    if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
    return value.toFixed(digits);
  });
}

/** First and last rows with a line of dots between, when the table is long. */
function elide(lines: readonly string[], short: boolean): string[] {
  return short ? [...lines] : [...lines.slice(0, EDGE_ROWS), '...', ...lines.slice(-EDGE_ROWS)];
}

function alignLeft(lines: readonly string[]): string[] {
  const width = widest(lines);
  return lines.map((line) => padEnd(line, width));
}

function alignRight(lines: readonly string[]): string[] {
  const width = widest(lines);
  return lines.map((line) => padStart(line, width));
}

function widest(lines: readonly string[]): number {
  return lines.reduce((most, line) => Math.max(most, textWidth(line)), 0);
}
