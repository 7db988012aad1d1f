import { at, gaps } from './real.ts';
import type { Real } from './real.ts';

/** Parabolic stop and reverse. */
export function sar(high: Real, low: Real, acceleration: number, maximum: number): Real {
  const out = gaps(high.length);
  if (high.length < 2) return out;
  const step = Math.min(acceleration, maximum);
  // It begins short where the second day went further down than up.
  const down = at(low, 0) - at(low, 1);
  let long = !(down > 0 && down > at(high, 1) - at(high, 0));
  let extreme = long ? at(high, 1) : at(low, 1);
  let stop = long ? at(low, 0) : at(high, 0);
  let factor = step;
  let before = { high: at(high, 1), low: at(low, 1) };
  for (let i = 1; i < high.length; i += 1) {
    const last = before;
    before = { high: at(high, i), low: at(low, i) };
    const bound = (value: number): number =>
      long ? Math.min(value, last.low, before.low) : Math.max(value, last.high, before.high);
    if (long ? before.low <= stop : before.high >= stop) {
      long = !long;
      stop = bound(extreme);
      out[i] = stop;
      factor = step;
      extreme = long ? before.high : before.low;
    } else {
      out[i] = stop;
      const further = long ? before.high > extreme : before.low < extreme;
      if (further) {
        extreme = long ? before.high : before.low;
        factor = Math.min(factor + step, maximum);
      }
    }
    stop = bound(stop + factor * (extreme - stop));
  }
  return out;
}
