import type { ParamsOf } from '../../domain/data/datasets.ts';
import { texts } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { HOUR, MINUTE } from '../../domain/time.ts';
import { OPENING_MATCH } from '../grid.ts';
import { isSuspended } from '../suspensions.ts';
import type { Market } from '../market.ts';
import { quoteAt } from '../quotes.ts';
import type { Steps } from '../../domain/steps.ts';
import type { ExchangeTick } from '../types.ts';
import { daysAsked, publishedAt, requireFew } from './day-range.ts';
import { DEPTH_COLUMNS, tickTable } from './ticks.ts';

const KNOWN_FROM = 9 * HOUR + 28 * MINUTE;
/** A day's opening is drawn with the whole day. */
const COST = 100;
const COLUMNS: readonly string[] = ['time', 'current', 'volume', 'money', ...DEPTH_COLUMNS];

/** The opening match of each security and day on which it traded: the quote of 9:25. */
export function* callAuction(market: Market, params: ParamsOf<'call_auction'>, asOf: number): Steps<DataTable> {
  const asked = daysAsked(market, params, publishedAt(market, asOf, KNOWN_FROM));
  requireFew('get_call_auction', params.securities.length, asked, COST);
  const { first, last } = asked;
  const found = params.securities.flatMap((code) => {
    const { security, startIndex, suspensions } = market.instrument(code);
    const from = Math.max(first, startIndex);
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i)
      .filter((index) => !isSuspended(suspensions, index))
      .map((index) => ({ security, time: market.days.midnight(index) + OPENING_MATCH }));
  });
  const quotes: ExchangeTick[] = [];
  for (const { security, time } of found) {
    quotes.push(quoteAt(market, security, time));
    yield;
  }
  const table = tickTable(
    quotes,
    found.map(({ time }) => time),
    true,
  );
  const columns = COLUMNS.flatMap((name) => {
    const column = table.columns.get(name);
    return column === undefined ? [] : [[name, column] as const];
  });
  return { rows: table.rows, columns: new Map([['code', texts(found.map(({ security }) => security))], ...columns]) };
}
