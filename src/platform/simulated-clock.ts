import { HeapClock } from './heap-clock.ts';
import type { TimerSource } from './timers.ts';

/** The rate at which a `max` clock flows while something is open. */
const HELD_SPEED = 60;

export interface SimulatedClockOptions {
  /** Market time at the anchor, epoch ms. */
  readonly start: number;
  /** Market seconds per wall second, above 0; `max` jumps to the next due instant whenever nothing is open. */
  readonly speed: number | 'max';
  /** Wall time at which the market time was `start`, epoch ms; now when left out. Two processes with one anchor agree. */
  readonly anchor?: number;
  readonly timers?: TimerSource;
}

/** Market time that starts where it is told and runs at `speed`; steps of the wall clock do not reach it. */
export class SimulatedClock extends HeapClock {
  readonly kind = 'simulated';
  readonly speed: number;
  readonly #jumps: boolean;
  #market: number;
  #since: number;
  /** Market ms per wall ms at present: 0 for a `max` clock that nothing holds. */
  #rate: number;
  #holds = 0;

  constructor(options: SimulatedClockOptions) {
    super(options.timers);
    this.#jumps = options.speed === 'max';
    this.speed = options.speed === 'max' ? HELD_SPEED : options.speed;
    if (!(this.speed > 0) || !Number.isFinite(this.speed)) {
      throw new RangeError(`The speed of a simulated clock must be a number above 0 or "max", was ${options.speed}.`);
    }
    this.#rate = this.#jumps ? 0 : this.speed;
    this.#since = this.timers.monotonic();
    const elapsed = options.anchor === undefined ? 0 : this.timers.wallNow() - options.anchor;
    this.#market = options.start + elapsed * this.#rate;
  }

  now(): number {
    return Math.floor(this.#exact());
  }

  override hold(): () => void {
    if (!this.#jumps) return () => {};
    this.#holds += 1;
    if (this.#holds === 1) this.#flowAt(HELD_SPEED);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#holds -= 1;
      if (this.#holds === 0) this.#flowAt(0);
    };
  }

  protected wallDelay(instant: number): number | null {
    return this.#rate === 0 ? null : (instant - this.#exact()) / this.#rate;
  }

  protected override reach(next: number): void {
    if (this.#rate === 0 && next > this.#market) this.#market = next;
  }

  #exact(): number {
    return this.#market + (this.timers.monotonic() - this.#since) * this.#rate;
  }

  #flowAt(rate: number): void {
    this.#market = this.#exact();
    this.#since = this.timers.monotonic();
    this.#rate = rate;
    this.rearm();
  }
}
