import { numbers, numbersOf } from '../../../src/domain/data/table.ts';
import { BtError } from '../../../src/domain/errors.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { createDict } from '../../objects/dict.ts';
import type { Dict } from '../../objects/dict.ts';
import { dayCode, dayCodeFrame } from '../../objects/day-code.ts';
import type { DayCode } from '../../objects/day-code.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { flagsOf } from '../../objects/table-frame.ts';
import { optional, required, refuseBoth } from '../arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY, today } from '../days.ts';
import type { DayRangeOptions } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { oneOf, readBoolean, readSecurityList } from '../readers.ts';

const INFOS = [
  'is_st',
  'acc_net_value',
  'unit_net_value',
  'adj_net_value',
  'futures_sett_price',
  'futures_positions',
] as const;
type ExtrasInfo = (typeof INFOS)[number];
const OF_FUTURES: ReadonlySet<string> = new Set(['futures_sett_price', 'futures_positions']);
/** What a call without start and count begins with, as JoinQuant's. */
const FIRST_DAY = '2015-01-01';

/** Named arguments of get_extras. */
export interface ExtrasOptions extends DayRangeOptions {
  readonly df?: boolean;
}

export interface GetExtras {
  (
    info: ExtrasInfo,
    security_list: string | Iterable<string>,
    options: ExtrasOptions & { readonly df: false },
  ): Dict<Float64Array | readonly (boolean | null)[]>;
  (info: ExtrasInfo, security_list: string | Iterable<string>, options?: ExtrasOptions): DataFrame;
  (
    info: ExtrasInfo,
    security_list: string | Iterable<string>,
    start_date?: TimeLike | null,
    end_date?: TimeLike | null,
    df?: true,
    count?: number | null,
  ): DataFrame;
}

/**
 * One figure of securities on each day, days × codes: whether a stock is under risk warning (true, false; null when it was not
 * listed), or what a unit of a fund is worth (NaN where it is not known). With `df: false` the values by code.
 */
export const get_extras: GetExtras = defineApi(
  {
    name: 'get_extras',
    phases: ANY_PHASE,
    args: {
      info: required(oneOf(INFOS)),
      security_list: required(readSecurityList),
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
      df: optional(readBoolean, true),
      count: OPTIONAL_COUNT,
    },
  },
  ({ info, security_list: securities, start_date, end_date, df, count }) => {
    if (OF_FUTURES.has(info)) throw noFutures(info);
    refuseBoth('get_extras', { start_date, count });
    const start = count === null ? (start_date ?? FIRST_DAY) : null;
    const params = { info, securities, start, end: end_date ?? today(), count };
    const table = currentHost().data({ dataset: 'extras', params });
    const grid = dayCode(table, securities);
    const values = numbersOf(table, 'value');
    const result: unknown = df
      ? dayCodeFrame(grid, numbers(info === 'is_st' ? 'flag' : 'float', values))
      : byCode(grid, values, info);
    return result as DataFrame & Dict<Float64Array>; // the overloads of GetExtras say which of the two it is
  },
);

function noFutures(info: string): BtError {
  return new BtError(
    'UNSUPPORTED',
    `get_extras('${info}') is not supported: futures are not traded here. Ask for is_st or the net values of funds.`,
    {
      fault: 'strategy',
    },
  );
}

function byCode(
  { codes, rows }: DayCode,
  values: Float64Array,
  info: ExtrasInfo,
): Dict<Float64Array | (boolean | null)[]> {
  return createDict(
    codes.map((code, at) => {
      const own = Float64Array.from(rows[at] ?? [], (row) => values[row] ?? Number.NaN);
      return [code, info === 'is_st' ? flagsOf(own) : own] as const;
    }),
    'get_extras()',
  );
}
