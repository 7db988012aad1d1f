import type { DataTable } from '../../../src/domain/data/table.ts';
import { numbersOf, takeRows } from '../../../src/domain/data/table.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { dayCode, dayCodeFrame } from '../../objects/day-code.ts';
import { createPanel } from '../../objects/frame/panel.ts';
import type { Panel } from '../../objects/frame/panel.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { readQuery } from '../../query/query.ts';
import type { Query } from '../../query/query.ts';
import { optional, required } from '../arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY, yesterday } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { readBoolean } from '../readers.ts';
import { codesOf } from '../reference/indices.ts';
import { ask, knownDay, requireDatabase, tellCut } from './ask.ts';
import { MOST_ROWS } from './get-fundamentals.ts';

/** Named arguments of get_fundamentals_continuously. */
export interface ContinuouslyOptions {
  readonly end_date?: TimeLike | null;
  readonly count?: number | null;
}

type Long<C extends string> = DataFrame<C | 'day' | 'code'>;

export interface GetFundamentalsContinuously {
  <C extends string>(query_object: Query<C>, options: ContinuouslyOptions & { readonly panel: false }): Long<C>;
  <C extends string>(query_object: Query<C>, options?: ContinuouslyOptions & { readonly panel?: true }): Panel<C>;
  <C extends string>(query_object: Query<C>, end_date: TimeLike | null, count: number | null, panel: false): Long<C>;
  <C extends string>(query_object: Query<C>, end_date?: TimeLike | null, count?: number | null, panel?: true): Panel<C>;
}

/**
 * What get_fundamentals gives on each of the last `count` trading days (default 1) up to `end_date` (default: yesterday): a Panel
 * (`p['pe_ratio']` is day × code), or with `panel: false` one long table with the columns day and code. At most 5,000 rows, shared
 * evenly between the days.
 */
export const get_fundamentals_continuously: GetFundamentalsContinuously = defineApi(
  {
    name: 'get_fundamentals_continuously',
    phases: ANY_PHASE,
    args: {
      query_object: required(readQuery),
      end_date: OPTIONAL_DAY,
      count: OPTIONAL_COUNT,
      panel: optional(readBoolean, true),
    },
  },
  (a) => {
    const name = 'get_fundamentals_continuously';
    requireDatabase(name, a.query_object, 'fundamentals');
    const end = a.end_date === null ? yesterday() : knownDay(name, 'end_date', a.end_date);
    const days = currentHost().tradeDays(null, end, a.count ?? 1);
    const most = Math.max(1, Math.floor(MOST_ROWS / Math.max(1, days.length)));
    const all = ask(name, 'fundamentals', a.query_object, { days }, most);
    const table = firstOfEachDay(name, all, most);
    const shown = a.panel ? panelOf(table) : frameOfTable(table, { days: 'date', index: null });
    return shown as ReturnType<GetFundamentalsContinuously>; // the overloads say which of the two it is
  },
);

function firstOfEachDay(name: string, table: DataTable, most: number): DataTable {
  const days = numbersOf(table, 'day');
  const counts = new Map<number, number>();
  const kept: number[] = [];
  for (const [row, day] of days.entries()) {
    const count = (counts.get(day) ?? 0) + 1;
    counts.set(day, count);
    if (count <= most) kept.push(row);
  }
  if (kept.length === table.rows) return table;
  tellCut(name, MOST_ROWS);
  return takeRows(table, kept);
}

/** A table day × code for each column; what a code has not on a day is missing. */
function panelOf(table: DataTable): Panel {
  const codes = [...new Set(codesOf(table))].sort();
  const grid = dayCode(table, codes);
  const frames = [...table.columns]
    .filter(([field]) => field !== 'day' && field !== 'code')
    .map(([field, column]): [string, DataFrame] => [field, dayCodeFrame(grid, column)]);
  return createPanel(new Map(frames), grid.index, codes);
}
