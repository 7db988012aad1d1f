const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Shanghai is ahead of UTC by so much. Reckoned here: what a browser loads has no library of times. */
const OFFSET = 8 * 60 * MINUTE;

/** A value at an instant, epoch ms. `shift`: from it on something else is counted. */
export interface CurvePoint {
  readonly at: number;
  readonly total: number;
  readonly shift?: number | undefined;
}

/** The parts of a day that a curve of it has room for, in ms since midnight: lunch has none. A repo trades until 15:30. */
const WINDOWS = [
  [9 * 60 * MINUTE, 11.5 * 60 * MINUTE],
  [13 * 60 * MINUTE, 15.5 * 60 * MINUTE],
] as const;
/** Without a value for so long in the session a curve is interrupted: nothing is known of the time between. */
const LONGEST_GAP = 10 * MINUTE;

/** How far into the sessions of its day an instant is, ms: 11:30 and 13:00 are one place. */
export function sessionPlace(at: number): number {
  const since = (at + OFFSET) % DAY;
  let place = 0;
  for (const [from, until] of WINDOWS) place += Math.min(Math.max(since - from, 0), until - from);
  return place;
}

/** The time of day (ms since midnight) of a place; of that of the lunch break its beginning. */
export function timeOfPlace(place: number): number {
  let left = place;
  for (const [from, until] of WINDOWS) {
    if (left <= until - from) return from + left;
    left -= until - from;
  }
  return WINDOWS[1][1];
}

/** Points that are one line each: a curve is interrupted where nothing is known for long, and where something else is counted. */
export function piecesOf<P extends CurvePoint>(points: readonly P[], placeOf: (at: number) => number): P[][] {
  const pieces: P[][] = [];
  for (const point of points) {
    const last = pieces.at(-1)?.at(-1);
    const isNew = last === undefined || point.shift !== undefined || placeOf(point.at) - placeOf(last.at) > LONGEST_GAP;
    if (isNew) pieces.push([point]);
    else pieces.at(-1)?.push(point);
  }
  return pieces;
}
