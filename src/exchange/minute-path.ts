import { mix, Rng } from '../platform/random.ts';
import type { PathPoint } from './bridge.ts';
import { bridge } from './bridge.ts';
import type { DayShape } from './day-shape.ts';
import { CONTINUOUS_MINUTES, MINUTES } from './grid.ts';

/** Prices (ticks) of the day's 240 minutes; each opens where the one before it closed. */
export interface MinutePath {
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
}

/**
 * The minutes inside a day's shape: they open at its open (the opening auction), close at its close (the closing auction, which
 * is the whole last minute; nothing trades in the two before it), and their extremes are exactly its high and low.
 */
export function minutePath(shape: DayShape): MinutePath {
  const rng = new Rng(mix(shape.key, 51));
  const path = emptyPath();
  const { open, high, low, close } = shape;
  const sigma = high === low ? 0 : Math.max(0.35, (high - low) / 24);
  const isHeld = shape.paused || (shape.lock?.to ?? 0) >= CONTINUOUS_MINUTES - 1;
  const last = isHeld ? close : clamp(close + Math.round(0.5 * sigma * rng.normal()), low, high);
  const extremes = drawExtremes(shape, last, rng);
  const ends = bridge(pathPoints(shape, last, extremes), CONTINUOUS_MINUTES, { low, high, sigma }, rng);
  for (let minute = 0; minute < CONTINUOUS_MINUTES; minute += 1) {
    const [from, to] = [ends[minute] ?? open, ends[minute + 1] ?? close];
    const reach = { up: 0.5 * sigma * Math.abs(rng.normal()), down: 0.5 * sigma * Math.abs(rng.normal()) };
    const locked = shape.lock !== null && shape.lock.from < minute && minute <= shape.lock.to;
    path.open[minute] = from;
    path.close[minute] = to;
    path.high[minute] =
      minute === extremes.high ? high : clamp(Math.max(from, to) + (locked ? 0 : Math.floor(reach.up)), low, high);
    path.low[minute] =
      minute === extremes.low ? low : clamp(Math.min(from, to) - (locked ? 0 : Math.floor(reach.down)), low, high);
  }
  for (let minute = CONTINUOUS_MINUTES; minute < MINUTES; minute += 1) {
    const price = minute === MINUTES - 1 ? close : last;
    for (const column of [path.open, path.high, path.low, path.close]) column[minute] = price;
  }
  return path;
}

/** Minutes in which the day's high and low are met; null where an end of the day already is that extreme. */
interface Extremes {
  readonly high: number | null;
  readonly low: number | null;
}

function drawExtremes(shape: DayShape, last: number, rng: Rng): Extremes {
  const { open, close, lock } = shape;
  const [first, second] = [drawMinute(rng), drawMinute(rng)];
  const isEnd = (price: number): boolean => open === price || close === price || last === price;
  const high = lock?.side === 'high' ? lock.from : isEnd(shape.high) ? null : outside(lock, first);
  const low = lock?.side === 'low' ? lock.from : isEnd(shape.low) ? null : outside(lock, second);
  if (high !== null && high === low) return { high, low: outside(lock, (low + 7) % CONTINUOUS_MINUTES) };
  return { high, low };
}

/** Extremes fall near the ends of the day more often than into its middle. */
function drawMinute(rng: Rng): number {
  const share = Math.sin((Math.PI / 2) * rng.next()) ** 2;
  return Math.min(CONTINUOUS_MINUTES - 1, Math.floor(share * CONTINUOUS_MINUTES));
}

/** The minute itself, or the first one after the stay at the limit when it falls into it; where there is none, one before it. */
function outside(lock: DayShape['lock'], minute: number): number {
  if (lock === null || minute < lock.from || minute > lock.to + 1) return minute;
  return lock.to + 2 < CONTINUOUS_MINUTES ? lock.to + 2 : minute % lock.from;
}

function pathPoints(shape: DayShape, last: number, extremes: Extremes): PathPoint[] {
  const { lock } = shape;
  const points: PathPoint[] = [];
  if (lock !== null) {
    const height = lock.side === 'high' ? shape.high : shape.low;
    points.push({ at: lock.from + 0.5, height, flat: true }, { at: lock.to + 0.5, height });
  }
  if (extremes.high !== null && lock?.side !== 'high') points.push({ at: extremes.high + 0.5, height: shape.high });
  if (extremes.low !== null && lock?.side !== 'low') points.push({ at: extremes.low + 0.5, height: shape.low });
  points.sort((a, b) => a.at - b.at);
  return [{ at: 0, height: shape.open }, ...points, { at: CONTINUOUS_MINUTES, height: last }];
}

function emptyPath(): MinutePath {
  return {
    open: new Int32Array(MINUTES),
    high: new Int32Array(MINUTES),
    low: new Int32Array(MINUTES),
    close: new Int32Array(MINUTES),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
