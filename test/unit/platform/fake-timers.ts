import type { Timer, TimerSource } from '../../../src/platform/timers.ts';

/** Node's timers on a hand-cranked machine: a monotonic clock that grows, and a wall clock that can also be set. */
export class FakeTimers implements TimerSource {
  #monotonic = 1000;
  #wall: number;
  #armed: { due: number; fn: () => void }[] = [];
  /** The longest sleep asked for so far, ms. */
  longest = 0;

  constructor(wall: number) {
    this.#wall = wall;
  }

  after(ms: number, fn: () => void): Timer {
    this.longest = Math.max(this.longest, ms);
    const entry = { due: this.#monotonic + Math.ceil(ms), fn };
    this.#armed.push(entry);
    return {
      cancel: () => {
        this.#armed = this.#armed.filter((each) => each !== entry);
      },
    };
  }

  every(): Timer {
    throw new Error('no clock needs it');
  }

  monotonic(): number {
    return this.#monotonic;
  }

  wallNow(): number {
    return this.#wall;
  }

  get armed(): number {
    return this.#armed.length;
  }

  /** Both clocks move on, timers firing on the way. */
  pass(ms: number): void {
    const end = this.#monotonic + ms;
    for (;;) {
      const [next] = this.#armed.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#armed = this.#armed.filter((each) => each !== next);
      this.#moveTo(Math.max(this.#monotonic, next.due));
      next.fn();
    }
    this.#moveTo(end);
  }

  /** Somebody sets the wall clock. */
  setWall(wall: number): void {
    this.#wall = wall;
  }

  #moveTo(monotonic: number): void {
    this.#wall += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }
}
