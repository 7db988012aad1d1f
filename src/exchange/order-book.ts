import { mix, unit } from '../platform/random.ts';
import type { DayShape } from './day-shape.ts';
import { LAST_CONTINUOUS_TICK } from './grid.ts';

/** Price in ticks, volume in shares. */
export interface Level {
  readonly price: number;
  readonly volume: number;
}

/** Best level first; at most five a side, none beyond the day's limits. */
export interface Book {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

const LEVELS = 5;
/** A queue at a limit that nobody wants to trade against is this many times as long. */
const LOCKED_QUEUE = 20;

/** The seeded book around the last price. */
export function buildBook(shape: DayShape, tick: number, last: number): Book {
  if (shape.paused) return { bids: [], asks: [] };
  const key = mix(mix(shape.key, 71), tick);
  const atHigh = shape.highLimit !== null && last >= shape.highLimit;
  const atLow = shape.lowLimit !== null && last <= shape.lowLimit;
  // The last trade was on one of the two sides; at a limit only one side is left.
  const atAsk = !atHigh && (atLow || unit(mix(key, 1)) < 0.5);
  const spread = spreadOf(unit(mix(key, 2)));
  const bid = atAsk ? last - spread : last;
  const ask = atAsk ? last : last + spread;
  const scale = Math.max(1, (shape.lots / LAST_CONTINUOUS_TICK) * 2.5);
  return {
    bids: atLow ? [] : side(bid, -1, mix(key, 3), scale * (atHigh ? LOCKED_QUEUE : 1), shape),
    asks: atHigh ? [] : side(ask, 1, mix(key, 4), scale * (atLow ? LOCKED_QUEUE : 1), shape),
  };
}

/** Mostly one tick. */
function spreadOf(random: number): number {
  if (random < 0.86) return 1;
  return random < 0.97 ? 2 : 3;
}

function side(best: number, direction: 1 | -1, key: number, scale: number, shape: DayShape): Level[] {
  const levels: Level[] = [];
  // Dear stocks have gaps between their levels.
  const widest = best / 30_000;
  let price = best;
  for (let level = 0; level < LEVELS; level += 1) {
    if (price < Math.max(1, shape.lowLimit ?? 1) || price > (shape.highLimit ?? price)) break;
    const random = unit(mix(key, level));
    const lots = Math.max(1, Math.round(scale * (0.3 + 1.4 * random) * (1 + 0.35 * level)));
    levels.push({ price, volume: lots * 100 });
    price += direction * (1 + Math.floor(widest * unit(mix(key, 10 + level)) ** 2));
  }
  return levels;
}
