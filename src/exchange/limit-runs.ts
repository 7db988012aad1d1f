import { mix, unit } from '../platform/random.ts';
import { limitsOn } from './day-limits.ts';
import type { Instrument } from './instrument.ts';
import { CATCH_UP_DAYS } from './suspensions.ts';
import { marketDays } from './trading-days.ts';

/** Trading days one after the other on which a company closes at its limit. */
export interface LimitRun {
  /** Number of the first and the last of them. */
  readonly first: number;
  readonly last: number;
  /** Number of the day by which the price is back on its walk. */
  readonly back: number;
  readonly side: 'high' | 'low';
}

/** A company has at most one run in so many trading days (half a year), counted from a day of its own, and so many of these have one. */
const BLOCK = 125;
const HAS_ONE = 0.8;
/** A run begins on one of these days of its block, so that what is left of it is over before the next. */
const [FIRST, SPAN] = [2, 28];
/** How many of the runs are at the upper limit, and of how many days they are. */
const UPWARDS = 0.75;
const [ONE, TWO] = [0.72, 0.92];
/**
 * By what the price comes back to its walk each day, as a logarithm in swings: with the largest step of the walk, 6.7 of them, it stays
 * inside the limits. `WIDEST`: by how much more than that a day at its limit can be off, by board.
 */
const RETURN = 1;
const LARGEST_STEP = 6.7;
const WIDEST = { main: 0.106, bse: 0.357, other: 0.224 } as const;
/** Fewer ticks than this have no room for limits. */
const LEAST_TICKS = 200;
const YOUNG = 20;

/** The run whose days, or the days after it in which its price comes back, may hold a trading day; null where there is none. */
export function runAt(instrument: Instrument, index: number): LimitRun | null {
  return instrument.wild ? runIn(instrument, blockOf(instrument.key, index), index, index) : null;
}

/** All runs of which `runAt` speaks on the days `from` … `to`, ascending. */
export function runsWithin(instrument: Instrument, from: number, to: number): LimitRun[] {
  const found: LimitRun[] = [];
  if (!instrument.wild) return found;
  const last = blockOf(instrument.key, to);
  for (let block = blockOf(instrument.key, from); block <= last; block += 1) {
    const run = runIn(instrument, block, from, to);
    if (run !== null) found.push(run);
  }
  return found;
}

/** Closes of a run's days in ticks, and by what (a logarithm) the last of them is off the walk. `walk`: closes without runs. */
export function closesIn(
  instrument: Instrument,
  { first, last, side }: LimitRun,
  walk: (index: number) => number,
): { readonly closes: readonly number[]; readonly off: number } | null {
  const closes: number[] = [];
  let close = walk(first - 1);
  if (close < LEAST_TICKS) return null;
  for (let index = first; index <= last; index += 1) {
    const { highLimit, lowLimit } = limitsOn(instrument, index, marketDays().day(index), close);
    const limit = side === 'high' ? highLimit : lowLimit;
    if (limit === null) return null;
    close = limit;
    closes.push(close);
  }
  return { closes, off: Math.log(close / walk(last)) };
}

/** What is left on a day of that by which the last day of a run was off the walk. */
export function leftOf({ swing }: Instrument, off: number, { last }: LimitRun, index: number): number {
  return Math.sign(off) * Math.max(0, Math.abs(off) - RETURN * swing * (index - last));
}

function blockOf(key: number, index: number): number {
  return Math.floor((index + phaseOf(key)) / BLOCK);
}

function phaseOf(key: number): number {
  return mix(key, 242) % BLOCK;
}

/** The run of a block when it touches the days `from` … `to`. Asked for with every price: what is cheap comes first. */
function runIn(instrument: Instrument, block: number, from: number, to: number): LimitRun | null {
  const { key } = instrument;
  const earliest = block * BLOCK - phaseOf(key) + FIRST;
  if (to < earliest) return null;
  const hash = mix(mix(key, 241), block);
  if (unit(hash) >= HAS_ONE) return null;
  const first = earliest + Math.floor(unit(mix(hash, 1)) * SPAN);
  if (to < first) return null;
  const days = lengthOf(instrument, unit(mix(hash, 2)));
  const last = first + days - 1;
  const back = last + Math.ceil(days * daysBack(instrument));
  if (from > back || !isUndisturbed(instrument, first, last, back)) return null;
  return { first, last, back, side: unit(mix(hash, 3)) < UPWARDS ? 'high' : 'low' };
}

/** Days in which the price comes back from one day at its limit, at most. */
function daysBack({ board, swing }: Instrument): number {
  const widest = board === 'main' ? WIDEST.main : board === 'bse' ? WIDEST.bse : WIDEST.other;
  return (widest + LARGEST_STEP * swing) / (RETURN * swing);
}

/** Where limits are wide one day is enough. */
function lengthOf({ board }: Instrument, random: number): number {
  const days = random < ONE ? 1 : random < TWO ? 2 : 3;
  return board === 'bse' ? 1 : board === 'main' ? days : Math.min(2, days);
}

/** Listed and traded all the while, without a payment on a day of the run: its walk is then that of every other day. */
function isUndisturbed(
  { startIndex, suspensions, exRights }: Instrument,
  first: number,
  last: number,
  back: number,
): boolean {
  if (first <= startIndex + YOUNG || last >= marketDays().list.length) return false;
  const from = first - CATCH_UP_DAYS - 1;
  if (suspensions.some((one) => one.from <= back && one.to >= from)) return false;
  return !exRights.some(({ index }) => index >= first && index <= last);
}
