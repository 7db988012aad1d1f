import { after, monotonic, type Timer } from '../platform/timers.ts';

/** npm forwards the terminal's Ctrl-C to its child, which has heard it already: within this time it is one press. */
const SAME_PRESS_MS = 400;
/** A run that was told to end now has so long to do it, wall ms. */
const END_MS = 10_000;
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];

export interface Interrupts {
  /** Aborted at the first Ctrl-C (or SIGTERM, SIGHUP). */
  readonly signal: AbortSignal;
  /** Aborted at the second one. */
  readonly endNow: AbortSignal;
  /** Stops listening: the next Ctrl-C ends the process as usual. */
  release(): void;
}

/**
 * Ctrl-C once aborts `signal`, pressed again `endNow`. A third time, or when the run has not ended 10 s after the second,
 * `leave` is called; where nothing can be ended now (`presses` 2) at the second.
 */
export function listenForInterrupts(leave: (why: 'pressed' | 'late') => void, presses: 2 | 3 = 3): Interrupts {
  const stop = new AbortController();
  const endNow = new AbortController();
  let last = Number.NEGATIVE_INFINITY;
  let deadline: Timer | null = null;
  const hear = (): void => {
    if (monotonic() - last <= SAME_PRESS_MS) return;
    last = monotonic();
    if (!stop.signal.aborted) stop.abort();
    else if (presses === 3 && !endNow.signal.aborted) {
      deadline = after(END_MS, () => leave('late'));
      endNow.abort();
    } else leave('pressed');
  };
  for (const name of SIGNALS) process.on(name, hear);
  return {
    signal: stop.signal,
    endNow: endNow.signal,
    release: () => {
      deadline?.cancel();
      for (const name of SIGNALS) process.off(name, hear);
    },
  };
}
