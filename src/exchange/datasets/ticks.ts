import { numbers, tableOf } from '../../domain/data/table.ts';
import type { DataColumn, DataTable } from '../../domain/data/table.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import { BtError } from '../../domain/errors.ts';
import {
  CLOSE_TICK,
  DAY_CLOSE,
  LAST_CONTINUOUS_TICK,
  MORNING_OPEN,
  OPENING_CALL,
  OPENING_MATCH,
  TICK,
  tickTime,
} from '../grid.ts';
import type { Market } from '../market.ts';
import { quoteAt } from '../quotes.ts';
import type { Steps } from '../../domain/steps.ts';
import type { ExchangeTick } from '../types.ts';

/** Ticks in one answer: about twenty days. */
const MOST_TICKS = 100_000;

/** Columns of the order book: price and volume of the five levels of both sides. */
export const DEPTH_COLUMNS: readonly string[] = ['a', 'b'].flatMap((side) =>
  ['v', 'p'].flatMap((what) => [1, 2, 3, 4, 5].map((level) => `${side}${level}_${what}`)),
);

/** A reading of the day's feed; `tick` is null where nothing can have traded since the one before. */
interface Reading {
  readonly time: number;
  readonly tick: number | null;
}

/** Every 3 seconds in which the feed moves: the calls, the opening match, continuous auction, the closing match. */
const DAY: readonly Reading[] = [
  ...quiet(OPENING_CALL, OPENING_MATCH),
  { time: OPENING_MATCH, tick: 0 },
  { time: MORNING_OPEN, tick: null },
  ...Array.from({ length: LAST_CONTINUOUS_TICK }, (_, i) => ({ time: tickTime(i + 1), tick: i + 1 })),
  ...quiet(tickTime(LAST_CONTINUOUS_TICK) + TICK, DAY_CLOSE),
  { time: DAY_CLOSE, tick: CLOSE_TICK },
];

function quiet(from: number, to: number): Reading[] {
  return Array.from({ length: (to - from) / TICK }, (_, i) => ({ time: from + i * TICK, tick: null }));
}

/** The readings of a security's feed, as its quotes were at those instants. `skip`: without those that show no new trade. */
export function* ticks(market: Market, params: ParamsOf<'ticks'>, asOf: number): Steps<DataTable> {
  const found = instants(market, params, Math.min(asOf, params.end));
  const quotes: ExchangeTick[] = [];
  for (const at of found) {
    quotes.push(quoteAt(market, params.security, at));
    yield;
  }
  return tickTable(quotes, found, params.depth);
}

/** Read from the end backwards, because that is the end a count begins at. */
function instants(market: Market, { security, start, count, skip }: ParamsOf<'ticks'>, end: number): number[] {
  const instrument = market.instrument(security);
  const begin = start ?? Number.NEGATIVE_INFINITY;
  const wanted = count ?? MOST_TICKS + 1;
  const found: number[] = [];
  for (let index = market.days.indexWithin(end); index >= instrument.startIndex; index -= 1) {
    const midnight = market.days.midnight(index);
    if (midnight + DAY_CLOSE < begin || found.length >= wanted) break;
    const session = market.session(instrument, index);
    if (session.shape.paused) continue;
    for (const { time, tick } of DAY.toReversed()) {
      const at = midnight + time;
      if (at > end) continue;
      if (at < begin || found.length >= wanted) break;
      if (!skip || (tick !== null && session.lotsAt(tick) > 0)) found.push(at);
    }
    if (found.length > MOST_TICKS) throw tooMany(security);
  }
  return found.reverse();
}

function tooMany(security: string): BtError {
  return new BtError(
    'TOO_MUCH_DATA',
    `${security} has more than ${MOST_TICKS} ticks in that time, which is more than is answered at once; ask for fewer days.`,
    { fault: 'strategy' },
  );
}

/** Quotes as rows of ticks; a level that the book has not is missing. */
export function tickTable(quotes: readonly ExchangeTick[], times: readonly number[], depth: boolean): DataTable {
  const column = (read: (tick: ExchangeTick) => number | null): DataColumn =>
    numbers(
      'float',
      quotes.map((tick) => read(tick) ?? Number.NaN),
    );
  const columns: Record<string, DataColumn> = {
    time: numbers('time', times),
    current: column(({ quote }) => quote.lastPrice),
    open: column(({ quote }) => quote.dayOpen),
    high: column(({ dayHigh }) => dayHigh),
    low: column(({ dayLow }) => dayLow),
    volume: column(({ quote }) => quote.volume),
    money: column(({ money }) => money),
  };
  if (depth) for (const name of DEPTH_COLUMNS) columns[name] = column((tick) => depthOf(tick, name));
  return tableOf(columns);
}

/** `a1_v` … `b5_p`. */
function depthOf({ asks, bids }: ExchangeTick, name: string): number | null {
  const level = (name.startsWith('a') ? asks : bids)[Number(name.charAt(1)) - 1];
  if (level === undefined) return null;
  return name.endsWith('p') ? level.price : level.volume;
}
