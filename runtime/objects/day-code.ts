import { numbersOf, takeValues, textsOf } from '../../src/domain/data/table.ts';
import type { DataColumn, DataTable } from '../../src/domain/data/table.ts';
import { times } from './frame/column/column.ts';
import { makeFrame } from './frame/factory.ts';
import { Index } from './frame/index/index.ts';
import type { DataFrame } from './frame/types.ts';
import { columnFor } from './table-frame.ts';

/** Day × code: where the rows of a table with the columns day and code belong, in whatever order they came. */
export interface DayCode {
  /** The days that have a row, ascending. */
  readonly index: Index;
  readonly codes: readonly string[];
  /** For each code its row of each day; −1 = it has none. */
  readonly rows: readonly Int32Array[];
}

/** What a source leaves out has no row; rows of other codes are passed over. */
export function dayCode(table: DataTable, codes: readonly string[]): DayCode {
  const days = numbersOf(table, 'day');
  const known = Float64Array.from(new Set(days)).sort();
  const placeOf = new Map(Array.from(known, (day, place) => [day, place]));
  const rows = codes.map(() => new Int32Array(known.length).fill(-1));
  const rowsOf = new Map<string | null, Int32Array>(rows.map((own, at) => [codes[at] ?? '', own]));
  for (const [row, code] of textsOf(table, 'code').entries()) {
    const own = rowsOf.get(code);
    const place = placeOf.get(days[row] ?? Number.NaN);
    if (own !== undefined && place !== undefined) own[place] = row;
  }
  return { index: Index.of([times(known)]), codes, rows };
}

/** A column as a table day × code: missing where there is no row. */
export function dayCodeFrame({ index, codes, rows }: DayCode, column: DataColumn): DataFrame {
  return makeFrame(
    new Index([...codes]),
    rows.map((own) => columnFor(takeValues(column, own), 'text')),
    index,
  );
}
