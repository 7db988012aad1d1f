import type { DATASETS } from '../../../src/domain/data/datasets.ts';
import { addDays } from '../../../src/domain/time.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
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
 * Shares that become tradable from `start_date` (default: the logical day) to `end_date`, or within `forward_count` trading days:
 * their number, and in % of all (`rate1`) and of the tradable shares (`rate2`); rows numbered from 0.
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

/** No further ahead than it takes: the calendar ends with the year that the exchanges have announced. */
function daysAfter(start: string, count: number): string {
  for (let span = Math.ceil(1.4 * count) + 1; ; span += 7) {
    const day = currentHost().tradeDays(start, addDays(start, span), null)[count];
    if (day !== undefined) return day;
  }
}
