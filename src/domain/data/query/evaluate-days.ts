import type { Steps } from '../../steps.ts';
import type { QueryPlan } from '../query-plan.ts';
import { concatTables, numbers } from '../table.ts';
import type { DataTable } from '../table.ts';
import { badQuery } from './bad-query.ts';
import { evaluate } from './evaluate.ts';
import type { LoadTable } from './evaluate.ts';
import { noRows } from './no-rows.ts';
import { hasCode } from './sources.ts';
import { tablesOf } from './walk.ts';

/**
 * Answers a plan about securities once for each day (midnights, epoch ms), one after the other, from what `loadOf` the day's place in
 * the list brings, in steps: columns day, code and what the plan selects beside those. A limit counts for each day.
 */
export function* evaluateDays(
  plan: QueryPlan,
  days: readonly number[],
  loadOf: (at: number) => LoadTable | Steps<LoadTable>,
): Steps<DataTable> {
  const owner = tablesOf(plan).find(hasCode);
  if (owner === undefined) throw badQuery('days need a table of securities. Ask for the table itself.');
  const code = { name: 'code', expression: { op: 'column', table: owner, column: 'code' } } as const;
  const others = plan.select.filter(({ name }) => name !== 'code' && name !== 'day');
  const whole = { ...plan, select: [code, ...others] };
  const answers: DataTable[] = [];
  for (const [at, day] of days.entries()) {
    const load = loadOf(at);
    answers.push(dated(day, evaluate(whole, typeof load === 'function' ? load : yield* load)));
    yield;
  }
  // Without a day there are no rows, but the same columns.
  return answers.length > 0 ? concatTables(answers) : dated(0, evaluate(whole, noRows));
}

function dated(day: number, { rows, columns }: DataTable): DataTable {
  const values = new Float64Array(rows).fill(day);
  return { rows, columns: new Map([['day', numbers('day', values)], ...columns]) };
}
