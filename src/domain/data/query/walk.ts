import type { Expression, QueryPlan } from '../query-plan.ts';

/** What an expression is made of, itself first. */
export function* parts(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.op === 'column' || expression.op === 'value') return;
  for (const arg of expression.op === 'in' ? [expression.arg] : expression.args) yield* parts(arg);
}

/** Conditions that must all hold. */
export function conjuncts(conditions: readonly Expression[]): readonly Expression[] {
  return conditions.flatMap((condition) => (condition.op === 'and' ? conjuncts(condition.args) : [condition]));
}

/** Every expression of a plan, in the order in which a reader meets them. */
export function expressionsOf(plan: QueryPlan): readonly Expression[] {
  const inner = ({ expression }: { readonly expression: Expression }): Expression => expression;
  return [
    ...plan.select.map(inner),
    ...plan.joins.map(({ on }) => on),
    ...plan.filter,
    ...plan.groupBy,
    ...plan.having,
    ...plan.orderBy.map(inner),
  ];
}

/** The tables of a plan in the order in which they are named. */
export function tablesOf(plan: QueryPlan): readonly string[] {
  const tables = new Set<string>();
  for (const expression of expressionsOf(plan))
    for (const part of parts(expression)) if (part.op === 'column') tables.add(part.table);
  for (const { table } of plan.joins) tables.add(table);
  return [...tables];
}
