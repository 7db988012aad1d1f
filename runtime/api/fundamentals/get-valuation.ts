import { CATALOGUE } from '../../../src/domain/data/catalogue/index.ts';
import { planFor } from '../../../src/domain/data/query-plan.ts';
import type { Selected } from '../../../src/domain/data/query-plan.ts';
import type { DataTable } from '../../../src/domain/data/table.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import type { Column } from '../../query/column.ts';
import { optional, required, requireOneOf } from '../arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY } from '../days.ts';
import type { DayRangeOptions } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { nullable, readSecurityList } from '../readers.ts';
import { ask, bySecurity, firstRows, knownDay, tellCut } from './ask.ts';
import { readColumns } from './columns.ts';
import { MOST_ROWS } from './get-fundamentals.ts';

type Valuation = (typeof CATALOGUE.fundamentals.valuation)['columns'];
/** A column of valuation that get_valuation gives, beside code and day. */
export type ValuationField = Exclude<keyof Valuation, 'id' | 'code' | 'day'>;
type Field<F extends ValuationField> = F | Column<'number', F>;

/** Named arguments of get_valuation. */
export interface ValuationOptions<F extends ValuationField> extends DayRangeOptions {
  readonly fields?: Field<F> | readonly Field<F>[] | null;
}

export interface GetValuation {
  <const F extends ValuationField = ValuationField>(
    security: string | Iterable<string>,
    options: ValuationOptions<F>,
  ): DataFrame<'code' | 'day' | F>;
  <const F extends ValuationField = ValuationField>(
    security: string | Iterable<string>,
    start_date?: TimeLike | null,
    end_date?: TimeLike | null,
    fields?: Field<F> | readonly Field<F>[] | null,
    count?: number | null,
  ): DataFrame<'code' | 'day' | F>;
}

/**
 * Columns of valuation (default all) on each trading day from `start_date` to `end_date` (default the last one that is over), or
 * on the last `count` up to it: columns code, day and the fields, by security and then by day, rows numbered, at most 5,000.
 */
export const get_valuation: GetValuation = defineApi(
  {
    name: 'get_valuation',
    phases: ANY_PHASE,
    args: {
      security: required(readSecurityList),
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
      fields: optional(nullable(readColumns('valuation')), null),
      count: OPTIONAL_COUNT,
    },
  },
  (a) => {
    const name = 'get_valuation';
    const codes = a.security;
    const days = daysOf(name, a.start_date, a.end_date, a.count);
    // Rows are by security: later securities are what would be cut off.
    const asked = codes.slice(0, Math.ceil(MOST_ROWS / Math.max(1, days.length)));
    const plan = planFor(a.fields ?? allFields(), 'valuation', asked);
    const table = codeFirst(bySecurity(ask(name, 'fundamentals', plan, { days }, MOST_ROWS), asked, 'day'));
    if (asked.length < codes.length || table.rows > MOST_ROWS) tellCut(name, MOST_ROWS);
    return frameOfTable(table.rows > MOST_ROWS ? firstRows(table, MOST_ROWS) : table, {
      days: 'date',
      index: null,
    });
  },
);

function daysOf(name: string, start: string | null, end: string | null, count: number | null): readonly string[] {
  requireOneOf(name, { start_date: start, count });
  const host = currentHost();
  const { previousDate } = host.dispatch();
  // What a day was worth is known when it is over.
  const wanted = end === null ? previousDate : knownDay(name, 'end_date', end);
  const last = wanted < previousDate ? wanted : previousDate;
  if (start === null) return host.tradeDays(null, last, count);
  return knownDay(name, 'start_date', start) > last ? [] : host.tradeDays(start, last, null);
}

function allFields(): readonly Selected[] {
  return Object.keys(CATALOGUE.fundamentals.valuation.columns)
    .filter((column) => column !== 'id' && column !== 'code' && column !== 'day')
    .map((column) => ({ name: column, expression: { op: 'column', table: 'valuation', column } }));
}

/** With the code as the first column. */
function codeFirst({ rows, columns }: DataTable): DataTable {
  const code = columns.get('code');
  const rest = [...columns].filter(([name]) => name !== 'code');
  return { rows, columns: new Map(code === undefined ? rest : [['code', code], ...rest]) };
}
