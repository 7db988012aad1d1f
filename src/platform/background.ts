import { systemTimers } from './timers.ts';
import type { TimerSource } from './timers.ts';

/** Of work, then of pause; wall ms. */
const WORK_MS = 2;
const PAUSE_MS = 8;
/** A pause that ends so much late has met others' work: the next one is longer. */
const LATE_MS = 5;
const BUSY_MS = 100;

/**
 * Does work that nobody waits for, after `delayMs`: a little now and then, less while the process has others to serve, as far as its steps
 * are short. True when it is done; false when the signal ended it before.
 */
export async function inBackground(
  steps: Generator<unknown, void, undefined>,
  delayMs: number,
  signal: AbortSignal,
  timers: Pick<TimerSource, 'after' | 'monotonic'> = systemTimers,
): Promise<boolean> {
  let pause = delayMs;
  while (!signal.aborted) {
    const began = timers.monotonic();
    await pauseOf(pause, signal, timers);
    if (signal.aborted) break;
    const now = timers.monotonic();
    do {
      if (steps.next().done === true) return true;
    } while (timers.monotonic() - now < WORK_MS);
    pause = now - began > pause + LATE_MS ? BUSY_MS : PAUSE_MS;
  }
  steps.return();
  return false;
}

function pauseOf(ms: number, signal: AbortSignal, timers: Pick<TimerSource, 'after'>): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = timers.after(ms, finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}
