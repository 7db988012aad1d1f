/** Where a curve is drawn, in units of the picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A curve, and between which values it runs. */
export interface Curve {
  /** `x,y x,y …`, as a polyline has them. */
  readonly points: string;
  readonly low: number;
  readonly high: number;
}

/**
 * Values from left to right, the highest at the top of the box, the lowest at its bottom; null where there are not two. `places`: where
 * each stands between the first and the last, ascending; absent = at even steps.
 */
export function curveOf(
  values: readonly number[],
  { left, top, width, height }: Box,
  places: readonly number[] = values.map((_, index) => index),
): Curve | null {
  if (values.length < 2) return null;
  // A spread of thousands of values is one of thousands of arguments.
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  const span = high === low ? 1 : high - low;
  const [first = 0, last = 0] = [places[0], places.at(-1)];
  const scale = last === first ? 0 : width / (last - first);
  const points = values.map((value, index) => {
    const y = top + height * (1 - (value - low) / span);
    return `${(left + scale * ((places[index] ?? last) - first)).toFixed(1)},${y.toFixed(1)}`;
  });
  return { points: points.join(' '), low, high };
}
