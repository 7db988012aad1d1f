import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { BtError } from '../../domain/errors.ts';
import { HOUR } from '../../domain/time.ts';
import { isListedOn, isStOn } from '../instrument.ts';
import type { Instrument } from '../instrument.ts';
import type { Market } from '../market.ts';
import type { Steps } from '../../domain/steps.ts';
import { netValueOn } from '../universe/net-value.ts';
import { daysAsked, publishedAt, requireFew } from './day-range.ts';
import { tableOfRows } from './rows.ts';

/** When a fund's value of a day is told. */
const VALUE_KNOWN = 20 * HOUR;
const NET_VALUES: ReadonlySet<string> = new Set(['unit_net_value', 'acc_net_value', 'adj_net_value']);

type Value = (instrument: Instrument, index: number) => number;

/** A row for each day and security; NaN where there is nothing to tell. */
export function* extras(market: Market, params: ParamsOf<'extras'>, asOf: number): Steps<DataTable> {
  const value = valueOf(market, params.info, asOf);
  const asked = daysAsked(market, params, market.moment(asOf).index);
  requireFew('get_extras', params.securities.length, asked, Object.keys(DATASETS.extras.columns).length);
  const { first, last } = asked;
  const instruments = params.securities.map((code) => market.instrument(code));
  const rows = [];
  for (let index = first; index <= last; index += 1) {
    const day = market.days.midnight(index);
    for (const one of instruments) {
      const listed = isListedOn(one, index);
      rows.push({ day, code: one.security, value: listed ? value(one, index) : Number.NaN });
    }
    yield;
  }
  return tableOfRows(DATASETS.extras.columns, rows);
}

function valueOf(market: Market, info: string, asOf: number): Value {
  if (info === 'is_st') return (one, index) => (isStOn(one, index) ? 1 : 0);
  if (!NET_VALUES.has(info)) {
    throw new BtError(
      'NOT_SERVED',
      `get_extras('${info}') is not served here: futures have no prices on the paper market. Ask for is_st or the net values of funds.`,
      {
        fault: 'strategy',
      },
    );
  }
  const known = publishedAt(market, asOf, VALUE_KNOWN);
  // Nothing is paid out by funds here: all three are the same.
  return (one, index) => (index > known ? Number.NaN : netValueOn(one, index));
}
