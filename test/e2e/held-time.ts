import { closeSync, openSync, writeSync } from 'node:fs';
import { systemTimers } from '../../src/platform/timers.ts';
import type { TimerSource } from '../../src/platform/timers.ts';

/**
 * The time of a desk, which can be made to stand still: while a program is started the machine is at work, and how long it takes must
 * not decide what the market does meanwhile. Told to other programs by a file (`fast-date.ts`).
 */
export class HeldTime {
  readonly file: string;
  /** For the clock of the market in this process. */
  readonly timers: TimerSource;
  readonly #fd: number;
  #total = 0;
  #since = 0;

  constructor(file: string) {
    this.file = file;
    this.#fd = openSync(file, 'w');
    this.#tell();
    const flowed = (real: number): number => real - this.#total - (this.#since === 0 ? 0 : real - this.#since);
    // One origin for both, so that what is held is the same span in both.
    const origin = systemTimers.wallNow() - systemTimers.monotonic();
    const monotonic = (): number => flowed(systemTimers.monotonic() + origin);
    this.timers = { ...systemTimers, monotonic };
  }

  /** Runs `work` while the date stands still. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#since = systemTimers.wallNow();
    this.#tell();
    try {
      return await work();
    } finally {
      this.#total += systemTimers.wallNow() - this.#since;
      this.#since = 0;
      this.#tell();
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #tell(): void {
    // One write: who reads never sees the one without the other.
    writeSync(this.#fd, new Float64Array([this.#total, this.#since]), 0, 16, 0);
  }
}
