import { scaleOn } from './ex-rights.ts';
import type { Instrument } from './instrument.ts';
import { closesIn, leftOf, runAt, runsWithin } from './limit-runs.ts';
import { heightOn, heightsOn } from './walk.ts';

/** No price falls below this many ticks. */
const FLOOR_TICKS = 20;

/**
 * Close of a trading day in ticks, for any day number on its own: the logarithm of the price is a sum of linear value noises
 * with periods 1, 2, 4 … 512 days and heights ∝ √period, which looks like a random walk but needs no walking. Now and then a company
 * leaves it for some days at its limit, and comes back (`limit-runs`). Before its first day a security has the price it is issued at; the
 * close of an index is the sum of its members.
 */
export function closeTicks(instrument: Instrument, index: number): number {
  const { basket, startIndex } = instrument;
  const at = Math.max(index, startIndex - 1);
  if (basket !== null) return basket.close(at);
  const run = runAt(instrument, at);
  const found = run === null ? null : closesIn(instrument, run, (day) => walkTicks(instrument, day));
  if (run === null || found === null) return walkTicks(instrument, at);
  if (at <= run.last) return found.closes[at - run.first] ?? Number.NaN;
  return walkTicks(instrument, at, leftOf(instrument, found.off, run, at));
}

/** The close that the walk alone leads to, or what is off it by a logarithm. */
function walkTicks(instrument: Instrument, index: number, off = 0): number {
  return ticksOf(instrument, scaleOn(instrument.exRights, index), heightOn(instrument, index), off);
}

/** Closes in ticks of each of the trading days `from` … `to`: the same as `closeTicks` gives one by one, many times faster. */
export function closesOf(instrument: Instrument, from: number, to: number): Float64Array {
  const { basket, startIndex, exRights } = instrument;
  if (from === to) return Float64Array.of(closeTicks(instrument, from));
  const closes = new Float64Array(Math.max(0, to - from + 1));
  if (closes.length === 0) return closes;
  if (basket !== null) return closes.map((_, at) => closeTicks(instrument, from + at));
  const first = Math.max(from, startIndex - 1);
  if (first > from) closes.fill(closeTicks(instrument, startIndex - 1), 0, first - from);
  if (first > to) return closes;
  const heights = heightsOn(instrument, first, to);
  let next = exRights.findIndex((right) => right.index > first);
  let scale = scaleOn(exRights, first);
  for (let index = first; index <= to; index += 1) {
    if (next >= 0 && exRights[next]?.index === index) {
      scale = exRights[next]?.scale ?? scale;
      next += 1;
    }
    closes[index - from] = ticksOf(instrument, scale, heights[index - first] ?? 0);
  }
  putRuns(instrument, closes, heights, from, first, to);
  return closes;
}

/** Puts the days at limits, and those on which the price comes back, in place of the walk's. */
function putRuns(
  instrument: Instrument,
  closes: Float64Array,
  heights: Float64Array,
  from: number,
  first: number,
  to: number,
): void {
  for (const run of runsWithin(instrument, first, to)) {
    const found = closesIn(instrument, run, (day) => walkTicks(instrument, day));
    if (found === null) continue;
    for (let index = Math.max(first, run.first); index <= Math.min(to, run.back); index += 1) {
      const off = index <= run.last ? found.off : leftOf(instrument, found.off, run, index);
      if (off === 0) break;
      closes[index - from] =
        index <= run.last
          ? (found.closes[index - run.first] ?? Number.NaN)
          : ticksOf(instrument, scaleOn(instrument.exRights, index), heights[index - first] ?? 0, off);
    }
  }
}

function ticksOf(
  { anchorPrice, anchorHeight, swing, tickMills }: Instrument,
  scale: number,
  height: number,
  off = 0,
): number {
  const price = anchorPrice * scale;
  return Math.max(
    FLOOR_TICKS,
    Math.round((price * Math.exp(swing * (height - anchorHeight) + off) * 1000) / tickMills),
  );
}
