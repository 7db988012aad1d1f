import type { DataTable } from '../../../../src/domain/data/table.ts';
import { finished } from '../../../../src/domain/steps.ts';
import { query as inSteps } from '../../../../src/exchange/company/query/answer.ts';
import { plainPlan } from '../../../../src/domain/data/query-plan.ts';
import type { Expression, QueryPlan } from '../../../../src/domain/data/query-plan.ts';

/** A query is answered, without anybody's turn between. */
export const query = (...asked: Parameters<typeof inSteps>): DataTable => finished(inSteps(...asked));

/** `table.column` as an expression. */
export function column(name: string): Expression {
  const [table = '', of = ''] = name.split('.');
  return { op: 'column', table, column: of };
}

/** A plan that selects columns (`table.column`) of some codes, or of all. */
export function planOf(columns: readonly string[], codes: readonly string[] | null = null): QueryPlan {
  const names = new Set<string>();
  const select = columns.map((name) => {
    const [table = '', of = ''] = name.split('.');
    const label = names.has(of) ? `${table}_${of}` : of;
    names.add(label);
    return { name: label, expression: column(name) };
  });
  const table = columns[0]?.split('.')[0] ?? '';
  const filter: Expression[] = codes === null ? [] : [{ op: 'in', arg: column(`${table}.code`), values: codes }];
  return plainPlan(select, filter);
}
