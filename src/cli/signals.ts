import { monotonic } from '../platform/timers.ts';

/** npm forwards the terminal's Ctrl-C to its child, which has heard it already: within this time it is one press. */
const SAME_PRESS_MS = 400;
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];

export interface Interrupts {
  /** Aborted at the first Ctrl-C (or SIGTERM, SIGHUP). */
  readonly signal: AbortSignal;
  /** Stops listening: the next Ctrl-C ends the process as usual. */
  release(): void;
}

/** Ctrl-C once aborts `signal`; pressed again it calls `atOnce`. */
export function listenForInterrupts(atOnce: () => void): Interrupts {
  const controller = new AbortController();
  let first = Number.NEGATIVE_INFINITY;
  const hear = (): void => {
    if (!controller.signal.aborted) {
      first = monotonic();
      controller.abort();
    } else if (monotonic() - first > SAME_PRESS_MS) atOnce();
  };
  for (const name of SIGNALS) process.on(name, hear);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of SIGNALS) process.off(name, hear);
    },
  };
}
