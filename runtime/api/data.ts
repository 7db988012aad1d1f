import { createCurrentData } from '../objects/current-data.ts';
import type { CurrentData } from '../objects/current-data.ts';
import { date } from '../objects/datetime/date.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import { currentHost } from '../host.ts';
import { normalizeCode } from '../../src/domain/market/symbol.ts';
import { pyRepr } from '../text/python-text.ts';
import { badArgument, required, refuseBoth } from './arguments.ts';
import type { Reader } from './arguments.ts';
import { OPTIONAL_COUNT, OPTIONAL_DAY } from './days.ts';
import type { DayRangeOptions } from './days.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import { isIterable } from './readers.ts';

/** Today's prices and flags: `get_current_data()[code].last_price`. Each code is read once; a new call shows prices at most 3 s old. */
export const get_current_data: () => CurrentData = defineApi(
  { name: 'get_current_data', phases: ANY_PHASE, args: {} },
  createCurrentData,
);

export interface GetTradeDays {
  (options: DayRangeOptions): date[];
  (start_date?: TimeLike | null, end_date?: TimeLike | null, count?: number | null): date[];
}

/** Trading days from start to end (default: today), both included, or the last `count` up to end. */
export const get_trade_days: GetTradeDays = defineApi(
  {
    name: 'get_trade_days',
    phases: ANY_PHASE,
    args: {
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
      count: OPTIONAL_COUNT,
    },
  },
  (a) => {
    refuseBoth('get_trade_days', { start_date: a.start_date, count: a.count });
    const start = a.start_date ?? (a.count === null ? FIRST_DAY : null);
    return currentHost()
      .tradeDays(start, a.end_date, a.count)
      .map((day) => date.fromisoformat(day));
  },
);

/** The first day on which anything was traded. */
const FIRST_DAY = '1990-12-19';

/** Every trading day from 1990-12-19, the first of all, to the end of this year. */
export const get_all_trade_days: () => date[] = defineApi(
  { name: 'get_all_trade_days', phases: ANY_PHASE, args: {} },
  () => {
    const host = currentHost();
    const year = host.dispatch().tradingDay.slice(0, 4);
    return host.tradeDays(FIRST_DAY, `${year}-12-31`, null).map((day) => date.fromisoformat(day));
  },
);

export interface NormalizeCode {
  (code: string | number): string;
  (code: readonly (string | number)[]): string[];
}

const readCodes: Reader<string | string[]> = (value, where) => {
  if (typeof value === 'string' || typeof value === 'number') return normalizeCode(value);
  if (isIterable(value)) return Array.from(value, (item) => readCodes(item, where)).flat();
  throw badArgument(where, `must be a code or a list of codes, was ${pyRepr(value)}.`);
};

/** JoinQuant's spelling of a code: `'000001'`, `'SZ000001'`, `'000001.sz'` and `1` are `'000001.XSHE'`. */
export const normalize_code: NormalizeCode = defineApi(
  { name: 'normalize_code', phases: ANY_PHASE, args: { code: required(readCodes) } },
  (a) => a.code as string & string[], // the overloads of NormalizeCode say which of the two it is
);
