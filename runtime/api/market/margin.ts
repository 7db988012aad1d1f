import { DATASETS } from '../../../src/domain/data/datasets.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { optional, required } from '../arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY, today, rangeOf } from '../days.ts';
import type { DayRangeOptions } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { nullable, readSecurityList } from '../readers.ts';
import { codesOf } from '../reference/indices.ts';
import { readColumns, withColumns } from './columns.ts';

type Column = keyof (typeof DATASETS)['margin_balances']['columns'];

/** Named arguments of get_mtss. */
export interface MtssOptions<F extends Column = Column> extends DayRangeOptions {
  readonly fields?: F | readonly F[] | null;
}

export interface GetMtss {
  <const F extends Column = Column>(security_list: string | Iterable<string>, options?: MtssOptions<F>): DataFrame<F>;
  <const F extends Column = Column>(
    security_list: string | Iterable<string>,
    start_date?: TimeLike | null,
    end_date?: TimeLike | null,
    fields?: F | readonly F[] | null,
    count?: number | null,
  ): DataFrame<F>;
}

/**
 * What is owed on margin at the end of each day, and what was borrowed and paid back on it: `fin_` in CNY, `sec_` in shares,
 * `fin_sec_value` in CNY; rows numbered from 0. A day's figures are there from 9:00 of the next trading day on.
 */
export const get_mtss: GetMtss = defineApi(
  {
    name: 'get_mtss',
    phases: ANY_PHASE,
    args: {
      security_list: required(readSecurityList),
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
      fields: optional(nullable(readColumns(DATASETS.margin_balances.columns)), null),
      count: OPTIONAL_COUNT,
    },
  },
  (a) => {
    const params = { securities: a.security_list, ...rangeOf('get_mtss', a) };
    const table = currentHost().data({ dataset: 'margin_balances', params });
    return frameOfTable<Column>(withColumns(table, a.fields), { days: 'timestamp', index: null });
  },
);

type MarginList = (date?: TimeLike | null) => string[];

function marginList(name: string, side: 'fin' | 'sec'): MarginList {
  return defineApi({ name, phases: ANY_PHASE, args: { date: OPTIONAL_DAY } }, ({ date }) => {
    const table = currentHost().data({ dataset: 'margin_securities', params: { side, day: date ?? today() } });
    return codesOf(table);
  });
}

/** Codes of what may be bought on margin on a day (default: the logical day). */
export const get_margincash_stocks: MarginList = marginList('get_margincash_stocks', 'fin');

/** Codes of what may be sold short on a day (default: the logical day). */
export const get_marginsec_stocks: MarginList = marginList('get_marginsec_stocks', 'sec');
