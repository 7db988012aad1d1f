/** What several readings of one quantity say. */
export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The smallest reading that at least this share (0 to 1) of all readings does not exceed. NaN when there is none. */
export function percentile(readings: readonly number[], share: number): number {
  const sorted = readings.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Throws RangeError without readings: a figure that measured nothing must not look like one. */
export function spreadOf(readings: readonly number[]): Spread {
  if (readings.length === 0) throw new RangeError('nothing was measured');
  return {
    count: readings.length,
    min: percentile(readings, 0),
    p50: percentile(readings, 0.5),
    p99: percentile(readings, 0.99),
    max: percentile(readings, 1),
  };
}

/** Share of the rounds that counts as quiet. */
const QUIET = 0.25;

/**
 * `ours / floor` in the quiet quarter of the rounds of each. Other programs, and on which cores the system puts two that talk to
 * each other, only ever slow a round down, up to fivefold and for many rounds on end: what is left is the code's own cost.
 */
export function quietRatio(ours: readonly number[], floor: readonly number[], best: 'lowest' | 'highest'): number {
  const share = best === 'lowest' ? QUIET : 1 - QUIET;
  return percentile(ours, share) / percentile(floor, share);
}

/** A reading of the quiet quarter, where less is better. */
export function quietest(readings: readonly number[]): number {
  return percentile(readings, QUIET);
}
