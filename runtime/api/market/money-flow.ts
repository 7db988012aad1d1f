import { DATASETS } from '../../../src/domain/data/datasets.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { optional, required } from '../arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY, rangeOf } from '../days.ts';
import type { DayRangeOptions } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { nullable, readSecurityList } from '../readers.ts';
import { readColumns, withColumns } from './columns.ts';

type Column = keyof (typeof DATASETS)['money_flow']['columns'];

/** Named arguments of get_money_flow. */
export interface MoneyFlowOptions<F extends Column = Column> extends DayRangeOptions {
  readonly fields?: F | readonly F[] | null;
}

export interface GetMoneyFlow {
  <const F extends Column = Column>(
    security_list: string | Iterable<string>,
    options?: MoneyFlowOptions<F>,
  ): DataFrame<F>;
  <const F extends Column = Column>(
    security_list: string | Iterable<string>,
    start_date?: TimeLike | null,
    end_date?: TimeLike | null,
    fields?: F | readonly F[] | null,
    count?: number | null,
  ): DataFrame<F>;
}

/**
 * What orders of each size bought net of what they sold on each day, amounts in 万元, percentages of the day's money; rows numbered
 * from 0. A day's figures are there from 20:00 on.
 */
export const get_money_flow: GetMoneyFlow = defineApi(
  {
    name: 'get_money_flow',
    phases: ANY_PHASE,
    args: {
      security_list: required(readSecurityList),
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
      fields: optional(nullable(readColumns(DATASETS.money_flow.columns)), null),
      count: OPTIONAL_COUNT,
    },
  },
  (a) => {
    const params = { securities: a.security_list, ...rangeOf('get_money_flow', a) };
    const table = currentHost().data({ dataset: 'money_flow', params });
    return frameOfTable<Column>(withColumns(table, a.fields), { days: 'timestamp', index: null });
  },
);
