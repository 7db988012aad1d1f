import type { Bars } from '../../domain/trading.ts';
import type { JsonObject } from '../json.ts';
import { tableAnswer } from './answers.ts';

/** Name of the column with the label of each bar, epoch ms. */
export const TIME_COLUMN = 'time';

/**
 * `data.history` of one security: the named columns in their order, rows oldest first; `time` is the label of each bar (epoch ms), an
 * unknown column is null.
 */
export function barTable(bars: Bars, columns: readonly string[]): JsonObject {
  const sources = columns.map((column) => (column === TIME_COLUMN ? bars.time : bars.columns[column]));
  const records = Array.from(bars.time, (_, row) => sources.map((source) => source?.[row] ?? null));
  return tableAnswer(columns, records);
}

/** Two-level columns (field, code) over the times of all of them; a security without a bar at a time has NaN there. */
export function barTables(
  tables: readonly Bars[],
  securities: readonly string[],
  names: readonly string[],
): JsonObject {
  const times = [...new Set(tables.flatMap((bars) => [...bars.time]))].sort((a, b) => a - b);
  const rowOf = tables.map((bars) => new Map([...bars.time].map((time, row) => [time, row])));
  const valuesAt = (time: number, name: string): number[] =>
    name === TIME_COLUMN
      ? [time]
      : tables.map((bars, table) => bars.columns[name]?.[rowOf[table]?.get(time) ?? -1] ?? Number.NaN);
  const records = times.map((time) => names.flatMap((name) => valuesAt(time, name)));
  const tuples = names.flatMap((name) =>
    name === TIME_COLUMN ? [[name, '']] : securities.map((security) => [name, security]),
  );
  const columns = tuples.map(([name, security]) => `('${name}', '${security}')`);
  return { ...tableAnswer(columns, records), column_tuples: tuples, column_index_names: ['field', 'code'] };
}
