import { evaluate, type LoadTable } from '../../../domain/data/query/evaluate.ts';
import { neededTables } from '../../../domain/data/query/sources.ts';
import type { QueryPlan } from '../../../domain/data/query-plan.ts';
import { numbers, tableOf, texts, type DataColumn, type DataTable } from '../../../domain/data/table.ts';

/** A plan once for each day (midnights), answers one below the other; `day` and `code` are among the columns, first when they were not asked for. */
export function onDays(plan: QueryPlan, days: readonly number[], loadOf: (at: number) => LoadTable): DataTable {
  const asked = withCode(plan);
  const own = plan.select.some(({ name }) => name === 'day');
  const answers = days.map((_, at) => evaluate(asked, loadOf(at)));
  const total = answers.reduce((sum, { rows }) => sum + rows, 0);
  const columns: Record<string, DataColumn> = own ? {} : { day: dayColumn(answers, days, total) };
  const [first] = answers;
  if (first === undefined) return emptyOf(asked);
  for (const name of first.columns.keys()) columns[name] = below(answers, name, total);
  return tableOf(columns);
}

function withCode(plan: QueryPlan): QueryPlan {
  const [first] = neededTables(plan);
  if (first === undefined || plan.select.some(({ name }) => name === 'code')) return plan;
  const code = { name: 'code', expression: { op: 'column', table: first.table, column: 'code' } } as const;
  return { ...plan, select: [code, ...plan.select] };
}

function dayColumn(answers: readonly DataTable[], days: readonly number[], total: number): DataColumn {
  const values = new Float64Array(total);
  let row = 0;
  for (const [at, { rows }] of answers.entries()) {
    values.fill(days[at] ?? Number.NaN, row, row + rows);
    row += rows;
  }
  return numbers('day', values);
}

function below(answers: readonly DataTable[], name: string, total: number): DataColumn {
  const parts = answers.map(({ columns }) => columns.get(name)).filter((one) => one !== undefined);
  const kind = parts[0]?.kind;
  if (kind === undefined || kind === 'text')
    return texts(parts.flatMap(({ values }) => [...values] as (string | null)[]));
  const all = new Float64Array(total);
  let row = 0;
  for (const part of parts) {
    if (part.kind === 'text') continue;
    all.set(part.values, row);
    row += part.values.length;
  }
  return { kind, values: all };
}

/** No day, no rows: the columns are those of the plan all the same. */
function emptyOf({ select }: QueryPlan): DataTable {
  const names = select.map(({ name }) => name);
  const nothing = (name: string): DataColumn =>
    name === 'code' ? texts([]) : numbers(name === 'day' ? 'day' : 'float', []);
  return tableOf(Object.fromEntries([...new Set(['day', 'code', ...names])].map((name) => [name, nothing(name)])));
}
