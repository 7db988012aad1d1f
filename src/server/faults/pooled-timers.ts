import type { Timer, TimerSource } from '../../platform/timers.ts';

interface Armed {
  readonly fn: () => void;
  timer: Timer | null;
}

/** Timers that can be ended together: a server that stops must not wait for what its faults still hold back. */
export class PooledTimers implements TimerSource {
  readonly #timers: TimerSource;
  readonly #armed = new Set<Armed>();
  #ended = false;

  constructor(timers: TimerSource) {
    this.#timers = timers;
  }

  after(ms: number, fn: () => void): Timer {
    const armed: Armed = { fn, timer: null };
    this.#armed.add(armed);
    armed.timer = this.#timers.after(this.#ended ? 0 : ms, () => {
      this.#armed.delete(armed);
      fn();
    });
    return {
      cancel: () => {
        this.#armed.delete(armed);
        armed.timer?.cancel();
      },
    };
  }

  every(ms: number, fn: () => void): Timer {
    return this.#timers.every(ms, fn);
  }

  monotonic(): number {
    return this.#timers.monotonic();
  }

  wallNow(): number {
    return this.#timers.wallNow();
  }

  /** Everything that waits runs now, and what comes later waits no more. */
  finish(): void {
    this.#ended = true;
    const armed = [...this.#armed];
    this.forget();
    for (const { fn } of armed) fn();
  }

  /** Nothing that waits will run. */
  forget(): void {
    for (const { timer } of this.#armed) timer?.cancel();
    this.#armed.clear();
  }
}
