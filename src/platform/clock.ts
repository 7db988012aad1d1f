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
  /** Tells a `max` clock why it must not jump (see `Hold`); other clocks ignore it. Call the returned function exactly once. */
  hold(kind?: Hold): () => void;
  /** Stops all timers; afterwards `at` never fires. */
  stop(): void;
}

/**
 * `flow` (when nothing is said): somebody waits for the market, such as an order for its end: time passes while it lasts. `still`: something runs
 * that takes no market time, such as a hook that reads and calculates: time stands still, unless another hold lets it flow. One that
 * stands still for longer than `STILL_MS` flows from then on, so that a hook that waits for the market by looking again and again
 * sees it move.
 */
export type Hold = 'flow' | 'still';

/** Wall milliseconds. */
export const STILL_MS = 10_000;

export interface ClockTimer {
  cancel(): void;
}

/** Resolves once the clock has reached `instant`. */
export function until(clock: Clock, instant: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(instant, resolve);
  });
}
