import { numbersOf, textsOf } from '../../../src/domain/data/table.ts';
import type { DataTable } from '../../../src/domain/data/table.ts';
import { currentHost } from '../../host.ts';
import { createDict } from '../../objects/dict.ts';
import type { Dict } from '../../objects/dict.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { floats, times } from '../../objects/frame/column/column.ts';
import { makeFrame } from '../../objects/frame/factory.ts';
import { Index } from '../../objects/frame/index/index.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { pyRepr } from '../../text/python-text.ts';
import { badArgument, required } from '../arguments.ts';
import type { Reader } from '../arguments.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { isIterable, readSecurityList, readText } from '../readers.ts';
import { COUNT, END_DATE, rangeOf, START_DATE } from './range.ts';
import type { DayRangeOptions } from './range.ts';

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
      start_date: START_DATE,
      end_date: END_DATE,
      count: COUNT,
    },
  },
  (a) => {
    const securities = [...new Set(a.securities)];
    const params = { securities, factors: a.factors, ...rangeOf('get_factor_values', a) };
    const table = currentHost().data({ dataset: 'factor_values', params });
    const wide = byDay(table, securities);
    return createDict(
      a.factors.map((name): [string, DataFrame] => [name, wide(name)]),
      'get_factor_values()',
    );
  },
);

/** Makes of a column, which has a row for each day and security in any order, a table day × security. */
function byDay(table: DataTable, securities: readonly string[]): (name: string) => DataFrame {
  const [day, code] = [numbersOf(table, 'day'), textsOf(table, 'code')];
  const days = Float64Array.from(new Set(day)).sort();
  const [rowOf, columnOf] = [
    new Map(Array.from(days, (ms, i) => [ms, i])),
    new Map(securities.map((one, i) => [one, i])),
  ];
  const index = Index.of([times(days)]);
  return (name) => {
    const values = numbersOf(table, name);
    const columns = securities.map(() => new Float64Array(days.length).fill(Number.NaN));
    for (let row = 0; row < table.rows; row += 1) {
      const column = columns[columnOf.get(code[row] ?? '') ?? -1];
      const at = rowOf.get(day[row] ?? Number.NaN);
      if (column !== undefined && at !== undefined) column[at] = values[row] ?? Number.NaN;
    }
    return makeFrame(new Index(securities), columns.map(floats), index);
  };
}

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
