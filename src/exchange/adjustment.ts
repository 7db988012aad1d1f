import type { AdjustMode } from '../domain/trading.ts';
import { closeTicks } from './daily-close.ts';
import { payout } from './ex-rights.ts';
import type { Instrument } from './instrument.ts';

/**
 * The factor of a day's prices: `post` makes them comparable with those of the first day, `pre` with those of `today`, `none` leaves
 * them as they were paid.
 */
export function priceFactors(instrument: Instrument, adjust: AdjustMode, today: number): (index: number) => number {
  const { exRights, tickMills, startIndex } = instrument;
  if (adjust === 'none' || exRights.length === 0) return () => 1;
  const steps: { readonly index: number; readonly factor: number }[] = [];
  let factor = 1;
  for (const right of exRights) {
    if (right.index <= startIndex || right.index > today) continue;
    const close = closeTicks(instrument, right.index - 1);
    factor *= close / payout(right, close, tickMills).reference;
    steps.push({ index: right.index, factor });
  }
  const cumulative = (index: number): number => steps.findLast((step) => step.index <= index)?.factor ?? 1;
  const reference = adjust === 'pre' ? cumulative(today) : 1;
  return (index) => cumulative(index) / reference;
}
