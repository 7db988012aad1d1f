import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { speakOnce } from '../../objects/speak.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { readQuery } from '../../query/query.ts';
import type { Query } from '../../query/query.ts';
import { optional, required, refuseBoth } from '../arguments.ts';
import { OPTIONAL_DAY, today, yesterday } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { nullable } from '../readers.ts';
import { ask, knownDay, refuseFuture, requireDatabase } from './ask.ts';
import type { When } from './ask.ts';
import { periodEnd, periodText, readPeriod } from './period.ts';
import type { Period } from './period.ts';

/** Rows of one answer. */
export const MOST_ROWS = 5000;

/** Named arguments of get_fundamentals. */
export interface FundamentalsOptions {
  readonly date?: TimeLike | null;
  readonly statDate?: string | number | null;
}

export interface GetFundamentals {
  <C extends string>(query_object: Query<C>, options?: FundamentalsOptions): DataFrame<C>;
  <C extends string>(query_object: Query<C>, date?: TimeLike | null, statDate?: string | number | null): DataFrame<C>;
}

/**
 * What was known of companies on `date` (default: the day before the logical day): of each the newest report that was published by
 * then. Or the report of a period, `statDate` '2015q1' or '2015' (whole year), as far as it is published now. Rows are numbered,
 * days are texts, at most 5,000 rows. BtError FUTURE_DATA (with avoid_future_data), BAD_QUERY, UNKNOWN_COLUMN, NOT_SERVED.
 */
export const get_fundamentals: GetFundamentals = defineApi(
  {
    name: 'get_fundamentals',
    phases: ANY_PHASE,
    args: {
      query_object: required(readQuery),
      date: OPTIONAL_DAY,
      statDate: optional(nullable(readPeriod), null),
    },
  },
  (a) => {
    const name = 'get_fundamentals';
    requireDatabase(name, a.query_object, 'fundamentals');
    const table = ask(name, 'fundamentals', a.query_object, whenOf(name, a.date, a.statDate), MOST_ROWS);
    return frameOfTable(table, { days: 'text', index: null });
  },
);

function whenOf(name: string, date: string | null, statDate: Period | null): When {
  refuseBoth(name, { date, statDate });
  if (statDate === null) return { day: date === null ? yesterday() : knownDay(name, 'date', date) };
  return { period: publishablePeriod(name, statDate) };
}

/** The period as it is asked for. One that is not over is told once, and with avoid_future_data an error: FUTURE_DATA. */
export function publishablePeriod(name: string, period: Period): string {
  const text = periodText(period);
  if (periodEnd(period) < today()) return text;
  refuseFuture(name, `the end of ${text}`);
  speakOnce(
    `period:${name}`,
    'system',
    'warning',
    `${name}() was asked for ${text}, which is not over: no report of it is published, and none is given.`,
  );
  return text;
}
