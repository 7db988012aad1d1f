import type { Log } from '../platform/log.ts';
import type { TimerSource } from '../platform/timers.ts';

const PERIOD_MS = 60_000;

/** Warnings that a stranger can cause: one a minute is written, with the number of those that were not. */
export class RationedWarning {
  readonly #log: Pick<Log, 'warning'>;
  readonly #timers: Pick<TimerSource, 'monotonic'>;
  #last = Number.NEGATIVE_INFINITY;
  #kept = 0;

  constructor(log: Pick<Log, 'warning'>, timers: Pick<TimerSource, 'monotonic'>) {
    this.#log = log;
    this.#timers = timers;
  }

  tell(text: string): void {
    const now = this.#timers.monotonic();
    if (now - this.#last < PERIOD_MS) {
      this.#kept += 1;
      return;
    }
    this.#log.warning(this.#kept === 0 ? text : `${text} (${this.#kept} more since the last of these lines)`);
    this.#last = now;
    this.#kept = 0;
  }
}
