import type { Bars } from '../../domain/trading.ts';

/** Columns by name, all of the length of `time`; NaN = missing. */
export interface BarTable {
  readonly time: Float64Array;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** The rows at these positions, in that order. */
export function takeRows(table: BarTable, rows: readonly number[]): BarTable {
  const pick = (column: Float64Array): Float64Array => picked(column, rows);
  return { time: pick(table.time), columns: mapColumns(table.columns, pick) };
}

/** A loop: Float64Array.from with a function takes several times as long, and a year of a market is a million rows. */
function picked(column: Float64Array, rows: readonly number[]): Float64Array {
  const values = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) values[at] = column[rows[at] ?? -1] ?? Number.NaN;
  return values;
}

/** The same rows with these columns in place of its own. */
export function withColumns(table: BarTable, columns: Readonly<Record<string, Float64Array>>): BarTable {
  return { time: table.time, columns: { ...table.columns, ...columns } };
}

/** The rows with one more after them; `value`: what it has of a column. */
export function withRow(table: BarTable, label: number, value: (name: string) => number): BarTable {
  const columns = Object.entries(table.columns).map(([name, column]): [string, Float64Array] => [
    name,
    Float64Array.of(...column, value(name)),
  ]);
  return { time: Float64Array.of(...table.time, label), columns: Object.fromEntries(columns) };
}

/** The last `count` rows. */
export function lastRows(table: BarTable, count: number): BarTable {
  const from = Math.max(0, table.time.length - count);
  return { time: table.time.slice(from), columns: mapColumns(table.columns, (column) => column.slice(from)) };
}

/** Rows `from` … `to` − 1 that become one, under this label. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly label: number;
}

/** What several rows have in common; limits and averages of a window are none of these. */
const COMBINED = ['open', 'close', 'high', 'low', 'volume', 'money', 'paused', 'factor', 'open_interest'];

/** One row for each span. */
export function combineRows(table: BarTable, spans: readonly Span[]): BarTable {
  const names = COMBINED.filter((name) => name in table.columns);
  const columns = names.map((name): [string, Float64Array] => {
    const column = table.columns[name] ?? new Float64Array(0);
    return [name, Float64Array.from(spans, ({ from, to }) => combine(name, column, from, to))];
  });
  return { time: Float64Array.from(spans, ({ label }) => label), columns: Object.fromEntries(columns) };
}

/** The rows of `table` at these labels, ascending; where it has none everything is missing. */
export function rowsAt(table: BarTable, labels: Float64Array): BarTable {
  const known = new Map(Array.from(table.time, (time, row): [number, number] => [time, row]));
  const rows = Array.from(labels, (label) => known.get(label) ?? -1);
  return { time: labels, columns: mapColumns(table.columns, (column) => picked(column, rows)) };
}

/** What one row has of a column in place of several. Missing values count for nothing; of nothing else comes one. */
function combine(name: string, column: Float64Array, from: number, to: number): number {
  switch (name) {
    case 'open':
      for (let row = from; row < to; row += 1) if (!isMissing(column, row)) return column[row] ?? Number.NaN;
      return Number.NaN;
    case 'high':
      return folded(column, from, to, Math.max);
    case 'low':
    case 'paused': // a window is suspended when all of it is
      return folded(column, from, to, Math.min);
    case 'volume':
    case 'money':
      return folded(column, from, to, (sum, value) => sum + value);
    default:
      for (let row = to - 1; row >= from; row -= 1) if (!isMissing(column, row)) return column[row] ?? Number.NaN;
      return Number.NaN;
  }
}

function isMissing(column: Float64Array, row: number): boolean {
  return Number.isNaN(column[row] ?? Number.NaN);
}

/** Without a copy: a year of minutes has thousands of windows. */
function folded(
  column: Float64Array,
  from: number,
  to: number,
  join: (before: number, value: number) => number,
): number {
  let result = Number.NaN;
  for (let row = from; row < to; row += 1) {
    const value = column[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    result = Number.isNaN(result) ? value : join(result, value);
  }
  return result;
}

const MADE: ReadonlySet<string> = new Set(['avg', 'pre_close', 'paused']);

/** Whether a field is made out of others where no source has it, by `selectColumns` or the reader of a history. */
export function isMade(field: string): boolean {
  return MADE.has(field);
}

/** The columns asked for; what the venue does not send is derived where that is exact, else NaN. */
export function selectColumns(bars: Bars | BarTable, fields: readonly string[]): Record<string, Float64Array> {
  return Object.fromEntries(fields.map((field) => [field, column(bars, field)]));
}

function column(bars: BarTable, field: string): Float64Array {
  const given = bars.columns[field];
  if (given !== undefined) return given;
  const { length } = bars.time;
  const at = (name: string, row: number): number => bars.columns[name]?.[row] ?? Number.NaN;
  switch (field) {
    case 'avg':
      return Float64Array.from({ length }, (_, row) =>
        at('volume', row) === 0 ? at('close', row) : at('money', row) / at('volume', row),
      );
    case 'pre_close':
      return Float64Array.from({ length }, (_, row) => at('close', row - 1));
    default:
      return new Float64Array(length).fill(Number.NaN);
  }
}

function mapColumns(
  columns: Readonly<Record<string, Float64Array>>,
  change: (column: Float64Array) => Float64Array,
): Record<string, Float64Array> {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, change(values)]));
}
