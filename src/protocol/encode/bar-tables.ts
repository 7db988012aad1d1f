import type { Bars } from '../../domain/trading.ts';
import type { JsonObject } from '../json.ts';
import { tableAnswer } from './answers.ts';

/** Name of the leading column: the label of each bar, epoch ms. */
export const TIME_COLUMN = 'time';

/** `data.history` of one security: one table with a leading `time` column, rows oldest first; an unknown column is null. */
export function barTable(bars: Bars, columns: readonly string[]): JsonObject {
  const sources = columns.map((column) => bars.columns[column]);
  const records = Array.from(bars.time, (time, row) => [time, ...sources.map((source) => source?.[row] ?? null)]);
  return tableAnswer([TIME_COLUMN, ...columns], records);
}

/** Two-level columns (field, code) over the times of all of them; a security without a bar at a time has NaN there. */
export function barTables(
  tables: readonly Bars[],
  securities: readonly string[],
  names: readonly string[],
): JsonObject {
  const times = [...new Set(tables.flatMap((bars) => [...bars.time]))].sort((a, b) => a - b);
  const rowOf = tables.map((bars) => new Map([...bars.time].map((time, row) => [time, row])));
  const records = times.map((time) => [
    time,
    ...names.flatMap((name) =>
      tables.map((bars, table) => bars.columns[name]?.[rowOf[table]?.get(time) ?? -1] ?? Number.NaN),
    ),
  ]);
  const tuples = [[TIME_COLUMN, ''], ...names.flatMap((name) => securities.map((security) => [name, security]))];
  const columns = tuples.map(([name, security]) => `('${name}', '${security}')`);
  return { ...tableAnswer(columns, records), column_tuples: tuples, column_index_names: ['field', 'code'] };
}
