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
  readonly side: 'high' | 'low';
}

/** A company has at most one run in so many trading days (half a year), counted from a day of its own, and so many of these have one. */
const BLOCK = 125;
const HAS_ONE = 0.8;
/** A run begins on one of these days of its block, so that what is left of it is over before the next. */
const [FIRST, SPAN] = [2, 28];
/** How many of the runs are at the upper limit, and of how many days they are. */
const UPWARDS = 0.75;
const LENGTHS: readonly (readonly [below: number, days: number])[] = [
  [0.72, 1],
  [0.92, 2],
  [1, 3],
];
/** By what the price comes back to its walk each day, as a logarithm: with the largest step of the walk it stays inside the limits. */
const RETURN = 0.006;
/** Days within which it is back. */
const WINDOW = 90;
/** Fewer ticks than this have no room for limits. */
const LEAST_TICKS = 200;
const YOUNG = 20;

/** The run whose days, or the days after it in which its price comes back, may hold a trading day; null where there is none. */
export function runAt(instrument: Instrument, index: number): LimitRun | null {
  if (!instrument.wild) return null;
  const run = runIn(instrument, blockOf(instrument.key, index));
  return run !== null && index >= run.first && index <= run.last + WINDOW ? run : null;
}

/** All runs of which `runAt` speaks on the days `from` … `to`, ascending. */
export function runsWithin(instrument: Instrument, from: number, to: number): LimitRun[] {
  if (!instrument.wild) return [];
  const found: LimitRun[] = [];
  for (let block = blockOf(instrument.key, from); block <= blockOf(instrument.key, to); block += 1) {
    const run = runIn(instrument, block);
    if (run !== null && run.first <= to && run.last + WINDOW >= from) found.push(run);
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
export function leftOf(off: number, { last }: LimitRun, index: number): number {
  return Math.sign(off) * Math.max(0, Math.abs(off) - RETURN * (index - last));
}

function blockOf(key: number, index: number): number {
  return Math.floor((index + (mix(key, 62) % BLOCK)) / BLOCK);
}

function runIn(instrument: Instrument, block: number): LimitRun | null {
  const { key } = instrument;
  const hash = mix(mix(key, 61), block);
  if (unit(hash) >= HAS_ONE) return null;
  const first = block * BLOCK - (mix(key, 62) % BLOCK) + FIRST + Math.floor(unit(mix(hash, 1)) * SPAN);
  const days = lengthOf(instrument, unit(mix(hash, 2)));
  const run: LimitRun = { first, last: first + days - 1, side: unit(mix(hash, 3)) < UPWARDS ? 'high' : 'low' };
  return isUndisturbed(instrument, run) ? run : null;
}

/** Where limits are wide one day is enough. */
function lengthOf({ board }: Instrument, random: number): number {
  const days = LENGTHS.find(([below]) => random < below)?.[1] ?? 1;
  return board === 'bse' ? 1 : board === 'main' ? days : Math.min(2, days);
}

/** Listed and traded all the while, without a payment on a day of the run: its walk is then that of every other day. */
function isUndisturbed(instrument: Instrument, { first, last }: LimitRun): boolean {
  const { startIndex, suspensions, exRights } = instrument;
  if (first <= startIndex + YOUNG || last >= marketDays().list.length) return false;
  const [from, to] = [first - CATCH_UP_DAYS - 1, last + WINDOW];
  if (suspensions.some((one) => one.from <= to && one.to >= from)) return false;
  return !exRights.some(({ index }) => index >= first && index <= last);
}
