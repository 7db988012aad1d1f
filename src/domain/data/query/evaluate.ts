import type { Expression, QueryPlan } from '../query-plan.ts';
import { takeRows } from '../table.ts';
import type { DataColumn, DataTable } from '../table.ts';
import { badQuery } from './bad-query.ts';
import { valuesOf } from './expressions.ts';
import type { Scope } from './expressions.ts';
import { groupRows, oneGroup } from './groups.ts';
import { joinByCode, joinOn } from './joining.ts';
import type { LoadTable } from './load.ts';
import { all, trueRows } from './logic.ts';
import { sortedRows } from './ordering.ts';
import { ChosenRows, GroupedRows } from './rows.ts';
import type { Rows } from './rows.ts';
import { isScalarFunction } from './scalar-functions.ts';
import { neededTables } from './sources.ts';
import { parts } from './walk.ts';

export type { LoadTable, Range } from './load.ts';

/**
 * Answers a plan from the rows that `load` brings. Tables that no join() names belong together by their code. Missing values
 * follow SQL: a comparison with one is unknown, a row of which it is unknown whether it fits is left out. BtError UNKNOWN_TABLE,
 * UNKNOWN_COLUMN, BAD_QUERY.
 */
export function evaluate(plan: QueryPlan, load: LoadTable): DataTable {
  requireDifferentNames(plan);
  const rows = whereTrue(plan.filter, joined(plan, load));
  const scope = grouped(plan, rows);
  const order = sortedRows(scope, plan.orderBy);
  // A row that is cut off needs no values; equal ones are known by theirs.
  if (plan.distinct) return cut(plan, distinct(selected(plan, scope, order)));
  return selected(plan, scope, order.subarray(...bounds(plan, order.length)));
}

function joined(plan: QueryPlan, load: LoadTable): Rows {
  const tables = new Map(
    neededTables(plan).map(({ table, columns, codes, ranges }) => [table, load(table, columns, codes, ranges)]),
  );
  const tableOf = (name: string): DataTable => {
    const table = tables.get(name);
    if (table === undefined) throw new TypeError(`${name} was not loaded`);
    return table;
  };
  const named = new Set(plan.joins.map(({ table }) => table));
  if (named.size < plan.joins.length) throw badQuery('a table is joined twice. Join it once.');
  let rows = joinByCode([...tables].filter(([name]) => !named.has(name)));
  for (const join of plan.joins) rows = joinOn(rows, join, tableOf(join.table));
  return rows;
}

function whereTrue(conditions: readonly Expression[], rows: Rows): Rows {
  if (conditions.length === 0) return rows;
  return rows.take(
    trueRows(
      all(
        conditions.map((condition) => valuesOf(condition, rows)),
        rows.rows,
      ),
    ),
  );
}

/** The groups whose conditions hold; the rows themselves where nothing groups them. */
function grouped({ select, orderBy, groupBy, having }: QueryPlan, rows: Rows): Scope {
  const shown = [...select, ...orderBy].map(({ expression }) => expression);
  if (groupBy.length === 0 && ![...shown, ...having].some(isAggregated))
    return having.length === 0 ? rows : whereTrue(having, rows);
  const keys = groupBy.map((expression) => valuesOf(expression, rows));
  const groups = keys.length === 0 ? oneGroup(rows.rows) : groupRows(keys, rows.rows);
  const scope = new GroupedRows(rows, groups);
  if (having.length === 0) return scope;
  const conditions = having.map((condition) => valuesOf(condition, scope));
  return new ChosenRows(scope, trueRows(all(conditions, scope.rows)));
}

function isAggregated(expression: Expression): boolean {
  for (const part of parts(expression)) if (part.op === 'function' && !isScalarFunction(part.name)) return true;
  return false;
}

function selected({ select }: QueryPlan, scope: Scope, order: Int32Array): DataTable {
  const columns = new Map<string, DataColumn>();
  for (const { name, expression } of select) columns.set(name, valuesOf(expression, scope));
  return takeRows({ rows: scope.rows, columns }, order);
}

function distinct(table: DataTable): DataTable {
  return takeRows(table, groupRows([...table.columns.values()], table.rows).first);
}

function cut(plan: QueryPlan, table: DataTable): DataTable {
  const [from, to] = bounds(plan, table.rows);
  return from === 0 && to === table.rows
    ? table
    : takeRows(
        table,
        Int32Array.from({ length: to - from }, (_, i) => from + i),
      );
}

function bounds({ limit, offset }: QueryPlan, rows: number): [from: number, to: number] {
  const from = Math.min(offset ?? 0, rows);
  return [from, limit === null ? rows : Math.min(from + limit, rows)];
}

function requireDifferentNames({ select }: QueryPlan): void {
  const names = new Set<string>();
  for (const { name } of select) {
    if (names.has(name)) throw badQuery(`two columns are called ${name}. Give one of them another name with label().`);
    names.add(name);
  }
}
