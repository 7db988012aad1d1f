import type { Clock } from '../src/platform/clock.ts';
import { ClockHeap } from '../src/platform/clock-heap.ts';
import { SteppedClock } from '../src/platform/stepped-clock.ts';
import type { Timer, TimerSource } from '../src/platform/timers.ts';
import { nextTurn } from '../src/platform/turn.ts';

/** Wall and market time of a world in which nothing is waited for: both go from one thing that is due to the next. */
export class LeapingTime {
  readonly timers: TimerSource;
  readonly #market: SteppedClock;
  readonly #due = new ClockHeap();
  /** Wall ms since the beginning. */
  #passed = 0;

  /** `start`: market time, epoch ms. */
  constructor(start: number) {
    this.#market = new SteppedClock(start);
    const after = (ms: number, fn: () => void): Timer => this.#due.push(this.#passed + Math.max(0, ms), fn);
    this.timers = {
      after,
      every: (ms, fn) => this.#every(ms, fn),
      monotonic: () => this.#passed,
      wallNow: () => start + this.#passed,
    };
  }

  get clock(): Clock {
    return this.#market;
  }

  /** Lets `ms` pass on both, or less when `done()` holds earlier. */
  async pass(ms: number, done: () => boolean = () => false): Promise<void> {
    const end = this.#passed + ms;
    await nextTurn();
    while (!done()) {
      const next = Math.min(this.#untilNext(), end - this.#passed);
      this.#passed += next;
      this.#due.runDue(this.#passed);
      this.#market.set(this.#market.now() + next);
      await nextTurn();
      if (this.#passed >= end) return;
    }
  }

  /** Runs a call to its end while time passes. Throws when it takes longer than `ms`. */
  async settle<T>(work: Promise<T>, ms = 60_000): Promise<T> {
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    work.then(end, end);
    await this.pass(ms, () => isOver);
    if (!isOver) throw new Error(`a call has not ended after ${ms} ms`);
    return work;
  }

  /** Market time is `instant` from now on; what was due on the way is due now. No wall time passes. */
  async leap(instant: number): Promise<void> {
    this.#market.jump(instant);
    await nextTurn();
  }

  #untilNext(): number {
    const wall = (this.#due.next() ?? Number.POSITIVE_INFINITY) - this.#passed;
    const market = (this.#market.nextDue() ?? Number.POSITIVE_INFINITY) - this.#market.now();
    return Math.max(0, Math.min(wall, market));
  }

  #every(ms: number, fn: () => void): Timer {
    let current = this.timers.after(ms, () => {
      current = this.#every(ms, fn);
      fn();
    });
    return { cancel: () => current.cancel() };
  }
}
