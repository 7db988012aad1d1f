import { chinaInstant, chinaDay, DAY } from '../../../src/domain/time.ts';
import { badArgument } from '../../api/arguments.ts';
import type { Reader } from '../../api/arguments.ts';
import { columnOf, fetchBars } from '../../objects/bars.ts';
import { date } from '../../objects/datetime/date.ts';
import { readTime } from '../../objects/datetime/read-time.ts';
import { currentHost } from '../../host.ts';
import type { HistoryBlock, HistoryRequest } from '../../host.ts';
import { at, mapped } from '../talib/functions/real.ts';
import type { Real } from '../talib/functions/real.ts';

/** What an indicator may read of its bars. */
export type BarSeries = 'open' | 'high' | 'low' | 'close' | 'volume' | 'money';

/** One security's bars, oldest first. */
export interface Bars {
  readonly time: Real;
  readonly open: Real;
  readonly high: Real;
  readonly low: Real;
  readonly close: Real;
  /** In shares, and in lots of 100. */
  readonly volume: Real;
  readonly vol: Real;
  /** In yuan. */
  readonly money: Real;
}

export interface Asked {
  readonly end: number;
  readonly unit: string;
  readonly includeNow: boolean;
  /** Null = as of now. */
  readonly reference: number | null;
}

const MIDNIGHT = '00:00';
/** A daily bar is finished by then. */
const CLOSED = '15:00';

/** An instant is itself; a day without time means its close. */
export const readCheckDate: Reader<number> = (value, where) => {
  const ms = readTime(value, where);
  const dayOnly = value instanceof date || (typeof value === 'string' && !/\d:\d/u.test(value));
  if (dayOnly) return chinaInstant(chinaDay(ms), CLOSED);
  // At midnight the day's bar does not exist yet.
  return ms === chinaInstant(chinaDay(ms), MIDNIGHT) ? ms - 1 : ms;
};

/** Bars of all these securities with one request (two when prices are adjusted as of another day), in the order asked. */
export function barsOf(
  securities: readonly string[],
  count: number,
  fields: readonly BarSeries[],
  asked: Asked,
): Bars[] {
  const { logicalTime } = currentHost().dispatch();
  const { reference } = asked;
  const asOfNow = reference === null || (logicalTime >= reference && logicalTime - reference < DAY);
  const request = {
    securities,
    unit: asked.unit,
    count,
    end: Math.min(asked.end, logicalTime),
    skipPaused: true,
    includeToday: asked.includeNow,
  } satisfies Partial<HistoryRequest>;
  if (asOfNow) return fetchBars({ ...request, fields, adjust: 'pre' }).map((block) => seriesOf(block, fields));
  const raw = fetchBars({ ...request, fields: [...fields, 'factor'], adjust: 'none' });
  const then = fetchBars({ ...request, unit: '1d', count: 1, end: reference, fields: ['factor'], adjust: 'none' });
  return raw.map((block, i) => {
    const own = then[i];
    const base = own === undefined ? NaN : at(columnOf(own, 'factor'), own.time.length - 1);
    return adjusted(seriesOf(block, fields), columnOf(block, 'factor'), Number.isNaN(base) ? 1 : base);
  });
}

function seriesOf(block: HistoryBlock, fields: readonly BarSeries[]): Bars {
  const read = (field: BarSeries): Real =>
    fields.includes(field) ? columnOf(block, field) : new Float64Array(block.time.length).fill(NaN);
  const volume = read('volume');
  return {
    time: block.time,
    open: read('open'),
    high: read('high'),
    low: read('low'),
    close: read('close'),
    volume,
    vol: volume.map((shares) => shares / 100),
    money: read('money'),
  };
}

/** Raw bars as they look from a day on which the factor was `base`: before the first listing day it is 1. */
function adjusted(bars: Bars, factors: Real, base: number): Bars {
  const price = (x: Real): Real => mapped([x, factors], (value = NaN, factor = NaN) => (value * factor) / base);
  const amount = (x: Real): Real => mapped([x, factors], (value = NaN, factor = NaN) => (value * base) / factor);
  return {
    ...bars,
    open: price(bars.open),
    high: price(bars.high),
    low: price(bars.low),
    close: price(bars.close),
    volume: amount(bars.volume),
    vol: amount(bars.vol),
  };
}

/** Another security's bars on these times; gaps where it has none. */
export function alignedTo(time: Real, other: Bars): Bars {
  const places = new Map(Array.from(other.time, (at_, i): [number, number] => [at_, i]));
  const on = (x: Real): Real => time.map((one) => at(x, places.get(one) ?? -1));
  return {
    time,
    open: on(other.open),
    high: on(other.high),
    low: on(other.low),
    close: on(other.close),
    volume: on(other.volume),
    vol: on(other.vol),
    money: on(other.money),
  };
}

/** A count of bars, at least 1. */
export const readPeriod: Reader<number> = (value, where) => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw badArgument(where, `must be a whole number of bars, at least 1, was ${String(value)}.`);
};
