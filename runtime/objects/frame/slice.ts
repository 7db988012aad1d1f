import { badArgument } from '../../api/arguments.ts';
import { stepPositions } from './column/take.ts';
import type { Positions } from './column/take.ts';

/** Python's `a:b:step`. Null is open. Positions exclude the end, labels include it. */
export class Slice {
  readonly start: unknown;
  readonly stop: unknown;
  readonly step: number | null;

  constructor(start: unknown, stop: unknown, step: number | null) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    Object.freeze(this);
  }

  toString(): string {
    return `slice(${String(this.start)}, ${String(this.stop)}, ${String(this.step)})`;
  }
}

/**
 * `slice(1, 3)` is `1:3`, `slice('a', null)` is `'a':`, `slice()` is `:`. BAD_ARGUMENT for one bound alone: in Python it is the end, to
 * others the beginning.
 */
export function slice(): Slice;
export function slice(start: unknown, stop: unknown, step?: number | null): Slice;
export function slice(...bounds: readonly [start?: unknown, stop?: unknown, step?: number | null]): Slice {
  const [start = null, stop = null, step = null] = bounds;
  if (bounds.length !== 1) return new Slice(start, stop, step);
  throw badArgument('slice()', 'has one bound: write slice(2, null) for [2:], slice(null, 2) for [:2].');
}

/** A bound that is a position, or open. */
export function isPlace(value: unknown): value is number | null {
  return value === null || typeof value === 'number';
}

/** Bounds of a slice of positions in a list of this length, as Python cuts them. */
export function sliceBounds(length: number, start: unknown, stop: unknown, step = 1): [number, number] {
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  const clamp = (value: unknown, open: number): number => {
    if (typeof value !== 'number' || Number.isNaN(value)) return open;
    const from = value < 0 ? value + length : value;
    return Math.min(high, Math.max(low, Math.trunc(from)));
  };
  return step > 0 ? [clamp(start, 0), clamp(stop, length)] : [clamp(start, length - 1), clamp(stop, -1)];
}

/** Row numbers of a slice of positions. */
export function slicePositions(length: number, start: unknown, stop: unknown, step: number | null): Positions {
  const by = step ?? 1;
  const [from, to] = sliceBounds(length, start, stop, by);
  return stepPositions(from, to, by);
}
