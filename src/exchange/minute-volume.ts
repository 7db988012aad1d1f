import { mix, Rng } from '../platform/random.ts';
import type { DayShape } from './day-shape.ts';
import { CONTINUOUS_MINUTES, MINUTES } from './grid.ts';
import type { MinutePath } from './minute-path.ts';
import { settleMoney } from './money-settle.ts';

/** Volume and money of the day's minutes; their sums are exactly the day's. */
export interface MinuteVolume {
  readonly lots: Int32Array;
  /** Σ lots × ticks of the minute's trades. */
  readonly lotTicks: Float64Array;
}

const CLOSING = MINUTES - 1;

/**
 * Spreads a day's volume over its minutes, busy near the ends of the day, the two silent minutes before the closing auction empty.
 * The day's money is given, so the volumes lean towards dear or cheap minutes as far as it takes to meet the day's average price.
 */
export function minuteVolume(shape: DayShape, path: MinutePath): MinuteVolume {
  const volume = { lots: new Int32Array(MINUTES), lotTicks: new Float64Array(MINUTES) };
  if (shape.lots === 0) return volume;
  const rng = new Rng(mix(shape.key, 52));
  const average = new Float64Array(MINUTES);
  const weight = new Float64Array(MINUTES);
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const ends = (path.open[minute] ?? 0) + (path.close[minute] ?? 0);
    average[minute] = (ends + (path.high[minute] ?? 0) + (path.low[minute] ?? 0)) / 4;
    weight[minute] = baseWeight(minute, shape.rush) * (0.4 + 1.2 * rng.next());
  }
  tilt(weight, average, shape.lotTicks / shape.lots, Math.max(1, shape.high - shape.low));
  spread(volume.lots, weight, shape.lots);
  for (let minute = 0; minute < MINUTES; minute += 1) {
    volume.lotTicks[minute] = Math.round((volume.lots[minute] ?? 0) * (average[minute] ?? 0));
  }
  settleMoney(volume, path, shape.lotTicks);
  return volume;
}

function baseWeight(minute: number, rush: boolean): number {
  if (minute === CLOSING) return 4;
  if (minute >= CONTINUOUS_MINUTES) return 0;
  const fromEnd = Math.min(minute, CONTINUOUS_MINUTES - 1 - minute);
  return minute === 0 ? (rush ? 30 : 5) : 0.6 + 1.9 * Math.exp(-fromEnd / 25);
}

/** Multiplies weights by e^(λ z), z = distance from the wanted average, with λ such that the weighted average is met (Newton). */
function tilt(weight: Float64Array, average: Float64Array, wanted: number, range: number): void {
  const distance = average.map((price) => (price - wanted) / range);
  let lambda = 0;
  for (let round = 0; round < 12; round += 1) {
    let [sum, slope] = [0, 0];
    for (let minute = 0; minute < MINUTES; minute += 1) {
      const z = distance[minute] ?? 0;
      const tilted = (weight[minute] ?? 0) * Math.exp(lambda * z) * z;
      sum += tilted;
      slope += tilted * z;
    }
    if (slope < 1e-9) break;
    const step = Math.min(Math.max(sum / slope, -3), 3);
    lambda = Math.min(Math.max(lambda - step, -12), 12);
    if (Math.abs(step) < 1e-6) break;
  }
  for (let minute = 0; minute < MINUTES; minute += 1) {
    weight[minute] = (weight[minute] ?? 0) * Math.exp(lambda * (distance[minute] ?? 0));
  }
}

/** One lot for each minute that trades, the rest by weight; rounding is carried on, so that the sum is exact. */
function spread(lots: Int32Array, weight: Float64Array, total: number): void {
  const sum = weight.reduce((a, b) => a + b, 0);
  const rest = total - weight.reduce((count, w) => count + (w > 0 ? 1 : 0), 0);
  let [passed, given] = [0, 0];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const own = weight[minute] ?? 0;
    passed += own;
    const upTo = Math.round((rest * passed) / sum);
    lots[minute] = upTo - given + (own > 0 ? 1 : 0);
    given = upTo;
  }
}
