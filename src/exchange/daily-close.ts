import { mix, unit } from '../platform/random.ts';
import type { Instrument } from './instrument.ts';
import { scaleOn } from './ex-rights.ts';
import { ownDays } from './suspensions.ts';

/** Longest wave: 512 trading days, about two years. */
const OCTAVES = 10;
/** No price falls below this many ticks. */
const FLOOR_TICKS = 20;

/**
 * Close of a trading day in ticks, for any day number on its own: the logarithm of the price is a sum of linear value noises
 * with periods 1, 2, 4 … 512 days and heights ∝ √period, which looks like a random walk but needs no walking.
 */
export function closeTicks(instrument: Instrument, index: number): number {
  const { key, suspensions, swing, anchorPrice, anchorHeight, tickMills, exRights } = instrument;
  const price = anchorPrice * scaleOn(exRights, index);
  const move = walkHeight(key, ownDays(suspensions, index)) - anchorHeight;
  return Math.max(FLOOR_TICKS, Math.round((price * Math.exp(swing * move) * 1000) / tickMills));
}

/** Height of the walk at a day; one day's step stays within ±6.7, with a standard deviation of 1.15. */
export function walkHeight(key: number, day: number): number {
  let height = 0;
  for (let octave = 0; octave < OCTAVES; octave += 1) {
    const wave = mix(key, 31 + octave);
    const period = 2 ** octave;
    const at = day + (wave % period); // each octave bends on days of its own
    const knot = Math.floor(at / period);
    const share = at / period - knot;
    const left = 2 * unit(mix(wave, knot)) - 1;
    const value = share === 0 ? left : left + share * (2 * unit(mix(wave, knot + 1)) - 1 - left);
    height += Math.sqrt(period) * value;
  }
  return height;
}
