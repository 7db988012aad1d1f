/** A running timer; cancelling twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * Wall-clock time as a port: socket deadlines, pings, back-off and order searches take one, so that tests can step it.
 * Market time is `clock.ts`.
 */
export interface TimerSource {
  /** Runs `fn` once, `ms` from now (never synchronously; less than 0 counts as 0). */
  after(ms: number, fn: () => void): Timer;
  /** Runs `fn` each `ms` from now on (at least 1 ms). */
  every(ms: number, fn: () => void): Timer;
  /** Milliseconds that only grow; the origin is arbitrary. */
  monotonic(): number;
  /** Wall clock, epoch ms. */
  wallNow(): number;
}

/** Node fires a longer timer at once (its counter has 31 bits): longer waits are made of steps. */
const LONGEST_STEP_MS = 2 ** 31 - 1;

/** Milliseconds that only grow, whatever happens to the wall clock. */
export function monotonic(): number {
  return performance.now();
}

/** The wall clock, epoch ms. */
export function wallNow(): number {
  return Date.now();
}

/** Runs `fn` once, `ms` wall milliseconds from now (also beyond 24.8 days). */
export function after(ms: number, fn: () => void): Timer {
  const due = monotonic() + Math.max(0, ms);
  let handle: NodeJS.Timeout;
  const arm = (): void => {
    const left = due - monotonic();
    handle = left > LONGEST_STEP_MS ? setTimeout(arm, LONGEST_STEP_MS) : setTimeout(fn, Math.max(0, Math.ceil(left)));
  };
  arm();
  return {
    cancel(): void {
      clearTimeout(handle);
    },
  };
}

/** Runs `fn` each `ms` wall milliseconds (1 ms to 24.8 days) until cancelled. */
export function every(ms: number, fn: () => void): Timer {
  const handle = setInterval(fn, Math.min(LONGEST_STEP_MS, Math.max(1, ms)));
  return {
    cancel(): void {
      clearInterval(handle);
    },
  };
}

/** Resolves after `ms` wall milliseconds, or at once when `signal` aborts: it never rejects, so callers look at the signal. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const finish = (): void => {
      timer.cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = after(ms, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}

/** Calls `tell` once when `signal` aborts, at once when it has; returns what ends the wait. */
export function whenAborted(signal: AbortSignal | undefined, tell: () => void): () => void {
  if (signal?.aborted === true) tell();
  else signal?.addEventListener('abort', tell, { once: true });
  return () => signal?.removeEventListener('abort', tell);
}

const LATE = Symbol('late');

/** What the work comes to, or what `late` says (it may throw) when it has not ended `ms` from now; the work itself goes on. */
export async function inTime<T>(
  timers: Pick<TimerSource, 'after'>,
  ms: number,
  work: Promise<T>,
  late: () => T,
): Promise<T> {
  const over = Promise.withResolvers<typeof LATE>();
  const timer = timers.after(ms, () => over.resolve(LATE));
  try {
    const first = await Promise.race([work, over.promise]);
    return first === LATE ? late() : first;
  } finally {
    timer.cancel();
  }
}

/** The machine's own time. */
export const systemTimers: TimerSource = { after, every, monotonic, wallNow };
