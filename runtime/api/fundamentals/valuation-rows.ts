import type { LoadTable } from '../../../src/domain/data/query/load.ts';
import { evaluate } from '../../../src/domain/data/query/evaluate.ts';
import { planFor, plainPlan } from '../../../src/domain/data/query-plan.ts';
import type { QueryPlan, Selected } from '../../../src/domain/data/query-plan.ts';
import type { DataTable } from '../../../src/domain/data/table.ts';
import { chinaDay } from '../../../src/domain/time.ts';
import { currentHost } from '../../host.ts';
import { badArgument } from '../arguments.ts';
import { ask, firstRows, tellCut } from './ask.ts';

/** Rows that are looked through for one answer: two years of a hundred companies are 50,000. */
const MOST_READ = 1_000_000;

/**
 * `finance.run_query` about valuation: a row for each company and trading day, as the other tables of finance have them, where
 * get_fundamentals has those of one day. The query says from which day on; what a day was worth is known when it is over.
 */
export function valuationRows(name: string, plan: QueryPlan, most: number): DataTable {
  const load: LoadTable = (table, columns, codes, ranges) => {
    const { from, to } = ranges.get('day') ?? { from: -Infinity, to: Infinity };
    if (from === -Infinity)
      throw badArgument(
        `${name}()`,
        'about valuation needs its days: add filter(valuation.day >= …) or filter(valuation.day.in_(…)).',
      );
    const host = currentHost();
    const { previousDate } = host.dispatch();
    const end = to === Infinity ? previousDate : chinaDay(to);
    const last = end < previousDate ? end : previousDate;
    const start = chinaDay(from);
    const days = start > last ? [] : host.tradeDays(start, last, null);
    const select = columns.map((column): Selected => ({ name: column, expression: { op: 'column', table, column } }));
    const rows = codes === null ? plainPlan(select) : planFor(select, table, codes);
    return ask(name, 'fundamentals', rows, { days }, MOST_READ);
  };
  const found = evaluate({ ...plan, limit: Math.min(plan.limit ?? Infinity, most + 1) }, load);
  if (found.rows <= most) return found;
  tellCut(name, most);
  return firstRows(found, most);
}
