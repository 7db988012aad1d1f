import { isScalarFunction } from '../../../domain/data/query/scalar-functions.ts';
import { expressionsOf, parts, tablesOf } from '../../../domain/data/query/walk.ts';
import type { Expression, QueryPlan } from '../../../domain/data/query-plan.ts';

/**
 * The plan that answers for many days at once what this one answers day by day: its rows are looked at one by one, in the order in
 * which they come, so that the days may lie one below the other. Null where they may not: several tables are joined by code within a
 * day, and limits, orders, groups and sums are those of a day.
 */
export function overAllDays(plan: QueryPlan): QueryPlan | null {
  const [table, ...others] = tablesOf(plan);
  if (table === undefined || others.length > 0 || !isRowByRow(plan)) return null;
  const column = (name: string) => ({ name, expression: { op: 'column', table, column: name } }) as const;
  const select = plan.select.filter(({ name }) => name !== 'day' && name !== 'code');
  return { ...plan, select: [column('day'), column('code'), ...select] };
}

function isRowByRow(plan: QueryPlan): boolean {
  const { orderBy, groupBy, having, joins, distinct, limit, offset } = plan;
  const plain = [orderBy, groupBy, having, joins].every((list) => list.length === 0);
  return plain && !distinct && limit === null && offset === null && !expressionsOf(plan).some(isAggregated);
}

function isAggregated(expression: Expression): boolean {
  for (const part of parts(expression)) if (part.op === 'function' && !isScalarFunction(part.name)) return true;
  return false;
}
