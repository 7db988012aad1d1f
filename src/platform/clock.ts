/**
 * Market time. Strategy hooks, order waits, sessions and the paper exchange use it;
 * socket deadlines, pings, back-off and order searches use `timers.ts` (wall time, always).
 */
export interface Clock {
  readonly kind: 'wall' | 'simulated' | 'gateway' | 'stepped';
  /** Market seconds per wall second (1 for wall). */
  readonly speed: number;
  /** Market time, epoch ms. */
  now(): number;
  /** Runs `callback` once, as soon as `now() >= instant`. Never synchronously. */
  at(instant: number, callback: () => void): ClockTimer;
  /**
   * Tells a `max` clock that something is open (a hook, an order being waited for): it then flows instead of jumping.
   * Other clocks ignore it. Call the returned function exactly once.
   */
  hold(): () => void;
  /** Stops all timers; afterwards `at` never fires. */
  stop(): void;
}

export interface ClockTimer {
  cancel(): void;
}

/** Resolves once the clock has reached `instant`. */
export function until(clock: Clock, instant: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(instant, resolve);
  });
}
