import { numbers, numbersOf } from '../../../src/domain/data/table.ts';
import { currentHost } from '../../host.ts';
import { createDict } from '../../objects/dict.ts';
import type { Dict } from '../../objects/dict.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { dayCode, dayCodeFrame } from '../../objects/day-code.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { pyRepr } from '../../text/python-text.ts';
import { badArgument, required } from '../arguments.ts';
import type { Reader } from '../arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY, rangeOf } from '../days.ts';
import type { DayRangeOptions } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { isIterable, readSecurityList, readText } from '../readers.ts';

export interface GetFactorValues {
  (
    securities: string | Iterable<string>,
    factors: string | Iterable<string>,
    options: DayRangeOptions,
  ): Dict<DataFrame>;
  (
    securities: string | Iterable<string>,
    factors: string | Iterable<string>,
    start_date?: TimeLike | null,
    end_date?: TimeLike | null,
    count?: number | null,
  ): Dict<DataFrame>;
}

/** One name or a list of them, without repeats. */
const readNames: Reader<readonly string[]> = (value, where) => {
  const items: unknown[] = typeof value === 'string' ? [value] : isIterable(value) ? [...value] : [];
  if (items.length === 0) throw badArgument(where, `must name at least one factor, was ${pyRepr(value)}.`);
  return [...new Set(items.map((item) => readText(item, where)))];
};

/**
 * Values of factors by day and security: a dict of tables, one for each factor, rows are days, columns codes; NaN where a factor has
 * no value. A day's are known from 5:00 of the next calendar day on. At most 200,000 at once; a factor that the source does not compute
 * is refused by name.
 */
export const get_factor_values: GetFactorValues = defineApi(
  {
    name: 'get_factor_values',
    phases: ANY_PHASE,
    args: {
      securities: required(readSecurityList),
      factors: required(readNames),
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
      count: OPTIONAL_COUNT,
    },
  },
  (a) => {
    const { securities } = a;
    const params = { securities, factors: a.factors, ...rangeOf('get_factor_values', a) };
    const table = currentHost().data({ dataset: 'factor_values', params });
    const grid = dayCode(table, securities);
    return createDict(
      a.factors.map((name): [string, DataFrame] => [
        name,
        dayCodeFrame(grid, numbers('float', numbersOf(table, name))),
      ]),
      'get_factor_values()',
    );
  },
);

type FactorColumn = 'factor' | 'factor_intro' | 'category' | 'category_intro';

/** The factors that the source computes: name, what it is, category; rows numbered from 0. */
export const get_all_factors: () => DataFrame<FactorColumn> = defineApi(
  { name: 'get_all_factors', phases: ANY_PHASE, args: {} },
  () =>
    frameOfTable<FactorColumn>(currentHost().data({ dataset: 'factors', params: {} }), {
      days: 'timestamp',
      index: null,
    }),
);
