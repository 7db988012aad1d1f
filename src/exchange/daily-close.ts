import { scaleOn } from './ex-rights.ts';
import type { Instrument } from './instrument.ts';
import { heightOn, heightsOn } from './walk.ts';

/** No price falls below this many ticks. */
const FLOOR_TICKS = 20;

/**
 * Close of a trading day in ticks, for any day number on its own: the logarithm of the price is a sum of linear value noises
 * with periods 1, 2, 4 … 512 days and heights ∝ √period, which looks like a random walk but needs no walking. Before its first
 * day a security has the price it is issued at; the close of an index is the sum of its members.
 */
export function closeTicks(instrument: Instrument, index: number): number {
  const { basket, startIndex } = instrument;
  const at = Math.max(index, startIndex - 1);
  if (basket !== null) return basket.close(at);
  return ticksOf(instrument, scaleOn(instrument.exRights, at), heightOn(instrument, at));
}

/** Closes in ticks of each of the trading days `from` … `to`: the same as `closeTicks` gives one by one, many times faster. */
export function closesOf(instrument: Instrument, from: number, to: number): Float64Array {
  const { basket, startIndex, exRights } = instrument;
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
  return closes;
}

function ticksOf({ anchorPrice, anchorHeight, swing, tickMills }: Instrument, scale: number, height: number): number {
  const price = anchorPrice * scale;
  return Math.max(FLOOR_TICKS, Math.round((price * Math.exp(swing * (height - anchorHeight)) * 1000) / tickMills));
}
