import { mix, mixInto, mixRoot, unit } from '../platform/random.ts';
import type { Instrument } from './instrument.ts';
import { CATCH_UP_DAYS, marketDay, ownDays } from './suspensions.ts';

/** Longest wave: 512 trading days, about two years. */
const OCTAVES = 10;

/**
 * How much of a company's moves is its own, and how much the whole market's. While it catches up after a suspension the market part
 * runs a quarter faster, so that a day's step stays within 0.7 + 1.25 × 0.4 = 1.2 times that of one walk.
 */
const OWN_PART = 0.7;
const MARKET_PART = 0.4;

/** What each octave is multiplied by: made once, since every close asks for all of them. */
const HEIGHTS = Float64Array.from({ length: OCTAVES }, (_, octave) => Math.sqrt(2 ** octave));

/** Height of the walk at a day; one day's step stays within ±6.7, with a standard deviation of 1.15. */
export function walkHeight(key: number, day: number): number {
  let height = 0;
  const root = mixRoot(key);
  for (let octave = 0; octave < OCTAVES; octave += 1) {
    const wave = mixInto(root, 31 + octave);
    const knots = mixRoot(wave);
    const period = 1 << octave;
    const at = day + (wave & (period - 1)); // each octave bends on days of its own
    const knot = Math.floor(at / period);
    const share = at / period - knot;
    const left = 2 * unit(mixInto(knots, knot)) - 1;
    const value = share === 0 ? left : left + share * (2 * unit(mixInto(knots, knot + 1)) - 1 - left);
    height += (HEIGHTS[octave] ?? 0) * value;
  }
  return height;
}

/** The same at each of `count` days from `first` on. */
export function walkHeights(key: number, first: number, count: number): Float64Array {
  const heights = new Float64Array(count);
  for (let octave = 0; octave < OCTAVES; octave += 1) {
    const wave = mix(key, 31 + octave);
    const period = 1 << octave;
    const root = HEIGHTS[octave] ?? 0;
    const at = first + (wave & (period - 1));
    let knot = Math.floor(at / period);
    let step = at - knot * period;
    let left = 2 * unit(mix(wave, knot)) - 1;
    let right = 2 * unit(mix(wave, knot + 1)) - 1;
    for (let day = 0; day < count; day += 1) {
      heights[day] = (heights[day] ?? 0) + root * (step === 0 ? left : left + (step / period) * (right - left));
      step += 1;
      if (step < period) continue;
      step = 0;
      knot += 1;
      left = right;
      right = 2 * unit(mix(wave, knot + 1)) - 1;
    }
  }
  return heights;
}

type Walker = Pick<Instrument, 'key' | 'marketKey' | 'suspensions'>;

/** Height of a security's walk on a trading day. */
export function heightOn({ key, marketKey, suspensions }: Walker, index: number): number {
  const own = walkHeight(key, ownDays(suspensions, index));
  if (marketKey === null) return own;
  return OWN_PART * own + MARKET_PART * marketHeight(marketKey, marketDay(suspensions, index));
}

/** Heights on each of the trading days `from` … `to`. */
export function heightsOn({ key, marketKey, suspensions }: Walker, from: number, to: number): Float64Array {
  const heights = onOwnDays(
    walkHeightsFor(key, ownDays(suspensions, from), ownDays(suspensions, to)),
    suspensions,
    from,
    to,
  );
  if (marketKey === null) return heights;
  const isLate = suspensions.some((one) => one.from <= to && from <= one.to + CATCH_UP_DAYS);
  for (let at = 0; at < heights.length; at += 1) {
    const day = isLate ? marketDay(suspensions, from + at) : from + at;
    heights[at] = OWN_PART * (heights[at] ?? 0) + MARKET_PART * marketHeight(marketKey, day);
  }
  return heights;
}

function walkHeightsFor(key: number, first: number, last: number): Float64Array {
  return walkHeights(key, first, last - first + 1);
}

/** Spreads heights by own day over trading days: on days without trading the walk stands still. */
function onOwnDays(own: Float64Array, suspensions: Walker['suspensions'], from: number, to: number): Float64Array {
  if (own.length === to - from + 1) return own;
  const first = ownDays(suspensions, from);
  return Float64Array.from({ length: to - from + 1 }, (_, at) => own[ownDays(suspensions, from + at) - first] ?? 0);
}

/** More days than the market has, and how many markets are remembered: 64 KB each. */
const MARKET_DAYS = 8192;
const MOST_MARKETS = 8;

const markets = new Map<number, Float64Array>();
/** The one that was asked for last: nearly always the one that is asked for next. */
let lastKey = Number.NaN;
let lastTable: Float64Array = new Float64Array(0);

/** Height of the walk that all companies share: made for all days at once, since every company asks for it. */
function marketHeight(key: number, day: number): number {
  // Nothing is in the table for parts of days (while a company catches up) and for what was before the first.
  if (key !== lastKey) {
    lastTable = marketTable(key);
    lastKey = key;
  }
  return lastTable[day] ?? walkHeight(key, day);
}

function marketTable(key: number): Float64Array {
  const known = markets.get(key);
  if (known !== undefined) return known;
  const oldest = markets.keys().next();
  if (markets.size >= MOST_MARKETS && oldest.done !== true) markets.delete(oldest.value);
  const table = walkHeights(key, 0, MARKET_DAYS);
  markets.set(key, table);
  return table;
}
