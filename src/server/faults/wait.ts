import type { TimerSource } from '../../platform/timers.ts';

/** Resolves after so many wall ms of the given timers; at once for 0. */
export function wait(timers: TimerSource, ms: number): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    timers.after(ms, resolve);
  });
}
