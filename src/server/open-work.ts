import type { TimerSource } from '../platform/timers.ts';
import { inTime } from '../platform/timers.ts';

/** Work that is under way, and may be waited for. */
export class OpenWork {
  #count = 0;
  #onOver: (() => void) | null = null;

  async run<T>(work: Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work;
    } finally {
      this.#count -= 1;
      if (this.#count === 0) this.#onOver?.();
    }
  }

  /** Resolves when nothing is under way, or after so many wall ms. */
  async over(timers: TimerSource, ms: number): Promise<void> {
    if (this.#count === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onOver = resolve;
    await inTime(timers, ms, promise, () => {});
  }
}
