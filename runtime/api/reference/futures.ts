import { currentHost } from '../../host.ts';
import { date as dateClass } from '../../objects/datetime/date.ts';
import type { date } from '../../objects/datetime/date.ts';
import { readDay } from '../../objects/datetime/read-time.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { createDict } from '../../objects/dict.ts';
import type { Dict } from '../../objects/dict.ts';
import { required } from '../arguments.ts';
import { OPTIONAL_DAY, today } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { readSecurityList, readText } from '../readers.ts';
import { codesOf } from './indices.ts';

export interface GetFutureContracts {
  (options: { readonly underlying_symbol: string; readonly date?: TimeLike | null }): string[];
  (underlying_symbol: string, date?: TimeLike | null): string[];
}

/** Contracts of a product that are listed on a day, the nearest first. They cannot be ordered. */
export const get_future_contracts: GetFutureContracts = defineApi(
  {
    name: 'get_future_contracts',
    phases: ANY_PHASE,
    args: { underlying_symbol: required(readText), date: OPTIONAL_DAY },
  },
  ({ underlying_symbol, date: day }) => {
    const params = { product: underlying_symbol.toUpperCase(), day: day ?? today() };
    return codesOf(currentHost().data({ dataset: 'future_contracts', params }));
  },
);

export interface GetDominantFuture {
  (options: { readonly underlying_symbol: string; readonly date?: TimeLike | null }): string;
  (underlying_symbol: string, date?: TimeLike | null): string;
}

/** The contract of a product that is traded most on a day; an empty text when there is none. It cannot be ordered. */
export const get_dominant_future: GetDominantFuture = defineApi(
  {
    name: 'get_dominant_future',
    phases: ANY_PHASE,
    args: { underlying_symbol: required(readText), date: OPTIONAL_DAY },
  },
  ({ underlying_symbol, date: day }) => {
    const params = { product: underlying_symbol.toUpperCase(), day: day ?? today() };
    return codesOf(currentHost().data({ dataset: 'dominant_future', params }))[0] ?? '';
  },
);

export interface GetTradeDay {
  (options: { readonly security: string | Iterable<string>; readonly query_dt: TimeLike }): Dict<date | null>;
  (security: string | Iterable<string>, query_dt: TimeLike): Dict<date | null>;
}

/** The trading day that a time belongs to, by code: its own day, null when that does not trade. */
export const get_trade_day: GetTradeDay = defineApi(
  {
    name: 'get_trade_day',
    phases: ANY_PHASE,
    args: { security: required(readSecurityList), query_dt: required(readDay) },
  },
  ({ security, query_dt: day }) => {
    const [found] = currentHost().tradeDays(day, day, null);
    const answer = found === undefined ? null : dateClass.fromisoformat(found);
    return createDict(
      security.map((code) => [code, answer] as const),
      'get_trade_day()',
    );
  },
);
