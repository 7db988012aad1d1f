import { catalogueColumn, catalogueTable } from '../../../src/domain/data/catalogue/index.ts';
import { planFor } from '../../../src/domain/data/query-plan.ts';
import type { QueryPlan, Selected } from '../../../src/domain/data/query-plan.ts';
import { concatTables, numbers, numbersOf, texts, textsOf } from '../../../src/domain/data/table.ts';
import type { DataColumn, DataTable } from '../../../src/domain/data/table.ts';
import { chinaDay } from '../../../src/domain/time.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import type { Column, ValueKind } from '../../query/column.ts';
import { badArgument, optional, required, requireOneOf } from '../arguments.ts';
import { OPTIONAL_DAY } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { nullable, oneOf, readBoolean, readCount, readSecurityList } from '../readers.ts';
import { ask, bySecurity, knownDay } from './ask.ts';
import { readColumns } from './columns.ts';
import { MOST_ROWS, publishablePeriod } from './get-fundamentals.ts';
import { earlier, periodText, quarterEnding, readPeriod } from './period.ts';
import type { Period } from './period.ts';

/** Named arguments of get_history_fundamentals. */
export interface HistoryFundamentalsOptions {
  readonly watch_date?: TimeLike | null;
  readonly stat_date?: string | number | null;
  readonly count?: number;
  readonly interval?: '1q' | '1y';
  readonly stat_by_year?: boolean;
}

type ReportColumn<N extends string> = Column<ValueKind, N>;

export interface GetHistoryFundamentals {
  <const N extends string>(
    security: string | Iterable<string>,
    fields: ReportColumn<N> | readonly ReportColumn<N>[],
    options: HistoryFundamentalsOptions,
  ): DataFrame<'code' | 'statDate' | N>;
  <const N extends string>(
    security: string | Iterable<string>,
    fields: ReportColumn<N> | readonly ReportColumn<N>[],
    watch_date?: TimeLike | null,
    stat_date?: string | number | null,
    count?: number,
    interval?: '1q' | '1y',
    stat_by_year?: boolean,
  ): DataFrame<'code' | 'statDate' | N>;
}

/**
 * The last `count` reports of securities: those published by `watch_date`, or those up to the period `stat_date` ('2019q1', with
 * stat_by_year '2019'). One a quarter (`interval` '1q'), or '1y' the same quarter of each year, with stat_by_year the whole year.
 * Columns code, statDate and the fields, by security and then by period. At most 5,000 reports.
 */
export const get_history_fundamentals: GetHistoryFundamentals = defineApi(
  {
    name: 'get_history_fundamentals',
    phases: ANY_PHASE,
    args: {
      security: required(readSecurityList),
      fields: required(readColumns(null)),
      watch_date: OPTIONAL_DAY,
      stat_date: optional(nullable(readPeriod), null),
      count: optional(readCount, 1),
      interval: optional(oneOf(['1q', '1y']), '1q'),
      stat_by_year: optional(readBoolean, false),
    },
  },
  (a) => {
    const codes = a.security;
    requireSane(a.fields, codes, a.count);
    requireOneOf(NAME, { watch_date: a.watch_date, stat_date: a.stat_date });
    if (a.stat_by_year && a.interval !== '1y')
      throw badArgument(
        `${NAME}()`,
        "gives whole years with interval '1y' only: write { interval: '1y', stat_by_year: true }.",
      );
    const step = a.interval === '1y' && !a.stat_by_year ? 4 : 1;
    const last =
      a.stat_date === null
        ? newestReports(knownDay(NAME, 'watch_date', a.watch_date ?? ''), a.fields, codes, a.stat_by_year)
        : lastPeriod(a.stat_date, codes, a.stat_by_year);
    const table = bySecurity(reports(a.fields, last, a.count, step), codes, 'statDate');
    return frameOfTable(table, { days: 'text', index: null });
  },
);

const NAME = 'get_history_fundamentals';

function requireSane(fields: readonly Selected[], codes: readonly string[], count: number): void {
  for (const { expression } of fields)
    if (expression.op === 'column' && !('statDate' in catalogueTable(expression.table).columns))
      throw badArgument(`${NAME}() fields`, `takes columns of reports, not ${expression.table}. Use get_valuation().`);
  if (codes.length * count > MOST_ROWS)
    throw badArgument(
      `${NAME}()`,
      `gives at most ${MOST_ROWS} reports, asked were ${codes.length} × ${count}. Ask in parts.`,
    );
}

/** The last report of each security: asked for by its period. */
function lastPeriod(period: Period, codes: readonly string[], byYear: boolean): ReadonlyMap<string, Period> {
  if (byYear !== (period.quarter === null))
    throw badArgument(`${NAME}() stat_date`, "is a quarter '2019q1', and a year '2019' with stat_by_year.");
  publishablePeriod(NAME, period);
  return new Map(codes.map((code) => [code, period]));
}

/** The last report of each security that was published by a day. */
function newestReports(
  day: string,
  fields: readonly Selected[],
  codes: readonly string[],
  byYear: boolean,
): ReadonlyMap<string, Period> {
  const table = ask(NAME, 'fundamentals', reportPlan(fields, codes), { day }, MOST_ROWS);
  const ends = numbersOf(table, 'statDate');
  const found = new Map<string, Period>();
  for (const [row, code] of textsOf(table, 'code').entries()) {
    const end = ends[row] ?? Number.NaN;
    if (code === null || Number.isNaN(end)) continue;
    const period = quarterEnding(chinaDay(end));
    const year = period.quarter === 4 ? period.year : period.year - 1;
    found.set(code, byYear ? { year, quarter: null } : period);
  }
  return found;
}

/** Each period is asked for once, of all the securities that it is wanted of. */
function reports(
  fields: readonly Selected[],
  last: ReadonlyMap<string, Period>,
  count: number,
  step: number,
): DataTable {
  const wanted = new Map<string, string[]>();
  for (const [code, period] of last)
    for (let back = 0; back < count; back += 1) {
      const text = periodText(earlier(period, back * step));
      const codes = wanted.get(text) ?? [];
      codes.push(code);
      wanted.set(text, codes);
    }
  const answers = Array.from(wanted, ([period, codes]) =>
    ask(NAME, 'fundamentals', reportPlan(fields, codes), { period }, MOST_ROWS),
  );
  const [first] = answers;
  return first === undefined ? noReports(fields) : concatTables(answers);
}

/** Fields beside code and the end of the period, of the table that is named first. */
function reportPlan(fields: readonly Selected[], codes: readonly string[]): QueryPlan {
  const table = firstTable(fields);
  const own = (column: string): Selected => ({ name: column, expression: { op: 'column', table, column } });
  const others = fields.filter(({ name }) => name !== 'code' && name !== 'statDate');
  return planFor([own('code'), own('statDate'), ...others], table, codes);
}

function firstTable(fields: readonly Selected[]): string {
  const [table] = fields.flatMap(({ expression }) => (expression.op === 'column' ? [expression.table] : []));
  return table ?? '';
}

function noReports(fields: readonly Selected[]): DataTable {
  const columns = reportPlan(fields, []).select.map(({ name, expression }): [string, DataColumn] => {
    const kind = expression.op === 'column' ? catalogueColumn(expression.table, expression.column)[0] : 'float';
    return [name, kind === 'text' ? texts([]) : numbers(kind, [])];
  });
  return { rows: 0, columns: new Map(columns) };
}
