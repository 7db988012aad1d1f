import type { Bars } from '../../domain/trading.ts';

/** Columns by name, all of the length of `time`; NaN = missing. */
export interface BarTable {
  readonly time: Float64Array;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** The rows at these positions, in that order. */
export function takeRows(table: BarTable, rows: readonly number[]): BarTable {
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] ?? Number.NaN);
  return { time: pick(table.time), columns: mapColumns(table.columns, pick) };
}

/** The same rows with these columns in place of its own. */
export function withColumns(table: BarTable, columns: Readonly<Record<string, Float64Array>>): BarTable {
  return { time: table.time, columns: { ...table.columns, ...columns } };
}

/** The last `count` rows. */
export function lastRows(table: BarTable, count: number): BarTable {
  const from = Math.max(0, table.time.length - count);
  return { time: table.time.slice(from), columns: mapColumns(table.columns, (column) => column.slice(from)) };
}

/**
 * Windows of `size` bars ending at the last one (JoinQuant: rolling, not aligned to the clock); an incomplete first window
 * is left out. Labelled by the last bar of the window.
 */
export function aggregateRows(table: BarTable, size: number): BarTable {
  if (size === 1) return table;
  const windows = Math.floor(table.time.length / size);
  const offset = table.time.length - windows * size;
  const build = (name: string): Float64Array => {
    const column = table.columns[name] ?? new Float64Array(table.time.length).fill(Number.NaN);
    return Float64Array.from({ length: windows }, (_, index) => combine(name, column, offset + index * size, size));
  };
  const names = ['open', 'close', 'high', 'low', 'volume', 'money', ...('paused' in table.columns ? ['paused'] : [])];
  const columns = Object.fromEntries(names.map((name) => [name, build(name)]));
  return {
    time: Float64Array.from(
      { length: windows },
      (_, index) => table.time[offset + (index + 1) * size - 1] ?? Number.NaN,
    ),
    columns,
  };
}

function combine(name: string, column: Float64Array, from: number, size: number): number {
  const values = column.subarray(from, from + size).filter((value) => !Number.isNaN(value));
  if (values.length === 0) return Number.NaN;
  switch (name) {
    case 'open':
      return values[0] ?? Number.NaN;
    case 'high':
      return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    case 'low':
    case 'paused': // a window is suspended when all of it is
      return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    case 'volume':
    case 'money':
      return values.reduce((sum, value) => sum + value, 0);
    default:
      return values.at(-1) ?? Number.NaN;
  }
}

/** Fields that `selectColumns` or the reader of a history makes out of others where no source has them. */
export const DERIVED_FIELDS: ReadonlySet<string> = new Set(['avg', 'pre_close', 'paused']);

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
