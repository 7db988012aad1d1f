import { BtError } from '../domain/errors.ts';
import { DAY, MINUTE } from '../domain/time.ts';
import type { Bars, BarsRequest, BarUnit } from '../domain/trading.ts';
import { BarTable } from './bar-table.ts';
import { priceFactors } from './adjustment.ts';
import { closesOf } from './daily-close.ts';
import { yuan } from './data.ts';
import { dayShapes } from './day-shape.ts';
import { AFTERNOON_OPEN, CLOSE_TICK, MINUTES, MORNING_OPEN } from './grid.ts';
import type { Instrument } from './instrument.ts';
import type { Market } from './market.ts';
import { isSuspended } from './suspensions.ts';

const UNIT_MINUTES: Readonly<Record<BarUnit, number>> = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '60m': 60,
  '1d': MINUTES,
};

/** History up to `now`: minute bars whose end has come, daily bars with today's unfinished one from 09:30 on. */
export function historyBars(market: Market, request: BarsRequest, now: number): Bars {
  const { count, unit } = request;
  if (count !== null && !(Number.isInteger(count) && count >= 0)) {
    throw new BtError('BAD_COUNT', `${count} is not a number of bars; give a whole number, or null with a start.`, {
      fault: 'strategy',
    });
  }
  const instrument = market.instrument(request.security);
  return unit === '1d' ? dailyBars(market, instrument, request, now) : minuteBars(market, instrument, request, now);
}

function dailyBars(market: Market, instrument: Instrument, request: BarsRequest, now: number): Bars {
  const { days } = market;
  const { index: today, time, tick } = market.moment(now);
  const begun = time >= MORNING_OPEN ? today : today - 1;
  const last = Math.min(begun, days.indexWithin(request.end), instrument.lastIndex ?? begun);
  const asked = request.start === null ? 0 : days.indexWithin(request.start - 1) + 1;
  const counted = request.count === null ? 0 : last + 1 - request.count;
  const first = Math.max(instrument.startIndex, asked, counted, 0);
  if (wantsClosesOnly(request))
    return closeBars(market, instrument, { adjust: request.adjust, first, last, today, tick });
  const table = new BarTable(instrument, Math.max(0, last - first + 1), request.columns);
  const factors = priceFactors(instrument, request.adjust, today);
  for (const shape of dayShapes(instrument, days, first, last)) {
    const { index } = shape;
    const unfinished = index === today && tick < CLOSE_TICK && !shape.paused;
    const { high, low, lots, lotTicks } = unfinished ? market.session(instrument, index).running(tick) : shape;
    const close = unfinished ? market.session(instrument, index).price(tick) : shape.close;
    const bar = { open: shape.open, close, high, low, lots, lotTicks, preClose: shape.preClose };
    table.set(index - first, shape.midnight, bar, shape, factors(index));
  }
  return table.bars();
}

/** What follows from a day's close alone: the rest of a day costs ten times as much. */
const OF_THE_CLOSE: ReadonlySet<string> = new Set(['close', 'paused', 'factor']);

function wantsClosesOnly({ columns }: BarsRequest): boolean {
  return columns !== undefined && columns.length > 0 && columns.every((name) => OF_THE_CLOSE.has(name));
}

interface CloseRange extends Pick<BarsRequest, 'adjust'> {
  /** Numbers of trading days. */
  readonly first: number;
  readonly last: number;
  readonly today: number;
  /** The tick in force today. */
  readonly tick: number;
}

function closeBars(market: Market, instrument: Instrument, { adjust, first, last, today, tick }: CloseRange): Bars {
  const rows = Math.max(0, last - first + 1);
  const factors = priceFactors(instrument, adjust, today);
  const column = (): Float64Array => new Float64Array(rows);
  const [time, close, paused, factor] = [column(), column(), column(), column()];
  const closes = closesOf(instrument, first, last);
  for (let row = 0; row < rows; row += 1) {
    const index = first + row;
    const isPaused = isSuspended(instrument.suspensions, index);
    const runs = index === today && tick < CLOSE_TICK && !isPaused;
    const ticks = runs ? market.session(instrument, index).price(tick) : (closes[row] ?? Number.NaN);
    time[row] = market.days.midnight(index);
    paused[row] = isPaused ? 1 : 0;
    factor[row] = factors(index);
    close[row] = yuan(ticks * instrument.tickMills) * (factor[row] ?? 1);
  }
  return { security: instrument.security, time, columns: { close, paused, factor } };
}

function minuteBars(market: Market, instrument: Instrument, request: BarsRequest, now: number): Bars {
  const { days } = market;
  const size = UNIT_MINUTES[request.unit];
  const perDay = MINUTES / size;
  const { lastIndex } = instrument;
  const until = lastIndex === null ? request.end : Math.min(request.end, days.midnight(lastIndex) + DAY - 1);
  const end = Math.min(now, until);
  const last = days.indexWithin(end);
  if (last < 0) return new BarTable(instrument, 0, request.columns).bars();
  const asked = request.start === null ? 0 : Math.max(0, days.indexWithin(request.start));
  const listed = Math.max(instrument.startIndex, 0);
  // Bars are counted from the first one of day `listed`.
  const stop = (last - listed) * perDay + barsUntil(end - days.midnight(last), size);
  const labelled =
    request.start === null || asked < listed
      ? 0
      : (asked - listed) * perDay + barsUntil(request.start - 1 - days.midnight(asked), size);
  const from = Math.max(labelled, request.count === null ? 0 : stop - request.count);
  const table = new BarTable(instrument, Math.max(0, stop - from), request.columns);
  const factors = priceFactors(instrument, request.adjust, market.moment(now).index);
  for (let bar = from; bar < stop;) {
    const index = listed + Math.floor(bar / perDay);
    const until = Math.min(stop, (index - listed + 1) * perDay);
    const onDay = bar - (index - listed) * perDay;
    table.setMinutes(bar - from, market.session(instrument, index), {
      size,
      from: onDay,
      count: until - bar,
      factor: factors(index),
    });
    bar = until;
  }
  return table.bars();
}

/** Number of a day's bars whose label (their end) is at or before a time of day (ms after midnight). */
function barsUntil(time: number, size: number): number {
  const morning = Math.min(Math.max(Math.floor((time - MORNING_OPEN) / MINUTE), 0), MINUTES / 2);
  const afternoon = Math.min(Math.max(Math.floor((time - AFTERNOON_OPEN) / MINUTE), 0), MINUTES / 2);
  return Math.floor((morning + afternoon) / size);
}
