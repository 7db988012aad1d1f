import { MINUTE, SECOND } from '../../domain/time.ts';

const STEPS = [1, 5, 30, 120, 300] as const;

/** Wall ms to the next try after `failures` in a row (1 = the first); up to a fifth later by `chance` [0, 1), so that many do not come at once. */
export function backOff(failures: number, chance: number): number {
  const step = STEPS[Math.min(failures, STEPS.length) - 1] ?? 5 * 60;
  return Math.min(6 * MINUTE, Math.round(step * SECOND * (1 + chance / 5)));
}
