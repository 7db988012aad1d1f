import type { Clock } from '../../platform/clock.ts';

/** Market ms between two looks while a request waits. */
const STEP_MS = 500;

/**
 * Looks at once, then each half market second, until `look` finds something (not null), `seconds` of market time are over, or the
 * signal ends the wait. Resolves with what was found, or null.
 */
export async function lookUntil<T>(
  clock: Clock,
  seconds: number,
  signal: AbortSignal,
  look: () => T | null,
): Promise<T | null> {
  const release = clock.hold();
  try {
    const end = clock.now() + seconds * 1000;
    for (;;) {
      const found = look();
      if (found !== null || signal.aborted || clock.now() >= end) return found;
      await reach(clock, Math.min(end, clock.now() + STEP_MS), signal);
    }
  } finally {
    release();
  }
}

/** Resolves at the market instant, or when the signal aborts. */
function reach(clock: Clock, instant: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.at(instant, finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}
