import type { DATASETS } from '../../../src/domain/data/datasets.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { speakOnce } from '../../objects/speak.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { required, requireOneOf } from '../arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY, today } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { readSecurityList } from '../readers.ts';

type Column = keyof (typeof DATASETS)['locked_shares']['columns'];

/** Named arguments of get_locked_shares. */
export interface LockedSharesOptions {
  readonly start_date?: TimeLike | null;
  readonly end_date?: TimeLike | null;
  readonly forward_count?: number | null;
}

export interface GetLockedShares {
  (stock_list: string | Iterable<string>, options?: LockedSharesOptions): DataFrame<Column>;
  (
    stock_list: string | Iterable<string>,
    start_date?: TimeLike | null,
    end_date?: TimeLike | null,
    forward_count?: number | null,
  ): DataFrame<Column>;
}

/**
 * Shares that become tradable from `start_date` (default: the logical day) to `end_date`, or within `forward_count` trading days
 * (of which those that the calendar knows): their number, and in % of all (`rate1`) and of the tradable shares (`rate2`); rows numbered
 * from 0.
 */
export const get_locked_shares: GetLockedShares = defineApi(
  {
    name: 'get_locked_shares',
    phases: ANY_PHASE,
    args: {
      stock_list: required(readSecurityList),
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
      forward_count: OPTIONAL_COUNT,
    },
  },
  (a) => {
    const start = a.start_date ?? today();
    requireOneOf('get_locked_shares', { end_date: a.end_date, forward_count: a.forward_count });
    const end = a.end_date ?? daysAfter(start, a.forward_count ?? 1);
    const params = { securities: a.stock_list, start, end };
    const table = currentHost().data({ dataset: 'locked_shares', params });
    return frameOfTable<Column>(table, { days: 'timestamp', index: null });
  },
);

/** The day that is `count` trading days after `start`; where the calendar ends before it, the last day that it knows, which is told. */
function daysAfter(start: string, count: number): string {
  const days = currentHost().tradeDays(start, null, count + 1);
  const last = days.at(-1) ?? start;
  if (days.length <= count)
    speakOnce(
      'calendar-end:get_locked_shares',
      'system',
      'warning',
      `get_locked_shares() was asked for ${count} trading days after ${start}, and the last one that the calendar knows is ${last}: what is known up to then is given. The exchanges announce the next year about 22 December; install a newer bt-live then.`,
    );
  return last;
}
