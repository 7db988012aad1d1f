import type { Clock } from '../../platform/clock.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';

/** Wall ms between two looks, and the smallest step that is told: a clock that is kept in time is moved by less. */
const LOOK_MS = 1_000;
const NOTABLE_MS = 2_000;

export interface ClockWatchOptions {
  readonly clock: Pick<Clock, 'kind'>;
  readonly timers: TimerSource;
  readonly events: Pick<Events, 'emit'>;
}

/** Tells when the machine's clock was set, or the machine slept: nothing runs twice for it, but times in the log do not add up. Returns what ends it. */
export function watchClock({ clock, timers, events }: ClockWatchOptions): () => void {
  // Every other clock is moved by nobody, or told by whoever follows it.
  if (clock.kind !== 'wall') return () => undefined;
  let offset = timers.wallNow() - timers.monotonic();
  const timer = timers.every(LOOK_MS, () => {
    const now = timers.wallNow() - timers.monotonic();
    const stepMs = now - offset;
    offset = now;
    if (Math.abs(stepMs) >= NOTABLE_MS) events.emit({ kind: 'clock_step', stepMs });
  });
  return () => timer.cancel();
}
