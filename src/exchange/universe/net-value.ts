import { mix, unit } from '../../platform/random.ts';
import { closeTicks } from '../daily-close.ts';
import type { Instrument } from '../instrument.ts';

/** Funds trade at most so far from what they are worth. */
const MOST_PREMIUM = 0.004;
const FUNDS: ReadonlySet<string> = new Set(['etf', 'lof']);

/** What a unit of a fund is worth at the close of a day, CNY; NaN for what is no fund. */
export function netValueOn(instrument: Instrument, index: number): number {
  const { type, key, tickMills } = instrument;
  if (!FUNDS.has(type)) return Number.NaN;
  const premium = (2 * unit(mix(mix(key, 91), index)) - 1) * MOST_PREMIUM;
  const price = (closeTicks(instrument, index) * tickMills) / 1000;
  return Math.round((price / (1 + premium)) * 1e4) / 1e4;
}
