import type { DataKind } from '../table.ts';

/** Who a table is asked of: `get_fundamentals`, `finance.run_query`, `macro.run_query`. */
export type Database = 'fundamentals' | 'finance' | 'macro';

/** Kind of the values, their unit (null = none) and what they mean. */
export type ColumnSpec = readonly [kind: DataKind, unit: string | null, meaning: string];
export type Columns = Readonly<Record<string, ColumnSpec>>;

/** One of JoinQuant's tables. `rows`: what there is a row for, beside the security. */
export interface TableSpec<C extends Columns = Columns> {
  readonly database: Database;
  readonly rows: 'day' | 'quarter' | 'year' | 'event';
  readonly columns: C;
}

/** Keeps each column's kind and unit in its type, so that the objects strategies write with are typed by this list. */
export function defineTable<const C extends Columns>(about: Omit<TableSpec, 'columns'>, columns: C): TableSpec<C> {
  return { ...about, columns };
}

/** The first columns of the tables of fundamentals that hold reports. */
export const REPORT_HEAD = {
  id: ['int', null, 'running number'],
  code: ['text', null, 'security'],
  day: ['day', null, 'day as of which the row is asked for'],
  pubDate: ['day', null, 'day on which the report was published'],
  statDate: ['day', null, 'last day of the period that is reported'],
} as const satisfies Columns;
