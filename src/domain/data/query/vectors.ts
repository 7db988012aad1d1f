import { chinaDay, chinaText } from '../../time.ts';
import type { Scalar } from '../query-plan.ts';
import { numbers, texts } from '../table.ts';
import type { DataColumn } from '../table.ts';
import { badQuery } from './bad-query.ts';

export type NumberColumn = Exclude<DataColumn, { readonly kind: 'text' }>;

/** The same value in each of `rows` rows. SQL's null is a number that is missing. */
export function constant(value: Scalar, rows: number): DataColumn {
  if (typeof value === 'string') return texts(Array.from<string>({ length: rows }).fill(value));
  const kind = typeof value === 'boolean' ? 'flag' : 'float';
  return numbers(kind, new Float64Array(rows).fill(value === null ? Number.NaN : Number(value)));
}

/** What can be calculated with: numbers and flags, no texts and no days. `what` names who wants them. */
export function countable(column: DataColumn, what: string): NumberColumn {
  if (column.kind === 'float' || column.kind === 'int' || column.kind === 'flag') return column;
  const have = column.kind === 'text' ? 'texts' : 'days';
  throw badQuery(`${what} needs numbers and was given ${have}. Calculate with them in the table that comes back.`);
}

/** Texts of any column as SQL writes them: days as `2026-07-06`, instants with their time. */
export function asTexts(column: DataColumn): readonly (string | null)[] {
  switch (column.kind) {
    case 'text':
      return column.values;
    case 'day':
      return Array.from(column.values, (value) => (Number.isNaN(value) ? null : chinaDay(value)));
    case 'time':
      return Array.from(column.values, (value) => (Number.isNaN(value) ? null : chinaText(value)));
    case 'float':
    case 'int':
    case 'flag':
      return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
  }
}

/** A column made of one number for each row. */
export function mapRows(kind: NumberColumn['kind'], rows: number, value: (row: number) => number): NumberColumn {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) values[row] = value(row);
  return { kind, values };
}

/** A row's number; NaN where there is no such row. */
export function at(values: Float64Array, row: number): number {
  return values[row] ?? Number.NaN;
}
