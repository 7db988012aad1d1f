import type { DataTable } from '../table.ts';

/** Days or instants that can be in the answer, epoch ms, both ends in it; an open end is infinite. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Brings the rows of one table: at least these columns (among them `code` where the table has one), and at least the rows of these
 * codes (null = all) that lie in the ranges, a range for a day or time column of the table. It may bring more columns and rows:
 * conditions are looked at again. Columns have the kinds of the catalogue.
 */
export type LoadTable = (
  table: string,
  columns: readonly string[],
  codes: readonly string[] | null,
  ranges: ReadonlyMap<string, Range>,
) => DataTable;
