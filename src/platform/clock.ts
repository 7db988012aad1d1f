/**
 * Market time. Strategy hooks, order waits, sessions and the paper exchange use it;
 * socket deadlines, pings, back-off and order searches use `timers.ts` (wall time, always).
 */
export interface Clock {
  readonly kind: 'wall' | 'simulated' | 'gateway' | 'stepped';
  /** Market seconds per wall second (1 for wall). */
  readonly speed: number;
  /** Market seconds per wall second while nobody waits for the market: 0 for one that stands still then (`max`), else `speed`. */
  readonly pace: number;
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
 * `flow` (when nothing is said): somebody waits for the market, such as an order for its end: time passes while it lasts. `still`: something
 * of machine or gateway takes its time, which is none of the market's: time stands still, unless another hold lets it flow; one that
 * stands still for longer than `STILL_MS` flows from then on, for what is waited for may need the market to move. `strategy`: code of the
 * strategy runs: time stands still however long that takes, so that a slow machine trades as a fast one; it passes where the
 * strategy waits (`letPass`).
 */
export type Hold = 'flow' | 'still' | 'strategy';

/** Wall milliseconds. */
export const STILL_MS = 10_000;

export interface ClockTimer {
  cancel(): void;
}

/** Lets so many market ms pass, also on a clock that stands still. */
export async function letPass(clock: Pick<Clock, 'now' | 'at' | 'hold'>, ms: number): Promise<void> {
  const release = clock.hold('flow');
  try {
    await until(clock, clock.now() + ms);
  } finally {
    release();
  }
}

/** Resolves once the clock has reached `instant`. */
export function until(clock: Pick<Clock, 'at'>, instant: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(instant, resolve);
  });
}
