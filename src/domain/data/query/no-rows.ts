import { catalogueColumn } from '../catalogue/index.ts';
import type { QueryPlan } from '../query-plan.ts';
import { numbers, texts } from '../table.ts';
import type { DataColumn } from '../table.ts';
import { evaluate } from './evaluate.ts';
import type { LoadTable } from './evaluate.ts';

/** Tables of the catalogue without rows. */
export const noRows: LoadTable = (table, columns) => ({
  rows: 0,
  columns: new Map(
    columns.map((column): [string, DataColumn] => {
      const [kind] = catalogueColumn(table, column);
      return [column, kind === 'text' ? texts([]) : numbers(kind, [])];
    }),
  ),
});

/** Throws what `evaluate` would throw of a plan whatever the rows are: UNKNOWN_TABLE, UNKNOWN_COLUMN, BAD_QUERY. */
export function checkPlan(plan: QueryPlan): void {
  evaluate(plan, noRows);
}
