import type { DATASETS } from '../../../src/domain/data/datasets.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { optional } from '../arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY, rangeOf } from '../days.ts';
import type { DayRangeOptions } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { nullable, readSecurityList } from '../readers.ts';

type Column = keyof (typeof DATASETS)['billboard']['columns'];

/** Named arguments of get_billboard_list. */
export interface BillboardOptions extends DayRangeOptions {
  readonly stock_list?: string | Iterable<string> | null;
}

export interface GetBillboardList {
  (options: BillboardOptions): DataFrame<Column>;
  (stock_list: string | Iterable<string> | null, options: DayRangeOptions): DataFrame<Column>;
  (
    stock_list?: string | Iterable<string> | null,
    start_date?: TimeLike | null,
    end_date?: TimeLike | null,
    count?: number | null,
  ): DataFrame<Column>;
}

/**
 * Who traded the stocks whose price moved unusually (none given = all stocks): for each day and reason a row ALL, and the largest
 * BUY and SELL branches by rank. Values in CNY, rates in %; rows numbered from 0. A day's rows are there from 20:00 on.
 */
export const get_billboard_list: GetBillboardList = defineApi(
  {
    name: 'get_billboard_list',
    phases: ANY_PHASE,
    args: {
      stock_list: optional(nullable(readSecurityList), null),
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
      count: OPTIONAL_COUNT,
    },
  },
  (a) => {
    const params = { securities: a.stock_list, ...rangeOf('get_billboard_list', a) };
    const table = currentHost().data({ dataset: 'billboard', params });
    return frameOfTable<Column>(table, { days: 'timestamp', index: null });
  },
);
